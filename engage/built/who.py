"""Who knows this employer: its golden record, the people there, and who spoke to them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass

from engage.built.lookup import find_employers
from engage.built.standing import standing_of
from engage.built.typed import shown_phones
from engage.insight.activity import CANCELLED, engagements
from engage.insight.facts import Facts
from engage.insight.reading import PlainRow, plain_rows

TALKS = 5
SHOWN = ("Also known as", "Sites", "Phone", "Website", "Sector", "Stage", "Lead agency",
         "Relationship manager", "Rest until", "Notes")  # fmt: skip


@dataclass(frozen=True, slots=True)
class PersonKnown:
    """A person at the employer, as far as the audience may know."""

    person_id: str
    name: str
    job_title: str
    email: str
    phone: str
    agencies: str
    last_contact: str
    do_not_contact: str


@dataclass(frozen=True, slots=True)
class Talk:
    """One engagement. day: ISO date, "" unknown; status: Done or Planned."""

    day: str
    agency: str
    staff: str
    type: str
    status: str


@dataclass(frozen=True, slots=True)
class EmployerKnown:
    """An answer to `engage who`. cells: heading → value of the golden record, blanks left out."""

    employer_id: str
    employer: str
    agencies: str
    last_contact: str
    last_contact_by: str
    next_planned: str
    pledges: str
    cells: dict[str, str]
    people: tuple[PersonKnown, ...]
    talks: tuple[Talk, ...]

    def document(self) -> dict[str, object]:
        """The answer for --json."""
        return asdict(self)


def who_knows(facts: Facts, wanted: str, *, country: str = "GB") -> tuple[EmployerKnown, ...]:
    """Every employer that fits what was typed, best first; of this audience's facts only."""
    standing = standing_of(facts)
    return tuple(
        EmployerKnown(
            employer_id=golden["employer_id"],
            employer=golden.get("Employer", ""),
            agencies=golden.get("Agencies", ""),
            last_contact=golden.get("Last contact", ""),
            last_contact_by=golden.get("Last contact by", ""),
            next_planned=standing.planned.get(golden["employer_id"], ""),
            pledges=standing.pledges.get(golden["employer_id"], ""),
            cells=_cells(golden, country),
            people=tuple(_people(facts, golden["employer_id"], country)),
            talks=tuple(_talks(facts, golden["employer_id"])),
        )
        for golden in find_employers(facts, wanted)
    )


def _cells(golden: PlainRow, country: str) -> dict[str, str]:
    cells = {heading: golden.get(heading, "") for heading in SHOWN}
    cells["Phone"] = shown_phones(cells["Phone"], country)
    return {heading: text for heading, text in cells.items() if text}


def _people(facts: Facts, employer_id: str, country: str) -> Iterator[PersonKnown]:
    for golden in plain_rows(facts.people):
        if golden["employer_id"] == employer_id:
            names = (golden.get(heading, "") for heading in ("Title", "First name", "Last name"))
            phone = golden.get("Phone", "") or golden.get("Mobile", "")
            yield PersonKnown(
                person_id=golden["person_id"],
                name=" ".join(name for name in names if name),
                job_title=golden.get("Job title", ""),
                email=golden.get("Email", ""),
                phone=shown_phones(phone, country),
                agencies=golden.get("Agencies", ""),
                last_contact=golden.get("Last contact", ""),
                do_not_contact=golden.get("Do not contact", ""),
            )


def _talks(facts: Facts, employer_id: str) -> list[Talk]:
    """The newest talks first, those still planned at the top; cancelled ones are left out."""
    held = [e for e in engagements(facts) if e.employer_id == employer_id and e.status != CANCELLED]
    return [
        Talk(
            day=e.day.isoformat() if e.day else "",
            agency=e.agency,
            staff=facts.records[e.record_id]["Staff member"] if e.record_id in facts.records else "",
            type=e.type,
            status=e.status,
        )
        for e in reversed(held[-TALKS:])
    ]

"""A call or mailing list: whoever may be contacted and on what ground, whoever may not and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from engage.deciding import released
from engage.errors import UsageError
from engage.insight.objections import NEWS, held_employers, held_people
from engage.insight.permission import MARKETING, PURPOSES, Verdict, may_email, may_phone
from engage.insight.reading import PlainRow, employers_by_id, plain_rows
from engage.night import Night
from engage.recipients import mail_stops
from engage.register.phone import national_phone
from engage.register.text import split_several

WAYS = ("email", "phone")
HEADINGS = (
    "Person ID", "Title", "First name", "Last name", "Job title", "Employer", "Email", "Phone", "Mobile",
    "Preferred way", "Who knows them", "Their lawful basis", "Ground",
)  # fmt: skip
OUT_HEADINGS = ("Person ID", "Why not")


@dataclass(frozen=True, slots=True)
class ContactList:
    """rows: HEADINGS, by employer and name. left_out: OUT_HEADINGS; no address stands there."""

    purpose: str
    way: str
    rows: tuple[tuple[str, ...], ...]
    left_out: tuple[tuple[str, str], ...]


def contact_list(
    night: Night, audience: str, *, purpose: str = MARKETING, way: str = "email", country: str = "GB"
) -> ContactList:
    """Everybody whom this audience may see, sorted by whether they may be contacted.

    An objection counts wherever it was made, also to an agency that shares nothing: by record, by address, by
    mobile, by name at the same employer. Raises UsageError for another purpose or way, DigestError if the tab
    Mail stops is gone.
    """
    if purpose not in PURPOSES or way not in WAYS:
        raise UsageError(
            f"nobody exports contacts for {purpose} by {way}", fix="see --help for what there is"
        )
    facts = night.facts[audience]
    held = held_people(facts.linked, facts.records, night.objections, released(night))
    firms = held_employers(facts.linked, facts.records, night.objections)
    stopped, employers = mail_stops(night.intake.hub), employers_by_id(facts)
    bases = _lawful_bases(night)
    rows: list[tuple[str, ...]] = []
    left_out: list[tuple[str, str]] = []
    for person in plain_rows(facts.people):
        key = person["person_id"]
        said = [person.get("Do not contact", ""), held[key].level if key in held else ""]
        level = max([*said, "All" if person.get("employer_id") in firms else ""], key=_strictness)
        verdict = _verdict(
            person, employers.get(person.get("employer_id", ""), {}), purpose, way, level, stopped
        )
        if verdict.may:
            rows.append(_row(person, bases, verdict, country))
        else:
            left_out.append((key, verdict.why))
    return ContactList(
        purpose, way, tuple(sorted(rows, key=lambda row: (row[5], row[3], row[0]))), tuple(left_out)
    )


def _strictness(level: str) -> int:
    return {"": 0, NEWS: 1, "Marketing": 2}.get(level, 3)


def _verdict(
    person: PlainRow, employer: PlainRow, purpose: str, way: str, level: str, stopped: frozenset[str]
) -> Verdict:
    if way == "phone":
        return may_phone(person, purpose, level)
    addresses = split_several(person.get("Email", "").lower())
    return may_email(person, employer, purpose, level, stopped=any(one in stopped for one in addresses))


def _row(person: PlainRow, bases: Mapping[str, str], verdict: Verdict, country: str) -> tuple[str, ...]:
    agencies = split_several(person.get("Agencies", ""))
    basis = "; ".join(dict.fromkeys(bases[one] for one in agencies if bases.get(one)))
    shown = {h: person.get(h, "") for h in HEADINGS} | {
        "Person ID": person["person_id"],
        "Phone": "; ".join(
            national_phone(n, country=country) for n in split_several(person.get("Phone", ""))
        ),
        "Mobile": "; ".join(
            national_phone(n, country=country) for n in split_several(person.get("Mobile", ""))
        ),
        "Who knows them": "; ".join(agencies),
        "Their lawful basis": basis,
        "Ground": verdict.why,
    }
    return tuple(shown[heading] for heading in HEADINGS)


def _lawful_bases(night: Night) -> dict[str, str]:
    rows = (record for record in night.intake.records if record.tab == "Agencies")
    return {night.spelled.get(row["Agency"].casefold(), row["Agency"]): row["Lawful basis"] for row in rows}


def tables(found: ContactList) -> dict[str, Sequence[Sequence[str]]]:
    """The list as tabs of a workbook."""
    return {"Contacts": [HEADINGS, *found.rows], "Left out": [OUT_HEADINGS, *found.left_out]}


def counts(found: ContactList) -> Iterator[tuple[str, int]]:
    """Why people are left out, and how many for each reason; the commonest first."""
    reasons = [why for _, why in found.left_out]
    yield from sorted(((why, reasons.count(why)) for why in set(reasons)), key=lambda one: (-one[1], one[0]))

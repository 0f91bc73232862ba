"""How long a person stays in the register, and who has still to be told that they are in it.

UK GDPR, Article 5(1)(e): no longer than necessary; Articles 13 and 14: people are told, within a month where
the details came from somebody else. Nobody is deleted by the system: these are lists for people.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date

from engage.insight.facts import Facts
from engage.insight.reading import plain_rows
from engage.insight.weeks import read_day
from engage.register.text import split_several

TELL_HEADINGS = (
    "Person ID", "First name", "Last name", "Job title", "Employer", "Email", "Where we got the details",
    "Date got", "Tell by", "Who knows them", "Do not contact",
)  # fmt: skip
REVIEW_HEADINGS = (
    "Person ID", "First name", "Last name", "Job title", "Employer", "Last contact", "Date got", "Review by",
    "Who knows them",
)  # fmt: skip


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month."""
    whole = day.year * 12 + day.month - 1 + months
    year, month = divmod(whole, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def review_by(facts: Facts, person: Mapping[str, str]) -> date | None:
    """By when somebody should look whether this merged person stays; None if nothing is known to count from.

    Counted from whatever came last: a contact, the day the details came; else from the first night.
    """
    days = [read_day(person.get(heading, "")) for heading in ("Last contact", "Date got")]
    known = [day for day in days if day is not None]
    rows = split_several(person.get("Records", ""))
    first = (read_day(facts.histories[row].first_seen) for row in rows if row in facts.histories)
    begun = max(known, default=None) or min((day for day in first if day), default=None)
    return months_after(begun, facts.review_months) if begun else None


def to_be_told(facts: Facts) -> Iterator[tuple[str, ...]]:
    """TELL_HEADINGS of everybody of whom no row says when they were told; the most urgent first."""
    found = [row for person in plain_rows(facts.people) if (row := _telling(facts, person))]
    yield from sorted(found, key=lambda row: (row[8] or "9999", row[4], row[2], row[0]))


def _telling(facts: Facts, person: Mapping[str, str]) -> tuple[str, ...] | None:
    rows = [facts.records[key] for key in split_several(person.get("Records", "")) if key in facts.records]
    if any(row["Told on"] for row in rows) or not any(row.tab == "Contacts" for row in rows):
        return None
    got = read_day(person.get("Date got", ""))
    shown = _shown(person) | {"Tell by": months_after(got, 1).isoformat() if got else ""}
    return tuple(shown.get(heading, "") for heading in TELL_HEADINGS)


def to_be_reviewed(facts: Facts) -> Iterator[tuple[str, ...]]:
    """REVIEW_HEADINGS of everybody whose day has come, the longest overdue first."""
    due = ((review_by(facts, person), person) for person in plain_rows(facts.people))
    past = [(day, person) for day, person in due if day is not None and day <= facts.today]
    for day, person in sorted(past, key=lambda one: (one[0], one[1]["person_id"])):
        shown = _shown(person) | {"Review by": day.isoformat()}
        yield tuple(shown.get(heading, "") for heading in REVIEW_HEADINGS)


def _shown(person: Mapping[str, str]) -> dict[str, str]:
    agencies = person.get("Agencies", "")
    return {**person, "Person ID": person["person_id"], "Who knows them": agencies}

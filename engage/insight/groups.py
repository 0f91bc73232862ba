"""Groups: who sits in each on a day, and who knows whom well enough to be asked."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from operator import attrgetter

from engage.insight.activity import done
from engage.insight.facts import Facts, once_a_day, once_of_rows
from engage.insight.group_members import sits
from engage.insight.reading import (
    PlainRow,
    agency_of,
    employer_key,
    employer_name,
    employers_by_id,
    fold,
    number_in,
    rows_of,
    several,
)
from engage.wording import counted

NO_SEAT = frozenset({"observer", "adviser"})  # they sit in, and for nobody


@dataclass(frozen=True, slots=True)
class Member:
    """One who sits in a group for an employer or for an agency. employer_key: "" for one of an agency's own.
    agency: whose own officer it is, "" for an employer's."""

    record_id: str
    group: str
    employer_key: str
    employer: str
    agency: str
    person: str
    since: str


@once_a_day
def members(facts: Facts) -> dict[str, tuple[Member, ...]]:
    """Group, folded → who sits in it on facts.today, the longest-standing first; observers hold no seat."""
    groups: dict[str, list[Member]] = {}
    for row in sorted(rows_of(facts, "Group members"), key=_since):
        if sits(row, facts) and fold(row.get("Role", "")) not in NO_SEAT:
            groups.setdefault(fold(row.get("Group", "")), []).append(_member(row, facts))
    return {name: tuple(each) for name, each in groups.items()}


def _since(row: PlainRow) -> tuple[str, str]:
    return row.get("From", ""), row["record_id"]


def _member(row: PlainRow, facts: Facts) -> Member:
    employer = row.get("Employer", "")
    own = agency_named(facts, employer) if employer else agency_of(row)
    return Member(
        row["record_id"],
        row.get("Group", ""),
        "" if own else employer_key(row),
        employer_name(row, employers_by_id(facts)),
        own,
        row.get("Person", ""),
        row.get("From", ""),
    )


def headcount(golden: PlainRow) -> int | None:
    """Everybody the employer employs, else those here; of a range the lower end ("0-4" is 1: somebody is
    there). None where nobody knows, which is never 0."""
    both = (number_in(golden.get(heading, "")) for heading in ("Employees in all", "Employees here"))
    return next((max(1, count) for count in both if count is not None), None)


@once_of_rows
def headcounts(facts: Facts) -> dict[str, int]:
    """EMP- id → its headcount; only of those where somebody knows it."""
    found = ((key, headcount(row)) for key, row in employers_by_id(facts).items())
    return {key: count for key, count in found if count is not None}


def agency_named(facts: Facts, name: str) -> str:
    """The agency that a spelling stands for; "" if it is none."""
    return _spellings(facts).get(name.casefold(), "")


@once_of_rows
def _spellings(facts: Facts) -> dict[str, str]:
    names = {name.casefold(): name for name in facts.agencies.values()}
    return names | {spelling.casefold(): name for spelling, name in facts.agencies.items()}


@once_of_rows
def by_headcount(facts: Facts) -> tuple[PlainRow, ...]:
    """The merged employers whose headcount is known, the largest first, then by name."""
    employers, counts = employers_by_id(facts), headcounts(facts)

    def order(key: str) -> tuple[int, str, str]:
        return -counts[key], employers[key]["Employer"].casefold(), key

    return tuple(employers[key] for key in sorted(counts, key=order))


@once_a_day
def best_known(facts: Facts) -> tuple[PlainRow, ...]:
    """The merged employers, those with the most talks first, then the largest, then by name."""
    talks, counts = Counter(map(attrgetter("employer_id"), done(facts))), headcounts(facts)

    def order(row: PlainRow) -> tuple[int, int, str, str]:
        key = row["employer_id"]
        return -talks[key], -counts.get(key, 0), row["Employer"].casefold(), key

    return tuple(sorted(employers_by_id(facts).values(), key=order))


def introduction(golden: PlainRow) -> str:
    """An employer and who could introduce it: "Quayside Hotel (260 employees; by Harwick College)"."""
    count, agencies = headcount(golden), several(golden.get("Agencies", ""))
    said = [counted(count, "employee") if count is not None else "headcount not known"]
    said += [f"by {golden.get('Last contact by', '') or agencies[0]}"] if agencies else []
    return f"{golden['Employer']} ({'; '.join(said)})"

"""Engagements as values: who spoke to which merged employer, when, and whether it has happened."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from engage.insight.facts import Facts, once_a_day, once_of_rows
from engage.insight.reading import (
    PlainRow,
    agency_of,
    employer_key,
    employer_name,
    employers_by_id,
    rows_of,
)
from engage.insight.sectors import sectors_by_employer
from engage.insight.size_bands import size_band
from engage.insight.weeks import Period, read_day

DONE, PLANNED, CANCELLED = "Done", "Planned", "Cancelled"
STATUSES = frozenset({DONE, PLANNED, CANCELLED})
BY_EMPLOYER = "Employer"  # who started it


@dataclass(frozen=True, slots=True)
class Engagement:
    """One row of Engagements. day: None if it cannot be read. status: Done, Planned or Cancelled.

    employer_key: the merged id, or the folded spelling while it is unresolved; "" if nobody is named.
    """

    record_id: str
    day: date | None
    employer_id: str
    employer_key: str
    employer: str
    agency: str
    status: str
    type: str
    reason: str
    sectors: tuple[str, ...]
    size_band: str = ""
    started_by: str = ""

    @property
    def is_ask(self) -> bool:
        """Whether we approached them: not what the employer began, nor what was called off."""
        return self.status != CANCELLED and self.started_by != BY_EMPLOYER

    @property
    def is_redundancy(self) -> bool:
        """Whether jobs are at risk, by its Type or its Reason."""
        return says_redundancy(self.type, self.reason)


@lru_cache(maxsize=4096)  # kinds are few
def says_redundancy(type_: str, reason: str) -> bool:
    """Whether a Type or a Reason is about jobs at risk."""
    return "redundanc" in f"{type_} {reason}".casefold()


@once_a_day
def engagements(facts: Facts) -> tuple[Engagement, ...]:
    """Every engagement, oldest first; those without a day that can be read come last."""
    today = facts.today
    return tuple(
        one if said or (one.day is not None and one.day <= today) else replace(one, status=PLANNED)
        for one, said in _when_past(facts)
    )


@once_of_rows
def _when_past(facts: Facts) -> tuple[tuple[Engagement, bool], ...]:
    """Each engagement as it is once its day is past, and whether its Status says so.

    A blank Status counts as done once its day is past: most agencies only write down what they did."""
    employers, about = employers_by_id(facts), _sectors_and_size(facts)
    rows = rows_of(facts, "Engagements")
    found = [(_engagement(row, employers, about), row.get("Status", "") in STATUSES) for row in rows]
    found.sort(key=lambda both: (both[0].day or date.max, both[0].record_id))
    return tuple(found)


def _engagement(
    row: PlainRow, employers: dict[str, PlainRow], about: dict[str, tuple[tuple[str, ...], str]]
) -> Engagement:
    sectors, band = about.get(row.get("employer_id", ""), ((), ""))
    status = row.get("Status", "")
    return Engagement(
        record_id=row["record_id"],
        day=read_day(row.get("Date", "")),
        employer_id=row.get("employer_id", ""),
        employer_key=employer_key(row),
        employer=employer_name(row, employers),
        agency=agency_of(row),
        status=status if status in STATUSES else DONE,
        type=row.get("Type", ""),
        reason=row.get("Reason", ""),
        sectors=sectors,
        size_band=band,
        started_by=row.get("Who started it", ""),
    )


@once_of_rows
def _sectors_and_size(facts: Facts) -> dict[str, tuple[tuple[str, ...], str]]:
    """The sectors and the size band of each merged employer."""
    sectors = sectors_by_employer(facts)
    return {
        key: (
            sectors[key],
            size_band(golden.get("Employees in all", "") or golden.get("Employees here", "")),
        )
        for key, golden in employers_by_id(facts).items()
    }


@once_of_rows
def undated(facts: Facts) -> int:
    """How many engagements have no day that can be read."""
    return sum(one.day is None for one in engagements(facts))


@once_a_day
def done(facts: Facts) -> tuple[Engagement, ...]:
    """The engagements that have happened, oldest first."""
    everything = engagements(facts)
    return tuple(one for one in everything[: after(everything, facts.today)] if one.status == DONE)


def after(found: Sequence[Engagement], day: date) -> int:
    """Where in engagements, oldest first, those after a day begin."""
    return bisect_right(found, day, key=_day)


@once_a_day
def done_within(facts: Facts, period: Period) -> tuple[Engagement, ...]:
    """Those that happened in a period, oldest first."""
    found = done(facts)
    begin, end = bisect_left(found, period.first, key=_day), bisect_right(found, period.last, key=_day)
    return found[begin:end]


def _day(one: Engagement) -> date:
    return one.day or date.max


@once_a_day
def done_ids(facts: Facts) -> frozenset[str]:
    """The record ids of those that have happened."""
    return frozenset(one.record_id for one in done(facts))


@once_a_day
def planned_within(facts: Facts, first: date, last: date) -> tuple[Engagement, ...]:
    """Those that are planned for these days, the soonest first."""
    everything = engagements(facts)
    these = everything[bisect_left(everything, first, key=_day) : after(everything, last)]
    return tuple(one for one in these if one.status == PLANNED)


def distinct_employers(found: Iterable[Engagement]) -> int:
    """How many merged employers are in it; an unresolved name counts once a spelling."""
    return len({one.employer_key for one in found if one.employer_key})

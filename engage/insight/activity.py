"""Engagements as values: who spoke to which merged employer, when, and whether it has happened."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial

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
        return "redundanc" in f"{self.type} {self.reason}".casefold()


@once_a_day
def engagements(facts: Facts) -> tuple[Engagement, ...]:
    """Every engagement, oldest first; those without a day that can be read come last."""
    return tuple(_on(facts.today, past, ahead) for past, ahead in _either_way(facts))


def _on(today: date, past: Engagement, ahead: Engagement) -> Engagement:
    """A blank Status counts as done once its day is past: most agencies only write down what they did."""
    return past if past is ahead or (past.day is not None and past.day <= today) else ahead


@once_of_rows
def _either_way(facts: Facts) -> tuple[tuple[Engagement, Engagement], ...]:
    """Each engagement as it is once its day is past, and as it is until then; the same where Status says."""
    employers, about = employers_by_id(facts), _sectors_and_size(facts)
    found = [_engagement(row, employers, about) for row in rows_of(facts, "Engagements")]
    found.sort(key=lambda both: (both[0].day or date.max, both[0].record_id))
    return tuple(found)


def _engagement(
    row: PlainRow, employers: dict[str, PlainRow], about: dict[str, tuple[tuple[str, ...], str]]
) -> tuple[Engagement, Engagement]:
    sectors, band = about.get(row.get("employer_id", ""), ((), ""))
    made = partial(
        Engagement,
        record_id=row["record_id"],
        day=read_day(row.get("Date", "")),
        employer_id=row.get("employer_id", ""),
        employer_key=employer_key(row),
        employer=employer_name(row, employers),
        agency=agency_of(row),
        type=row.get("Type", ""),
        reason=row.get("Reason", ""),
        sectors=sectors,
        size_band=band,
        started_by=row.get("Who started it", ""),
    )
    typed = row.get("Status", "")
    past = made(status=typed if typed in {DONE, PLANNED, CANCELLED} else DONE)
    return past, past if past.status == typed else made(status=PLANNED)


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


@once_a_day
def done(facts: Facts) -> tuple[Engagement, ...]:
    """The engagements that have happened, oldest first."""
    return tuple(
        one for one in engagements(facts) if one.status == DONE and one.day and one.day <= facts.today
    )


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
    planned = (one for one in engagements(facts) if one.status == PLANNED)
    return tuple(one for one in planned if one.day and first <= one.day <= last)


def distinct_employers(found: Iterable[Engagement]) -> int:
    """How many merged employers are in it; an unresolved name counts once a spelling."""
    return len({one.employer_key for one in found if one.employer_key})

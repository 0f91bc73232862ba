"""Engagements as values: who spoke to which merged employer, when, and whether it has happened."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from operator import attrgetter

from engage.insight.facts import Facts, once_a_day, once_of_rows
from engage.insight.reading import agencies_of, cells_of, employers_by_id, fold
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
    everything, unsaid = _when_past(facts)
    past = min(after(everything, facts.today), bisect_left(everything, date.max, key=_day))
    ahead = (replace(one, status=PLANNED) if one.record_id in unsaid else one for one in everything[past:])
    return (*everything[:past], *ahead)


@once_of_rows
def _when_past(facts: Facts) -> tuple[tuple[Engagement, ...], frozenset[str]]:
    """Each engagement as it is once its day is past, oldest first; and the record ids of those whose Status
    says nothing.

    A blank Status counts as done once its day is past: most agencies only write down what they did."""
    found = sorted(_engagements(facts), key=lambda one: (one.day or date.max, one.record_id))
    said = cells_of(facts, "Engagements", "record_id", "Status")
    return tuple(found), frozenset(record for record, status in said if status not in STATUSES)


_HEADINGS = ("record_id", "Date", "employer_id", "Employer", "Status", "Type", "Reason", "Who started it")
_NOBODY = ("", (), "")


def _engagements(facts: Facts) -> Iterator[Engagement]:
    about = _employers(facts)
    rows = cells_of(facts, "Engagements", *_HEADINGS)
    for agency, (record_id, day, key, typed, status, kind, reason, starter) in zip(
        agencies_of(facts, "Engagements"), rows, strict=True
    ):
        name, sectors, band = about.get(key, _NOBODY)
        yield Engagement(
            record_id=record_id,
            day=read_day(day),
            employer_id=key,
            employer_key=key or fold(typed),
            employer=name or typed,
            agency=agency,
            status=status if status in STATUSES else DONE,
            type=kind,
            reason=reason,
            sectors=sectors,
            size_band=band,
            started_by=starter,
        )


@once_of_rows
def _employers(facts: Facts) -> dict[str, tuple[str, tuple[str, ...], str]]:
    """The name, the sectors and the size band of each merged employer."""
    sectors = sectors_by_employer(facts)
    return {
        key: (
            golden.get("Employer", ""),
            sectors[key],
            size_band(golden.get("Employees in all", "") or golden.get("Employees here", "")),
        )
        for key, golden in employers_by_id(facts).items()
    }


@once_of_rows
def undated(facts: Facts) -> int:
    """How many engagements have no day that can be read."""
    return sum(one.day is None for one in _when_past(facts)[0])


@once_a_day
def done(facts: Facts) -> tuple[Engagement, ...]:
    """The engagements that have happened, oldest first."""
    return done_sooner_or_later(facts)[: after(done_sooner_or_later(facts), facts.today)]


@once_of_rows
def done_sooner_or_later(facts: Facts) -> tuple[Engagement, ...]:
    """Those that have happened by facts.today or will have on their day, oldest first."""
    return tuple(one for one in _when_past(facts)[0] if one.status == DONE and one.day is not None)


@once_of_rows
def talks_by_employer(facts: Facts) -> dict[str, list[Engagement]]:
    """EMP- id → the same with this employer, oldest first; up to a day they are those before `after` it."""
    found: dict[str, list[Engagement]] = {}
    for one in done_sooner_or_later(facts):
        if one.employer_id:
            found.setdefault(one.employer_id, []).append(one)
    return found


def after(found: Sequence[Engagement], day: date) -> int:
    """Where in engagements, oldest first, those after a day begin."""
    return bisect_right(found, day, key=_day)


def done_within(facts: Facts, period: Period) -> tuple[Engagement, ...]:
    """Those that happened in a period, oldest first."""
    return done_between(facts, period.first, period.last)


def done_between(facts: Facts, first: date, last: date) -> tuple[Engagement, ...]:
    """Those that happened on these days, oldest first."""
    return _on_days(facts, first, min(last, facts.today))


@once_of_rows
def _on_days(facts: Facts, first: date, last: date) -> tuple[Engagement, ...]:
    found = done_sooner_or_later(facts)
    return found[bisect_left(found, first, key=_day) : after(found, last)]


def _day(one: Engagement) -> date:
    return one.day or date.max


@once_a_day
def planned_within(facts: Facts, first: date, last: date) -> tuple[Engagement, ...]:
    """Those that are planned for these days, the soonest first."""
    everything = engagements(facts)
    these = everything[bisect_left(everything, first, key=_day) : after(everything, last)]
    return tuple(one for one in these if one.status == PLANNED)


def distinct_employers(found: Iterable[Engagement]) -> int:
    """How many merged employers are in it; an unresolved name counts once a spelling."""
    return len(set(map(attrgetter("employer_key"), found)) - {""})

"""Large recruitments and redundancies: each employer's situation, and when its single offer is due."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from engage.insight.activity import Engagement, done
from engage.insight.facts import Facts, once_a_day
from engage.insight.reading import PlainRow, fold, number_in, row_by_id
from engage.insight.weeks import read_day

if TYPE_CHECKING:
    from holidays import HolidayBase

REDUNDANCY, RECRUITMENT = "Redundancy", "Large-scale recruitment"
WORKING_DAYS = 5
SITUATION_DAYS = 45  # consultation on 100 redundancies or more lasts 45 days (TULRCA 1992, s. 188)
IN_TIME, LATE, OVERDUE, NOT_YET = "In time", "Late", "Overdue", "Not yet due"


@dataclass(frozen=True, slots=True)
class Situation:
    """One employer's recruitment or redundancy. rows: the engagements about it, oldest first. jobs: the most
    that any of them says, None if none does. due: five working days after the first. offered: None while
    nobody has made the offer. stands: In time, Late, Overdue or Not yet due."""

    kind: str
    rows: tuple[Engagement, ...]
    jobs: int | None
    due: date
    offered: date | None
    stands: str

    @property
    def first(self) -> Engagement:
        """The row that brought it up."""
        return self.rows[0]

    @property
    def agencies(self) -> tuple[str, ...]:
        """Who is in touch about it, in the order in which they came."""
        return tuple(dict.fromkeys(one.agency for one in self.rows if one.agency))


@once_a_day
def situations(facts: Facts) -> tuple[Situation, ...]:
    """Every situation, by its first day: what agencies did about one merged employer and one kind, no more
    than 45 days after they last did, is one situation."""
    rows = row_by_id(facts, "Engagements")
    groups: dict[tuple[str, str], list[Engagement]] = {}
    offers: dict[str, list[tuple[Engagement, date]]] = {}
    for one in done(facts):
        key, kind = one.employer_key or one.record_id, kind_of(one, rows[one.record_id], facts)
        if kind:
            groups.setdefault((key, kind), []).append(one)
        if offered := offered_on(one, rows[one.record_id], facts):
            offers.setdefault(key, []).append((one, offered))
    found = [
        _situation(kind, run, offers.get(key, ()), rows, facts)
        for (key, kind), group in groups.items()
        for run in _runs(group)
    ]
    return tuple(sorted(found, key=lambda one: (one.first.day or date.max, one.first.record_id)))


def kind_of(one: Engagement, row: PlainRow, facts: Facts) -> str:
    """Redundancy by its Type or Reason; recruitment by its Type, or a vacancy for many jobs; "" neither."""
    if one.is_redundancy:
        return REDUNDANCY
    if fold(one.type) == fold(RECRUITMENT):
        return RECRUITMENT
    jobs = number_in(row.get("Number of jobs", "")) or 0
    return RECRUITMENT if fold(one.type) == "vacancy" and jobs >= facts.large_recruitment else ""


def offered_on(one: Engagement, row: PlainRow, facts: Facts) -> date | None:
    """The day of a row that says the offer was made; where Offer made was filled in later, that day."""
    if fold(row.get("Offer made", "")) != "yes" or one.day is None:
        return None
    history = facts.histories.get(one.record_id)
    typed = read_day(history.changed.get("Offer made", "")) if history else None
    day = max(one.day, typed) if typed else one.day
    return day if day <= facts.today else None


def _runs(group: Sequence[Engagement]) -> list[list[Engagement]]:
    runs: list[list[Engagement]] = []
    for one in group:  # oldest first
        if runs and _apart(runs[-1][-1], one) <= SITUATION_DAYS:
            runs[-1].append(one)
        else:
            runs.append([one])
    return runs


def _apart(first: Engagement, second: Engagement) -> int:
    return (second.day - first.day).days if first.day and second.day else 0


def _situation(
    kind: str,
    run: Sequence[Engagement],
    offers: Iterable[tuple[Engagement, date]],
    rows: dict[str, PlainRow],
    facts: Facts,
) -> Situation:
    """offers: those made to the employer in rows of any kind; one made about something else is no answer."""
    begun = run[0].day or facts.today
    answers = [
        day
        for one, day in offers
        if kind_of(one, rows[one.record_id], facts) in ("", kind)
        and one.day
        and begun <= one.day
        and _apart(run[-1], one) <= SITUATION_DAYS
    ]
    jobs = [count for one in run if (count := number_in(rows[one.record_id].get("Number of jobs", "")))]
    due, offered = working_days_after(begun, WORKING_DAYS), min(answers, default=None)
    if offered is None:
        stands = OVERDUE if facts.today > due else NOT_YET
    else:
        stands = IN_TIME if offered <= due else LATE
    return Situation(kind, tuple(run), max(jobs, default=None), due, offered, stands)


@lru_cache(maxsize=4096)
def working_days_after(day: date, days: int) -> date:
    """So many working days later: Monday to Friday without England's bank holidays."""
    return _england().get_nth_working_day(day, days)


@cache
def _england() -> HolidayBase:
    from holidays import country_holidays  # noqa: PLC0415 - a third of a second, only where it is needed

    return country_holidays("GB", subdiv="ENG")

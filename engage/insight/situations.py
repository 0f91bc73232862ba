"""Large recruitments and redundancies: each employer's situation, and when its single offer is due."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from engage.insight.activity import Engagement, done, says_redundancy
from engage.insight.facts import Facts, once_a_day, once_of_rows
from engage.insight.reading import PlainRow, fold, number_in, rows_of
from engage.insight.weeks import read_day

if TYPE_CHECKING:
    from holidays import HolidayBase

REDUNDANCY, RECRUITMENT, VACANCY = "Redundancy", "Large-scale recruitment", "Vacancy"
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


@dataclass(frozen=True, slots=True)
class _Said:
    """What a row says of a situation or an offer. kind: "" of neither. offered: None if it says no offer."""

    kind: str
    jobs: int | None
    offered: date | None


@once_a_day
def situations(facts: Facts) -> tuple[Situation, ...]:
    """Every situation, by its first day: what agencies did about one merged employer and one kind, no more
    than 45 days after they last did, is one situation."""
    said = _what_rows_say(facts)
    groups: dict[tuple[str, str], list[Engagement]] = {}
    offers: dict[str, list[tuple[Engagement, date]]] = {}
    for one in done(facts):
        about, key = said.get(one.record_id), one.employer_key or one.record_id
        if about and about.kind:
            groups.setdefault((key, about.kind), []).append(one)
        if about and about.offered and about.offered <= facts.today:
            offers.setdefault(key, []).append((one, about.offered))
    found = [
        _situation(kind, run, offers.get(key, ()), facts)
        for (key, kind), group in groups.items()
        for run in _runs(group)
    ]
    return tuple(sorted(found, key=lambda one: (one.first.day or date.max, one.first.record_id)))


@once_of_rows
def _what_rows_say(facts: Facts) -> dict[str, _Said]:
    """Record id → what it says; only of the rows that say something."""
    rows = ((row["record_id"], _said(row, facts)) for row in rows_of(facts, "Engagements"))
    return {record: said for record, said in rows if said.kind or said.offered}


def _said(row: PlainRow, facts: Facts) -> _Said:
    """A row that says the offer was made says it on its day; where Offer made was filled in later, then."""
    jobs, day = number_in(row.get("Number of jobs", "")), read_day(row.get("Date", ""))
    kind = kind_of(row.get("Type", ""), row.get("Reason", ""))
    if kind == VACANCY:
        kind = RECRUITMENT if (jobs or 0) >= facts.large_recruitment else ""
    if day is None or fold(row.get("Offer made", "")) != "yes":
        return _Said(kind, jobs, None)
    history = facts.histories.get(row["record_id"])
    typed = read_day(history.changed.get("Offer made", "")) if history else None
    return _Said(kind, jobs, max(day, typed) if typed else day)


@lru_cache(maxsize=4096)  # kinds are few
def kind_of(type_: str, reason: str) -> str:
    """Redundancy by its Type or Reason; recruitment by its Type; a vacancy, which may be one; "" neither."""
    if says_redundancy(type_, reason):
        return REDUNDANCY
    return next((kind for kind in (RECRUITMENT, VACANCY) if fold(type_) == fold(kind)), "")


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
    kind: str, run: Sequence[Engagement], offers: Iterable[tuple[Engagement, date]], facts: Facts
) -> Situation:
    """offers: those made to the employer in rows of any kind; one made about something else is no answer."""
    begun, said = run[0].day or facts.today, _what_rows_say(facts)
    answers = [
        day
        for one, day in offers
        if said[one.record_id].kind in ("", kind)
        and one.day
        and begun <= one.day
        and _apart(run[-1], one) <= SITUATION_DAYS
    ]
    jobs = [count for one in run if (count := said[one.record_id].jobs)]
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

"""Large recruitments and redundancies: each employer's situation, and when its single offer is due."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from engage.insight.activity import Engagement, after, done_sooner_or_later, says_redundancy
from engage.insight.facts import Facts, once_a_day, once_of_rows
from engage.insight.reading import cells_of, fold, number_in
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
class _Run:
    """What agencies ever do about one employer's situation, the days to come too; oldest first. offers: of
    the rows that say the offer was made, each one's day and the day of the offer."""

    kind: str
    rows: tuple[Engagement, ...]
    due: date
    offers: tuple[tuple[date, date], ...]


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
    began = (run for run in _ever(facts) if _day(run.rows[0]) <= facts.today)
    return tuple(_situation(run, facts) for run in began)


@once_of_rows
def _ever(facts: Facts) -> tuple[_Run, ...]:
    """Every situation by its first day, as it is once all that is planned has come; on an earlier day it is
    what its rows were by then."""
    said = _what_rows_say(facts)
    groups: dict[tuple[str, str], list[Engagement]] = {}
    offers: dict[str, list[tuple[Engagement, date]]] = {}
    for one in done_sooner_or_later(facts):
        about, key = said.get(one.record_id), one.employer_key or one.record_id
        if about and about.kind:
            groups.setdefault((key, about.kind), []).append(one)
        if about and about.offered:
            offers.setdefault(key, []).append((one, about.offered))
    found = [
        _run(kind, run, offers.get(key, ()), said)
        for (key, kind), group in groups.items()
        for run in _runs(group)
    ]
    return tuple(sorted(found, key=lambda run: (_day(run.rows[0]), run.rows[0].record_id)))


@once_of_rows
def offer_days(facts: Facts) -> dict[str, date]:
    """Record id → the day of the offer, of the engagements that say it was made: their own day; where Offer
    made was filled in later, then."""
    cells = cells_of(facts, "Engagements", "record_id", "Offer made", "Date")
    said = ((record_id, read_day(day)) for record_id, offer, day in cells if offer and fold(offer) == "yes")
    return {record_id: max(day, _typed(facts, record_id) or day) for record_id, day in said if day}


def _typed(facts: Facts, record_id: str) -> date | None:
    history = facts.histories.get(record_id)
    return read_day(history.changed.get("Offer made", "")) if history else None


@once_of_rows
def _what_rows_say(facts: Facts) -> dict[str, _Said]:
    """Record id → what it says; only of the rows that say something."""
    offered, found = offer_days(facts), dict[str, _Said]()
    rows = cells_of(facts, "Engagements", "record_id", "Type", "Reason", "Number of jobs")
    for record_id, type_, reason, number in rows:
        kind = kind_of(type_, reason)
        jobs = number_in(number) if kind else None
        if kind == VACANCY:
            kind = RECRUITMENT if (jobs or 0) >= facts.large_recruitment else ""
        if kind or record_id in offered:
            found[record_id] = _Said(kind, jobs, offered.get(record_id))
    return found


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
    return (_day(second) - _day(first)).days


def _day(one: Engagement) -> date:
    return one.day or date.max


def _run(
    kind: str,
    rows: Sequence[Engagement],
    offers: Iterable[tuple[Engagement, date]],
    said: Mapping[str, _Said],
) -> _Run:
    """offers: those made to the employer in rows of any kind; one made about something else is no answer."""
    begun = _day(rows[0])
    answers = (
        (_day(one), day)
        for one, day in offers
        if said[one.record_id].kind in ("", kind) and begun <= _day(one)
    )
    return _Run(kind, tuple(rows), working_days_after(begun, WORKING_DAYS), tuple(answers))


def _situation(run: _Run, facts: Facts) -> Situation:
    """As it stood on facts.today."""
    today, said = facts.today, _what_rows_say(facts)
    rows = run.rows if _day(run.rows[-1]) <= today else run.rows[: after(run.rows, today)]
    until = min(today, _day(rows[-1]) + timedelta(days=SITUATION_DAYS))
    answers = [offered for day, offered in run.offers if day <= until and offered <= today]
    jobs = [count for one in rows if (count := said[one.record_id].jobs)]
    offered = min(answers, default=None)
    if offered is None:
        stands = OVERDUE if today > run.due else NOT_YET
    else:
        stands = IN_TIME if offered <= run.due else LATE
    return Situation(run.kind, rows, max(jobs, default=None), run.due, offered, stands)


@lru_cache(maxsize=4096)
def working_days_after(day: date, days: int) -> date:
    """So many working days later: Monday to Friday without England's bank holidays."""
    return _england().get_nth_working_day(day, days)


@cache
def _england() -> HolidayBase:
    from holidays import country_holidays  # noqa: PLC0415 - a third of a second, only where it is needed

    return country_holidays("GB", subdiv="ENG")

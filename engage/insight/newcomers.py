"""New employers: merged employers that the register first saw in a week."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date, timedelta

from engage.insight.facts import Facts, once_a_day, once_of_rows
from engage.insight.reading import PlainRow, employers_by_id
from engage.insight.weeks import Period, read_day
from engage.model import record_of

ONE_DAY = timedelta(days=1)
LISTING_TABS = frozenset({"Employers", "Contacts"})


@dataclass(frozen=True, slots=True)
class Newcomer:
    """An employer and the day the register first saw it."""

    employer_id: str
    employer: str
    agencies: str
    sector: str
    town: str
    first_seen: date


@once_a_day
def newcomers(facts: Facts, week: Period) -> tuple[Newcomer, ...]:
    """The employers typed in a week, by name: first seen by a sync from its Tuesday to the next Monday.

    The nightly sync sees in the small hours what was typed the day before, so Monday's sees the weekend's.
    What an agency brought on the day its own rows were first read is its stock, not news, so an employer
    counts only if one of its rows came later than its agency's first day.
    """
    found, first, last = _late(facts), week.first + ONE_DAY, week.last + ONE_DAY
    begin, end = bisect_left(found, first, key=_seen), bisect_right(found, last, key=_seen)
    return tuple(sorted(found[begin:end], key=lambda one: (one.employer.casefold(), one.employer_id)))


def _seen(one: Newcomer) -> date:
    return one.first_seen


@once_of_rows
def _late(facts: Facts) -> tuple[Newcomer, ...]:
    """Every employer that was no agency's first stock, by the day it was first seen."""
    known = employers_by_id(facts)
    rows = (known[key] for key in _latecomers(facts) if key in known)
    dated = ((row, read_day(row.get("First seen", ""))) for row in rows)
    return tuple(sorted((_newcomer(row, day) for row, day in dated if day), key=_seen))


def _newcomer(row: PlainRow, day: date) -> Newcomer:
    agencies, sector, town = (row.get(name, "") for name in ("Agencies", "Sector", "Town"))
    return Newcomer(row["employer_id"], row["Employer"], agencies, sector, town, day)


@once_of_rows
def _latecomers(facts: Facts) -> frozenset[str]:
    """Employers that an agency has listed later than its first day, and that nobody is asked about.

    A name in free text alone, or one that may be a known firm's, is a slip of the pen more often than news.
    """
    began, linked = first_days(facts), facts.linked.employer_of
    doubtful = {linked.get(end) for pair in facts.linked.questions for end in (pair.a, pair.b)}
    return frozenset(
        employer
        for key, employer in linked.items()
        if (record := facts.records.get(record_of(key))) is not None
        and record.tab in LISTING_TABS
        and (history := facts.histories.get(record.record_id)) is not None
        and history.first_seen[:10] > began[record.agency]
        and employer not in doubtful
    )


@once_of_rows
def first_days(facts: Facts) -> dict[str, str]:
    """Agency → the ISO date on which its first rows were read."""
    began: dict[str, str] = {}
    for record_id, record in facts.records.items():
        history = facts.histories.get(record_id)
        if history is not None:
            seen = history.first_seen[:10]
            began[record.agency] = min(began.get(record.agency, seen), seen)
    return began


def is_known_for(facts: Facts, week: Period) -> bool:
    """Whether the register existed before the week began, so that "new" means something in it."""
    first = week.first.isoformat()
    return any(day < first for day in first_days(facts).values())

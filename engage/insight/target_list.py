"""The Target list: where every promise in figures stands today."""

from __future__ import annotations

from datetime import date

import pandas as pd

from engage.insight.action_refs import typed
from engage.insight.event_list import percent
from engage.insight.facts import Facts, once
from engage.insight.outcomes import as_number
from engage.insight.reading import PlainRow, as_frame, fold, number_in, rows_of
from engage.insight.target_ceilings import ceiling_words, stays_under
from engage.insight.target_events import EVENTS_REACHING, events_coming
from engage.insight.target_filters import NotUnderstood, Span, read_filter
from engage.insight.target_measures import LEVELS, MEASURES
from engage.insight.target_shares import NothingYet
from engage.insight.weeks import YEAR_STARTS, long_day, read_day
from engage.register.due import read_due
from engage.wording import counted

HEADINGS = (
    "Record",
    "Target",
    "Measure",
    "Filter",
    "At least",
    "At most",
    "How many events reach it",
    "From",
    "By",
    "Now",
    "%",
    "On course",
    "In words",
)


@once
def target_list(facts: Facts) -> pd.DataFrame:
    """One row a target. On course: Met, Missed, Yes (today's share is at least the share of the time gone, or
    events that are planned would make it up), At risk; or in words which measure or filter was not
    understood, with Now left blank. One that says At most is judged the other way round, and has no %.
    In words: what the figures of a target in two parts mean ("1 of 2 events
    has reached 100 employers"), and for every target how it was judged."""
    return as_frame((_row(row, facts) for row in rows_of(facts, "Targets")), HEADINGS)


def _row(row: PlainRow, facts: Facts) -> list[str | float]:
    by_typed = typed(facts, row, "By")
    by = read_day(read_due(by_typed, today=facts.today).due) or read_day(row.get("By", ""))
    first = read_day(row.get("From", "")) or year_start(facts.today, facts.year)
    in_events = fold(row.get("Measure", "")) == EVENTS_REACHING
    least = number_in(row.get("At least", ""))
    goal = number_in(row.get("How many events reach it", "")) if in_events else least
    cells: list[str | float] = [row["record_id"], *(row.get(name, "") for name in HEADINGS[1:4])]
    cells += [_number_or_text(row.get(name, "")) for name in HEADINGS[4:7]]
    cells += [first.isoformat(), by.isoformat() if by else by_typed]
    try:
        now = _now(row, facts, first, by)
    except (NotUnderstood, NothingYet) as unclear:
        return [*cells, "", "", str(unclear), ""]
    said = [events_words(int(now), goal, least)] if in_events else []
    if (most := _most(row)) is not None:
        return [*cells, now, "", *_under(row, now, most, first, by, facts.today)]
    if fold(row.get("Measure", "")) in LEVELS:
        level = as_number(row.get("At least", "")) or goal
        return [
            *cells,
            now,
            percent(now, level),
            holds(now, level, by, facts.today),
            level_words(now, level, by),
        ]
    coming = _coming(row, facts, by, least) if in_events and goal and now < goal else 0
    course = on_course(now, goal, first, by, facts.today, coming=coming)
    said += [judged_words(now, goal, first, by, facts.today, coming=coming)] if goal and by else []
    return [*cells, now, percent(now, goal), course, ". ".join(part for part in said if part)]


def _under(
    row: PlainRow, now: float, most: float, first: date, by: date | None, today: date
) -> tuple[str, str]:
    is_level = fold(row.get("Measure", "")) in LEVELS
    course = stays_under(now, most, first, by, today, is_level=is_level)
    return course, ceiling_words(now, most, first, by, today, is_level=is_level)


def events_words(now: int, goal: int | None, least: int | None) -> str:
    """ "0 of 2 events have reached 100 employers"; what is missing where the target does not say it."""
    if not least:
        return "Say in At least how many employers an event is to reach"
    reached = f"reached {counted(least, 'employer')}"
    if not goal:
        return f"{counted(now, 'event')} {reached}; say how many are to, in How many events reach it"
    return f"{now:,} of {counted(goal, 'event')} {'has' if now == 1 else 'have'} {reached}"


def _number_or_text(cell: str) -> str | int:
    number = number_in(cell)
    return cell if number is None else number


def year_start(today: date, year: str) -> date:
    """The first day of the year that today is in, as the partnership counts years."""
    month = YEAR_STARTS[year]
    return date(today.year if today.month >= month else today.year - 1, month, 1)


def judged_words(now: float, goal: int, first: date, by: date, today: date, *, coming: int = 0) -> str:
    """How a target was judged: "50% reached, 46% of the time gone"; "" once it is met."""
    if now >= goal:
        return ""
    reached = f"{percent(now, goal)}% reached"
    if today > by:
        return f"{reached} by {long_day(by)}"
    gone = max(0, (today - first).days) * 100 // max(1, (by - first).days)
    plan = f"; {coming:,} more meant for as many {'is' if coming == 1 else 'are'} planned" if coming else ""
    return f"{reached}, {gone}% of the time gone{plan}"


def on_course(
    now: float, goal: int | None, first: date, by: date | None, today: date, *, coming: int = 0
) -> str:
    """Met, Missed, Yes or At risk; "No figure to reach" or "No date to reach it by" where that is so.

    coming: what is planned within the time and meant to reach the figure.
    """
    if not goal:
        return "No figure to reach"
    if now >= goal:
        return "Met"
    if by is None:
        return "No date to reach it by"
    if today > by:
        return "Missed"
    gone = max(0, (today - first).days) / max(1, (by - first).days)
    return "Yes" if now / goal >= gone or now + coming >= goal else "At risk"


def _coming(row: PlainRow, facts: Facts, by: date | None, least: int | None) -> int:
    if by is None or not least:
        return 0
    return events_coming(facts, Span(facts.today, by, read_filter(row.get("Filter", ""))), least)


def holds(now: float, level: float | None, by: date | None, today: date) -> str:
    """The same of a share or an average, which grows with no time: until its day it is at its level or at
    risk, and only then met or missed."""
    if not level:
        return "No figure to reach"
    if by is None:
        return "No date to reach it by"
    if today > by:
        return "Met" if now >= level else "Missed"
    return "Yes" if now >= level else "At risk"


def level_words(now: float, level: float | None, by: date | None) -> str:
    """ "88 of at least 85, judged on 31 March 2027"; "" where the target does not say both."""
    return f"{now:,} of at least {level:,.10g}, judged on {long_day(by)}" if level and by else ""


def _most(row: PlainRow) -> float | None:
    """The figure of At most; None where it is left blank."""
    cell = row.get("At most", "")
    return as_number(cell) if as_number(cell) is not None else number_in(cell)


def _now(row: PlainRow, facts: Facts, first: date, by: date | None) -> float:
    if _most(row) is not None and row.get("At least", ""):
        raise NotUnderstood("Say At least or At most, not both: write a target for each")
    if _most(row) is not None and fold(row.get("Measure", "")) == EVENTS_REACHING:
        raise NotUnderstood("At most cannot be used with this measure: say in At least how many to reach")
    measure = MEASURES.get(fold(row.get("Measure", "")))
    if measure is None:
        raise NotUnderstood(f"Measure not known: {row.get('Measure', '') or 'blank'}")
    span = Span(first, min(by or facts.today, facts.today), read_filter(row.get("Filter", "")))
    return measure(facts, span, number_in(row.get("At least", "")) or 0)

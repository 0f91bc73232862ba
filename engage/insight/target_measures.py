"""What a target may count: one function a measure, gathered by subject."""

from __future__ import annotations

from collections.abc import Mapping

from engage.insight.facts import Facts
from engage.insight.outcomes import outcome_of
from engage.insight.page_views import views_in
from engage.insight.reading import PlainRow, employers_by_id
from engage.insight.target_events import EVENTS
from engage.insight.target_filters import Measure, NotUnderstood, Span, check_filters, passes, rows_within
from engage.insight.target_gaps import GAPS
from engage.insight.target_plans import AHEAD
from engage.insight.target_pledges import CONVERTED, SIGNED
from engage.insight.target_standing import MOVED, STANDING
from engage.insight.target_talks import DONE, OF_THEM
from engage.insight.target_warnings import APPROACHED, WARNED
from engage.insight.weeks import Week, read_day, week_of

_OUTCOME = frozenset({"Agency", "Sector", "Size", "Type", "Fund"})


def _new_employers(facts: Facts, span: Span, _: int) -> int:
    check_filters(facts, "Employers", span, frozenset({"Sector", "Size"}))
    rows = (row for row in employers_by_id(facts).values() if passes(facts, row, span))
    days = [read_day(row.get("First seen", "")) for row in rows]
    return sum(day is not None and span.first <= day <= span.last for day in days)


def _views(facts: Facts, span: Span, _: int) -> int:
    if span.filters:
        raise NotUnderstood("Filter cannot be used with this measure: page views have no agency or sector")
    weeks: list[Week] = []
    week = week_of(span.first)
    while week.monday <= span.last:
        weeks.append(week)
        week = week.back(-1)
    return sum(views_in(facts, one) or 0 for one in weeks)


def _outcomes(facts: Facts, span: Span) -> list[PlainRow]:
    return rows_within(facts, "Outcomes", "Date", span, _OUTCOME)


def _results(facts: Facts, span: Span, _: int) -> float:
    return _tidy(sum(outcome_of(row).number for row in _outcomes(facts, span)))


def _pounds(facts: Facts, span: Span, _: int) -> float:
    return _tidy(sum(outcome_of(row).pounds or 0 for row in _outcomes(facts, span)))


def _tidy(number: float) -> float:
    return int(number) if float(number).is_integer() else round(number, 2)


# They add up from the first day to the last: met once there is enough, missed once there is too much.
ADDING_UP: Mapping[str, Measure] = {
    **DONE,
    "new employers": _new_employers,
    **EVENTS,
    **SIGNED,
    "pledge page views": _views,
    "outcomes": _results,
    "pounds brought in": _pounds,
    **APPROACHED,
    **MOVED,
}
# They stand as they stand, and are judged on their day alone.
LEVELS: Mapping[str, Measure] = {**OF_THEM, **CONVERTED, **AHEAD, **STANDING, **GAPS, **WARNED}
MEASURES: Mapping[str, Measure] = {**ADDING_UP, **LEVELS}

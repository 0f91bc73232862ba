"""Every capability, and how the house tells it: for a week, for a finished period, for a built tab.

A capability is added here by one line. Nothing else of it is known anywhere by name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engage.insight import (
    action_plan,
    capacity,
    common_model,
    completeness,
    coordination,
    engagement_survey,
    events,
    feedback,
    figures,
    needs,
    outcomes,
    pledge_funnel,
    seats,
    sector_gaps,
    shared_plans,
    single_offer,
    sme_voice,
    targets,
)
from engage.insight.capability import PERIOD, Capability, CellsByHeading, Headline, Insight
from engage.insight.facts import ROWS, Facts, as_of
from engage.insight.quarters import quarter_of, year_of
from engage.insight.weeks import Period
from engage.model import Finding

CAPABILITIES: tuple[Capability, ...] = (
    figures.CAPABILITY,
    coordination.CAPABILITY,
    shared_plans.CAPABILITY,
    single_offer.CAPABILITY,
    pledge_funnel.CAPABILITY,
    seats.CAPABILITY,
    engagement_survey.CAPABILITY,
    events.CAPABILITY,
    action_plan.CAPABILITY,
    completeness.CAPABILITY,
    sme_voice.CAPABILITY,
    sector_gaps.CAPABILITY,
    needs.CAPABILITY,
    common_model.CAPABILITY,
    outcomes.CAPABILITY,
    feedback.CAPABILITY,
    capacity.CAPABILITY,
    targets.CAPABILITY,
)  # in the order of their numbers


def told(facts: Facts, capability: Capability, span: Period) -> Insight:
    """What a capability says of a period, as of facts.today; worked out once for who see the same rows."""
    known = facts.memo if capability.asks_who else facts.memo.setdefault(ROWS, {})
    key = ("told", capability.key, facts.today, span)
    if key not in known:
        known[key] = capability.tell(facts, span)
    found: Insight = known[key]
    return found


def told_of(facts: Facts, capability: Capability, span: Period) -> Insight:
    """The same as it stood when the period ended, if it has."""
    return told(as_of(facts, span.last), capability, span)


def before(facts: Facts, capability: Capability, span: Period) -> dict[str, int | None]:
    """Headline → what it was one period earlier, by the rows of today; those without a past are missing.

    A week that is over, told on the Monday after it, is set against the week before as the Monday before saw
    it; a quarter that runs, against the same day of the quarter before.
    """
    earlier = span.back(1)
    since = facts.today - (span.last if facts.today >= span.last else span.first)
    day = (earlier.last if facts.today >= span.last else earlier.first) + since
    past = told(as_of(facts, min(day, facts.today)), capability, earlier)
    return {one.label: one.value for one in past.headlines if one.dated}


def has_changed(headline: Headline, past: dict[str, int | None]) -> bool:
    """Whether a figure is another than one period before; one without a past never has."""
    return headline.dated and headline.value != past.get(headline.label)


def tab_rows(
    facts: Facts, capability: Capability, tab: str, headings: Sequence[str]
) -> Iterator[CellsByHeading]:
    """The rows of one of its built tabs; with the heading Period, those of each of `tab_periods`."""
    if PERIOD not in headings:
        yield from _rows(told(facts, capability, quarter_of(facts.today, facts.year)), tab)
        return
    for span in tab_periods(facts):
        for row in _rows(told_of(facts, capability, span), tab):
            yield {**row, PERIOD: period_words(facts, span)}


def tab_periods(facts: Facts) -> tuple[Period, ...]:
    """What the built tabs tell of: the quarter that runs, the last whole one, the year that runs."""
    quarter = quarter_of(facts.today, facts.year)
    return quarter, quarter.back(1), year_of(facts.today, facts.year)


def period_words(facts: Facts, span: Period) -> str:
    """A period in a cell: "2026/27 Q2 (financial)", "2026/27 Q3 (financial), so far"."""
    return f"{span.label}, so far" if span.last >= facts.today else span.label


def _rows(insight: Insight, tab: str) -> Iterator[CellsByHeading]:
    for table in insight.tables:
        if table.tab == tab:
            yield from table.rows


def problems_told(facts: Facts, workbook: str) -> tuple[Finding, ...]:
    """What every capability finds to mend in the rows of one workbook; facts: its readers'."""
    span = quarter_of(facts.today, facts.year)
    return tuple(
        found
        for capability in CAPABILITIES
        for found in told(facts, capability, span).problems
        if found.place.workbook == workbook
    )

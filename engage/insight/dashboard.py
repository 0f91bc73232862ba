"""The Dashboard: every figure of the digest, one row each, so that a figure can be linked to its row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta

import pandas as pd

from engage.insight.action_list import actions
from engage.insight.activity import planned_within
from engage.insight.capabilities import CAPABILITIES, before, told
from engage.insight.facts import Facts, once, once_a_day
from engage.insight.freshness import read_words
from engage.insight.happened import BREAKDOWNS, IN_FIGURES, Line, counted_by, in_figures
from engage.insight.measures import activity_of, events_between
from engage.insight.reading import as_frame
from engage.insight.weeks import Period, last_complete_week, long_day
from engage.model import Pair, record_of

HEADINGS = ("Section", "Measure", "Last whole week", "Week before", "Four-week average", "Note")
WEEK_SECTIONS = frozenset({IN_FIGURES, *BREAKDOWNS.values()})
AHEAD_DAYS = 14
ACTION_MEASURES = {
    "Red": "Actions overdue",
    "Amber": "Actions at risk",
    "Green": "Actions on track",
    "Blue": "Actions complete",
}
PAIRS, PROBLEMS = "Pairs to review", "Problems to fix"
NOT_TYPED = "texts typed where Engage writes not counted"


def dashboard(facts: Facts, week: Period | None = None) -> pd.DataFrame:
    """The Dashboard tab; unknown figures are "". week: default the last complete one before facts.today."""
    return as_frame(map(cells_of, lines(facts, week)), HEADINGS)


def stands(line: Line) -> bool:
    """Whether a row says how things stand today, so that it is the same whichever period is told of: it is
    of no period, and has no past."""
    return line.section not in WEEK_SECTIONS and line.before is None and line.average is None


def cells_of(line: Line) -> list[str | int | float]:
    """A row of the Dashboard, or of a tab that is laid out like it; what nobody knows is ""."""
    row = (line.section, line.measure, line.now, line.before, line.average, line.note)
    return ["" if cell is None else cell for cell in row]


@once
def lines(facts: Facts, week: Period | None = None) -> tuple[Line, ...]:
    """The rows in order: the week, the days ahead, what waits, each breakdown, how fresh the data are.

    Four-week average: of the four weeks before the week.
    """
    week = week or last_complete_week(facts.today)
    figures, breakdowns = counted(facts, week)
    above = (*figures, *_ahead(facts), *_capabilities(facts, week), *_waiting(facts))
    return (*above, *breakdowns, *_freshness(facts))


@once_a_day
def counted(facts: Facts, span: Period) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """What happened in a period, counted from the rows alone: each measure, and each breakdown."""
    activity = activity_of(facts)
    breakdowns = (line for kind in BREAKDOWNS for line in counted_by(activity, span, kind))
    return tuple(in_figures(activity, span)), tuple(breakdowns)


@once_a_day
def _ahead(facts: Facts) -> tuple[Line, ...]:
    activity, last = activity_of(facts), facts.today + timedelta(days=AHEAD_DAYS - 1)
    planned = planned_within(facts, facts.today, last)
    clashing = [
        clash for clash in activity.clashes if clash.second.day and facts.today <= clash.second.day <= last
    ]
    note = f"{AHEAD_DAYS} days from {long_day(facts.today)}"
    return (
        Line("Ahead", "Events ahead", len(events_between(facts, facts.today, last)), note=note),
        Line("Ahead", "Engagements planned", len(planned), note=note),
        Line("Ahead", "Clashes ahead", len(clashing), note=note),
    )


def _capabilities(facts: Facts, week: Period) -> Iterable[Line]:
    """The figures of every capability, under its title."""
    for capability in CAPABILITIES:
        headlines = told(facts, capability, week).headlines if capability.on_dashboard else ()
        past = before(facts, capability, week) if any(one.dated for one in headlines) else {}
        for one in headlines:
            yield Line(capability.title, one.label, one.value, past.get(one.label), note=one.note)


def _waiting(facts: Facts) -> Iterable[Line]:
    """What people have to answer, in all and by agency; a pair of two agencies' rows waits for both."""
    asked = facts.linked.questions if facts.asked is None else facts.asked
    pairs = Counter(agency for pair in asked for agency in sorted(agencies_asked(facts, pair)))
    problems = Counter(finding.agency for finding in facts.findings if finding.agency)
    here = "the hub's tab Problems to fix" if facts.audience == "hub" else "the tab Problems to fix"
    yield Line("Waiting", PAIRS, len(asked), note="in the tab To review")
    yield from (Line("Waiting", f"{PAIRS}: {name}", pairs[name]) for name in sorted(pairs))
    yield Line("Waiting", PROBLEMS, len(facts.findings), note=f"rows of {here}, {NOT_TYPED}")
    note = f"in {here}; a workbook of its own has its own tab" if facts.audience == "hub" else ""
    yield from (
        Line("Waiting", f"{PROBLEMS}: {name}", problems[name], note=note) for name in sorted(problems)
    )
    colours = Counter(action.rag for action in actions(facts) if action.rag)
    yield from (Line("Actions", ACTION_MEASURES[rag], colours[rag], note=rag) for rag in ACTION_MEASURES)


def agencies_asked(facts: Facts, pair: Pair) -> frozenset[str]:
    """The agencies whose rows a question is about."""
    records = (facts.records.get(record_of(key)) for key in (pair.a, pair.b))
    return frozenset(record.agency for record in records if record is not None and record.agency)


def _freshness(facts: Facts) -> Iterable[Line]:
    for read in facts.reads:
        rows = read.rows if read.ok else None
        yield Line("Data", f"{read.agency or read.workbook}: rows read", rows, note=read_words(read))

"""The Dashboard: every figure of the digest, one row each, so that a figure can be linked to its row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

import pandas as pd

from engage.insight.action_list import actions
from engage.insight.activity import planned_within
from engage.insight.capabilities import CAPABILITIES, before, told
from engage.insight.facts import Facts, once
from engage.insight.freshness import missing_from, read_words, without_words
from engage.insight.measures import (
    WEEKLY,
    Activity,
    Count,
    activity_of,
    average,
    breakdown,
    done_in,
    events_between,
)
from engage.insight.reading import as_frame
from engage.insight.weeks import Period, last_complete_week, long_day
from engage.model import AgencyRead, Pair, record_of

HEADINGS = ("Section", "Measure", "Last whole week", "Week before", "Four-week average", "Note")
BREAKDOWNS = {
    "agency": "By agency",
    "type": "By type",
    "reason": "By reason",
    "sector": "By sector",
    "size": "By size band",
}
WEEK_SECTIONS = frozenset({"The week", *BREAKDOWNS.values()})
AHEAD_DAYS = 14
ACTION_MEASURES = {
    "Red": "Actions overdue",
    "Amber": "Actions at risk",
    "Green": "Actions on track",
    "Blue": "Actions complete",
}
PAIRS, PROBLEMS = "Pairs to review", "Problems to fix"
NOT_TYPED = "texts typed where Engage writes not counted"
NOTES = {
    "Employers spoken to": "merged employers, each counted once",
    "New employers": "first seen by the register; what an agency brought on its first day is not news",
    "Clashes": "second approach in the week",
    "Employers at events": "merged employers, each counted once",
    "Pledge sign-ups": "merged employers; the same pledge signed again is not counted",
    "Pledge page views": "where a week and its days are both given, the week",
}
UNKNOWN = {
    "New employers": "not known: the register is younger than the week",
    "Employers at events": "not known: two events share a name, so attendance fits either",
    "Pledge page views": "nobody has given a figure for the week",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One row. now, before and average are None where nobody knows, which is never the same as 0."""

    section: str
    measure: str
    now: int | None
    before: int | None = None
    average: float | None = None
    note: str = ""


def dashboard(facts: Facts, week: Period | None = None) -> pd.DataFrame:
    """The Dashboard tab; unknown figures are "". week: default the last complete one before facts.today."""
    rows = (
        (line.section, line.measure, line.now, line.before, line.average, line.note)
        for line in lines(facts, week)
    )
    return as_frame((["" if cell is None else cell for cell in row] for row in rows), HEADINGS)


@once
def lines(facts: Facts, week: Period | None = None) -> tuple[Line, ...]:
    """The rows in order: the week, the days ahead, what waits, each breakdown, how fresh the data are.

    Four-week average: of the four weeks before the week.
    """
    week = week or last_complete_week(facts.today)
    activity = activity_of(facts)
    return (
        *_weekly(activity, week),
        *_ahead(activity),
        *_capabilities(facts, week),
        *_waiting(facts),
        *(line for kind in BREAKDOWNS for line in _by(activity, week, kind)),
        *_freshness(facts),
    )


def _weekly(activity: Activity, week: Period) -> Iterable[Line]:
    absent = without_words(missing_from(activity.facts, week))
    for measure, count in WEEKLY.items():
        counts = [count(activity, week.back(weeks)) for weeks in range(5)]
        about = UNKNOWN.get(measure, "") if counts[0] is None else NOTES.get(measure, "")
        note = "; ".join(part for part in (f"{week.unit} of {week.words}", about, absent) if part)
        yield Line("The week", measure, counts[0], counts[1], average(counts[1:]), note)


def _ahead(activity: Activity) -> Iterable[Line]:
    facts = activity.facts
    last = facts.today + timedelta(days=AHEAD_DAYS - 1)
    planned = planned_within(facts, facts.today, last)
    clashing = [
        clash for clash in activity.clashes if clash.second.day and facts.today <= clash.second.day <= last
    ]
    note = f"{AHEAD_DAYS} days from {long_day(facts.today)}"
    yield Line("Ahead", "Events ahead", len(events_between(facts, facts.today, last)), note=note)
    yield Line("Ahead", "Engagements planned", len(planned), note=note)
    yield Line("Ahead", "Clashes ahead", len(clashing), note=note)


def _capabilities(facts: Facts, week: Period) -> Iterable[Line]:
    """The figures of every capability, under its title."""
    for capability in CAPABILITIES:
        headlines = told(facts, capability, week).headlines
        past = before(facts, capability, week) if headlines else {}
        for one in headlines:
            yield Line(capability.title, one.label, one.value, past.get(one.label), note=one.note)


def _waiting(facts: Facts) -> Iterable[Line]:
    """What people have to answer, in all and by agency; a pair of two agencies' rows waits for both."""
    asked = facts.linked.questions if facts.asked is None else facts.asked
    pairs = Counter(agency for pair in asked for agency in sorted(agencies_asked(facts, pair)))
    problems = Counter(finding.agency for finding in facts.findings if finding.agency)
    here = "the hub's tab Problems to fix"
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


def _by(activity: Activity, week: Period, kind: str) -> Iterable[Line]:
    """Every label of the last five weeks, most of the week first; an unread agency's count is not known."""
    weeks = [week.back(number) for number in range(5)]
    counts = [breakdown(done_in(activity, one), kind) for one in weeks]
    unread = [_unread(activity.facts, one, kind) for one in weeks]
    labels: set[str] = set().union(*counts, unread[0])
    for label in sorted(labels, key=lambda name: (-counts[0].get(name, 0), name.casefold())):
        past: list[Count] = [
            count.get(label, None if label in missing else 0)
            for count, missing in zip(counts, unread, strict=True)
        ]
        note = without_words([unread[0][label]]) if label in unread[0] else ""
        yield Line(BREAKDOWNS[kind], label, past[0], past[1], average(past[1:]), note)


def _unread(facts: Facts, week: Period, kind: str) -> dict[str, AgencyRead]:
    found = missing_from(facts, week) if kind == "agency" else ()
    return {read.agency: read for read in found if read.agency}


def _freshness(facts: Facts) -> Iterable[Line]:
    for read in facts.reads:
        rows = read.rows if read.ok else None
        yield Line("Data", f"{read.agency or read.workbook}: rows read", rows, note=read_words(read))

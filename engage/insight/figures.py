"""The period in figures: what the Dashboard says of a week, of a quarter and a year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from engage.insight.capability import Capability, Cell, Chart, Headline, Insight, Source, Table
from engage.insight.facts import Facts
from engage.insight.happened import BREAKDOWNS, Line, counted_by, in_figures
from engage.insight.measures import activity_of, done_in
from engage.insight.weeks import Period
from engage.wording import counted

TAB = "Figures"
WHOLE = "In figures"


def tell(facts: Facts, span: Period) -> Insight:
    """Every measure of the period, and its engagements by agency, type, reason, sector and size band."""
    activity = activity_of(facts)
    measures = tuple(replace(line, section=WHOLE) for line in in_figures(activity, span, dated=False))
    broken_down = [line for kind in BREAKDOWNS for line in counted_by(activity, span, kind) if line.now != 0]
    talks = len(done_in(activity, span))
    table = Table(
        TAB,
        tuple(_row(line) for line in (*measures, *broken_down)),
        sources=(Source("Engagements", talks),),
        parts="Section",
        skipped=(WHOLE,),
        charts=tuple(
            Chart(f"Engagements {section[0].lower()}{section[1:]}", "Measure", ("Count",), part=section)
            for section in BREAKDOWNS.values()
        ),
    )
    headlines = tuple(Headline(line.measure, line.now, line.note) for line in measures)
    return Insight(figures_words(measures), headlines, (table,))


def _row(line: Line) -> dict[str, Cell]:
    count = "" if line.now is None else line.now
    return {"Section": line.section, "Measure": line.measure, "Count": count, "Note": line.note}


def figures_words(measures: Sequence[Line]) -> str:
    """ "312 engagements with 204 employers, 6 events and 12 pledge sign-ups."; "" if nothing happened."""
    known = {line.measure: line.now or 0 for line in measures}
    talks, events = known["Engagements"], known["Events held"]
    if not (talks or events or known["Pledge sign-ups"]):
        return ""
    said = f"{counted(talks, 'engagement')} with {counted(known['Employers spoken to'], 'employer')}"
    return f"{said}, {counted(events, 'event')} and {counted(known['Pledge sign-ups'], 'pledge sign-up')}."


CAPABILITY = Capability(
    key="figures",
    number=0,
    title="In figures",
    clause="Tameside 3.8.c: “quarterly reporting”",
    tabs=(TAB,),
    tell=tell,
    told_in="Week in figures",
    on_dashboard=False,
)

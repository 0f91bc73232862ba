"""Your figures: the Dashboard as one agency sees it, with how many come to the events that digests name."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

import pandas as pd

from engage.insight.dashboard import AHEAD_DAYS, HEADINGS, cells_of, lines
from engage.insight.event_list import Turnout, turnouts
from engage.insight.facts import Facts
from engage.insight.happened import Line
from engage.insight.measures import events_between, events_held
from engage.insight.reading import PlainRow, as_frame
from engage.insight.weeks import Period, last_complete_week

TITLE = "Your figures (built nightly)"
TURNOUT = "Event turnout"


def own_figures(facts: Facts, week: Period | None = None) -> pd.DataFrame:
    """The tab; unknown figures are "". week: default the last complete one before facts.today."""
    week = week or last_complete_week(facts.today)
    return as_frame(map(cells_of, (*lines(facts, week), *_turnouts(facts, week))), HEADINGS)


def _turnouts(facts: Facts, week: Period) -> Iterable[Line]:
    """The week's events, who came; and those of the days ahead, who has booked."""
    last = facts.today + timedelta(days=AHEAD_DAYS - 1)
    yield from came(facts, week)
    yield from _of(events_between(facts, facts.today, last), "booked", turnouts(facts))


def came(facts: Facts, span: Period) -> Iterable[Line]:
    """The events of a period, who came."""
    return _of(events_held(facts, span.first, span.last), "came", turnouts(facts))


def _of(rows: Iterable[PlainRow], stage: str, known: dict[str, Turnout | None]) -> Iterable[Line]:
    for row in rows:
        yield Line(TURNOUT, turnout_measure(row, stage), employers_at(known[row["record_id"]], stage))


def turnout_measure(row: PlainRow, stage: str) -> str:
    """What an event's row is called. stage: "came" or "booked"."""
    named = (row.get("Event", ""), row.get("Date", ""), row["record_id"])
    return f"Employers {stage}: {', '.join(part for part in named if part)}"


def employers_at(turnout: Turnout | None, stage: str) -> int | None:
    """How many employers came to an event, or have booked; None where nobody knows."""
    return None if turnout is None else len(turnout.came if stage == "came" else turnout.booked)

"""Weeks and months: what the Dashboard says, for the last whole month and for the weeks gone by, so that a
figure of a month, of an earlier week or of a small line can be linked to its row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

import pandas as pd

from engage.insight.dashboard import lines, stands
from engage.insight.facts import Facts
from engage.insight.happened import IN_FIGURES, TREND, Line
from engage.insight.own_figures import came
from engage.insight.reading import as_frame
from engage.insight.weeks import Period, last_complete_month, last_complete_week

TITLE = "Weeks and months"
OWN_TITLE = "Your weeks and months"
WEEKS_BACK = 4  # before the last whole one: a digest that was missed is caught up for two
EARLIER = tuple(f"{number} before" for number in range(2, TREND))
NUMBERS = ("In the period", "Period before", "Four-period average")
HEADINGS = ("Period", "Section", "Measure", *NUMBERS, *EARLIER, "Note")


def weeks_and_months(facts: Facts) -> pd.DataFrame:
    """The hub's tab; unknown figures are ""."""
    return _frame(facts, lambda _: ())


def own_weeks_and_months(facts: Facts) -> pd.DataFrame:
    """The same as one agency sees it, with who came to the events of each period."""
    return _frame(facts, lambda span: came(facts, span))


def spans_told(today: date) -> tuple[Period, ...]:
    """The last whole month, the last whole week, and the weeks before it, the newest first."""
    last = last_complete_week(today)
    return (last_complete_month(today), *(last.back(weeks) for weeks in range(WEEKS_BACK + 1)))


def _frame(facts: Facts, more: Callable[[Period], Iterable[Line]]) -> pd.DataFrame:
    """more: what the tab says of a period besides, as the Dashboard beside it does of the last whole week."""
    last = last_complete_week(facts.today)
    shown = {
        (line.section, line.measure): line.now for line in (*lines(facts, last), *more(last)) if stands(line)
    }
    rows = (
        _cells(span, line)
        for span in spans_told(facts.today)
        for line in (*lines(facts, span), *more(span))
        if (line.trend if span == last else _is_news(line, shown))
    )
    return as_frame(rows, HEADINGS)


def _is_news(line: Line, shown: Mapping[tuple[str, str], int | None]) -> bool:
    """Whether the Dashboard does not say it already: how things stand today it says for all periods."""
    key = line.section, line.measure
    return not stands(line) or key not in shown or shown[key] != line.now


def _cells(span: Period, line: Line) -> list[str | int | float]:
    earlier = line.trend[-3::-1] if line.trend else ()  # the newest first, without now and before
    counts = (line.now, line.before, line.average, *earlier, *[None] * (len(EARLIER) - len(earlier)))
    cells = ["" if count is None else count for count in counts]
    return [span.label, section_cell(span, line.section), line.measure, *cells, line.note]


def section_cell(span: Period, section: str) -> str:
    """What the tab calls a section of the Dashboard: "The week" of a month is "The month"."""
    return f"The {span.unit}" if section == IN_FIGURES else section

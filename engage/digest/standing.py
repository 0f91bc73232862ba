"""The figures as they stand in a workbook's built tabs: what the cells say, and which row a figure opens."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from engage import chart_blocks
from engage.insight import own_figures, weeks_and_months
from engage.insight.dashboard import HEADINGS, stands
from engage.insight.happened import IN_FIGURES, Line
from engage.insight.reading import PlainRow, plain_rows
from engage.insight.weeks import Period, last_complete_week
from engage.insight.weeks_and_months import EARLIER, NUMBERS, section_cell

if TYPE_CHECKING:
    import pandas as pd

Key = tuple[str, str]  # section, measure
Counts = tuple[int | None, ...]
DASHBOARD, WEEKS = chart_blocks.DASHBOARD, weeks_and_months.TITLE  # the hub's two tabs of figures
YOUR_FIGURES, YOUR_WEEKS = own_figures.TITLE, weeks_and_months.OWN_TITLE  # an agency's own
BESIDE = {DASHBOARD: WEEKS, YOUR_FIGURES: YOUR_WEEKS}
DASHBOARD_NUMBERS = HEADINGS[2:5]


@dataclass(frozen=True, slots=True)
class Standing:
    """A figure as a tab has it. line: its numbers; row: of the tab. trend_row: of trend_tab, where the counts
    of the last eight periods stand; 0 if they stand in none."""

    line: Line
    tab: str
    row: int
    trend_tab: str = ""
    trend_row: int = 0

    def says(self, line: Line) -> bool:
        """Whether these are the numbers of a row, and of its small line if it has one."""
        is_same = (line.now, line.before, line.average) == (
            self.line.now,
            self.line.before,
            self.line.average,
        )
        return is_same and line.trend in ((), self.line.trend)


def figures_in(tabs: Mapping[str, pd.DataFrame], span: Period, today: date) -> dict[Key, Standing]:
    """What a workbook's tabs of figures say of a period, and how things stand today; {} if nothing of it.

    today: the day of the sync; the Dashboard is about the last whole week before it.
    """
    dashboard = next((title for title in BESIDE if title in tabs), "")
    weeks = BESIDE.get(dashboard, "")
    shown = dict(_on_dashboard(tabs[dashboard], dashboard)) if dashboard else {}
    beside = dict(_beside(tabs[weeks], weeks, span)) if weeks in tabs else {}
    if span == last_complete_week(today):
        return {key: _with_trend(one, beside.get(key)) for key, one in shown.items()}
    return {key: one for key, one in shown.items() if stands(one.line)} | beside if beside else {}


def _on_dashboard(frame: pd.DataFrame, title: str) -> Iterator[tuple[Key, Standing]]:
    for number, row in enumerate(plain_rows(frame), start=2):
        key = row["Section"], row["Measure"]
        line = _line(key, row, DASHBOARD_NUMBERS)
        if line is not None:
            yield key, Standing(line, title, number)


def _beside(frame: pd.DataFrame, title: str, span: Period) -> Iterator[tuple[Key, Standing]]:
    """What the tab of weeks and months says of a period."""
    week = section_cell(span, IN_FIGURES)
    for number, row in enumerate(plain_rows(frame), start=2):
        if row["Period"] == span.label:
            key = IN_FIGURES if row["Section"] == week else row["Section"], row["Measure"]
            line = _line(key, row, NUMBERS, EARLIER)
            if line is not None:
                yield key, Standing(line, title, number, title, number)


def _line(key: Key, row: PlainRow, numbers: Sequence[str], earlier: Sequence[str] = ()) -> Line | None:
    """None unless all its cells are numbers or blank, as we write them: where somebody typed a word, there is
    no figure until the next sync."""
    try:
        now, before = (count_told(row[name]) for name in numbers[:2])
        mean = float(row[numbers[2]]) if row[numbers[2]] else None
        past = tuple(count_told(row[name]) for name in reversed(earlier))
    except ValueError:
        return None
    return Line(*key, now, before, mean, trend=(*past, before, now) if past else ())


def _with_trend(one: Standing, beside: Standing | None) -> Standing:
    """With the small line, if the other tab has the same row."""
    if beside is None or not beside.says(one.line):
        return one
    line = replace(one.line, trend=beside.line.trend)
    return replace(one, line=line, trend_tab=beside.tab, trend_row=beside.row)


def count_told(text: str) -> int | None:
    """The count in a cell of a built tab; None if it is blank. Raises ValueError if it is none."""
    return int(text.removesuffix(".0")) if text else None

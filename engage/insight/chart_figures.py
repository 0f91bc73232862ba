"""The tab Chart figures: the rows that the Dashboard's native charts are drawn from, always as many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from engage.chart_blocks import (
    BLOCKS,
    BY_AGENCY,
    BY_SECTOR,
    BY_TYPE,
    PLEDGES,
    TARGETS,
    TREND,
    WEEK,
    Block,
)
from engage.insight.capability import CellsByHeading
from engage.insight.facts import Facts
from engage.insight.happened import Line, counted_by, in_figures
from engage.insight.measures import activity_of
from engage.insight.pledge_list import STAGES, stages_of
from engage.insight.target_list import target_list
from engage.insight.weeks import last_complete_week, short_day

OTHERS = "All others"
NOT_DRAWN = frozenset({"Engagements", "Pledge page views"})  # they would dwarf the rest of the week
Bar = tuple[str, int | float | None, int | float | None]  # name, now, before; None nobody knows


def chart_figures(facts: Facts) -> Iterator[CellsByHeading]:
    """One row a bar, block by block, each block filled up with blank bars to its size."""
    bars: Mapping[Block, Sequence[Bar]] = {
        WEEK: _week(facts),
        TREND: _trend(facts),
        BY_AGENCY: _parts(facts, "agency", BY_AGENCY.rows),
        BY_TYPE: _parts(facts, "type", BY_TYPE.rows),
        BY_SECTOR: _parts(facts, "sector", BY_SECTOR.rows),
        PLEDGES: [(stage, stages_of(facts).get(stage, (0, 0))[0], None) for stage in STAGES],
        TARGETS: _targets(facts),
    }
    for block in BLOCKS:
        yield from _filled(block, bars[block])


def _filled(block: Block, bars: Sequence[Bar]) -> Iterator[CellsByHeading]:
    blank: Bar = ("", None, None)
    for name, now, before in [*bars, *[blank] * block.rows][: block.rows]:
        yield {
            "Chart": block.title,
            "Name": name,
            "Now": "" if now is None else now,
            "Before": "" if before is None else before,
        }


def _week(facts: Facts) -> list[Bar]:
    return [(line.measure, line.now, line.before) for line in _lines(facts) if line.measure not in NOT_DRAWN]


def _lines(facts: Facts) -> tuple[Line, ...]:
    return tuple(in_figures(activity_of(facts), last_complete_week(facts.today)))


def _trend(facts: Facts) -> list[Bar]:
    """The last eight whole weeks by their Mondays, the oldest first."""
    (line,) = (line for line in _lines(facts) if line.measure == "Engagements")
    last = last_complete_week(facts.today)
    weeks = [last.back(len(line.trend) - 1 - at) for at in range(len(line.trend))]
    return [(short_day(week.monday), count, None) for week, count in zip(weeks, line.trend, strict=True)]


def _parts(facts: Facts, kind: str, most: int) -> list[Bar]:
    """The commonest of the week; where there are more than bars, the last bar is all others."""
    found = list(counted_by(activity_of(facts), last_complete_week(facts.today), kind))
    bars: list[Bar] = [(line.measure, line.now, line.before) for line in found]
    if len(bars) <= most:
        return bars
    rest = bars[most - 1 :]
    return [*bars[: most - 1], (OTHERS, _sum(bar[1] for bar in rest), _sum(bar[2] for bar in rest))]


def _sum(counts: Iterable[int | float | None]) -> int | float | None:
    known = list(counts)
    return None if None in known else sum(one or 0 for one in known)


def _targets(facts: Facts) -> list[Bar]:
    """Those that are to reach a figure: of At most, nothing is reached."""
    rows = [row for row in target_list(facts).to_dict("records") if row["At most"] == ""]
    return [(str(row["Target"]), row["%"] if row["%"] != "" else None, None) for row in rows]

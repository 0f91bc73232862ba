"""The charts beside the Dashboard, and the block of rows in the tab Chart figures that each is drawn from.

A native chart points at cells that never move. So each chart has its own rows, always as many: the night
fills them, and what is not needed stays blank. A chart is laid out once, when the workbook is made; from then
on it is people's, to move, restyle or delete.
"""

from __future__ import annotations

from dataclasses import dataclass

CHART_FIGURES, DASHBOARD = "Chart figures", "Dashboard"
NOW, BEFORE = "Now", "Before"
# What the bars of our .xlsx files say: some programs show whatever is not said to be left out.
NUMBER_ALONE = {
    "showVal": True, "showSerName": False, "showCatName": False, "showLegendKey": False, "showPercent": False
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Block:
    """One chart. rows: how many bars it has room for. before: whether the period before stands beside it.
    upright: columns (time goes to the right), else bars (names are long)."""

    title: str
    rows: int
    before: bool = True
    upright: bool = False


WEEK = Block("The last whole week", 7)
TREND = Block("Engagements, week by week", 8, before=False, upright=True)
BY_AGENCY = Block("Engagements by agency", 8)
BY_TYPE = Block("Engagements by type", 8)
BY_SECTOR = Block("Engagements by sector", 8)
PLEDGES = Block("Pledges by stage", 4, before=False, upright=True)
TARGETS = Block("Targets, % reached", 8, before=False)
BLOCKS = (WEEK, TREND, BY_AGENCY, BY_TYPE, BY_SECTOR, PLEDGES, TARGETS)


def first_row(block: Block) -> int:
    """The sheet row of its first bar; the headings stand in row 1."""
    return 2 + sum(one.rows for one in BLOCKS[: BLOCKS.index(block)])

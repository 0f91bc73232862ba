"""Which block of cells values:append takes for "the table" (Google's guide, "Append values")."""

from __future__ import annotations

from .a1 import Area
from .entering import Box
from .spans import touch


def table_in(area: Area) -> Box | None:
    """The last table that the range touches, as a box; None where it touches none.

    A table is a block of filled cells that touch each other, corners too, as one rectangle; the last is the
    lowest, then the rightmost.
    """
    mine = [box for box in _tables(area) if touch(box, (area.r0, area.r1, area.c0, area.c1))]
    return max(mine, key=lambda box: (box[1], box[3]), default=None)


def _tables(area: Area) -> list[Box]:
    """All tables of the tab, row by row: runs of filled cells joined to the blocks that they touch."""
    boxes: list[Box] = []
    for at, row in enumerate(area.tab.rows):
        for run in _runs(at, row):
            boxes = _joined(boxes, run)
    return boxes


def _runs(at: int, row: tuple[object, ...]) -> list[Box]:
    runs: list[Box] = []
    for column, cell in enumerate(row):
        if cell is None or cell.entered is None:  # type: ignore[attr-defined]
            continue
        if runs and runs[-1][3] == column:
            runs[-1] = (at, at + 1, runs[-1][2], column + 1)
        else:
            runs.append((at, at + 1, column, column + 1))
    return runs


def _joined(boxes: list[Box], new: Box) -> list[Box]:
    """The boxes with the new one, which swallows what it touches until it touches nothing more."""
    while True:
        ring = (new[0] - 1, new[1] + 1, new[2] - 1, new[3] + 1)
        near = [box for box in boxes if touch(ring, box)]
        if not near:
            return [*boxes, new]
        boxes = [box for box in boxes if box not in near]
        together = [*near, new]
        new = (
            min(box[0] for box in together),
            max(box[1] for box in together),
            min(box[2] for box in together),
            max(box[3] for box in together),
        )

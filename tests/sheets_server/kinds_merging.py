"""Kinds about merged cells."""

from __future__ import annotations

from . import spans
from .a1 import Area
from .cells import Json
from .errors import Refused
from .kinds import Context, kind, needed
from .tab import Tab


@kind("mergeCells")
def merge_cells(context: Context, body: Json) -> None:
    """One cell of many: all, column by column or row by row; the first value stays."""
    area = context.editable(needed(body, "range"))
    how = body.get("mergeType", "MERGE_ALL")
    for box in _boxes(area, how):
        _merge(area.tab, box)


def _boxes(area: Area, how: str) -> list[tuple[int, int, int, int]]:
    if how == "MERGE_COLUMNS":
        return [(area.r0, area.r1, column, column + 1) for column in range(area.c0, area.c1)]
    if how == "MERGE_ROWS":
        return [(row, row + 1, area.c0, area.c1) for row in range(area.r0, area.r1)]
    return [(area.r0, area.r1, area.c0, area.c1)]


def _merge(tab: Tab, box: tuple[int, int, int, int]) -> None:
    r0, r1, c0, c1 = box
    if r1 - r0 == c1 - c0 == 1:
        return
    for span in list(tab.merges):
        other = spans.bounds(span, tab.row_count, tab.column_count)
        if spans.touch(box, other):
            if not (r0 <= other[0] and other[1] <= r1 and c0 <= other[2] and other[3] <= c1):
                raise Refused("You must select all cells in a merged range to merge or unmerge them.")
            tab.merges.remove(span)
    tab.merges.append(Area(tab, r0, r1, c0, c1).span)
    _keep_first(tab, box)


def _keep_first(tab: Tab, box: tuple[int, int, int, int]) -> None:
    """The merged cell shows its upper left value, or the first filled one if that is blank; the rest go."""
    r0, r1, c0, c1 = box
    filled = [
        (row, column)
        for row in range(r0, r1)
        for column in range(c0, c1)
        if (cell := tab.cell(row, column)) is not None and cell.entered is not None
    ]
    if not filled:
        return
    first = tab.cell(*filled[0])
    assert first is not None
    value = first.entered
    for row, column in filled:
        cell = tab.cell(row, column)
        assert cell is not None
        tab.put(row, column, cell.holding(None))
    corner = tab.cell(r0, c0)
    tab.put(r0, c0, corner.holding(value) if corner is not None else first.holding(value))


@kind("unmergeCells")
def unmerge_cells(context: Context, body: Json) -> None:
    """Every merge that lies within the range is taken apart."""
    area = context.editable(needed(body, "range"))
    for span in list(area.tab.merges):
        other = spans.bounds(span, area.tab.row_count, area.tab.column_count)
        if spans.touch((area.r0, area.r1, area.c0, area.c1), other):
            inside = (
                area.r0 <= other[0] and other[1] <= area.r1 and area.c0 <= other[2] and other[3] <= area.c1
            )
            if not inside:
                raise Refused("You must select all cells in a merged range to merge or unmerge them.")
            area.tab.merges.remove(span)

"""Kinds that copy cells: copyPaste, cutPaste."""

from __future__ import annotations

from typing import Any

from . import references, spans
from .a1 import Area
from .cells import EMPTY, Cell, CellError, Formula, Json
from .errors import not_played
from .kinds import Context, kind, needed
from .spreadsheet import Spreadsheet

TAKES = {
    "PASTE_NORMAL": {"entered", "format", "note", "validation", "extra"},
    "PASTE_VALUES": {"entered"},
    "PASTE_FORMAT": {"format"},
    "PASTE_NO_BORDERS": {"entered", "format", "note", "validation", "extra"},
    "PASTE_FORMULA": {"entered"},
    "PASTE_DATA_VALIDATION": {"validation"},
}


@kind("copyPaste")
def copy_paste(context: Context, body: Json) -> None:
    """A block over another, repeated as often as it fits, and at least once."""
    how = body.get("pasteType", "PASTE_NORMAL")
    if how not in TAKES:
        raise not_played(f"pasteType {how}")
    source = context.book.area(needed(body, "source"))
    target = context.book.area(needed(body, "destination"))
    block = lifted(context.book, source, how)
    if body.get("pasteOrientation") == "TRANSPOSE":
        block = [list(column) for column in zip(*block, strict=True)]
    height, width = len(block), len(block[0])
    rows = max((target.r1 - target.r0) // height, 1) * height
    columns = max((target.c1 - target.c0) // width, 1) * width
    whole = Area(target.tab, target.r0, target.r0 + rows, target.c0, target.c0 + columns)
    lay(context.editable(whole.span), block, source, how)
    if how in {"PASTE_NORMAL", "PASTE_NO_BORDERS"}:
        _merges_along(source, target)


def lifted(book: Spreadsheet, source: Area, how: str) -> list[list[Cell]]:
    """The cells of a block; for PASTE_VALUES with results in the place of formulas."""
    block = []
    for row in range(source.r0, source.r1):
        cells = [source.tab.cell(row, column) or EMPTY for column in range(source.c0, source.c1)]
        if how == "PASTE_VALUES":
            cells = [
                cell.holding(_flat(book.value(source.tab, row, source.c0 + at, cell)))
                if isinstance(cell.entered, Formula)
                else cell
                for at, cell in enumerate(cells)
            ]
        block.append(cells)
    return block


def _flat(value: Any) -> Any:
    return Formula("=" + value.shown) if isinstance(value, CellError) else value


def lay(target: Area, block: list[list[Cell]], source: Area, how: str) -> None:
    """Put a block down, again and again over the target."""
    height, width, takes = len(block), len(block[0]), TAKES[how]
    for row in range(target.r0, target.r1):
        new = []
        for column in range(target.c0, target.c1):
            at, off = (row - target.r0) % height, (column - target.c0) % width
            given = block[at][off]
            if isinstance(given.entered, Formula) and "entered" in takes and how != "PASTE_VALUES":
                moved = references.copied(given.entered, source.r0 + at, source.c0 + off, row, column)
                given = given.holding(moved)
            new.append(_taken(target.tab.cell(row, column) or EMPTY, given, takes))
        target.tab.put_row(row, target.c0, new)


def _taken(old: Cell, given: Cell, takes: set[str]) -> Cell:
    def pick(name: str) -> Any:
        return getattr(given if name in takes else old, name)

    return Cell(pick("entered"), pick("format"), pick("note"), pick("validation"), pick("extra"))


def _merges_along(source: Area, target: Area) -> None:
    box = (source.r0, source.r1, source.c0, source.c1)
    down, right = target.r0 - source.r0, target.c0 - source.c0
    for span in list(source.tab.merges):
        if spans.touch(box, spans.bounds(span, source.tab.row_count, source.tab.column_count)):
            moved = {
                "sheetId": target.tab.sheet_id,
                "startRowIndex": span["startRowIndex"] + down,
                "endRowIndex": span["endRowIndex"] + down,
                "startColumnIndex": span["startColumnIndex"] + right,
                "endColumnIndex": span["endColumnIndex"] + right,
            }
            if moved not in target.tab.merges:
                target.tab.merges.append(moved)


@kind("cutPaste")
def cut_paste(context: Context, body: Json) -> None:
    """A block moved to where the destination says; what it leaves is empty."""
    how = body.get("pasteType", "PASTE_NORMAL")
    if how not in TAKES:
        raise not_played(f"pasteType {how}")
    source = context.editable(needed(body, "source"))
    place = needed(body, "destination")
    row, column = place.get("rowIndex", 0), place.get("columnIndex", 0)
    target = context.editable(
        {
            "sheetId": place.get("sheetId", 0),
            "startRowIndex": row,
            "endRowIndex": row + source.r1 - source.r0,
            "startColumnIndex": column,
            "endColumnIndex": column + source.c1 - source.c0,
        }
    )
    block = lifted(context.book, source, how)
    takes = TAKES[how]
    for at in range(source.r0, source.r1):
        old = [source.tab.cell(at, col) or EMPTY for col in range(source.c0, source.c1)]
        source.tab.put_row(at, source.c0, [_taken(cell, EMPTY, takes) for cell in old])
    for at, cells in enumerate(block):
        old = [target.tab.cell(target.r0 + at, col) or EMPTY for col in range(target.c0, target.c1)]
        new = [_taken(cell, given, takes) for cell, given in zip(old, cells, strict=True)]
        target.tab.put_row(target.r0 + at, target.c0, new)

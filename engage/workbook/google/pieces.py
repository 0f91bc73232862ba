"""Edits → pieces: what is written in some rows of one tab, and what has to be kept of those rows.

Pure. A piece is the smallest thing that is safe by itself, so that large work can be sent in several batches.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from engage.model import Link
from engage.ports import RECORD_ID

from ..cells import CellEdit, Seen, TabEdit, Value, cell_at, text_of
from ..publishing import stands_otherwise
from .keeping import Kept, Ours, row_mark
from .reading import Sheet
from .values import cell_data

Spell = Callable[[Link], str]
Request = dict[str, Any]
Address = tuple[int, int]
ROWS_A_PIECE = 250
NOTED = 10_000  # characters of a text that are noted beside a kept row; a cell holds 50,000
TEXT_ONLY = "userEnteredValue"
WITH_DAYS = "userEnteredValue,userEnteredFormat.numberFormat"


@dataclass(frozen=True, slots=True)
class Piece:
    """Requests that write in these rows of a tab. rows, columns: how far the grid must reach.

    kept: the rows to copy before the write (none for a tab that is not there yet). width: how many of their
    columns.
    """

    tab: str
    requests: tuple[Request, ...]
    kept: tuple[Kept, ...]
    rows: int
    columns: int
    width: int
    hidden: bool = False
    built: bool = False


def cut(
    edits: Sequence[CellEdit | TabEdit],
    sheets: Callable[[str], Sheet | None],
    ids: Callable[[str], int],
    spell: Spell,
) -> tuple[Piece, ...]:
    """The pieces of all edits. sheets: title → the tab as the guard saw it; ids: title → its id to be."""
    found: list[Piece] = []
    for title, mine in _by_tab(edits).items():
        sheet = sheets(title)
        for edit in mine:
            if isinstance(edit, TabEdit):
                found += _tab_pieces(edit, sheet, ids(title), spell)
        cells = sorted((e for e in mine if isinstance(e, CellEdit)), key=lambda e: (e.row, e.column))
        found += _cell_pieces(cells, sheet, ids(title), spell)
    return tuple(found)


def _by_tab(edits: Iterable[CellEdit | TabEdit]) -> dict[str, list[CellEdit | TabEdit]]:
    tabs: dict[str, list[CellEdit | TabEdit]] = {}
    for edit in edits:
        tabs.setdefault(edit.tab, []).append(edit)
    return tabs


# --- cells of staff tabs -----------------------------------------------------------------------------------


def _cell_pieces(
    cells: Sequence[CellEdit], sheet: Sheet | None, sheet_id: int, spell: Spell
) -> Iterable[Piece]:
    rows = [list(group) for _, group in groupby(cells, lambda edit: edit.row)]
    for at in range(0, len(rows), ROWS_A_PIECE):
        part = rows[at : at + ROWS_A_PIECE]
        changed = (((e.row, e.column), e.value) for row in part for e in row)
        requests = [_cells(sheet_id, *block, spell, TEXT_ONLY) for block in _blocks(_by_column(changed))]
        requests += [r for row in part for e in row for r in _wider_filter(sheet, e)]
        kept = tuple(_kept(sheet, sheet_id, row[0].row, row) for row in part) if sheet else ()
        furthest = max(edit.column for row in part for edit in row)
        yield Piece(
            cells[0].tab, tuple(requests), kept, part[-1][0].row, furthest, max(_width(sheet), furthest)
        )


def _by_column(changed: Iterable[tuple[Address, Value]]) -> list[tuple[Address, Value]]:
    """Column by column, so that the ids of many rows become one rectangle."""
    return sorted(changed, key=lambda item: (item[0][1], item[0][0]))


def _kept(sheet: Sheet | None, sheet_id: int, row: int, cells: Iterable[CellEdit] = ()) -> Kept:
    ours = tuple(_ours(edit) for edit in cells)
    rows = sheet.seen.rows if sheet else ()
    return Kept(sheet_id, row, row_mark(rows[row - 1] if row <= len(rows) else ()), ours)


def _ours(edit: CellEdit) -> Ours:
    name = cell_at((edit.guarded,), 1, edit.anchor) if edit.anchor else ""
    return Ours(edit.column, edit.anchor, name, edit.before[:NOTED], text_of(edit.value)[:NOTED])


def _wider_filter(sheet: Sheet | None, edit: CellEdit) -> Iterable[Request]:
    """A filter that ends where the ids begin is widened, so that a sort takes the ids along."""
    if sheet is None or edit.value != RECORD_ID or not sheet.filter:
        return
    area = dict(sheet.filter.get("range", {}))
    if area.get("startRowIndex", 0) == edit.row - 1 and area.get("endColumnIndex", 0) < edit.column:
        yield {
            "setBasicFilter": {"filter": {**sheet.filter, "range": area | {"endColumnIndex": edit.column}}}
        }


# --- built tabs --------------------------------------------------------------------------------------------


def _tab_pieces(edit: TabEdit, sheet: Sheet | None, sheet_id: int, spell: Spell) -> Iterable[Piece]:
    """A tab that is not there yet has at least its first piece, which creates it."""
    seen = sheet.seen if sheet else Seen(())
    columns = max(len(row) for row in edit.rows)
    changed = groupby(stands_otherwise(edit.rows, seen, spell), lambda item: (item[0][0] - 1) // ROWS_A_PIECE)
    for _, part in changed:
        cells = list(part)
        requests = tuple(_cells(sheet_id, *block, spell, WITH_DAYS) for block in _blocks(cells))
        rows = sorted({row for (row, _), _ in cells})
        kept = tuple(_kept(sheet, sheet_id, row) for row in rows) if sheet else ()
        last = max(column for (_, column), _ in cells)
        yield Piece(
            edit.tab,
            requests,
            kept,
            rows[-1],
            max(columns, last),
            max(_width(sheet), last),
            edit.hidden,
            True,
        )


def _width(sheet: Sheet | None) -> int:
    return max((len(row) for row in sheet.seen.rows), default=1) if sheet else 1


# --- rectangles --------------------------------------------------------------------------------------------


def _blocks(changed: Iterable[tuple[Address, Value]]) -> Iterable[tuple[int, int, list[list[Value]]]]:
    """Cells as rectangles (top row, left column, rows of values)."""
    block: tuple[int, int, list[list[Value]]] | None = None
    for row, left, values in _runs(changed):
        if block and (row, left, len(values)) == (block[0] + len(block[2]), block[1], len(block[2][0])):
            block[2].append(values)
            continue
        if block:
            yield block
        block = (row, left, [values])
    if block:
        yield block


def _runs(changed: Iterable[tuple[Address, Value]]) -> Iterable[tuple[int, int, list[Value]]]:
    """(row, first column, values) for every run of neighbouring cells."""
    numbered = enumerate(changed)
    for _, run in groupby(numbered, lambda item: (item[1][0][0], item[1][0][1] - item[0])):
        cells = [cell for _, cell in run]
        yield cells[0][0][0], cells[0][0][1], [value for _, value in cells]


def _cells(
    sheet_id: int, row: int, column: int, rows: Sequence[Sequence[Value]], spell: Spell, fields: str
) -> Request:
    values = [{"values": [cell_data(value, spell) for value in cells]} for cells in rows]
    return update_cells(sheet_id, row, column, values, fields)


def update_cells(
    sheet_id: int, row: int, column: int, rows: list[Request], fields: str = TEXT_ONLY
) -> Request:
    """An updateCells request; row and column count from 1, rows are RowData."""
    start = {"sheetId": sheet_id, "rowIndex": row - 1, "columnIndex": column - 1}
    return {"updateCells": {"start": start, "rows": rows, "fields": fields}}

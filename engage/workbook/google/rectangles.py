"""Cells to write → updateCells requests, as few and as large as they can be. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from engage.model import Link

from ..cells import Value
from .values import cell_data

Spell = Callable[[Link], str]
Request = dict[str, Any]
Address = tuple[int, int]
Changed = tuple[Address, Value]
TEXT_ONLY = "userEnteredValue"
# Of a built tab: a number that stands where a day stood would be shown, and read, as one.
WITH_FORMATS = "userEnteredValue,userEnteredFormat.numberFormat"
Figures = Mapping[int, Mapping[str, Any]]
# A request costs about as many bytes as three cells: a shorter gap between two changed cells is written too.
BRIDGED_CELLS = 3


def requests_for(
    sheet_id: int, changed: Iterable[Changed], spell: Spell, figures: Figures | None = None
) -> tuple[Request, ...]:
    """The requests for these cells, given in the order of rows (or of columns, for a column's).

    figures: column → the CellFormat of a number there; None for people's own tabs, where formats are theirs.
    """
    return tuple(_cells(sheet_id, *block, spell, figures) for block in _blocks(changed))


def bridged(
    changed: Iterable[Changed], rows: Sequence[Sequence[Value]], answers: frozenset[int]
) -> Iterator[Changed]:
    """The same cells, and the short gaps between them in a row, as `rows` has them.

    answers: columns that only people write; a gap that holds one stays a gap.
    """
    last: Address = (0, 0)
    for (row, column), value in changed:
        gap = range(last[1] + 1, column) if last[0] == row else range(0)
        if len(gap) <= BRIDGED_CELLS and not answers & set(gap):
            cells = rows[row - 1] if row <= len(rows) else ()
            yield from (((row, at), cells[at - 1] if at <= len(cells) else "") for at in gap)
        yield (row, column), value
        last = (row, column)


def _blocks(changed: Iterable[Changed]) -> Iterator[tuple[int, int, list[list[Value]]]]:
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


def _runs(changed: Iterable[Changed]) -> Iterator[tuple[int, int, list[Value]]]:
    """(row, first column, values) for every run of neighbouring cells."""
    numbered = enumerate(changed)
    for _, run in groupby(numbered, lambda item: (item[1][0][0], item[1][0][1] - item[0])):
        cells = [cell for _, cell in run]
        yield cells[0][0][0], cells[0][0][1], [value for _, value in cells]


def _cells(
    sheet_id: int,
    row: int,
    column: int,
    rows: Sequence[Sequence[Value]],
    spell: Spell,
    figures: Figures | None,
) -> Request:
    known = figures or {}
    values = [
        {"values": [cell_data(value, spell, known.get(at)) for at, value in enumerate(cells, column)]}
        for cells in rows
    ]
    return update_cells(sheet_id, row, column, values, TEXT_ONLY if figures is None else WITH_FORMATS)


def update_cells(
    sheet_id: int, row: int, column: int, rows: list[Request], fields: str = TEXT_ONLY
) -> Request:
    """An updateCells request; row and column count from 1, rows are RowData."""
    start = {"sheetId": sheet_id, "rowIndex": row - 1, "columnIndex": column - 1}
    return {"updateCells": {"start": start, "rows": rows, "fields": fields}}

"""Edits → pieces, tab by tab. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from engage.ports import RECORD_ID
from engage.schema import TabSpec

from ..cells import CellEdit, TabEdit
from .filters import wider_filter
from .keeping import Kept
from .layout_looks import figures
from .pieces import Piece, kept_row, width_of, witness_of
from .reading import Sheet
from .rectangles import Changed, Request, Spell, requests_for
from .tab_pieces import ROWS_A_PIECE, tab_pieces


def cut(
    edits: Sequence[CellEdit | TabEdit],
    sheets: Callable[[str], Sheet | None],
    ids: Callable[[str], int],
    spell: Spell,
    tabs: Mapping[str, TabSpec] | None = None,
    *,
    widen: bool = True,
    spoken: frozenset[int] = frozenset(),
) -> tuple[Piece, ...]:
    """The pieces of all edits.

    sheets: title → the tab as the guard saw it; ids: title → its id to be; tabs: what a built tab's columns
    hold, by title; widen: whether a filter or table is to take new ids in; spoken: ids of the tabs that
    people's formulas look into.
    """
    found: list[Piece] = []
    for title, mine in _by_tab(edits).items():
        sheet = sheets(title)
        for edit in mine:
            if isinstance(edit, TabEdit):
                shapes = figures((tabs or {}).get(title), edit.rows[0])
                found += tab_pieces(edit, sheet, ids(title), spell, shapes, is_spoken_of=ids(title) in spoken)
        cells = sorted((e for e in mine if isinstance(e, CellEdit)), key=lambda e: (e.row, e.column))
        found += _cell_pieces(cells, sheet, ids(title), spell, widen=widen)
    return tuple(found)


def _by_tab(edits: Iterable[CellEdit | TabEdit]) -> dict[str, list[CellEdit | TabEdit]]:
    tabs: dict[str, list[CellEdit | TabEdit]] = {}
    for edit in edits:
        tabs.setdefault(edit.tab, []).append(edit)
    return tabs


def _cell_pieces(
    cells: Sequence[CellEdit], sheet: Sheet | None, sheet_id: int, spell: Spell, *, widen: bool
) -> Iterator[Piece]:
    """Cells of a staff tab; column by column, so that the ids of many rows become one rectangle."""
    rows = [list(group) for _, group in groupby(cells, lambda edit: edit.row)]
    for at in range(0, len(rows), ROWS_A_PIECE):
        part = rows[at : at + ROWS_A_PIECE]
        changed: list[Changed] = [((edit.row, edit.column), edit.value) for row in part for edit in row]
        changed.sort(key=lambda item: (item[0][1], item[0][0]))
        requests = requests_for(sheet_id, changed, spell)
        headings = [edit for row in part for edit in row if edit.value == RECORD_ID]
        wider = [request for edit in headings if widen for request in _wider(sheet, edit)]
        kept = tuple(_kept(sheet, part)) if sheet else ()
        last = max(edit.column for row in part for edit in row)
        width = max(width_of(sheet), last)
        yield Piece(cells[0].tab, (*requests, *wider), kept, part[-1][0].row, last, width)


def _kept(sheet: Sheet, rows: Sequence[Sequence[CellEdit]]) -> Iterator[Kept]:
    """The rows that are written in, and first the one that tells whether their columns have moved."""
    witness = witness_of(sheet, [edit for row in rows for edit in row])
    if witness:
        yield witness
    yield from (kept_row(sheet, row[0].row, row) for row in rows)


def _wider(sheet: Sheet | None, edit: CellEdit) -> Iterable[Request]:
    """A filter or table that ends where the ids begin takes them in: else its sort would leave them there."""
    if sheet is None:
        return
    if _ends_before(edit, sheet.filter.get("range", {}) if sheet.filter else None, exactly=False):
        yield wider_filter(sheet, endColumnIndex=edit.column)
    for table in sheet.tables:
        span = {"sheetId": sheet.sheet_id, **table.get("range", {})}
        if _ends_before(edit, span, exactly=True):
            wider = {"tableId": table["tableId"], "range": span | {"endColumnIndex": edit.column}}
            yield {"updateTable": {"table": wider, "fields": "range"}}


def _ends_before(edit: CellEdit, span: Mapping[str, int] | None, *, exactly: bool) -> bool:
    """Whether a span begins in the row of the headings and ends left of the new one."""
    if span is None or span.get("startRowIndex", 0) != edit.row - 1:
        return False
    end = span.get("endColumnIndex", 0)
    return end == edit.column - 1 if exactly else end < edit.column

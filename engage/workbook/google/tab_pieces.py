"""A built tab that is to read otherwise → the pieces that make it so. Pure.

Where rows can be told by their key, rows that go are deleted and rows that come are inserted, so that all
others stay as they are; else what differs is written over. Whatever is deleted or written over is kept first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from ..cells import Seen, TabEdit, text_of
from ..publishing import stands_otherwise
from .aligning import Alignment, align
from .keeping import Kept
from .pieces import LARGEST_PIECE_BYTES, Piece, kept_row, size_of_requests, width_of
from .reading import Sheet
from .rectangles import Changed, Figures, Request, Spell, bridged, requests_for

ROWS_A_PIECE = 250


def tab_pieces(
    edit: TabEdit, sheet: Sheet | None, sheet_id: int, spell: Spell, figures: Figures, *, is_spoken_of: bool
) -> tuple[Piece, ...]:
    """A tab that is not there yet has at least its first piece, which creates it.

    is_spoken_of: whether people's formulas look into it, so that no row of it may be deleted.
    """
    aligned = _aligned(edit, sheet, spell, figures, may_delete=not is_spoken_of) if sheet else None
    return (aligned,) if aligned else tuple(_written_over(edit, sheet, sheet_id, spell, figures))


def _written_over(
    edit: TabEdit, sheet: Sheet | None, sheet_id: int, spell: Spell, figures: Figures
) -> Iterator[Piece]:
    seen = sheet.seen if sheet else Seen(())
    changed = stands_otherwise(edit.rows, seen, spell) if sheet else _every_cell(edit)
    for _, part in groupby(changed, lambda item: (item[0][0] - 1) // ROWS_A_PIECE):
        cells = list(part)
        rows = sorted({row for (row, _), _ in cells})
        requests = requests_for(sheet_id, bridged(cells, edit.rows, edit.answers), spell, figures)
        kept = tuple(kept_row(sheet, row) for row in rows) if sheet else ()
        yield _piece(edit, sheet, requests, kept, rows[-1], max(column for (_, column), _ in cells))


def _every_cell(edit: TabEdit) -> Iterator[Changed]:
    """A new tab, in one rectangle."""
    width = max(len(row) for row in edit.rows)
    for number, row in enumerate(edit.rows, 1):
        for column in range(1, width + 1):
            yield (number, column), row[column - 1] if column <= len(row) else ""


def _piece(
    edit: TabEdit,
    sheet: Sheet | None,
    requests: tuple[Request, ...],
    kept: tuple[Kept, ...],
    rows: int,
    last: int,
) -> Piece:
    columns = max(len(row) for row in edit.rows)
    width = max(width_of(sheet), last)
    return Piece(edit.tab, requests, kept, rows, max(columns, last), width, edit.hidden, built=True)


# --- rows that stay, go and come ---------------------------------------------------------------------------


def _aligned(
    edit: TabEdit, sheet: Sheet, spell: Spell, figures: Figures, *, may_delete: bool
) -> Piece | None:
    """One piece, or None where writing over is as good: it cannot be parted, for its rows move."""
    texts = [tuple(text_of(value) for value in row) for row in edit.rows]
    found = align(sheet.seen.rows, texts, edit.key)
    if found is None or not (found.gone or found.come) or not _leaves_rows(found, sheet):
        return None
    if found.gone and not may_delete:
        return None
    changed = list(stands_otherwise(edit.rows, _as_aligned(found, sheet.seen, len(edit.rows)), spell))
    moved = tuple(_moves(found, sheet.sheet_id))
    written = bridged(changed, edit.rows, edit.answers)
    requests = (*moved, *requests_for(sheet.sheet_id, written, spell, figures))
    if size_of_requests(requests) > LARGEST_PIECE_BYTES:
        return None
    over = {found.stays[row] for (row, _), _ in changed if row in found.stays}
    gone = {row for first, last in found.gone for row in range(first, last + 1)}
    kept = tuple(kept_row(sheet, row) for row in sorted(over | gone))
    last = max((column for (_, column), _ in changed), default=1)
    piece = _piece(edit, sheet, requests, kept, 1, max(last, sheet.column_count if gone else 1))
    return replace(piece, whole_rows=bool(gone))


def _leaves_rows(found: Alignment, sheet: Sheet) -> bool:
    """Google deletes no row if none but the headings would be left."""
    return sheet.row_count - sum(last - first + 1 for first, last in found.gone) > 1


def _as_aligned(found: Alignment, seen: Seen, rows: int) -> Seen:
    """The tab as it will stand once rows have gone and come, and before any cell is written."""
    to = {was: now for now, was in found.stays.items()}
    stands = (seen.rows[found.stays[row] - 1] if row in found.stays else () for row in range(1, rows + 1))
    formulas = {(to[row], column): text for (row, column), text in seen.formulas.items() if row in to}
    return Seen(tuple(stands), formulas)


def _moves(found: Alignment, sheet_id: int) -> Iterable[Request]:
    """From the bottom up what goes, then from the top down what comes."""
    for first, last in reversed(found.gone):
        yield {"deleteDimension": {"range": _rows(sheet_id, first, last)}}
    for first, last in found.come:
        # Right below the headings a row would come in their looks.
        body = {"range": _rows(sheet_id, first, last), "inheritFromBefore": first > 2}
        yield {"insertDimension": body}


def _rows(sheet_id: int, first: int, last: int) -> dict[str, object]:
    return {"sheetId": sheet_id, "dimension": "ROWS", "startIndex": first - 1, "endIndex": last}

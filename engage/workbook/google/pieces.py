"""A piece of work: what is written in some rows of one tab, and what has to be kept of those rows. Pure.

A piece is the smallest thing that is safe by itself, so that large work can be sent in several batches.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from engage.ports import RECORD_ID

from ..cells import CellEdit, cell_at, text_of
from .client import LARGEST_BODY_BYTES, size_of
from .keeping import LONGEST_NAME, Kept, Ours, row_mark, row_name
from .reading import Sheet
from .rectangles import Request

LARGEST_PIECE_BYTES = LARGEST_BODY_BYTES * 3 // 4  # room in a batch for what keeps and makes room
MOST_LOOKED_AT = 50  # rows, from the top, for the headings


@dataclass(frozen=True, slots=True)
class Piece:
    """Requests that write in these rows of a tab. rows, columns: how far the grid must reach.

    kept: the rows to copy before the write (none for a tab that is not there yet). width: how many of their
    columns. whole_rows: copy all that there are by then, for a row that goes takes what people typed into it
    with it, however far to the right.
    """

    tab: str
    requests: tuple[Request, ...]
    kept: tuple[Kept, ...]
    rows: int
    columns: int
    width: int
    hidden: bool = False
    built: bool = False
    whole_rows: bool = False


def kept_row(sheet: Sheet, row: int, cells: Iterable[CellEdit] = ()) -> Kept:
    """What is noted of a row before it is written in or deleted. cells: what is written, in a staff tab."""
    rows = sheet.seen.rows
    mark = row_mark(rows[row - 1] if row <= len(rows) else ())
    return Kept(sheet.sheet_id, row, mark, tuple(_ours(edit) for edit in cells))


def witness_of(sheet: Sheet, cells: Sequence[CellEdit]) -> Kept | None:
    """A row beside those that are written in, which tells whether their columns have moved; None for none.

    It is the first, as a rule the headings, that has texts in most of the columns.
    """
    written, columns = {edit.row for edit in cells}, sorted({edit.column for edit in cells})
    rows = [(n, row) for n, row in enumerate(sheet.seen.rows[:MOST_LOOKED_AT], 1) if n not in written]
    texts = {n: [(at, row[at - 1]) for at in columns if len(row) >= at and row[at - 1]] for n, row in rows}
    best = max(texts, key=lambda n: len(texts[n]), default=0)
    return replace(kept_row(sheet, best), witness=tuple(texts[best])) if best and texts[best] else None


def _ours(edit: CellEdit) -> Ours:
    name = row_name(edit.guarded) if edit.value == RECORD_ID or edit.returns else ""
    if edit.anchor:
        name = cell_at((edit.guarded,), 1, edit.anchor)
    if edit.returns and len(name) > LONGEST_NAME:
        name = ""
    return Ours(edit.column, edit.anchor, name, edit.before, text_of(edit.value))


def width_of(sheet: Sheet | None) -> int:
    """The last column in use; 1 if there is none."""
    return max((len(row) for row in sheet.seen.rows), default=1) if sheet else 1


def size_of_requests(requests: Sequence[Request]) -> int:
    """Bytes that they take on their way."""
    return size_of({"requests": list(requests)})

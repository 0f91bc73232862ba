"""Pieces → the requests of one batch: make room, copy what stands there into _engage, write.

Pure. Every address is a tab's id and a place in its grid, so that a tab renamed meanwhile is still the same
tab.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from zlib import crc32

from engage.schema import TabSpec

from ..cells import Seen
from .keeping import (
    FIRST_COLUMN,
    FIRST_ROW,
    MEMORY_COLUMNS,
    NOTE_COLUMN,
    Kept,
    Memory,
    memory_text,
    note_text,
)
from .new_looks import grown_looks, new_looks
from .pieces import LARGEST_PIECE_BYTES, Piece, size_of_requests
from .reading import Book, Sheet
from .rectangles import Request, update_cells

ENGAGE = "_engage"
SPARE_COLUMNS = 2  # a column that somebody inserts in the gap pushes the last of a row to the right
ROOM_COLUMNS = 26  # that people may add in the gap to a tab of which whole rows are copied
BLANK_ALL = "userEnteredValue,userEnteredFormat"


@dataclass(frozen=True, slots=True)
class Batch:
    """Requests in order. start: the row of _engage where what they keep begins; kept: those rows."""

    requests: tuple[Request, ...]
    start: int
    kept: tuple[Kept, ...]
    memory: Memory


class Places:
    """Title → tab id; a tab that is not there yet has the id that it will get."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._new: dict[str, int] = {}

    def __call__(self, title: str) -> int:
        """The tab's id."""
        sheet = self._book.titled(title)
        return sheet.sheet_id if sheet else self._new.setdefault(title, self._free(title))

    def _free(self, title: str) -> int:
        taken = {each.sheet_id for each in self._book.sheets} | set(self._new.values())
        number = crc32(f"{self._book.id}/{title}".encode()) & 0x7FFFFFFF
        while number in taken:
            number += 1
        return number


def pack(pieces: Iterable[Piece], limit: int = LARGEST_PIECE_BYTES) -> list[list[Piece]]:
    """Pieces in as few batches as their size allows, in order; each piece whole."""
    packs: list[list[Piece]] = []
    size = 0
    for piece in pieces:
        weight = size_of_requests(piece.requests)
        if not packs or size + weight > limit:
            packs.append([])
            size = 0
        packs[-1].append(piece)
        size += weight
    return packs


def compose(  # noqa: PLR0913 - how new tabs look is said by keyword
    book: Book,
    pieces: Sequence[Piece],
    places: Places,
    memory: Memory,
    *,
    start: int,
    clear: bool,
    tabs: Mapping[str, TabSpec] | None = None,
    caller: str = "",
    more_rows: Sequence[Request] = (),
) -> Batch:
    """One batch, given the spreadsheet before it.

    start: the first free row of _engage for what is kept. clear: whether what earlier batches kept has been
    looked at and may go. tabs: how tabs that are not there yet are to look; caller: our address, or "".
    more_rows: what makes empty rows ready for people, once all else is written.
    """
    start = FIRST_ROW if clear else start
    engage = places(ENGAGE)
    kept = tuple(each for piece in pieces for each in piece.kept)
    copies = list(_copies(pieces, book, engage, start))
    built = {piece.tab: places(piece.tab) for piece in pieces if piece.built} | _built_tabs(book, tabs or {})
    memory = replace(memory, tabs={**memory.tabs, **built})
    notes = [_text(note_text(each)) for each in kept]
    requests = [
        *_room(book, pieces, places, start, tabs or {}, caller),
        *([_clear(engage)] if clear and book.titled(ENGAGE) else []),
        update_cells(engage, 1, NOTE_COLUMN, [_text(memory_text(memory))]),
        *([update_cells(engage, start, NOTE_COLUMN, notes)] if notes else []),
        *copies,
        *(request for piece in pieces for request in piece.requests),
        *more_rows,
    ]
    return Batch(tuple(requests), start, kept, memory)


def _built_tabs(book: Book, tabs: Mapping[str, TabSpec]) -> dict[str, int]:
    """The built tabs that stand there, so that they are known by their ids when somebody renames them."""
    built = {title for title, tab in tabs.items() if tab.kind == "built"}
    return {sheet.title: sheet.sheet_id for sheet in book.sheets if sheet.title in built}


def resized(book: Book, requests: Sequence[Request]) -> Book:
    """The spreadsheet with the tabs and the room that a batch has made; cells as they were."""
    sheets = {sheet.sheet_id: sheet for sheet in book.sheets}
    for request in requests:
        kind, body = next(iter(request.items()))
        if kind == "addSheet":
            about = body["properties"]
            size = about["gridProperties"]
            seen = Seen((), hidden=about.get("hidden", False))
            sheets[about["sheetId"]] = Sheet(
                about["sheetId"], about["title"], seen, size["rowCount"], size["columnCount"]
            )
        elif kind in _LENGTHS:
            sheet_id, dimension, length = _LENGTHS[kind](body)
            sheet = sheets[sheet_id]
            rows = length if dimension == "ROWS" else 0
            sheets[sheet_id] = replace(
                sheet, row_count=sheet.row_count + rows, column_count=sheet.column_count + length - rows
            )
    return replace(book, sheets=tuple(sheets.values()))


def _span(body: Request) -> tuple[int, str, int]:
    area = body["range"]
    return area["sheetId"], area["dimension"], area["endIndex"] - area["startIndex"]


def _lost_span(body: Request) -> tuple[int, str, int]:
    sheet_id, dimension, length = _span(body)
    return sheet_id, dimension, -length


_LENGTHS: Mapping[str, Callable[[Request], tuple[int, str, int]]] = {
    "appendDimension": lambda body: (body["sheetId"], body["dimension"], body["length"]),
    "insertDimension": _span,
    "deleteDimension": _lost_span,
}


def _text(text: str) -> Request:
    return {"values": [{"userEnteredValue": {"stringValue": text}}]}


def _clear(engage: int) -> Request:
    area = {"sheetId": engage, "startRowIndex": FIRST_ROW - 1, "startColumnIndex": NOTE_COLUMN - 1}
    return {"repeatCell": {"range": area, "cell": {}, "fields": BLANK_ALL}}


# --- room ------------------------------------------------------------------------------------------------


def _room(
    book: Book,
    pieces: Sequence[Piece],
    places: Places,
    start: int,
    tabs: Mapping[str, TabSpec],
    caller: str,
) -> Iterator[Request]:
    """New tabs, and rows and columns where a grid ends too soon."""
    needs = dict(_needs(pieces, start))
    hidden = {piece.tab for piece in pieces if piece.hidden} | {ENGAGE}
    for title, (rows, columns) in needs.items():
        sheet = book.titled(title)
        if sheet is None:
            yield _add_tab(places(title), title, rows, columns, hidden=title in hidden)
            yield from new_looks(tabs.get(title), places(title), rows, columns, caller)
            continue
        if rows > sheet.row_count:
            yield _append(sheet.sheet_id, "ROWS", rows - sheet.row_count)
            yield from grown_looks(tabs.get(title), sheet)
        if columns > sheet.column_count:
            yield _append(sheet.sheet_id, "COLUMNS", columns - sheet.column_count)


def _needs(pieces: Sequence[Piece], start: int) -> Iterator[tuple[str, tuple[int, int]]]:
    """Title → how many rows and columns its grid must have, _engage last."""
    titles = dict.fromkeys([*(piece.tab for piece in pieces), ENGAGE])
    kept = sum(len(piece.kept) for piece in pieces)
    widest = max((piece.width + _spare(piece) for piece in pieces), default=0)
    for title in titles:
        mine = [(piece.rows, piece.columns) for piece in pieces if piece.tab == title]
        if title == ENGAGE:
            mine.append((start + kept, FIRST_COLUMN + widest))
        yield title, (max(rows for rows, _ in mine), max(columns for _, columns in mine))


def _add_tab(sheet_id: int, title: str, rows: int, columns: int, *, hidden: bool) -> Request:
    size = {"rowCount": max(rows, 2), "columnCount": max(columns, 2)}
    about: Request = {"sheetId": sheet_id, "title": title, "gridProperties": size}
    return {"addSheet": {"properties": about | ({"hidden": True} if hidden else {})}}


def _append(sheet_id: int, dimension: str, length: int) -> Request:
    return {"appendDimension": {"sheetId": sheet_id, "dimension": dimension, "length": length}}


# --- copies ----------------------------------------------------------------------------------------------


def _copies(pieces: Sequence[Piece], book: Book, engage: int, start: int) -> Iterator[Request]:
    """Every kept row into its row of _engage, as values and as they look (a day is a number without that)."""
    at = start
    for piece in pieces:
        width = _width(piece, book)
        numbered = enumerate(piece.kept)
        for _, group in groupby(numbered, lambda item: item[1].row - item[0]):
            rows = [kept for _, kept in group]
            source = _area(rows[0].sheet_id, rows[0].row, len(rows), 1, width)
            if piece.whole_rows:  # a place smaller than what is copied is gone beyond
                del source["endColumnIndex"]
            place = _area(engage, at, len(rows), FIRST_COLUMN, width)
            for part in ("PASTE_VALUES", "PASTE_FORMAT"):
                yield {"copyPaste": {"source": source, "destination": place, "pasteType": part}}
            at += len(rows)


def _width(piece: Piece, book: Book) -> int:
    """How many columns are copied; of the memory, which stands left of the copies, no more than it has."""
    if piece.tab == ENGAGE:
        return MEMORY_COLUMNS
    sheet = book.titled(piece.tab)
    return min(piece.width + SPARE_COLUMNS, max(piece.columns, sheet.column_count if sheet else 0))


def _spare(piece: Piece) -> int:
    return ROOM_COLUMNS if piece.whole_rows else SPARE_COLUMNS


def _area(sheet_id: int, row: int, rows: int, column: int, columns: int) -> Request:
    return {
        "sheetId": sheet_id,
        "startRowIndex": row - 1,
        "endRowIndex": row - 1 + rows,
        "startColumnIndex": column - 1,
        "endColumnIndex": column - 1 + columns,
    }

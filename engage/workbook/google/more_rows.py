"""Rows for people to type in, below theirs in the tabs that we laid out: formats and drop-downs. Pure.

Google gives rows that are added at the end of a tab neither. So whatever is sent anyway keeps some ready
below the last one in use, and gives a drop-down to those that people have added by themselves. No cell is
written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engage.schema import Column, TabSpec

from ..layout_columns import columns_of
from ..layout_lists import LISTS
from .drop_downs import ListPlaces, list_places
from .filters import wider_filter
from .layout_looks import body_format
from .layout_requests import below
from .layout_tab import BODY_PARTS, STAFF_ROWS
from .protecting import shuts_us_out
from .reading import Book, Sheet
from .rectangles import Request

AHEAD, LOW = STAFF_ROWS, 50  # rows made ready below the last in use; fewer than so many left: time for more
AT_HAND = 10  # rows in which somebody may be typing just now: a format would change what they see
MOST_CELLS = 9_000_000  # Google refuses the whole batch that would pass ten million


@dataclass(frozen=True, slots=True)
class MoreRows:
    """requests: what makes them ready. ready: tab id → the row to which that was done."""

    requests: tuple[Request, ...]
    ready: Mapping[int, int]


def more_rows(book: Book, tabs: Mapping[str, TabSpec], ready: Mapping[int, int]) -> MoreRows:
    """What the tabs of a spreadsheet lack. book: as just looked at; ready: from the last time."""
    here = [tabs[sheet.title] for sheet in book.sheets if sheet.title in tabs]
    lists = list_places(here, {}, _list_headings(book))
    room = MOST_CELLS - sum(sheet.row_count * sheet.column_count for sheet in book.sheets)
    requests: list[Request] = []
    found: dict[int, int] = {}
    for sheet in book.sheets:
        spec, done = tabs.get(sheet.title), min(ready.get(sheet.sheet_id, STAFF_ROWS), sheet.row_count)
        if spec is None or not _is_for_rows(sheet, spec):
            continue
        found[sheet.sheet_id] = done
        last = len(sheet.seen.rows)
        if last + LOW > done and (last + AHEAD - sheet.row_count) * sheet.column_count < room:
            found[sheet.sheet_id] = last + AHEAD
            requests += _made_ready(sheet, spec, lists, done)
    return MoreRows(tuple(requests), found)


def _list_headings(book: Book) -> tuple[str, ...]:
    sheet = book.titled(LISTS)
    return sheet.seen.rows[0] if sheet and sheet.seen.rows else ()


def _is_for_rows(sheet: Sheet, spec: TabSpec) -> bool:
    """Whether we laid it out for people to type rows in, and may; an agency's own tab is theirs.

    A table gives each of its columns drop-downs and formats of its own, and grows by itself.
    """
    laid_out = spec.kind == "staff" and spec.has_ids and sheet.headings_row > 0
    return laid_out and not sheet.tables and not shuts_us_out(sheet.protected)


def _made_ready(sheet: Sheet, spec: TabSpec, lists: ListPlaces, done: int) -> Iterator[Request]:
    last = len(sheet.seen.rows)
    end = last + AHEAD
    if end > sheet.row_count:
        more = {"sheetId": sheet.sheet_id, "dimension": "ROWS", "length": end - sheet.row_count}
        yield {"appendDimension": more}
    yield from _wider_filter(sheet, end)
    for at, column in _columns(sheet, spec):
        rule = lists.rule(column)
        if rule:
            area = below(sheet.sheet_id, min(done, last) + 1, at) | {"endRowIndex": end}
            yield {"setDataValidation": {"range": area, "rule": rule}}
        area = below(sheet.sheet_id, max(done, last + AT_HAND) + 1, at) | {"endRowIndex": end}
        if area["startRowIndex"] < end:
            cell = {"userEnteredFormat": body_format(spec, column)}
            yield {"repeatCell": {"range": area, "cell": cell, "fields": BODY_PARTS}}


def _columns(sheet: Sheet, spec: TabSpec) -> Iterator[tuple[int, Column]]:
    """Where the headings stand now; one that people reworded is theirs."""
    row = sheet.seen.rows[sheet.headings_row - 1] if sheet.headings_row <= len(sheet.seen.rows) else ()
    known = {column.heading: column for column in columns_of(spec)}
    return ((at, known[heading]) for at, heading in enumerate(row, 1) if heading in known)


def _wider_filter(sheet: Sheet, end: int) -> Iterator[Request]:
    """A filter that ends with the tab goes on to its new end, so that a sort takes the new rows along."""
    if sheet.filter.get("range", {}).get("endRowIndex") == sheet.row_count < end:
        yield wider_filter(sheet, endRowIndex=end)

"""The looks of a built tab that the sync itself makes, and of rows that it adds to one. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from engage.schema import TabSpec
from engage.start_here import TITLE

from ..layout_columns import columns_of
from .layout_requests import Request
from .layout_tab import BUILT_ROWS, built_looks, heading_looks, row_looks
from .protecting import protections
from .reading import Sheet
from .stale_warning import AT
from .view import ENGAGE


def new_looks(spec: TabSpec | None, sheet_id: int, rows: int, columns: int, caller: str) -> Iterator[Request]:
    """What follows the making of a tab of this size, before its cells are written.

    A tab that the schema does not know, or whose headings are others, stays plain. caller: our address or "".
    """
    if spec is None:
        return
    if spec.title == ENGAGE:
        guard = protections(spec, sheet_id, columns_of(spec), caller)
        yield from ({"addProtectedRange": {"protectedRange": each}} for each in guard)
    elif columns == len(columns_of(spec)):
        yield from _room(spec, sheet_id, rows, columns)
        yield from heading_looks(spec, sheet_id)
        yield from built_looks(spec, sheet_id, caller=caller)


def grown_looks(spec: TabSpec | None, sheet: Sheet) -> Iterator[Request]:
    """What follows rows that are added at the end of a built tab; sheet: as it was before."""
    if spec is None or spec.kind != "built" or spec.title == ENGAGE:
        return
    if sheet.column_count >= len(columns_of(spec)) and sheet.seen.rows[:1] == (spec.headings,):
        yield from row_looks(spec, sheet.sheet_id, sheet.row_count + 1)


def _room(spec: TabSpec, sheet_id: int, rows: int, columns: int) -> Iterator[Request]:
    """A row below the frozen heading, and the column of the warning."""
    if rows < BUILT_ROWS:
        yield {
            "appendDimension": {"sheetId": sheet_id, "dimension": "ROWS", "length": BUILT_ROWS - max(rows, 2)}
        }
    if spec.title == TITLE:
        more = AT[1] - max(columns, 2)
        yield {"appendDimension": {"sheetId": sheet_id, "dimension": "COLUMNS", "length": more}}

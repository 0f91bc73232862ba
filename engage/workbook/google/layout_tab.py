"""The requests that make a new tab, with all its looks, where there is none yet. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from engage.model import Row
from engage.schema import Column, TabSpec
from engage.start_here import TITLE, first_rows

from ..layout_columns import columns_of, frozen_columns, note_of
from . import layout_looks as looks
from .drop_downs import ListPlaces
from .layout_requests import (
    Request,
    below,
    filter_request,
    mark_requests,
    start_requests,
    update,
    width_requests,
)
from .protecting import protections
from .stale_warning import AT, STALE

# Rows to begin with. Google adds some where people paste or ask for more, the sync where it needs them; a
# cell with a format of its own is in each night's answer, an empty one too.
STAFF_ROWS, BUILT_ROWS = 200, 60
HEADING_PARTS = "userEnteredValue,userEnteredFormat,note"
BODY_PARTS = "userEnteredFormat"


@dataclass(frozen=True, slots=True)
class NewTab:
    """A tab to make. rows: its first rows, without Record IDs. index: its place, None: the last."""

    spec: TabSpec
    sheet_id: int
    rows: Sequence[Row] = ()
    index: int | None = None


def new_tab(tab: NewTab, lists: ListPlaces, *, caller: str) -> list[Request]:
    """Everything that a new tab gets, its tongue first. caller: our address, "" if it is not known."""
    spec, columns = tab.spec, columns_of(tab.spec, lists.added)
    rows = _first_rows(tab, lists, columns)
    size = max(STAFF_ROWS if spec.kind == "staff" else BUILT_ROWS, len(rows) + 1)
    width = max(len(columns), AT[1] if spec.title == TITLE else 0)
    return [
        _add(tab, size, width, frozen_columns(columns)),
        *_headings(tab.sheet_id, spec, columns),
        *([update(tab.sheet_id, 2, 1, rows)] if rows else []),
        *built_looks(spec, tab.sheet_id, columns=columns, lists=lists, caller=caller),
    ]


def built_looks(
    spec: TabSpec,
    sheet_id: int,
    *,
    columns: Sequence[Column] | None = None,
    lists: ListPlaces | None = None,
    caller: str = "",
) -> list[Request]:
    """The looks of a tab whose headings somebody else writes: formats, widths, drop-downs, protection."""
    columns = columns_of(spec) if columns is None else columns
    return [
        *row_looks(spec, sheet_id, 2, columns=columns, lists=lists),
        *width_requests(sheet_id, columns),
        *mark_requests(spec, sheet_id),
        *(start_requests(sheet_id) if spec.title == TITLE else []),
        *([filter_request(sheet_id, len(columns))] if spec.has_ids and spec.title != TITLE else []),
        *({"addProtectedRange": {"protectedRange": p}} for p in protections(spec, sheet_id, columns, caller)),
    ]


def row_looks(
    spec: TabSpec,
    sheet_id: int,
    first: int,
    *,
    columns: Sequence[Column] | None = None,
    lists: ListPlaces | None = None,
) -> Iterator[Request]:
    """The formats and drop-downs of the rows from `first` (counted from 1) to the end of the tab."""
    lists = lists or ListPlaces()
    for at, column in enumerate(columns_of(spec) if columns is None else columns, 1):
        area = below(sheet_id, first, at)
        shape = looks.body_format(spec, column)
        yield {"repeatCell": {"range": area, "cell": {"userEnteredFormat": shape}, "fields": BODY_PARTS}}
        rule = lists.rule(column) if spec.has_ids else None
        if rule:
            yield {"setDataValidation": {"range": area, "rule": rule}}


def heading_looks(spec: TabSpec, sheet_id: int) -> list[Request]:
    """The looks and the help of the headings that a sync has written, and rows that stand still."""
    columns = columns_of(spec)
    cells = [
        {k: v for k, v in _heading(spec, column).items() if k != "userEnteredValue"} for column in columns
    ]
    still = {"frozenRowCount": 1, "frozenColumnCount": frozen_columns(columns)}
    about = {"sheetId": sheet_id, "gridProperties": still, "tabColorStyle": looks.tab_colour(spec)}
    parts = "gridProperties.frozenRowCount,gridProperties.frozenColumnCount,tabColorStyle"
    return [
        update(sheet_id, 1, 1, [cells], "userEnteredFormat,note"),
        {"updateSheetProperties": {"properties": about, "fields": parts}},
        *([warning_request(sheet_id)] if spec.title == TITLE else []),
    ]


def note_request(sheet_id: int, row: int, at: int, column: Column) -> Request:
    """Only the help on a heading that stands there already; row and column count from 1."""
    return update(sheet_id, row, at, [[{"note": note_of(column)}]], "note")


# --- parts -----------------------------------------------------------------------------------------------


def _add(tab: NewTab, rows: int, columns: int, frozen: int) -> Request:
    grid = {
        "rowCount": rows,
        "columnCount": max(columns, 2),
        "frozenRowCount": 1,
        "frozenColumnCount": frozen,
    }
    about: Request = {"sheetId": tab.sheet_id, "title": tab.spec.title, "gridProperties": grid}
    about |= {"tabColorStyle": looks.tab_colour(tab.spec)}
    about |= {"hidden": True} if tab.spec.hidden else {}
    return {"addSheet": {"properties": about | ({"index": tab.index} if tab.index is not None else {})}}


def _headings(sheet_id: int, spec: TabSpec, columns: Sequence[Column]) -> Iterator[Request]:
    yield update(sheet_id, 1, 1, [[_heading(spec, column) for column in columns]], HEADING_PARTS)
    if spec.title == TITLE:
        yield warning_request(sheet_id)


def _heading(spec: TabSpec, column: Column) -> Request:
    return {
        "userEnteredValue": {"stringValue": column.heading},
        "userEnteredFormat": looks.heading_format(spec, column),
        "note": note_of(column),
    }


def warning_request(sheet_id: int) -> Request:
    """The formula that warns, into its cell."""
    cell = {"userEnteredValue": {"formulaValue": STALE}, "userEnteredFormat": looks.warning_format()}
    return update(sheet_id, *AT, [[cell]], "userEnteredValue,userEnteredFormat")


def _first_rows(tab: NewTab, lists: ListPlaces, columns: Sequence[Column]) -> list[list[Request]]:
    if tab.spec.title == TITLE:
        rows: Iterable[Sequence[str]] = first_rows()
    elif not tab.spec.has_ids:
        rows = _beside([lists.added.get(column.heading, column.values) for column in columns])
    else:
        rows = [("", *row) for row in tab.rows] if tab.spec.kind == "staff" else tab.rows
    return [[{"userEnteredValue": {"stringValue": text}} if text else {} for text in row] for row in rows]


def _beside(lists: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    longest = max((len(values) for values in lists), default=0)
    return [tuple(values[at] if at < len(values) else "" for values in lists) for at in range(longest)]

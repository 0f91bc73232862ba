"""spreadsheets.values: get, update, clear, append and their batches."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from . import a1
from .a1 import Area
from .cells import Json
from .entering import check_may_edit, checked_rows, entered
from .errors import Refused
from .spreadsheet import Spreadsheet
from .tables import table_in
from .value_ranges import response_options, value_range


def get(book: Spreadsheet, range_: str, query: Json) -> Json:
    """A ValueRange: ragged, without trailing blanks; no `values` where nothing is filled."""
    return value_range(book, a1.parsed(book, range_), query)


def batch_get(book: Spreadsheet, query: Json) -> Json:
    """Several ranges in the order asked."""
    drawn = [get(book, range_, query) for range_ in query.get("ranges", [])]
    return {"spreadsheetId": book.id, **_filled("valueRanges", drawn)}


def update(book: Spreadsheet, range_: str, body: Json, query: Json, caller: str) -> Json:
    """Values over a range; null leaves a cell as it is, "" empties it."""
    option = _input_option(query)
    given = body.get("range", range_)
    if _plain(given) != _plain(range_):
        raise Refused(f"Request range[{range_}] does not match value's range[{given}]")
    with book.all_or_nothing():
        return _update(Entry(book, option, query, caller), range_, body)


def batch_update(book: Spreadsheet, body: Json, caller: str) -> Json:
    """Several updates; one that fails is named by its place in `data`."""
    entry = Entry(book, _input_option(body), body, caller)
    responses = []
    with book.all_or_nothing():
        for at, data in enumerate(body.get("data", [])):
            try:
                responses.append(_update(entry, data.get("range", ""), data))
            except Refused as refused:
                raise Refused(f"Invalid data[{at}]: {refused.message}", code=refused.code) from refused
    totals = {
        "totalUpdatedRows": len(entry.rows),
        "totalUpdatedColumns": len(entry.columns),
        "totalUpdatedCells": sum(each.get("updatedCells", 0) for each in responses),
        "totalUpdatedSheets": len({sheet_id for sheet_id, _ in entry.rows}),
    }
    filled = {name: total for name, total in totals.items() if total}
    return {"spreadsheetId": book.id, **filled, **_filled("responses", responses)}


def _filled(name: str, items: list[Any]) -> Json:
    """A list as proto3 answers it: one with nothing in it is left out."""
    return {name: items} if items else {}


def clear(book: Spreadsheet, range_: str, caller: str) -> Json:
    """Empties values; formats, notes and validation stay."""
    with book.all_or_nothing():
        return {"spreadsheetId": book.id, "clearedRange": _clear(book, range_, caller)}


def batch_clear(book: Spreadsheet, ranges: list[str], caller: str) -> Json:
    """Empties several ranges."""
    with book.all_or_nothing():
        cleared = [_clear(book, each, caller) for each in ranges]
    return {"spreadsheetId": book.id, **_filled("clearedRanges", cleared)}


def append(book: Spreadsheet, range_: str, body: Json, query: Json, caller: str) -> Json:
    """Values below the table that the range touches, or at the range's start where it touches none."""
    option = _input_option(query)
    area = a1.parsed(book, range_)
    rows = _rows(body)
    table = table_in(area)
    row, column = (table[1], table[2]) if table else (area.r0, area.c0)
    with book.all_or_nothing():
        _make_room(book, area, row, column, rows, query.get("insertDataOption", "OVERWRITE"))
        width = max(map(len, rows), default=1)
        target = Area(area.tab, row, row + len(rows), column, column + width)
        updates = _write(Entry(book, option, query, caller), target, rows)
        if query.get("includeValuesInResponse"):
            updates["updatedData"] = value_range(book, target, response_options(query))
    answer: Json = {"spreadsheetId": book.id, "updates": updates}
    if table:
        answer["tableRange"] = str(Area(area.tab, *table))
    return answer


def _make_room(book: Spreadsheet, area: Area, row: int, column: int, rows: list[list[Any]], how: str) -> None:
    tab = area.tab
    if how == "INSERT_ROWS" and row < tab.row_count:
        book.insert(tab, "ROWS", row, len(rows), True)
    needed = max(row + len(rows), tab.row_count)
    widest = max(column + max(map(len, rows), default=0), tab.column_count)
    tab.resize(needed, widest)
    book.check_size()


def _clear(book: Spreadsheet, range_: str, caller: str) -> str:
    area = a1.parsed(book, range_)
    check_may_edit(book, area.tab, (area.r0, area.r1, area.c0, area.c1), caller)
    for at, row in enumerate(area.tab.used(area.r0, area.r1, area.c0, area.c1)):
        emptied = [None if cell is None else cell.holding(None) for cell in row]
        area.tab.put_row(area.r0 + at, area.c0, emptied)
    return str(area)


@dataclass(slots=True)
class Entry:
    """What a request writes with: its option, its wishes for the answer, its caller; and what it touched.

    rows, columns: touched by all its ranges, each once however often (recorded); as (sheet id, number).
    """

    book: Spreadsheet
    option: str
    query: Json
    caller: str
    rows: set[tuple[int, int]] = field(default_factory=set)
    columns: set[tuple[int, int]] = field(default_factory=set)


def _update(entry: Entry, range_: str, body: Json) -> Json:
    area = a1.parsed(entry.book, range_)
    rows = _rows(body)
    height, width = len(rows), max(map(len, rows), default=0)
    if not area.is_one_cell:
        _check_fits(area, height, width)
    r1, c1 = area.r0 + height, area.c0 + width
    if r1 > area.tab.row_count or c1 > area.tab.column_count:
        raise a1.past_grid(area.tab, area.r0, max(r1, area.r0 + 1), area.c0, max(c1, area.c0 + 1))
    answer = _write(entry, area, rows)
    if entry.query.get("includeValuesInResponse"):
        shown = Area(area.tab, area.r0, max(r1, area.r1), area.c0, max(c1, area.c1))
        answer["updatedData"] = value_range(entry.book, shown, response_options(entry.query))
    return answer


def _check_fits(area: Area, height: int, width: int) -> None:
    """More values than the range holds (issue reports: pygsheets 132, activepieces 1683)."""
    if area.c0 + width > area.c1:
        where = f"column [{a1.letters(area.c1)}]"
    elif area.r0 + height > area.r1:
        where = f"row [{area.r1 + 1}]"
    else:
        return
    raise Refused(f"Requested writing within range [{area}], but tried writing to {where}")


def _write(entry: Entry, area: Area, rows: list[list[Any]]) -> Json:
    """Put the rows from the area's start on and count what was touched: nulls are no cells."""
    book, tab, r0, c0 = entry.book, area.tab, area.r0, area.c0
    r1, c1 = r0 + max(len(rows), 1), c0 + max(max(map(len, rows), default=0), 1)
    check_may_edit(book, tab, (r0, r1, c0, c1), entry.caller)
    touched: set[tuple[int, int]] = set()
    for at, row in enumerate(rows, r0):
        here = {(at, column) for column, value in enumerate(row, c0) if value is not None}
        if here:
            touched |= here
            old = [tab.cell(at, column) for column in range(c0, c0 + len(row))]
            new = [
                each if value is None else entered(book, each, value, entry.option)
                for each, value in zip(old, row, strict=True)
            ]
            tab.put_row(at, c0, new)
    book.results = {}
    touched_rows, touched_columns = {row for row, _ in touched}, {column for _, column in touched}
    entry.rows |= {(tab.sheet_id, row) for row in touched_rows}
    entry.columns |= {(tab.sheet_id, column) for column in touched_columns}
    counts = {
        "updatedRows": len(touched_rows),
        "updatedColumns": len(touched_columns),
        "updatedCells": len(touched),
    }
    answer: Json = {"spreadsheetId": book.id, "updatedRange": str(Area(tab, r0, r1, c0, c1))}
    return answer | {name: count for name, count in counts.items() if count}


def _rows(body: Json) -> list[list[Any]]:
    rows: list[list[Any]] = body.get("values", [])
    checked_rows(rows)
    if body.get("majorDimension") == "COLUMNS":
        height = max(map(len, rows), default=0)
        rows = [[column[at] if at < len(column) else None for column in rows] for at in range(height)]
    return rows


def _input_option(query: Json) -> str:
    option = query.get("valueInputOption", "INPUT_VALUE_OPTION_UNSPECIFIED")
    if option not in {"RAW", "USER_ENTERED"}:
        raise Refused("'valueInputOption' is required but not specified")
    return str(option)


def _plain(range_: str) -> str:
    return range_.replace("'", "").replace("$", "").casefold()

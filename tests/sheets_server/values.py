"""spreadsheets.values: get, update, clear, append and their batches."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from . import a1, formats, locales
from .a1 import Area
from .cells import Cell, Formula, Json
from .drawing_cells import result_format
from .entering import check_may_edit, checked_rows, entered
from .errors import Refused
from .spreadsheet import Spreadsheet
from .tables import table_in

RENDER = "FORMATTED_VALUE"


def get(book: Spreadsheet, range_: str, query: Json) -> Json:
    """A ValueRange: ragged, without trailing blanks; no `values` where nothing is filled."""
    return _drawn(book, a1.parsed(book, range_), query)


def batch_get(book: Spreadsheet, query: Json) -> Json:
    """Several ranges in the order asked."""
    drawn = [get(book, range_, query) for range_ in query.get("ranges", [])]
    return {"spreadsheetId": book.id, "valueRanges": drawn}


def update(book: Spreadsheet, range_: str, body: Json, query: Json, caller: str) -> Json:
    """Values over a range; null leaves a cell as it is, "" empties it."""
    option = _input_option(query)
    given = body.get("range", range_)
    if _plain(given) != _plain(range_):
        raise Refused(f"Requested range does not match the range in the body: [{range_}] and [{given}].")
    with book.all_or_nothing():
        return _update(book, range_, body, option, query, caller)


def batch_update(book: Spreadsheet, body: Json, caller: str) -> Json:
    """Several updates; one that fails is named by its place in `data`."""
    option, tally = _input_option(body), Tally()
    responses = []
    with book.all_or_nothing():
        for at, data in enumerate(body.get("data", [])):
            try:
                responses.append(_update(book, data.get("range", ""), data, option, body, caller, tally))
            except Refused as refused:
                raise Refused(f"Invalid data[{at}]: {refused.message}", code=refused.code) from refused
    totals = {
        "totalUpdatedRows": len(tally.rows),
        "totalUpdatedColumns": len(tally.columns),
        "totalUpdatedCells": sum(each.get("updatedCells", 0) for each in responses),
        "totalUpdatedSheets": len({sheet_id for sheet_id, _ in tally.rows}),
    }
    filled = {name: total for name, total in totals.items() if total}
    return {"spreadsheetId": book.id, **filled, "responses": responses}


def clear(book: Spreadsheet, range_: str, caller: str) -> Json:
    """Empties values; formats, notes and validation stay."""
    with book.all_or_nothing():
        return {"spreadsheetId": book.id, "clearedRange": _clear(book, range_, caller)}


def batch_clear(book: Spreadsheet, ranges: list[str], caller: str) -> Json:
    """Empties several ranges."""
    with book.all_or_nothing():
        return {"spreadsheetId": book.id, "clearedRanges": [_clear(book, each, caller) for each in ranges]}


def append(book: Spreadsheet, range_: str, body: Json, query: Json, caller: str) -> Json:
    """Values below the table that the range touches, or at the range's start where it touches none."""
    option = _input_option(query)
    area = a1.parsed(book, range_)
    rows = _rows(body)
    table = table_in(area)
    row, column = (table[1], table[2]) if table else (area.r0, area.c0)
    with book.all_or_nothing():
        _make_room(book, area, row, column, rows, query.get("insertDataOption", "OVERWRITE"))
        target = Area(area.tab, row, row + len(rows), column, column + max(map(len, rows), default=1))
        updates = _write(book, target, rows, option, query, caller)
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
class Tally:
    """Rows and columns touched by a batch, each once however often (recorded); as (sheet id, number)."""

    rows: set[tuple[int, int]] = field(default_factory=set)
    columns: set[tuple[int, int]] = field(default_factory=set)


def _update(
    book: Spreadsheet,
    range_: str,
    body: Json,
    option: str,
    query: Json,
    caller: str,
    tally: Tally | None = None,
) -> Json:
    area = a1.parsed(book, range_)
    rows = _rows(body)
    height, width = len(rows), max(map(len, rows), default=0)
    if not area.is_one_cell:
        _check_fits(area, height, width)
    r1, c1 = area.r0 + height, area.c0 + width
    if r1 > area.tab.row_count or c1 > area.tab.column_count:
        raise a1.past_grid(area.tab, area.r0, max(r1, area.r0 + 1), area.c0, max(c1, area.c0 + 1))
    if tally is not None:
        filled = [
            (at, off) for at, row in enumerate(rows) for off, value in enumerate(row) if value is not None
        ]
        tally.rows |= {(area.tab.sheet_id, area.r0 + at) for at, _ in filled}
        tally.columns |= {(area.tab.sheet_id, area.c0 + off) for _, off in filled}
    return _write(book, Area(area.tab, area.r0, r1, area.c0, c1), rows, option, query, caller)


def _check_fits(area: Area, height: int, width: int) -> None:
    """More values than the range holds (issue reports: pygsheets 132, activepieces 1683)."""
    if area.c0 + width > area.c1:
        where = f"column [{a1.letters(area.c1)}]"
    elif area.r0 + height > area.r1:
        where = f"row [{area.r1 + 1}]"
    else:
        return
    raise Refused(f"Requested writing within range [{area}], but tried writing to {where}")


def _write(
    book: Spreadsheet, target: Area, rows: list[list[Any]], option: str, query: Json, caller: str
) -> Json:
    """Put the rows and count what was touched: nulls are no cells."""
    tab, touched_columns, touched_rows, cells = target.tab, set(), 0, 0
    check_may_edit(book, tab, (target.r0, target.r1, target.c0, target.c1), caller)
    for at, row in enumerate(rows):
        here = [column for column, value in enumerate(row) if value is not None]
        touched_columns.update(here)
        touched_rows += bool(here)
        cells += len(here)
        if here:
            old = [tab.cell(target.r0 + at, target.c0 + column) for column in range(len(row))]
            new = [
                each if value is None else entered(book, each, value, option)
                for each, value in zip(old, row, strict=True)
            ]
            tab.put_row(target.r0 + at, target.c0, new)
    book.results = {}
    shown = Area(tab, target.r0, max(target.r1, target.r0 + 1), target.c0, max(target.c1, target.c0 + 1))
    answer: Json = {"spreadsheetId": book.id, "updatedRange": str(shown)}
    counts = {"updatedRows": touched_rows, "updatedColumns": len(touched_columns), "updatedCells": cells}
    answer |= {name: count for name, count in counts.items() if count}
    if query.get("includeValuesInResponse"):
        answer["updatedData"] = _drawn(book, shown, _response_options(query))
    return answer


def _response_options(query: Json) -> Json:
    return {
        "valueRenderOption": query.get("responseValueRenderOption", RENDER),
        "dateTimeRenderOption": query.get("responseDateTimeRenderOption", "SERIAL_NUMBER"),
    }


def _drawn(book: Spreadsheet, area: Area, query: Json) -> Json:
    dimension = query.get("majorDimension", "ROWS")
    dimension = "ROWS" if dimension == "DIMENSION_UNSPECIFIED" else dimension
    render = query.get("valueRenderOption", RENDER)
    as_text = query.get("dateTimeRenderOption") == "FORMATTED_STRING"
    answer: Json = {"range": str(area), "majorDimension": dimension}
    rows = [
        [_shown(book, area, at, column, cell, render, as_text) for column, cell in enumerate(row)]
        for at, row in enumerate(area.tab.used(area.r0, area.r1, area.c0, area.c1))
    ]
    if dimension == "COLUMNS":
        width = max(map(len, rows), default=0)
        rows = [[row[at] if at < len(row) else "" for row in rows] for at in range(width)]
    rows = _trimmed(rows)
    if rows:
        answer["values"] = rows
    return answer


def _trimmed(rows: list[list[Any]]) -> list[list[Any]]:
    for row in rows:
        while row and row[-1] == "" and not isinstance(row[-1], bool):
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _shown(
    book: Spreadsheet, area: Area, at: int, column: int, cell: Cell | None, render: str, as_text: bool
) -> Any:
    if cell is None or cell.entered is None:
        return ""
    if render == "FORMULA" and isinstance(cell.entered, Formula):
        return str(cell.entered)
    if isinstance(cell.entered, str) and not isinstance(cell.entered, Formula):
        return cell.entered
    value = book.value(area.tab, area.r0 + at, area.c0 + column, cell)
    number_format = result_format(cell, value)
    if render == "FORMATTED_VALUE":
        return formats.shown(value, number_format, locales.of(book.locale))
    return formats.unformatted(value, number_format, locales.of(book.locale), as_text)


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

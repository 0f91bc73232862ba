"""An .xlsx file as Google makes a spreadsheet of it: values, formulas, number formats, merges, filters."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell as FileCell
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from engage.workbook.xlsx.numbers import number_format, serial_of
from tests.sheets_server.cells import Cell, Formula, Json
from tests.sheets_server.spreadsheet import Spreadsheet
from tests.sheets_server.tab import Tab
from tests.sheets_server.world import World

KINDS = {"date": "DATE", "datetime": "DATE_TIME", "time": "TIME", "text": "TEXT"}
SPARE_ROWS = 200


def upload(world: World, path: Path, *, owner: str) -> Spreadsheet:
    """Make a spreadsheet of a file, in the locale United Kingdom."""
    book = world.create(path.stem, owner=owner, locale="en_GB")
    book.time_zone = "Europe/London"
    sheets = load_workbook(path).worksheets
    with world.lock, book.all_or_nothing():
        book.tabs[:] = [_tab(world, sheet) for sheet in sheets]
    return book


def _tab(world: World, sheet: Worksheet) -> Tab:
    rows = max(1000, sheet.max_row + SPARE_ROWS)
    tab = Tab(world.new_number(), sheet.title, rows, max(26, sheet.max_column))
    for at, row in enumerate(sheet.iter_rows()):
        tab.put_row(at, 0, [_cell(cell) for cell in row])
    tab.merges = [_area(tab, str(merged)) for merged in sheet.merged_cells.ranges]
    if sheet.auto_filter.ref:
        tab.basic_filter = {"range": _area(tab, sheet.auto_filter.ref)}
    if sheet.sheet_state != "visible":
        tab.properties["hidden"] = True
    return tab


def _cell(cell: FileCell) -> Cell | None:
    shape = {"numberFormat": _shape(cell)} if cell.number_format != "General" else None
    return Cell(entered(cell.value), shape)


def _shape(cell: FileCell) -> Json:
    kind = KINDS.get(number_format(0, cell.number_format).kind, "NUMBER")
    return {"type": kind, "pattern": cell.number_format.lower() if kind != "NUMBER" else cell.number_format}


def entered(value: Any) -> Any:
    """A value of openpyxl's as a cell of Google's holds it: a day is a number."""
    if isinstance(value, datetime) and value.time() == datetime.min.time():
        value = value.date()
    if isinstance(value, date):
        return serial_of(value)
    if isinstance(value, str) and value.startswith("="):
        return Formula(value)
    return None if value == "" else value


def _area(tab: Tab, ref: str) -> Json:
    left, top, right, bottom = range_boundaries(ref)
    rows = {"startRowIndex": top - 1, "endRowIndex": bottom}
    return {"sheetId": tab.sheet_id, **rows, "startColumnIndex": left - 1, "endColumnIndex": right}

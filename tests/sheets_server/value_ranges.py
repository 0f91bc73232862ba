"""Ranges as the values collection answers them: rows of values as shown, as they are, or as formulas."""

from __future__ import annotations

from typing import Any

from . import formats, locales
from .a1 import Area
from .cells import Cell, Formula, Json
from .drawing_cells import result_format
from .spreadsheet import Spreadsheet

RENDER = "FORMATTED_VALUE"


def value_range(book: Spreadsheet, area: Area, query: Json) -> Json:
    """A ValueRange: ragged, without trailing blanks; no `values` where nothing is filled."""
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


def response_options(query: Json) -> Json:
    """How an update shows the values that it wrote."""
    return {
        "valueRenderOption": query.get("responseValueRenderOption", RENDER),
        "dateTimeRenderOption": query.get("responseDateTimeRenderOption", "SERIAL_NUMBER"),
    }

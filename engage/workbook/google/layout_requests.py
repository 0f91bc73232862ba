"""Single requests of a layout: where they go is counted from 1, as people count. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from engage.schema import Column, TabSpec

from ..layout_columns import shown_width
from ..layout_marks import marks
from . import layout_looks as looks
from .drop_downs import TICK
from .protecting import tick_row

Request = dict[str, Any]
WARNING_WIDTH = 44


def below(sheet_id: int, row: int, column: int) -> Request:
    """The cells of a column from a row (counted from 1) to the end."""
    return {
        "sheetId": sheet_id,
        "startRowIndex": row - 1,
        "startColumnIndex": column - 1,
        "endColumnIndex": column,
    }


def update(
    sheet_id: int, row: int, column: int, rows: Iterable[Sequence[Request]], fields: str = "userEnteredValue"
) -> Request:
    """updateCells from a place on, counted from 1; a cell is CellData."""
    start = {"sheetId": sheet_id, "rowIndex": row - 1, "columnIndex": column - 1}
    given = [{"values": list(cells)} for cells in rows]
    return {"updateCells": {"start": start, "rows": given, "fields": fields}}


def width_requests(sheet_id: int, columns: Sequence[Column]) -> Iterator[Request]:
    """How wide each column is."""
    for at, column in enumerate(columns):
        yield {
            "updateDimensionProperties": {
                "range": {"sheetId": sheet_id, "dimension": "COLUMNS", "startIndex": at, "endIndex": at + 1},
                "properties": {"pixelSize": looks.pixels(shown_width(column))},
                "fields": "pixelSize",
            }
        }


def mark_requests(spec: TabSpec, sheet_id: int) -> Iterator[Request]:
    """Colours that follow the cells."""
    for at, mark in enumerate(marks(spec)):
        number = sum((ord(letter) - 64) * 26**place for place, letter in enumerate(reversed(mark.letter)))
        test = {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": f"={mark.formula}"}]}
        rule = {
            "ranges": [below(sheet_id, 2, number)],
            "booleanRule": {"condition": test, "format": looks.mark_format(mark.colour)},
        }
        yield {"addConditionalFormatRule": {"rule": rule, "index": at}}


def filter_request(sheet_id: int, columns: int) -> Request:
    """The tab's one filter."""
    area = {"sheetId": sheet_id, "startRowIndex": 0, "startColumnIndex": 0, "endColumnIndex": columns}
    return {"setBasicFilter": {"filter": {"range": area}}}


def start_requests(sheet_id: int) -> Iterator[Request]:
    """Labels that stand out, the tick box, and room for the warning."""
    labels = {"userEnteredFormat": {"textFormat": {"bold": True}}}
    area = below(sheet_id, 2, 1)
    yield {"repeatCell": {"range": area, "cell": labels, "fields": "userEnteredFormat.textFormat.bold"}}
    row = tick_row()
    tick = below(sheet_id, row, 2) | {"endRowIndex": row}
    ground = {"userEnteredFormat": looks.answer_format()}
    yield {"repeatCell": {"range": tick, "cell": ground, "fields": "userEnteredFormat.backgroundColorStyle"}}
    yield {"setDataValidation": {"range": tick, "rule": TICK}}
    yield {
        "updateDimensionProperties": {
            "range": {"sheetId": sheet_id, "dimension": "COLUMNS", "startIndex": 2, "endIndex": 3},
            "properties": {"pixelSize": looks.pixels(WARNING_WIDTH)},
            "fields": "pixelSize",
        }
    }

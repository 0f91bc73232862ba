"""Cells as the Sheets API has them: what one reads as, and how a value of ours is written.

A text is always written as a literal string (userEnteredValue.stringValue), so that nothing typed by anybody
can become a formula; the only formulas are the links that we spell ourselves.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from engage.model import Link

from ..cells import Formula, Value
from ..xlsx.numbers import NumberFormat, number_format, number_text, serial_of

CLOCK_KINDS = {"DATE": "date", "DATE_TIME": "datetime", "TIME": "time", "TEXT": "text"}
DAY_FORMAT = {"numberFormat": {"type": "DATE", "pattern": "dd/mm/yyyy"}}
MOMENT_FORMAT = {"numberFormat": {"type": "DATE_TIME", "pattern": "dd/mm/yyyy hh:mm"}}


def cell_reads(cell: Mapping[str, Any]) -> str:
    """A cell's text: dates ISO, numbers as short as they are, everything else as the sheet shows it.

    cell: CellData with formattedValue, effectiveValue and effectiveFormat.numberFormat.
    """
    held = cell.get("effectiveValue", {})
    if "numberValue" in held:
        shape = cell.get("effectiveFormat", {}).get("numberFormat", {})
        return number_text(_digits(held["numberValue"]), _format_of(shape))
    if "boolValue" in held:
        return "TRUE" if held["boolValue"] else "FALSE"
    return str(cell.get("formattedValue", ""))


def _digits(number: float) -> str:
    return str(int(number)) if float(number).is_integer() and abs(number) < 1e15 else repr(float(number))


def _format_of(shape: Mapping[str, str]) -> NumberFormat:
    pattern, kind = shape.get("pattern", ""), CLOCK_KINDS.get(shape.get("type", ""), "")
    if pattern and kind != "text":
        read = number_format(0, pattern)
        return NumberFormat(kind) if kind and read.kind in ("plain", "digits") else read
    return NumberFormat(kind or "plain")


def cell_data(
    value: Value, spell: Callable[[Link], str], figure: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """A value as CellData for updateCells; {} blanks the cell. figure: the CellFormat of a number there."""
    held = _entered(value, spell)
    if isinstance(value, date):
        return {"userEnteredValue": held, "userEnteredFormat": _shape(value)}
    if figure and isinstance(value, int | float) and not isinstance(value, bool):
        return {"userEnteredValue": held, "userEnteredFormat": figure}
    return {"userEnteredValue": held} if held else {}


def _entered(value: Value, spell: Callable[[Link], str]) -> dict[str, Any]:
    match value:
        case Link() | Formula():
            formula = spell(value) if isinstance(value, Link) else value.formula
            return {"formulaValue": formula}
        case date():
            return {"numberValue": serial_of(value)}
        case bool():
            return {"boolValue": value}
        case int() | float():
            return {"numberValue": value}
        case _:
            return {"stringValue": value} if value else {}


def _shape(day: date) -> dict[str, Any]:
    return MOMENT_FORMAT if isinstance(day, datetime) else DAY_FORMAT

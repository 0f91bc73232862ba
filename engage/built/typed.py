"""Cells of built tabs as the values their column's type asks for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime

from engage.model import CellValue, Link
from engage.register.phone import national_phone
from engage.schema import Column, TabSpec

ISO_DATE = re.compile(r"^\d{4}-\d{2}-\d{2}$")
ISO_MINUTE = re.compile(r"^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}$")
WHOLE = re.compile(r"^-?(0|[1-9]\d{0,14})$")  # a spreadsheet holds fifteen digits exactly
DECIMAL = re.compile(r"^-?\d{1,12}\.\d{1,6}$")
E164 = re.compile(r"\+\d{8,15}\b")
DAYS = {"date": ISO_DATE, "moment": ISO_MINUTE}
NUMBERS = frozenset({"number", "money", "percent"})


def typed_row(spec: TabSpec, cells: Mapping[str, object], country: str = "GB") -> tuple[CellValue, ...]:
    """One value a heading that we lay out, in order; what the row does not say is blank."""
    columns = [column for column in spec.columns if column.laid_out]
    return tuple(typed_value(column, cells.get(column.heading, ""), country) for column in columns)


def typed_value(column: Column, value: object, country: str = "GB") -> CellValue:
    """A true date in a date column, a true moment in a column for those, a number in a number column, else
    text; a missing value is "".

    Phone numbers are stored as +44… and shown as the country writes them.
    A text that does not read as its column's type stays as it is: "50+" in a number column is better than
    nothing.
    """
    if isinstance(value, Link | bool):  # a box that is ticked or not stays one
        return value
    if value is None or value != value:  # noqa: PLR0124  (NaN, the missing value of a frame)
        return ""
    if isinstance(value, date) and column.type != "moment":
        return date(value.year, value.month, value.day)
    if isinstance(value, date):
        return value
    if isinstance(value, int | float):
        return _tidy(value)
    return _read(column, str(value).strip(), country)


def _read(column: Column, text: str, country: str) -> CellValue:
    if column.type == "phone":
        return shown_phones(text, country)
    if column.type in DAYS and DAYS[column.type].match(text):
        try:
            return datetime.fromisoformat(text) if column.type == "moment" else date.fromisoformat(text)
        except ValueError:
            return text
    if column.type in NUMBERS and WHOLE.match(text):
        return int(text)
    if column.type in NUMBERS and DECIMAL.match(text):
        return _tidy(float(text))
    return text


def shown_phones(text: str, country: str = "GB") -> str:
    """A cell of phone numbers, each +44… as the country writes it."""
    return E164.sub(lambda number: national_phone(number[0], country=country), text)


def _tidy(number: float) -> CellValue:
    return int(number) if float(number).is_integer() else round(float(number), 6)

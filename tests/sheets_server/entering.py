"""Putting values into cells: RAW or as typed, past no protection, no longer than a cell may be."""

from __future__ import annotations

import json
from typing import Any

from . import locales, spans
from .cells import EMPTY, Cell, plain
from .errors import Refused
from .spreadsheet import Spreadsheet, check_length
from .tab import Tab
from .typed import typed
from .world import may_edit_protected, protected_refusal

Box = tuple[int, int, int, int]
"""r0, r1, c0, c1: from 0, the ends not in it."""


def entered(book: Spreadsheet, old: Cell | None, value: Any, option: str) -> Cell:
    """The cell after a value was entered over it: its format, note and validation stay."""
    old = old or EMPTY
    check_length(value)
    if isinstance(value, str) and option == "USER_ENTERED":
        is_text = old.number_format().get("type") == "TEXT"
        if is_text:
            return old.holding(value or None)
        new, number_format = typed(value, locales.of(book.locale), book.local_now().date())
        cell = old.holding(new)
        if number_format is not None and not _keeps(old, number_format):
            cell = cell.shaped({**(old.format or {}), "numberFormat": number_format})
        return cell
    return old.holding(None if value == "" else plain(value))


def _keeps(old: Cell, number_format: dict[str, str]) -> bool:
    """A format that somebody chose stays when a value of its own kind is typed."""
    mine = old.number_format().get("type")
    return bool(mine) and (mine == number_format["type"] or {mine, number_format["type"]} <= NUMBERS)


NUMBERS = {"NUMBER", "CURRENCY", "PERCENT", "SCIENTIFIC"}


def check_may_edit(book: Spreadsheet, tab: Tab, box: Box, caller: str) -> None:
    """Refuse if a protection that shuts this caller out covers any cell of the box."""
    for held in tab.protected.values():
        if may_edit_protected(book, held, caller):
            continue
        covered = spans.bounds(held.get("range", {}), tab.row_count, tab.column_count)
        open_parts = [
            spans.bounds(each, tab.row_count, tab.column_count) for each in held.get("unprotectedRanges", [])
        ]
        if spans.touch(covered, box) and not any(_inside(box, part) for part in open_parts):
            raise protected_refusal()


def check_may_insert(book: Spreadsheet, tab: Tab, dimension: str, at: int, caller: str) -> None:
    """Refuse rows or columns into the midst of what a protection shuts this caller out of."""
    for held in tab.protected.values():
        if not may_edit_protected(book, held, caller):
            r0, r1, c0, c1 = spans.bounds(held.get("range", {}), tab.row_count, tab.column_count)
            first, last = (r0, r1) if dimension == "ROWS" else (c0, c1)
            is_all = set(held.get("range", {})) <= {"sheetId"}
            if first < at < last or is_all:
                raise protected_refusal()


def _inside(box: Box, other: Box) -> bool:
    return other[0] <= box[0] and box[1] <= other[1] and other[2] <= box[2] and box[3] <= other[3]


def checked_rows(rows: list[list[Any]]) -> None:
    """Refuse anything that is no text, number, boolean or null."""
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, dict | list):
                raise Refused(f"Invalid values[{at}][{column}]: {as_proto(value)}")


def as_proto(value: Any, gap: str = "") -> str:
    """A google.protobuf.Value as its text format, in which Google quotes it (issue reports)."""
    if isinstance(value, dict):
        fields = [
            f"{gap}  fields {{\n{gap}    key: {json.dumps(name)}\n"
            f"{gap}    value {{\n{as_proto(each, gap + '      ')}{gap}    }}\n{gap}  }}\n"
            for name, each in value.items()
        ]
        return f"{gap}struct_value {{\n{''.join(fields)}{gap}}}\n"
    if isinstance(value, list):
        items = [f"{gap}  values {{\n{as_proto(each, gap + '    ')}{gap}  }}\n" for each in value]
        return f"{gap}list_value {{\n{''.join(items)}{gap}}}\n"
    if value is None:
        return f"{gap}null_value: NULL_VALUE\n"
    if isinstance(value, bool):
        return f"{gap}bool_value: {str(value).lower()}\n"
    if isinstance(value, int | float):
        return f"{gap}number_value: {float(value)}\n"
    return f"{gap}string_value: {json.dumps(value, ensure_ascii=False)}\n"

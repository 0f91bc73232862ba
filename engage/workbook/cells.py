"""What the deciding half of a workbook sees and orders: tabs as they stand, cells and tabs to write."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from engage.model import CellValue, Grid, Link, Row, cell_text
from engage.ports import Change, Intent, Outcome

# Excel's limit, counted in UTF-16 units; Google's is higher. A longer text makes Excel "repair" the file.
LONGEST_TEXT = 32_767
# A link is a formula with its text in it, and Excel takes no formula of more than 8,192 characters.
LONGEST_LINK = 2_000
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_NEWLINE = re.compile("\r\n?")


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell that is to keep the formula it has; text is the result it shows."""

    formula: str
    text: str


Value = CellValue | Formula


PART_OF = "\x00"  # no formula that a person writes begins so


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells, bounds included."""

    top: int
    left: int
    bottom: int
    right: int

    def has(self, row: int, column: int) -> bool:
        """Whether a cell is in it."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right


@dataclass(frozen=True, slots=True)
class Seen:
    """A tab the moment before writing. Rows and columns count from 1 in addresses.

    formulas: what stands behind a cell that is a formula; it begins with PART_OF where the cell only
    shares in the formula of another. merged: cells hidden under a merged neighbour; across: those that show
    over neighbours to their right. tables: the areas of tables whose first row is headings. shut: those that
    are protected from us, but for what is in opened.
    """

    rows: Grid
    formulas: Mapping[tuple[int, int], str] = field(default_factory=dict)
    merged: frozenset[tuple[int, int]] = frozenset()
    tables: tuple[Area, ...] = ()
    hidden: bool = False
    across: frozenset[tuple[int, int]] = frozenset()
    shut: tuple[Area, ...] = ()
    opened: tuple[Area, ...] = ()


@dataclass(frozen=True, slots=True)
class CellEdit:
    """Write value at an address where before stands.

    guarded: the whole row as the guard saw it. anchor: the column that names the row (its Record ID, its
    label); 0 if only the whole row does. returns: whether it only gives a cell back what a write of ours,
    which somebody crossed, had covered.
    """

    tab: str
    row: int
    column: int
    before: str
    value: Value
    guarded: Row = ()
    anchor: int = 0
    returns: bool = False


@dataclass(frozen=True, slots=True)
class TabEdit:
    """Make a whole tab read rows (headings first). before: as the guard saw it, None to create it.

    key: the column that names a row, 0 for none. answers: columns that only people write.
    """

    tab: str
    rows: tuple[tuple[Value, ...], ...]
    before: Grid | None
    hidden: bool = False
    key: int = 0
    answers: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Located:
    """What an intent comes to on the tabs as they stand: at most one cell or one tab to write."""

    intent: Intent
    status: Literal["done", "same", "moved", "displaced"]
    edit: CellEdit | TabEdit | None = None
    changes: tuple[Change, ...] = ()
    note: str = ""


def outcome_of(located: Located) -> Outcome:
    """What becomes of the intent if nobody crosses the write."""
    return Outcome(located.intent, located.status, located.changes, located.note)


def text_of(value: Value | None) -> str:
    """What a cell with this value reads as when it is pulled again."""
    return value.text if isinstance(value, Formula) else cell_text(value)


def storable(value: CellValue) -> CellValue:
    """The value as a spreadsheet can hold it: no control characters, one kind of newline, not too long."""
    if isinstance(value, str):
        return _storable_text(value)
    if isinstance(value, Link):
        text = _storable_text(value.text)
        return replace(value, text=text) if len(text) <= LONGEST_LINK else text
    if isinstance(value, float) and not abs(value) < float("inf"):
        return ""  # neither nan nor infinity is a figure that anyone should read
    return value


def _storable_text(text: str) -> str:
    text = _UNPRINTABLE.sub("", _NEWLINE.sub("\n", text))
    if len(text) * 2 <= LONGEST_TEXT:
        return text
    return text.encode("utf-16-le")[: LONGEST_TEXT * 2].decode("utf-16-le", "ignore")


def trim(cells: Row | list[str]) -> Row:
    """The row without its trailing blanks."""
    end = len(cells)
    while end and not cells[end - 1]:
        end -= 1
    return tuple(cells[:end])


def cell_at(rows: Grid, row: int, column: int) -> str:
    """The text at an address that counts from 1; "" outside the grid."""
    if 1 <= row <= len(rows) and 1 <= column <= len(rows[row - 1]):
        return rows[row - 1][column - 1]
    return ""


def trim_grid(rows: list[Row] | Grid) -> Grid:
    """Rows without trailing blanks, and without trailing blank rows."""
    trimmed = [trim(row) for row in rows]
    while trimmed and not trimmed[-1]:
        trimmed.pop()
    return tuple(trimmed)

"""What a formula sees: cells by their references, and values as numbers, texts and conditions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from . import a1, formats, locales
from .cells import CellError, Value
from .errors import Refused
from .typed import typed

if TYPE_CHECKING:
    from .spreadsheet import Spreadsheet
    from .tab import Tab

Grid = list[list[Value]]
Result = Value | Grid


class Failure(Exception):
    """A formula that comes to an error."""

    def __init__(self, kind: str, message: str = "") -> None:
        super().__init__(message)
        self.error = CellError(kind, message)


class Scope:
    """Where a formula stands, and how it looks things up."""

    def __init__(self, book: Spreadsheet, tab: Tab, row: int, column: int) -> None:
        self.book, self.tab, self.row, self.column = book, tab, row, column

    def area(self, text: str) -> a1.Area:
        """The rectangle that a reference names, of this tab where it names none."""
        try:
            if "!" not in text and self.book.named_area(text) is None:
                text = f"{a1.quoted(self.tab.title)}!{text}"
            return a1.parsed(self.book, text)
        except Refused as refused:
            is_lost = "#REF!" in text or a1.is_cells(text.rpartition("!")[2])
            kind = "REF" if is_lost else "NAME"
            raise Failure(kind, f"Unknown range name: '{text}'.") from refused

    def read(self, text: str) -> Result:
        """One value for one cell, rows of values for more."""
        area = self.area(text)
        rows = [
            [self.book.value(area.tab, row, col, area.tab.cell(row, col)) for col in range(area.c0, area.c1)]
            for row in range(area.r0, min(area.r1, max(len(area.tab.rows), area.r0 + 1)))
        ]
        return rows[0][0] if area.is_one_cell else rows

    def number(self, value: Result) -> int | float:
        """A number as arithmetic takes it: blank is 0, a typed number counts, a text does not."""
        value = one(value)
        if isinstance(value, bool):
            return int(value)
        if isinstance(value, int | float):
            return value
        if value is None:
            return 0
        read, _ = typed(str(value), locales.of(self.book.locale), self.book.local_now().date())
        if isinstance(read, int | float) and not isinstance(read, bool):
            return read
        raise Failure(
            "VALUE", f"Expects number values. But '{value}' is a text and cannot be coerced to a number."
        )

    def text(self, value: Result) -> str:
        """A value as concatenation takes it."""
        return formats.shown(one(value), {}, locales.of(self.book.locale))


def one(value: Result) -> Value:
    """The single value of a result; an error inside is a failure."""
    if isinstance(value, list):
        value = value[0][0] if value and value[0] else None
    if isinstance(value, CellError):
        raise Failure(value.kind, value.message)
    return value


def truth(scope: Scope, value: Result) -> bool:
    """A condition's value; the texts TRUE and FALSE count."""
    value = one(value)
    if isinstance(value, str) and value.upper() in {"TRUE", "FALSE"}:
        return value.upper() == "TRUE"
    return bool(scope.number(value))


def flat(values: tuple[Result, ...]) -> Iterator[Value]:
    """Every single value of some results, row by row."""
    for value in values:
        if isinstance(value, list):
            for row in value:
                yield from row
        else:
            yield value


def numbers(values: tuple[Result, ...]) -> list[int | float]:
    """The numbers among some results; an error among them is a failure."""
    found = []
    for value in flat(values):
        if isinstance(value, CellError):
            raise Failure(value.kind, value.message)
        if isinstance(value, int | float) and not isinstance(value, bool):
            found.append(value)
    return found

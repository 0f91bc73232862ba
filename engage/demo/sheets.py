"""A staff tab of a demo workbook under the schema's headings, whatever its agency calls them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from engage.demo.columns import LAYOUTS
from engage.demo.desk import Desk
from engage.demo.views import Line, Typed
from engage.ports import RECORD_ID

HEADER_WITHIN = 10


@dataclass(slots=True)
class Sheet:
    """One staff tab on a desk. columns: schema heading (and Record ID) → column from 1."""

    desk: Desk
    title: str
    header_row: int
    columns: dict[str, int]

    def __getitem__(self, address: tuple[int, str]) -> Typed:
        row, heading = address
        cells = self.desk.rows(self.title)[row - 1]
        at = self.columns[heading] - 1
        return cells[at] if at < len(cells) else ""

    def type(self, row: int, heading: str, value: Typed) -> None:
        """Type over a cell; a heading that this tab has not got is passed over."""
        if heading in self.columns:
            self.desk.type(self.title, row, self.columns[heading], value)

    def add(self, lines: Iterable[Line]) -> int:
        """Type rows below the last, above a row of totals; returns how many."""
        rows = self.desk.rows(self.title)
        at = _end(rows)
        new = [self._cells(line) for line in lines]
        self.desk.replace(self.title, [*rows[:at], *new, *rows[at:]])
        return len(new)

    def delete(self, row: int) -> None:
        """Take a whole row out; those below move up."""
        rows = self.desk.rows(self.title)
        self.desk.replace(self.title, [*rows[: row - 1], *rows[row:]])

    def copy(self, row: int, changes: dict[str, Typed]) -> int:
        """Copy a whole row, its Record ID too, to the end and change some cells; returns its row."""
        rows = self.desk.rows(self.title)
        cells = ["" if str(cell).startswith("=") else cell for cell in rows[row - 1]]
        copied = self.desk.append(self.title, cells)
        for heading, value in changes.items():
            self.type(copied, heading, value)
        return copied

    def sort(self, heading: str, *, newest_first: bool = False) -> None:
        """Sort all rows below the header by a column, as a spreadsheet does: numbers, texts, blanks."""
        rows = self.desk.rows(self.title)
        at = self.columns[heading] - 1
        body = sorted(rows[self.header_row :], key=_order(at), reverse=newest_first)
        if newest_first:
            body.sort(key=lambda cells: _rank(cells, at))
        self.desk.replace(self.title, [*rows[: self.header_row], *body])

    def rename(self, heading: str, spelling: str) -> str:
        """Type another heading over a column's; returns what stood there."""
        column = self.columns[heading]
        before = self.desk.rows(self.title)[self.header_row - 1][column - 1]
        self.desk.type(self.title, self.header_row, column, spelling)
        return str(before)

    def _cells(self, line: Line) -> list[Typed]:
        cells: list[Typed] = [""] * max(self.columns.values())
        for heading, column in self.columns.items():
            cells[column - 1] = line.values.get(heading, "")
        return cells


def open_sheet(desk: Desk, agency: str, tab: str) -> Sheet:
    """An agency's tab that holds the schema's tab ("Engagements"), header found, columns understood."""
    for title, (meaning, columns) in LAYOUTS.get(agency, {}).items():
        if meaning == tab:
            return _understood(desk, title, {c.heading: c.of for c in columns if c.of}.get)
    return _understood(desk, tab, lambda heading: heading)


def _understood(desk: Desk, title: str, meaning: Callable[[str], str | None]) -> Sheet:
    rows = desk.rows(title)[:HEADER_WITHIN]
    header = max(range(len(rows)), key=lambda at: sum(bool(meaning(str(cell))) for cell in rows[at] if cell))
    columns = {}
    for number, cell in enumerate(rows[header], 1):
        heading = RECORD_ID if cell == RECORD_ID else meaning(str(cell))
        if cell and heading:
            columns[heading] = number
    return Sheet(desk, title, header + 1, columns)


def _end(rows: list[list[Typed]]) -> int:
    """How many rows come before the place where a new one is typed."""
    end = len(rows)
    while end and not any(cell != "" for cell in rows[end - 1]):
        end -= 1
    if end and rows[end - 1][0] == "TOTAL":
        end -= 1
        while end and not any(cell != "" for cell in rows[end - 1]):
            end -= 1
    return end


def _rank(cells: list[Typed], at: int) -> int:
    value = cells[at] if at < len(cells) else ""
    return 2 if value == "" else 1 if isinstance(value, str) else 0


def _order(at: int) -> Callable[[list[Typed]], tuple[int, str]]:
    def key(cells: list[Typed]) -> tuple[int, str]:
        value = cells[at] if at < len(cells) else ""
        return _rank(cells, at), value.casefold() if isinstance(value, str) else f"{_number(value):020.4f}"

    return key


def _number(value: Typed) -> float:
    return float(value.toordinal()) if not isinstance(value, str | int | float) else float(value)

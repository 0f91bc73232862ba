"""One workbook open on somebody's desk: its cells may be typed over, its rows moved, and the rest stays.

People's Excel keeps charts, formulas with their results, and drop-downs when it saves; openpyxl does not.
So the edits go through our own patcher, which keeps them too.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from openpyxl import load_workbook

from engage.demo.views import Typed
from engage.model import Link
from engage.workbook.cells import CellEdit
from engage.workbook.xlsx.book import Book
from engage.workbook.xlsx.writing import rewrite

Rows = list[list[Typed]]


class Desk:
    """An .xlsx file being edited as a person would; nothing is in the file before save()."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._book = Book(path.read_bytes(), path.name)
        self._raw = load_workbook(path)
        self._edits: dict[tuple[str, int, int], Typed] = {}

    @property
    def titles(self) -> tuple[str, ...]:
        """The tabs of the workbook."""
        return self._book.titles

    def rows(self, tab: str) -> Rows:
        """Every row of a tab as it would read now, with real dates and numbers; blank is ""."""
        rows = [[_plain(value) for value in row] for row in self._raw[tab].iter_rows(values_only=True)]
        for (title, row, column), value in self._edits.items():
            if title == tab:
                _reach(rows, row, column)[column - 1] = value
        return rows

    def texts(self, tab: str) -> list[list[str]]:
        """Every row of a tab as the file shows it: what a formula shows, not the formula."""
        sheet = self._book.sheet(tab)
        return [list(row) for row in self._book.seen(sheet).rows] if sheet else []

    def headings(self, tab: str, header_row: int = 1) -> dict[str, int]:
        """Heading → column, from 1."""
        cells = self.rows(tab)[header_row - 1]
        return {str(cell): number for number, cell in enumerate(cells, 1) if cell != ""}

    def type(self, tab: str, row: int, column: int, value: Typed) -> None:
        """Type a value over a cell."""
        self._edits[tab, row, column] = value

    def replace(self, tab: str, rows: Rows) -> None:
        """Make the tab read these rows: what sorting, inserting and deleting rows come to."""
        now = self.rows(tab)
        for number in range(max(len(now), len(rows))):
            old, new = _row(now, number), _row(rows, number)
            for at in range(max(len(old), len(new))):
                before, after = _cell(old, at), _cell(new, at)
                if before != after:
                    self.type(tab, number + 1, at + 1, after)

    def append(self, tab: str, cells: list[Typed]) -> int:
        """Type a row below the last one that holds anything; returns its row."""
        filled = [n for n, row in enumerate(self.rows(tab), 1) if any(cell != "" for cell in row)]
        row = 1 + max(filled, default=0)
        for column, value in enumerate(cells, 1):
            if value != "":
                self.type(tab, row, column, value)
        return row

    def save(self) -> None:
        """Put the edits into the file."""
        edits = [CellEdit(tab, row, column, "", value) for (tab, row, column), value in self._edits.items()]
        if edits:
            self.path.write_bytes(rewrite(self._book, edits, _no_links))


def _plain(value: object) -> Typed:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, str | int | float | date) else str(value)


def _reach(rows: Rows, row: int, column: int) -> list[Typed]:
    rows.extend([] for _ in range(row - len(rows)))
    cells = rows[row - 1]
    cells.extend([""] * (column - len(cells)))
    return cells


def _row(rows: Rows, number: int) -> list[Typed]:
    return rows[number] if number < len(rows) else []


def _cell(cells: list[Typed], at: int) -> Typed:
    return cells[at] if at < len(cells) else ""


def _no_links(link: Link) -> str:
    raise AssertionError("nobody types links in the demo")

"""What people do to a Google Sheet in their browsers, by the names of MemoryWorkbook's methods."""

from __future__ import annotations

from collections.abc import Iterable

from engage.model import Grid
from engage.workbook.cells import trim_grid
from tests.sheets_server.cells import Cell, Formula
from tests.sheets_server.spreadsheet import Spreadsheet
from tests.sheets_server.tab import Tab
from tests.sheets_server.world import World


class Hands:
    """A person at a spreadsheet, at once and without asking the server. Rows and columns count from 1."""

    def __init__(self, world: World, book: Spreadsheet) -> None:
        self.world, self.book = world, book

    def tab(self, title: str) -> Tab:
        found = next((tab for tab in self.book.tabs if tab.title == title), None)
        if found is None:
            raise KeyError(title)
        return found

    def add_tab(self, title: str, rows: Iterable[Iterable[str]]) -> None:
        with self.world.lock:
            tab = Tab(self.world.new_number(), title)
            for at, row in enumerate(map(list, rows)):
                tab.put_row(at, 0, [Cell(text or None) for text in row])
            self.book.tabs.append(tab)

    def rows(self, tab: str) -> Grid:
        """Texts as typed; a formula reads as itself."""
        return trim_grid([tuple(_text(cell) for cell in row) for row in self.tab(tab).rows])

    def cell(self, tab: str, row: int, column: int) -> str:
        return _text(self.tab(tab).cell(row - 1, column - 1))

    def type(self, tab: str, row: int, column: int, text: str) -> None:
        with self.world.lock:
            sheet = self.tab(tab)
            self._reach(sheet, row, column)
            old = sheet.cell(row - 1, column - 1) or Cell()
            sheet.put(row - 1, column - 1, old.holding(text or None))
            self.book.touched()

    def _reach(self, tab: Tab, row: int, column: int) -> None:
        tab.resize(max(tab.row_count, row), max(tab.column_count, column))

    def insert_row(self, tab: str, row: int, cells: Iterable[str] = ()) -> None:
        with self.world.lock:
            sheet = self.tab(tab)
            self._reach(sheet, row, 1)
            self.book.insert(sheet, "ROWS", row - 1, 1, False)
            for column, text in enumerate(cells, 1):
                self.type(tab, row, column, text)
            self.book.touched()

    def delete_row(self, tab: str, row: int) -> None:
        with self.world.lock:
            self.book.delete(self.tab(tab), "ROWS", row - 1, row)
            self.book.touched()

    def insert_column(self, tab: str, column: int, heading: str = "", *, header_row: int = 1) -> None:
        with self.world.lock:
            self.book.insert(self.tab(tab), "COLUMNS", column - 1, 1, False)
            self.book.touched()
        if heading:
            self.type(tab, header_row, column, heading)

    def copy_row(self, tab: str, source: int, above: int) -> None:
        with self.world.lock:
            sheet = self.tab(tab)
            held = sheet.rows[source - 1] if source <= len(sheet.rows) else ()
            self.book.insert(sheet, "ROWS", above - 1, 1, False)
            sheet.put_row(above - 1, 0, held)
            self.book.touched()

    def sort(self, tab: str, column: int, *, header_row: int = 1, reverse: bool = False) -> None:
        with self.world.lock:
            sheet = self.tab(tab)
            body = sheet.rows[header_row:]
            keyed = [(_text(row[column - 1]) if column <= len(row) else "", row) for row in body]
            filled = sorted((pair for pair in keyed if pair[0]), key=lambda pair: pair[0], reverse=reverse)
            sheet.rows[header_row:] = [row for _, row in [*filled, *(p for p in keyed if not p[0])]]
            self.book.touched()

    def rename_heading(self, tab: str, old: str, new: str, *, header_row: int = 1) -> None:
        column = self.rows(tab)[header_row - 1].index(old) + 1
        self.type(tab, header_row, column, new)

    def rename_tab(self, old: str, new: str) -> None:
        with self.world.lock:
            self.tab(old).title = new
            self.book.touched()

    def delete_tab(self, title: str) -> None:
        with self.world.lock:
            self.book.tabs.remove(self.tab(title))
            self.book.touched()


def _text(cell: Cell | None) -> str:
    held = cell.entered if cell else None
    return "" if held is None else f"{held}" if isinstance(held, str | Formula) else str(held)

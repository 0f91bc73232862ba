"""A Google Sheet on somebody's desk: the demo's week is played on it as on an .xlsx file."""

from __future__ import annotations

from datetime import date

from engage.demo.desk import Desk, Rows
from engage.demo.views import Typed
from engage.workbook.xlsx.numbers import number_format, serial_of
from tests.sheets_server.cells import EMPTY, Cell
from tests.sheets_server.people import Browser
from tests.sheets_server.world import World

DAY = {"numberFormat": {"type": "DATE", "pattern": "dd/mm/yyyy"}}


class SheetDesk(Desk):
    """As Desk is, on a spreadsheet; what is typed arrives at save(), all at once."""

    def __init__(self, world: World, sheet: str) -> None:
        self._browser, self._edits = Browser(world, sheet), {}
        self._edits: dict[tuple[str, int, int], Typed]

    @property
    def titles(self) -> tuple[str, ...]:
        """The tabs of the spreadsheet."""
        return tuple(self._browser.titles())

    def rows(self, tab: str) -> Rows:
        """Every row as it would read now, with real dates and numbers; blank is ""."""
        found = self._browser.book.tab_titled(tab)
        rows: Rows = [[_plain(cell) for cell in row] for row in found.rows] if found else []
        for (title, row, column), value in self._edits.items():
            if title == tab:
                rows.extend([] for _ in range(row - len(rows)))
                rows[row - 1].extend([""] * (column - len(rows[row - 1])))
                rows[row - 1][column - 1] = value
        return rows

    def texts(self, tab: str) -> list[list[str]]:
        """Every row as the browser shows it."""
        return self._browser.rows(tab) if tab in self.titles else []

    def save(self) -> None:
        """Type all of it, texts as texts."""
        book = self._browser.book
        with self._browser.world.lock, book.all_or_nothing():
            for (title, row, column), value in self._edits.items():
                tab = book.tab_titled(title)
                assert tab is not None, title
                tab.resize(max(tab.row_count, row), max(tab.column_count, column))
                tab.put(row - 1, column - 1, _typed(tab.cell(row - 1, column - 1) or EMPTY, value))
        self._edits = {}


def _plain(cell: Cell | None) -> Typed:
    if cell is None or cell.entered is None:
        return ""
    shape = cell.number_format()
    kind = number_format(0, shape["pattern"]).kind if shape.get("pattern") else ""
    if isinstance(cell.entered, int | float) and kind in ("date", "datetime"):
        return date.fromordinal(date(1899, 12, 30).toordinal() + int(cell.entered))
    return str(cell.entered) if isinstance(cell.entered, str) else cell.entered


def _typed(old: Cell, value: Typed) -> Cell:
    if isinstance(value, date):
        return old.holding(serial_of(value)).shaped({**(old.format or {}), **DAY})
    return old.holding(None if value == "" else value)

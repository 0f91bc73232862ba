"""The workbooks under contract, and what people do to them with their own programs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Protocol

import openpyxl

from engage.model import Grid
from engage.ports import Workbook
from engage.workbook.memory import MemoryWorkbook
from engage.workbook.xlsx import XlsxWorkbook
from tests.sheets_server.world import World

from .hands import Hands
from .rehearsal import rehearsal

Tabs = Mapping[str, Iterable[Iterable[str]]]
Edit = Callable[["Peer"], None]


class Peer(Protocol):
    """A workbook, and a person at it. at_write: an edit to make between the guard and the write, once."""

    workbook: Workbook
    at_write: Edit | None

    def rows(self, tab: str) -> Grid: ...
    def type(self, tab: str, row: int, column: int, text: str) -> None: ...
    def insert_row(self, tab: str, row: int, cells: Iterable[str] = ()) -> None: ...
    def delete_row(self, tab: str, row: int) -> None: ...
    def rename_tab(self, old: str, new: str) -> None: ...


class MemoryPeer:
    """A person at a workbook in memory."""

    def __init__(self, tabs: Tabs, *, view_only: bool = False) -> None:
        self.at_write: Edit | None = None
        self.workbook = MemoryWorkbook("peer", tabs, view_only=view_only, between=self._between)
        self.type, self.insert_row = self.workbook.type, self.workbook.insert_row
        self.delete_row, self.rename_tab = self.workbook.delete_row, self.workbook.rename_tab

    def _between(self, moment: str, _: MemoryWorkbook) -> None:
        if moment == "after-guard" and self.at_write:
            edit, self.at_write = self.at_write, None
            edit(self)

    def rows(self, tab: str) -> Grid:
        found = self.workbook.read().tab(tab)
        assert found is not None
        return found.rows


class XlsxPeer:
    """A person at an .xlsx file, whose program saves it anew at every edit."""

    def __init__(self, path: Path, tabs: Tabs, *, view_only: bool = False) -> None:
        self.path, self.at_write = path, None
        book = openpyxl.Workbook()
        book.remove(book.worksheets[0])
        for title, rows in tabs.items():
            sheet = book.create_sheet(title)
            for number, row in enumerate(rows, 1):
                for column, text in enumerate(row, 1):
                    sheet.cell(number, column, text or None).data_type = "s" if text else "n"
        if not tabs:
            book.create_sheet("Sheet1")
        book.save(path)
        self.workbook: Workbook = XlsxWorkbook("peer", path, view_only=view_only, on_step=self._step)
        self.at_write: Edit | None

    def _step(self, name: str) -> None:
        if name == "made the new file in memory" and self.at_write:
            edit, self.at_write = self.at_write, None
            edit(self)

    def rows(self, tab: str) -> Grid:
        found = self.workbook.read().tab(tab)
        assert found is not None
        return found.rows

    def _edit(self, change: Callable[[openpyxl.Workbook], None]) -> None:
        book = openpyxl.load_workbook(self.path)
        change(book)
        book.save(self.path)

    def type(self, tab: str, row: int, column: int, text: str) -> None:
        self._edit(lambda book: book[tab].cell(row, column).__setattr__("value", text or None))

    def insert_row(self, tab: str, row: int, cells: Iterable[str] = ()) -> None:
        def insert(book: openpyxl.Workbook) -> None:
            book[tab].insert_rows(row)
            for column, text in enumerate(cells, 1):
                book[tab].cell(row, column).value = text or None

        self._edit(insert)

    def delete_row(self, tab: str, row: int) -> None:
        self._edit(lambda book: book[tab].delete_rows(row))

    def rename_tab(self, old: str, new: str) -> None:
        self._edit(lambda book: book[old].__setattr__("title", new))


class GooglePeer:
    """A person at a Google Sheet: every request goes over HTTP to the server that answers as Google does."""

    def __init__(self, tabs: Tabs, *, view_only: bool = False) -> None:
        self.at_write: Edit | None = None
        google = rehearsal()
        self._sheet = google.sheet(tabs)
        hands = Hands(google.world, self._sheet)
        self.type, self.insert_row = hands.type, hands.insert_row
        self.delete_row, self.rename_tab = hands.delete_row, hands.rename_tab
        self.workbook: Workbook = google.workbook("peer", self._sheet.id, view_only=view_only)
        google.world.before_batch[:] = [self._before_batch]

    def _before_batch(self, world: World, sheet: str, _: list[object]) -> None:
        if self.at_write and sheet == self._sheet.id:
            edit, self.at_write = self.at_write, None
            edit(self)

    def rows(self, tab: str) -> Grid:
        found = self.workbook.read().tab(tab)
        assert found is not None
        return found.rows


def make_peer(kind: str, folder: Path, tabs: Tabs, *, view_only: bool = False) -> Peer:
    """A workbook of this kind with these tabs."""
    if kind == "memory":
        return MemoryPeer(tabs, view_only=view_only)
    if kind == "google":
        return GooglePeer(tabs, view_only=view_only)
    return XlsxPeer(folder / "peer.xlsx", tabs, view_only=view_only)

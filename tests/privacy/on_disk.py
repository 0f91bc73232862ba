"""The planted partnership as real files: .xlsx workbooks that a person's program saves, copies of runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl

from engage.model import Grid
from engage.pipeline import Report
from engage.workbook.xlsx import XlsxWorkbook

from .planted import Planted


class DiskBook(XlsxWorkbook):
    """An .xlsx file with copies, and a person who edits it in a program that saves it anew."""

    def __init__(
        self, folder: Path, name: str, tabs: Mapping[str, Iterable[Iterable[str]]], **more: Any
    ) -> None:
        self.folder, self.more = folder, more
        self._in_hand: openpyxl.Workbook | None = None  # edited, and not saved yet
        path = folder / f"{name}.xlsx"
        book = openpyxl.Workbook()
        book.remove(book.worksheets[0])
        for title, rows in tabs.items():
            _fill(book.create_sheet(title), rows)
        book.save(path)
        self.at(path, name, "made")

    def at(self, path: Path, name: str, stamp: str) -> None:
        """Begin a run of its own."""
        super().__init__(name, path, backups=self.folder / "state" / "backups", stamp=stamp, **self.more)

    def add_tab(self, title: str, rows: Sequence[Sequence[str]]) -> None:
        self._edit(lambda book: _fill(book.create_sheet(title), rows))

    def type(self, tab: str, row: int, column: int, text: str) -> None:
        self._edit(lambda book: book[tab].cell(row, column).__setattr__("value", text or None))

    def insert_row(self, tab: str, row: int, cells: Iterable[str] = ()) -> None:
        def insert(book: openpyxl.Workbook) -> None:
            book[tab].insert_rows(row)
            for column, text in enumerate(cells, 1):
                book[tab].cell(row, column).value = text or None

        self._edit(insert)

    def comment(self, tab: str, cell: str, text: str) -> None:
        note = openpyxl.comments.Comment(text, "somebody")
        self._edit(lambda book: book[tab][cell].__setattr__("comment", note))

    def rows(self, tab: str) -> Grid:
        found = self.read().tab(tab)
        assert found is not None
        return found.rows

    def _edit(self, change: Callable[[openpyxl.Workbook], None]) -> None:
        self._in_hand = self._in_hand or openpyxl.load_workbook(self.path)
        change(self._in_hand)

    def _open(self) -> Any:
        book, self._in_hand = self._in_hand, None
        if book is not None:
            book.save(self.path)
        return super()._open()


def _fill(sheet: Any, rows: Iterable[Iterable[str]]) -> None:
    for number, row in enumerate(rows, 1):
        for column, text in enumerate(row, 1):
            sheet.cell(number, column, text or None).data_type = "s" if text else "n"


class PlantedOnDisk(Planted):
    """Zyxandra Quillfeather in .xlsx files."""

    def __init__(self, folder: Path, **more: Any) -> None:
        def make(name: str, tabs: Any, **options: Any) -> DiskBook:
            return DiskBook(folder, name, tabs, **options)

        super().__init__(folder, make=make, **more)
        agencies = tuple(
            replace(a, workbook=folder / f"{a.key}.xlsx" if a.workbook else None)
            for a in self.config.agencies
        )
        self.config = replace(self.config, hub=folder / "hub.xlsx", agencies=agencies)
        self.partnership = replace(self.partnership, config=self.config)

    def sync(self, now: datetime, **options: bool) -> Report:
        for book in self.books.values():
            book.at(book.path, book.name, now.strftime("%Y-%m-%dT%H%M%S"))
        return super().sync(now, **options)

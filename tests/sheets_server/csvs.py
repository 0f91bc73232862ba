"""A tab as comma-separated text, out and in (Drive's export, and gspread's import_csv)."""

from __future__ import annotations

import csv
import io

from . import formats, locales
from .drawing_cells import result_format
from .entering import entered
from .spreadsheet import Spreadsheet
from .tab import Tab

MARKS = {"text/csv": ",", "text/tab-separated-values": "\t"}


def written(book: Spreadsheet, mark: str) -> str:
    """The first tab as shown, lines ended as Google ends them, the last one not."""
    tab, locale = book.tabs[0], locales.of(book.locale)
    rows = tab.used(0, tab.row_count, 0, tab.column_count)
    width = max(map(len, rows), default=0)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=mark, lineterminator="\r\n")
    for at, row in enumerate(rows):
        texts = []
        for column, cell in enumerate(row):
            value = book.value(tab, at, column, cell)
            texts.append(formats.shown(value, result_format(cell, value) if cell else {}, locale))
        writer.writerow(texts + [""] * (width - len(texts)))
    return out.getvalue().removesuffix("\r\n")


def read_over(book: Spreadsheet, text: str, sheet_id: int) -> None:
    """Replace all by one tab, titled as the file is, in the time zone of Google's own office (recorded)."""
    rows = list(csv.reader(io.StringIO(text)))
    width = max(map(len, rows), default=0)
    with book.all_or_nothing():
        tab = Tab(sheet_id, book.title, max(1000, len(rows)), max(26, width))
        for at, row in enumerate(rows):
            tab.put_row(at, 0, [entered(book, None, each, "USER_ENTERED") for each in row])
        book.tabs = [tab]
        book.named = {}
        book.time_zone = "America/Los_Angeles"

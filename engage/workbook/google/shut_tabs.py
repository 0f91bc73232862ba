"""What is protected from us: said before a write that Google would refuse, and beside the rows that wait."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engage.model import Finding
from engage.model import Place as At
from engage.ports import RECORD_ID

from ..cells import CellEdit, TabEdit, cell_at
from ..working import WorkingTab, same_heading
from .messages import Place, closed_by_engage, protected
from .protecting import is_closed_by_engage, shuts_us_out
from .reading import Book, Sheet
from .view import ENGAGE

HEADER_DEPTH = 10


def check_open(book: Book, edits: Iterable[CellEdit | TabEdit], place: Place) -> None:
    """Raise WorkbookError, with titles and the remedy, where a tab that is to be written is shut to us.

    A built tab is, if any part of it is; our memory is needed for every write. Tabs that we protected
    ourselves are shut once we sign in with another account. Single cells that people protected are not
    written anyway (workbook/locate.py).
    """
    rebuilt = {edit.tab for edit in edits if isinstance(edit, TabEdit)} | {ENGAGE}
    written = {edit.tab for edit in edits}
    shut = [
        sheet
        for sheet in book.sheets
        if (sheet.title in rebuilt and shuts_us_out(sheet.protected))
        or (sheet.title in written and is_closed_by_engage(sheet.protected))
    ]
    ours = [sheet.title for sheet in shut if is_closed_by_engage(sheet.protected)]
    if ours:
        raise closed_by_engage(place, ours)
    if shut:
        raise protected(place, [sheet.title for sheet in shut])


def rows_that_wait(sheet: Sheet, workbook: str) -> Iterator[Finding]:
    """The first row whose Record ID cannot be written, for it is protected from us. workbook: its key."""
    if not sheet.seen.shut:
        return
    top = (n for n, row in enumerate(sheet.seen.rows[:HEADER_DEPTH], 1) if _columns(row))
    header = next(top, 0)
    column = next(iter(_columns(sheet.seen.rows[header - 1])), 0) if header else 0
    tab = WorkingTab(sheet.seen)
    for number in range(header + 1, len(sheet.seen.rows) + 1):
        waits = any(sheet.seen.rows[number - 1]) and not cell_at(sheet.seen.rows, number, column)
        if column and waits and tab.is_shut(number, column):
            yield Finding("protected-from-us", At(workbook, sheet.title, number, RECORD_ID), WAITS)
            return


def _columns(row: Iterable[str]) -> list[int]:
    return [at for at, text in enumerate(row, 1) if same_heading(text, RECORD_ID)]


WAITS = (
    "This row is protected, so it gets no Record ID, nor do others like it. The owner of the spreadsheet "
    "opens Data, Protect sheets and ranges, and adds the address that Engage signs in as (engage doctor says "
    "it)."
)

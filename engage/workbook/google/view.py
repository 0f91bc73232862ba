"""A spreadsheet as the pipeline is to see it: its own part of _engage, built tabs by their own names."""

from __future__ import annotations

from dataclasses import replace

from ..cells import Seen
from .keeping import MEMORY_COLUMNS, Memory, memory_rows
from .reading import Book, Sheet
from .stale_warning import without_warning

ENGAGE = "_engage"


def pipeline_view(book: Book, memory: Memory) -> Book:
    """The same tabs; _engage without what this adapter keeps there, renamed built tabs by their titles."""
    here = {sheet.title for sheet in book.sheets}
    names = {number: title for title, number in memory.tabs.items() if title not in here}
    return replace(book, sheets=tuple(_shown(sheet, names.get(sheet.sheet_id, "")) for sheet in book.sheets))


def _shown(sheet: Sheet, title: str) -> Sheet:
    if sheet.title != ENGAGE:
        return without_warning(replace(sheet, title=title) if title else sheet)
    formulas = {at: formula for at, formula in sheet.seen.formulas.items() if at[1] <= MEMORY_COLUMNS}
    return replace(sheet, seen=Seen(memory_rows(sheet.seen.rows), formulas, hidden=sheet.seen.hidden))


def as_seen(view: Book) -> dict[str, Seen]:
    """Title → the tab; an _engage that holds no memory yet is none."""
    return {sheet.title: sheet.seen for sheet in view.sheets if sheet.title != ENGAGE or sheet.seen.rows}

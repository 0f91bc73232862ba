"""A spreadsheet as the pipeline is to see it: its own part of _engage, built tabs by their own names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ..cells import Seen
from .keeping import MEMORY_COLUMNS, Memory, memory_rows
from .reading import Book, Sheet
from .stale_warning import without_warning

ENGAGE = "_engage"


def pipeline_view(book: Book, memory: Memory) -> Book:
    """The same tabs; _engage without what this adapter keeps there, renamed built tabs by their titles.

    Built tabs that swapped their titles each have their own again; whoever gives a tab of their own a title
    that is free means that one. No two are ever shown by one title.
    """
    names = _own_titles({sheet.sheet_id: sheet.title for sheet in book.sheets}, memory.tabs)
    return replace(book, sheets=tuple(_shown(sheet, names.get(sheet.sheet_id, "")) for sheet in book.sheets))


def _own_titles(here: Mapping[int, str], tabs: Mapping[str, int]) -> dict[int, str]:
    """Tab id → its own title, but for those whose title another tab is shown by: these keep today's."""
    names = {number: title for title, number in tabs.items() if here.get(number, title) != title}
    while taken := set(names.values()) & {title for number, title in here.items() if number not in names}:
        names = {number: title for number, title in names.items() if title not in taken}
    return names


def _shown(sheet: Sheet, title: str) -> Sheet:
    if sheet.title != ENGAGE:
        return without_warning(replace(sheet, title=title) if title else sheet)
    formulas = {at: formula for at, formula in sheet.seen.formulas.items() if at[1] <= MEMORY_COLUMNS}
    return replace(sheet, seen=Seen(memory_rows(sheet.seen.rows), formulas, hidden=sheet.seen.hidden))


def as_seen(view: Book) -> dict[str, Seen]:
    """Title → the tab; an _engage that holds no memory yet is none."""
    return {sheet.title: sheet.seen for sheet in view.sheets if sheet.title != ENGAGE or sheet.seen.rows}

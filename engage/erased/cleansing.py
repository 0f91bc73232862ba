"""Grey tabs, and what is kept of them, without those who were erased: also rows that hold old words."""

from __future__ import annotations

from dataclasses import replace

from engage.cache import ERASED, Entry
from engage.model import CellValue, Grid, Link, Row, cell_text
from engage.ports import Change, PublishTab
from engage.state import TAB as MEMORY

from .book import ErasedBook

ADDED_TO = frozenset(
    {"Decisions", "Sync log", "Mail stops", "Problems to fix", "Action list (built nightly)"}
)


def cleanse_intent(intent: PublishTab, book: ErasedBook) -> PublishTab:
    """The tab as it is to be published, nobody who was erased in it.

    A text that somebody typed over a value of theirs goes with them: its row of Problems to fix names it.
    """
    if not book:
        return intent
    left = (row for row in intent.rows if not _was_typed_over(row, book))
    return replace(intent, rows=tuple(_row(row, book, old=intent.tab in ADDED_TO) for row in left))


def _was_typed_over(row: tuple[CellValue, ...], book: ErasedBook) -> bool:
    texts = [cell_text(value) for value in row]
    return texts[0].startswith("T-") and any(text in book.rows for text in texts)


def _row(row: tuple[CellValue, ...], book: ErasedBook, *, old: bool) -> tuple[CellValue, ...]:
    texts = tuple(cell_text(value) for value in row)
    now = book.cleansed(texts, old=old)
    if now == texts:
        return row
    return tuple(
        value if text == left else replace(value, text=left) if isinstance(value, Link) else left
        for value, text, left in zip(row, texts, now, strict=True)
    )


def cleanse_grid(rows: Grid, book: ErasedBook) -> Grid:
    """Rows that were kept of a tab, without them."""
    return tuple(book.emptied(row) for row in rows)


def cleanse_memory(rows: Grid, book: ErasedBook) -> Grid:
    """The rows of an _engage without what it remembers of them, and without what people typed of them there.

    Rows of others that name their identifiers stay: those say nothing of a person by themselves.
    """
    return tuple(_remembered(row, book) for row in rows)


def _remembered(row: Row, book: ErasedBook) -> Row:
    if len(row) > 1 and row[1] in book.rows:
        return ()
    return row if row[:1] > ("",) else book.cleansed(row, old=True)


def cleanse_entry(entry: Entry, book: ErasedBook) -> Entry:
    """An entry of the journal without them; a cell that named them can then not be taken back."""
    if entry.kind == "PublishTab" and entry.tab == MEMORY:
        return replace(entry, before=cleanse_memory(entry.before, book))
    if entry.kind == "PublishTab":
        left = as_left(entry)
        changes = tuple(_change(change, entry.before, left, book) for change in entry.changes)
        return replace(entry, before=cleanse_grid(entry.before, book), changes=changes)
    now = tuple(_cell_change(change, entry, book) for change in entry.changes)
    if now == entry.changes:
        return entry
    return replace(entry, kind=ERASED, changes=now)


def as_left(entry: Entry) -> Grid:
    """The tab as the run left it, from how it was and what was changed."""
    rows = [list(row) for row in entry.before]
    for change in entry.changes:
        rows.extend([] for _ in range(change.row - len(rows)))
        row = rows[change.row - 1]
        row.extend([""] * (change.column - len(row)))
        row[change.column - 1] = change.after
    return tuple(tuple(row) for row in rows)


def _change(change: Change, before: Grid, after: Grid, book: ErasedBook) -> Change:
    """One cell of a published tab, judged by the whole row that it stood in and stands in."""
    was, now = (rows[change.row - 1] if 0 < change.row <= len(rows) else () for rows in (before, after))
    return replace(
        change,
        before=change.before if book.emptied(was) == was else _at(book.emptied(was), change.column),
        after=change.after if book.emptied(now) == now else _at(book.emptied(now), change.column),
    )


def _cell_change(change: Change, entry: Entry, book: ErasedBook) -> Change:
    if entry.kind in ("AcceptSuggestion", "RestoreCell", ERASED) and entry.record in book.rows:
        return replace(change, before="", after="")
    before, after = (book.cleansed((text,), old=True)[0] for text in (change.before, change.after))
    return replace(change, before=before, after=after)


def _at(row: Row, column: int) -> str:
    return row[column - 1] if column <= len(row) else ""

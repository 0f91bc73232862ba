"""A spreadsheet as we last saw it, with what follows from that worked out once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engage.model import Finding, Grid, Place, Snapshot, Tab
from engage.renamed_tabs import told

from ..cells import Seen, text_of, trim_grid
from .cut_short import Interrupted, interrupted
from .keeping import FIRST_ROW, Kept, Memory, last_row, read_kept, read_memory
from .reading import Book, Sheet
from .shut_tabs import rows_that_wait
from .view import ENGAGE, as_seen, pipeline_view

UNITED_KINGDOM = "en_GB"


@dataclass(frozen=True, slots=True)
class Sight:
    """book: as Google has it. memory: what the adapter remembers in it. view: as the pipeline is to see it.

    kept: what the last batch kept here (a copy of another spreadsheet has kept nothing itself).
    cut_short: what a write that was cut short left to be put right and to be told.
    """

    book: Book
    memory: Memory
    view: Book
    seen: Mapping[str, Seen]
    ids: Mapping[str, int]
    kept: tuple[Kept, ...]
    cut_short: Interrupted

    @property
    def engage(self) -> Grid:
        """All of _engage, our own part too; () if there is none."""
        sheet = self.book.titled(ENGAGE)
        return sheet.seen.rows if sheet else ()

    @property
    def free_row(self) -> int:
        """The first row of _engage below what is kept there."""
        return max(FIRST_ROW, 1 + last_row(self.engage))

    def snapshot(self, workbook: str, *, writable: bool) -> Snapshot:
        """What the pipeline is given. workbook: its key.

        Cells that a write cut short left wrong are shown as they will be put right before anything else.
        """
        tabs = tuple(
            Tab(sheet.title, self._put_right(sheet), str(sheet.sheet_id), sheet.seen.hidden)
            for sheet in self.view.sheets
            if sheet.title in self.seen
        )
        return Snapshot(workbook, tabs, writable, tuple(self._findings(workbook)))

    def _put_right(self, sheet: Sheet) -> Grid:
        rows = [list(row) for row in sheet.seen.rows]
        repairs = [repair for repair in self.cut_short.repairs if repair.tab == sheet.title]
        for repair in repairs:
            row = rows[repair.row - 1]
            row += [""] * (repair.column - len(row))
            row[repair.column - 1] = text_of(repair.value)
        return trim_grid([tuple(row) for row in rows]) if repairs else sheet.seen.rows

    def _findings(self, workbook: str) -> Iterator[Finding]:
        """What people should know of the spreadsheet as a whole."""
        for change in self.cut_short.changes:
            yield Finding(
                "typed-while-writing",
                Place(workbook, change.tab, change.row),
                "This was typed at the very moment when the sync wrote to this place. "
                "Type it again where it belongs; then choose Leave as it is.",
                found=change.before,
            )
        for sheet, shown in zip(self.book.sheets, self.view.sheets, strict=True):
            if sheet.title != shown.title:
                yield told(Place(workbook, sheet.title), shown.title)
            if sheet.sheet_id not in self.memory.tabs.values():
                yield from rows_that_wait(sheet, workbook)
        if self.book.locale not in ("", UNITED_KINGDOM):
            yield _foreign(workbook, self.book.locale)


def sight_of(book: Book) -> Sight:
    """All that is to be known of a spreadsheet from one answer."""
    sheet = book.titled(ENGAGE)
    engage = sheet.seen.rows if sheet else ()
    memory = read_memory(engage)
    view = pipeline_view(book, memory)
    kept = read_kept(engage) if memory.self_id == book.id else ()
    ids = {each.title: each.sheet_id for each in view.sheets}
    return Sight(book, memory, view, as_seen(view), ids, kept, interrupted(kept, view))


def _foreign(workbook: str, locale: str) -> Finding:
    return Finding(
        "foreign-locale",
        Place(workbook),
        f'This spreadsheet has the locale "{locale}", so that Google may take 05/06/2026 for 6 May. Choose '
        "File, Settings, Locale: United Kingdom, then look through the dates that were typed so far.",
        found=locale,
    )

"""What people do in the browser, each under the world's lock, as one step that nobody sees half of.

Rows and columns count from 1 here, as people count them; tabs go by title.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from . import drive, formats, kinds_duplicating, kinds_replacing, kinds_tables, kinds_tabs, locales
from .a1 import Area, past_grid
from .cells import Cell
from .drawing_cells import result_format
from .entering import check_may_edit, check_may_insert, entered
from .kinds import Context
from .kinds_copying import lay, lifted
from .kinds_sorting import sort_area
from .spreadsheet import Spreadsheet
from .tab import Tab
from .world import World


class Browser:
    """One person with one spreadsheet open. who: whom protections may shut out; the owner by default."""

    def __init__(self, world: World, spreadsheet_id: str, who: str | None = None) -> None:
        self.world = world
        self.book: Spreadsheet = world.spreadsheet(spreadsheet_id)
        self.who = who or self.book.owner

    @contextmanager
    def _at(self, title: str) -> Iterator[Tab]:
        """The tab, for as long as one step takes; KeyError if it is gone."""
        with self.world.lock, self.book.all_or_nothing():
            tab = self.book.tab_titled(title)
            if tab is None:
                raise KeyError(title)
            yield tab

    def _area(self, tab: Tab, row: int, column: int, height: int = 1, width: int = 1) -> Area:
        """A rectangle that this person may edit; Refused where the grid or a protection says no."""
        area = Area(tab, row - 1, row - 1 + height, column - 1, column - 1 + width)
        if area.r1 > tab.row_count or area.c1 > tab.column_count:
            raise past_grid(tab, area.r0, area.r1, area.c0, area.c1)
        check_may_edit(self.book, tab, (area.r0, area.r1, area.c0, area.c1), self.who)
        return area

    # --- looking ---

    def titles(self) -> list[str]:
        """Every tab in order, hidden ones too."""
        with self.world.lock:
            return [tab.title for tab in self.book.tabs]

    def shown(self, title: str, row: int, column: int) -> str:
        """The text that stands in a cell."""
        with self.world.lock:
            tab = self.book.tab_titled(title)
            if tab is None:
                raise KeyError(title)
            return self._shown(tab, row - 1, column - 1)

    def rows(self, title: str) -> list[list[str]]:
        """The texts of a tab, all rows and columns up to the last filled ones."""
        with self.world.lock:
            tab = self.book.tab_titled(title)
            if tab is None:
                raise KeyError(title)
            used = tab.used(0, tab.row_count, 0, tab.column_count)
            texts = [
                [self._shown(tab, at, column) for column in range(len(row))] for at, row in enumerate(used)
            ]
        width = max((len(row) for row in texts), default=0)
        return [row + [""] * (width - len(row)) for row in texts]

    def _shown(self, tab: Tab, row: int, column: int) -> str:
        cell = tab.cell(row, column)
        if cell is None:
            return ""
        value = self.book.value(tab, row, column, cell)
        return formats.shown(value, result_format(cell, value), locales.of(self.book.locale))

    # --- cells ---

    def type(self, title: str, row: int, column: int, text: str) -> None:
        """Type into a cell: "=1+1" becomes a formula and "3/4/2026" a date, as the locale reads it."""
        self.paste(title, row, column, [[text]])

    def type_plain(self, title: str, row: int, column: int, text: str) -> None:
        """Type into a cell that is formatted as plain text: the text stays as it is."""
        with self._at(title) as tab:
            self._area(tab, row, column)
            cell = entered(self.book, tab.cell(row - 1, column - 1), text, "RAW")
            tab.put(row - 1, column - 1, cell)

    def clear(self, title: str, row: int, column: int, height: int = 1, width: int = 1) -> None:
        """Select cells and press Delete: values go, formats, notes and rules stay."""
        with self._at(title) as tab:
            area = self._area(tab, row, column, height, width)
            for at in range(area.r0, area.r1):
                old = [tab.cell(at, each) for each in range(area.c0, area.c1)]
                tab.put_row(at, area.c0, [None if cell is None else cell.holding(None) for cell in old])

    def paste(self, title: str, row: int, column: int, block: Sequence[Sequence[str]]) -> None:
        """Paste texts from elsewhere over cells: each is read as if typed."""
        with self._at(title) as tab:
            self._area(tab, row, column, len(block), max(map(len, block)))
            for at, texts in enumerate(block):
                new = [
                    entered(self.book, tab.cell(row - 1 + at, column - 1 + off), text, "USER_ENTERED")
                    for off, text in enumerate(texts)
                ]
                tab.put_row(row - 1 + at, column - 1, new)

    def copy_cells(
        self,
        title: str,
        source: tuple[int, int, int, int],
        row: int,
        column: int,
        to_title: str | None = None,
    ) -> None:
        """Copy a block (row, column, height, width) and paste it with everything, here or on another tab."""
        with self._at(title) as tab:
            target = self.book.tab_titled(to_title or title)
            if target is None:
                raise KeyError(to_title)
            from_row, from_column, height, width = source
            block = Area(tab, from_row - 1, from_row - 1 + height, from_column - 1, from_column - 1 + width)
            cells = lifted(self.book, block, "PASTE_NORMAL")
            lay(self._area(target, row, column, height, width), cells, block, "PASTE_NORMAL")

    def note(self, title: str, row: int, column: int, text: str) -> None:
        """Write a note on a cell; an empty one takes it away."""
        with self._at(title) as tab:
            self._area(tab, row, column)
            old = tab.cell(row - 1, column - 1) or Cell()
            new = Cell(old.entered, old.format, text or None, old.validation, old.extra)
            tab.put(row - 1, column - 1, new)

    # --- rows and columns ---

    def insert_rows(self, title: str, row: int, count: int = 1) -> None:
        """Insert empty rows above a row."""
        self._insert(title, "ROWS", row, count)

    def insert_columns(self, title: str, column: int, count: int = 1) -> None:
        """Insert empty columns to the left of a column."""
        self._insert(title, "COLUMNS", column, count)

    def _insert(self, title: str, dimension: str, at: int, count: int) -> None:
        with self._at(title) as tab:
            check_may_insert(self.book, tab, dimension, at - 1, self.who)
            self.book.insert(tab, dimension, at - 1, count)

    def delete_rows(self, title: str, row: int, count: int = 1) -> None:
        """Delete rows with all that is in them."""
        with self._at(title) as tab:
            self._area(tab, row, 1, count, tab.column_count)
            self.book.delete(tab, "ROWS", row - 1, row - 1 + count)

    def delete_columns(self, title: str, column: int, count: int = 1) -> None:
        """Delete columns with all that is in them."""
        with self._at(title) as tab:
            self._area(tab, 1, column, tab.row_count, count)
            self.book.delete(tab, "COLUMNS", column - 1, column - 1 + count)

    def move_rows(self, title: str, row: int, before: int, count: int = 1) -> None:
        """Drag rows to above another row, counted as they stood."""
        with self._at(title) as tab:
            self.book.move(tab, "ROWS", row - 1, row - 1 + count, before - 1)

    def move_columns(self, title: str, column: int, before: int, count: int = 1) -> None:
        """Drag columns to the left of another column, counted as they stood."""
        with self._at(title) as tab:
            self.book.move(tab, "COLUMNS", column - 1, column - 1 + count, before - 1)

    def copy_row(self, title: str, row: int, above: int) -> None:
        """Copy a whole row, insert an empty one above another and paste: the commonest edit of all."""
        with self._at(title) as tab:
            width = tab.column_count
            source = Area(tab, row - 1, row, 0, width)
            cells = lifted(self.book, source, "PASTE_NORMAL")
            self.book.insert(tab, "ROWS", above - 1, 1)
            lay(self._area(tab, above, 1, 1, width), cells, source, "PASTE_NORMAL")

    def sort(self, title: str, column: int, *, descending: bool = False, headings: int | None = None) -> None:
        """Sort the sheet by a column; headings: rows that stay on top, the frozen ones if not said."""
        with self._at(title) as tab:
            top = headings if headings is not None else tab.grid.get("frozenRowCount") or 0
            height = min(len(tab.rows), tab.row_count) - top
            if height > 0:
                area = self._area(tab, top + 1, 1, height, tab.column_count)
                order = "DESCENDING" if descending else "ASCENDING"
                sort_area(self.book, area, [{"dimensionIndex": column - 1, "sortOrder": order}])

    def make_table(self, title: str, row: int, column: int, height: int, width: int) -> None:
        """Convert to table: the first row has its headings."""
        with self._at(title) as tab:
            area = self._area(tab, row, column, height, width)
            span = {"startRowIndex": area.r0, "endRowIndex": area.r1, "startColumnIndex": area.c0}
            span |= {"sheetId": tab.sheet_id, "endColumnIndex": area.c1}
            kinds_tables.add_table(self._context(), {"table": {"range": span}})

    def sort_table(self, title: str, column: int, *, descending: bool = False) -> None:
        """Sort the tab's one table by a column of it: what stands beside the table stays."""
        with self._at(title) as tab:
            (held,) = tab.tables.values()
            span = held["range"]
            height = span["endRowIndex"] - span["startRowIndex"] - 1
            width = span["endColumnIndex"] - span["startColumnIndex"]
            area = self._area(tab, span["startRowIndex"] + 2, span["startColumnIndex"] + 1, height, width)
            order = "DESCENDING" if descending else "ASCENDING"
            sort_area(self.book, area, [{"dimensionIndex": column - 1, "sortOrder": order}])

    # --- tabs ---

    def rename_tab(self, title: str, new: str) -> None:
        """Double-click a tab and type."""
        with self._at(title) as tab:
            kinds_tabs.update_sheet_properties(
                self._context(), {"properties": {"sheetId": tab.sheet_id, "title": new}, "fields": "title"}
            )

    def move_tab(self, title: str, to: int) -> None:
        """Drag a tab to a place, the first being 1."""
        with self._at(title) as tab:
            self.book.tabs.remove(tab)
            self.book.tabs.insert(to - 1, tab)

    def delete_tab(self, title: str) -> None:
        """Delete a tab with all that is in it."""
        with self._at(title) as tab:
            kinds_tabs.delete_sheet(self._context(), {"sheetId": tab.sheet_id})

    def add_tab(self, title: str, rows: int = 1000, columns: int = 26) -> None:
        """Press + and name the new tab."""
        grid = {"rowCount": rows, "columnCount": columns}
        with self.world.lock, self.book.all_or_nothing():
            kinds_tabs.add_sheet(self._context(), {"properties": {"title": title, "gridProperties": grid}})

    def hide_tab(self, title: str, hidden: bool = True) -> None:
        """Hide a tab, or show it again."""
        with self._at(title) as tab:
            given = {"sheetId": tab.sheet_id, "hidden": hidden}
            kinds_tabs.update_sheet_properties(self._context(), {"properties": given, "fields": "hidden"})

    def find_and_replace(self, find: str, replacement: str) -> None:
        """Edit > Find and replace, in all sheets."""
        with self.world.lock, self.book.all_or_nothing():
            body = {"find": find, "replacement": replacement, "allSheets": True}
            kinds_replacing.find_replace(self._context(), body)

    def duplicate_tab(self, title: str, new: str) -> None:
        """Duplicate a tab; the copy stands right after it."""
        with self._at(title) as tab:
            at = self.book.tabs.index(tab) + 1
            kinds_duplicating.duplicate_sheet(
                self._context(),
                {"sourceSheetId": tab.sheet_id, "newSheetName": new, "insertSheetIndex": at},
            )

    def _context(self) -> Context:
        return Context(self.world, self.book, self.who)

    # --- the file ---

    def make_a_copy(self, title: str | None = None) -> str:
        """File > Make a copy: the id of a new spreadsheet, same content, hidden tabs and sheet ids too."""
        with self.world.lock:
            name = title or f"Copy of {self.book.title}"
            return drive.copied(self.world, self.book, name, self.who).id

    def share(self, address: str, role: str = "writer") -> None:
        """Share with somebody ("anyone" for all with the link) as reader, commenter or writer."""
        with self.world.lock:
            self.book.people[address.casefold()] = role

    def unshare(self, address: str) -> None:
        """Take somebody's access away."""
        with self.world.lock:
            self.book.people.pop(address.casefold(), None)

    def hand_over(self, address: str) -> None:
        """Make somebody else the owner; the old one stays on as writer."""
        with self.world.lock:
            self.book.people[self.book.owner] = "writer"
            self.book.people.pop(address.casefold(), None)
            self.book.owner = address

    def bin(self, trashed: bool = True) -> None:
        """Put the file in the bin, or take it out."""
        with self.world.lock:
            self.book.trashed = trashed

    def set_locale(self, locale: str, time_zone: str | None = None) -> None:
        """File > Settings."""
        with self.world.lock, self.book.all_or_nothing():
            self.book.locale = locale
            self.book.time_zone = time_zone or self.book.time_zone

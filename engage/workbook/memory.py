"""A workbook in memory: a real peer of the others, and the one in which people edit at any moment.

It behaves like a shared sheet without compare-and-swap: a write lands at the address that the guard
found, whatever has moved there since; what stood there is kept, compared and put right.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from engage.model import Grid, Link, Row, Snapshot, Tab
from engage.ports import Intent, Outcome, Then

from .cells import CellEdit, Formula, Located, Seen, TabEdit, Value, outcome_of, text_of, trim, trim_grid
from .locate import locate
from .settle import settle_cell, settle_tab, taken_back, without_heading
from .view_only import view_only

log = logging.getLogger(__name__)

Between = Callable[[str, "MemoryWorkbook"], None]


@dataclass(slots=True, eq=False)
class _Sheet:
    """A tab as it stands: cells are texts or formulas; rows may be ragged."""

    sheet_id: str
    title: str
    rows: list[list[str | Formula]] = field(default_factory=list)
    hidden: bool = False

    def grid(self) -> Grid:
        return trim_grid([tuple(text_of(cell) for cell in row) for row in self.rows])

    def seen(self) -> Seen:
        formulas = {
            (number, column): cell.formula
            for number, row in enumerate(self.rows, 1)
            for column, cell in enumerate(row, 1)
            if isinstance(cell, Formula)
        }
        return Seen(self.grid(), formulas, hidden=self.hidden)

    def row(self, number: int) -> Row:
        cells = self.rows[number - 1] if number <= len(self.rows) else []
        return trim([text_of(cell) for cell in cells])

    def put(self, number: int, column: int, value: Value) -> None:
        while len(self.rows) < number:
            self.rows.append([])
        row = self.rows[number - 1]
        row.extend([""] * (column - len(row)))
        row[column - 1] = _stored(value)


def spell(link: Link) -> str:
    """A link as the formula that this workbook keeps."""
    return f"LINK({link.workbook!r}, {link.tab!r}, {link.row}, {link.column})"


def _stored(value: Value) -> str | Formula:
    if isinstance(value, Link):
        return Formula(spell(value), value.text)
    return value if isinstance(value, Formula) else text_of(value)


class MemoryWorkbook:
    """Tabs of texts, with what people do to them as methods; rows and columns count from 1.

    between: called with "before-read", "before-guard", "after-guard" and "before-read-back" and this
    workbook, so that a test (or a rehearsal) can edit at any of these moments.
    """

    def __init__(
        self,
        name: str,
        tabs: Mapping[str, Iterable[Iterable[str]]] | None = None,
        *,
        title: str = "",
        view_only: bool = False,
        between: Between | None = None,
    ) -> None:
        self.name, self.title = name, title or name
        self.view_only, self.between = view_only, between
        self._sheets: list[_Sheet] = []
        for tab, rows in (tabs or {}).items():
            self.add_tab(tab, rows)

    # --- the port ---

    def read(self) -> Snapshot:
        """Everything in it, at one moment."""
        self._moment("before-read")
        tabs = tuple(Tab(sheet.title, sheet.grid(), sheet.sheet_id, sheet.hidden) for sheet in self._sheets)
        return Snapshot(self.name, tabs, writable=not self.view_only)

    def peek(self, tab: str) -> Grid:
        """The rows of one tab."""
        found = self.read().tab(tab)
        return found.rows if found else ()

    def read_back(self) -> Snapshot:
        """Everything in it, now."""
        return self.read()

    def apply(self, intents: Sequence[Intent], *then: Then) -> tuple[Outcome, ...]:
        """Guard, push, read back. Raises WorkbookError, with nothing written, if it is view-only."""
        if self.view_only:
            raise view_only(self.title)
        self._moment("before-guard")
        sheets = {sheet.title: sheet for sheet in self._sheets}
        plan = locate(intents, {title: sheet.seen() for title, sheet in sheets.items()}, *then, spell=spell)
        self._moment("after-guard")
        kept = [self._push(located, sheets) for located in plan]
        self._moment("before-read-back")
        outcomes = [self._settle(*pair, sheets) for pair in zip(plan, kept, strict=True)]
        for at, edit in without_heading(plan, outcomes).items():
            if self.cell(edit.tab, edit.row, edit.column) == text_of(edit.value):
                self.type(edit.tab, edit.row, edit.column, edit.before)
                outcomes[at] = taken_back(outcomes[at])
        return tuple(outcomes)

    def _moment(self, name: str) -> None:
        if self.between:
            self.between(name, self)

    def _push(self, located: Located, sheets: dict[str, _Sheet]) -> Row | Grid | None:
        """Write one edit at its address; returns what stood there at that moment (None: no such tab)."""
        edit = located.edit
        if edit is None:
            return None
        if isinstance(edit, TabEdit) and edit.before is None:
            if self._find(edit.tab) is None:
                sheets[edit.tab] = self.add_tab(edit.tab, (), hidden=edit.hidden)
                sheets[edit.tab].rows = [[_stored(value) for value in row] for row in edit.rows]
            return None
        sheet = sheets[edit.tab]
        if sheet not in self._sheets:
            return None
        if isinstance(edit, TabEdit):
            grid = sheet.grid()
            sheet.rows = [[_stored(value) for value in row] for row in edit.rows]
            return grid
        row = sheet.row(edit.row)
        sheet.put(edit.row, edit.column, edit.value)
        return row

    def _settle(self, located: Located, kept: Row | Grid | None, sheets: dict[str, _Sheet]) -> Outcome:
        edit = located.edit
        if edit is None:
            return outcome_of(located)
        sheet = sheets.get(edit.tab)
        if sheet is None or sheet not in self._sheets:
            return Outcome(located.intent, "moved", note="the tab went or came while it was being written")
        outcome, repairs = _judge(located, edit, kept, sheet)
        for repair in repairs:
            sheet.put(repair.row, repair.column, repair.value)
        return outcome

    # --- what people do ---

    def add_tab(self, title: str, rows: Iterable[Iterable[str]], *, hidden: bool = False) -> _Sheet:
        """Add a tab at the end."""
        sheet = _Sheet(self._new_id(), title, [list(row) for row in rows], hidden)
        self._sheets.append(sheet)
        return sheet

    def _new_id(self) -> str:
        return str(1 + max((int(sheet.sheet_id) for sheet in self._sheets), default=0))

    def _find(self, title: str) -> _Sheet | None:
        return next((sheet for sheet in self._sheets if sheet.title == title), None)

    def _sheet(self, title: str) -> _Sheet:
        sheet = self._find(title)
        if sheet is None:
            raise KeyError(title)
        return sheet

    def rows(self, tab: str) -> Grid:
        """The tab as it reads now."""
        return self._sheet(tab).grid()

    def cell(self, tab: str, row: int, column: int) -> str:
        """A cell as it reads now."""
        cells = self._sheet(tab).row(row)
        return cells[column - 1] if column <= len(cells) else ""

    def type(self, tab: str, row: int, column: int, text: str) -> None:
        """Type into a cell."""
        self._sheet(tab).put(row, column, text)

    def insert_row(self, tab: str, row: int, cells: Iterable[str] = ()) -> None:
        """Insert a row above this one."""
        rows = self._sheet(tab).rows
        rows.extend([] for _ in range(row - 1 - len(rows)))
        rows.insert(row - 1, list(cells))

    def delete_row(self, tab: str, row: int) -> None:
        """Delete a row; those below move up."""
        del self._sheet(tab).rows[row - 1 : row]

    def copy_row(self, tab: str, source: int, above: int) -> None:
        """Copy a whole row, its Record ID too, and insert the copy above another."""
        rows = self._sheet(tab).rows
        rows.insert(above - 1, list(rows[source - 1]))

    def sort(self, tab: str, column: int, *, header_row: int = 1, reverse: bool = False) -> None:
        """Sort the rows below the headings by a column; blanks last either way, as in every spreadsheet."""
        rows = self._sheet(tab).rows
        keyed = [(text_of(row[column - 1]) if column <= len(row) else "", row) for row in rows[header_row:]]
        filled = sorted((pair for pair in keyed if pair[0]), key=lambda pair: pair[0], reverse=reverse)
        rows[header_row:] = [row for _, row in [*filled, *(pair for pair in keyed if not pair[0])]]

    def insert_column(self, tab: str, column: int, heading: str = "", *, header_row: int = 1) -> None:
        """Insert a column left of this one."""
        for row in self._sheet(tab).rows:
            if len(row) >= column:
                row.insert(column - 1, "")
        if heading:
            self.type(tab, header_row, column, heading)

    def rename_heading(self, tab: str, old: str, new: str, *, header_row: int = 1) -> None:
        """Type another heading over one."""
        self.type(tab, header_row, self._sheet(tab).row(header_row).index(old) + 1, new)

    def rename_tab(self, old: str, new: str) -> None:
        """Give a tab another title."""
        self._sheet(old).title = new

    def delete_tab(self, title: str) -> None:
        """Delete a tab."""
        self._sheets.remove(self._sheet(title))


def _judge(
    located: Located, edit: CellEdit | TabEdit, kept: Row | Grid | None, sheet: _Sheet
) -> tuple[Outcome, Sequence[CellEdit]]:
    """The outcome of a write, and what is to be put back."""
    if isinstance(edit, TabEdit):
        grid = None if edit.before is None else _as_grid(kept)
        return settle_tab(located, edit, grid, sheet.seen())
    row = tuple(cell for cell in kept or () if isinstance(cell, str))
    return settle_cell(located, edit, row, sheet.seen())


def _as_grid(kept: Row | Grid | None) -> Grid:
    return tuple(row for row in kept or () if isinstance(row, tuple))

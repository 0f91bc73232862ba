"""A tab while its intents are being judged one after another: lookups by content, id and heading."""

from __future__ import annotations

from collections import defaultdict

from engage.model import Row
from engage.ports import RECORD_ID

from .cells import Area, Seen, trim

# How far down a heading row may have been pushed by titles or inserted rows and still be looked for.
HEADER_DEPTH = 20


def same_heading(cell: str, heading: str) -> bool:
    """Whether a cell is this heading, whatever its spaces and capitals."""
    return " ".join(cell.split()).casefold() == " ".join(heading.split()).casefold()


class WorkingTab:
    """The rows of a tab, changed as intents are placed. Rows and columns count from 1; 0 is none."""

    def __init__(self, seen: Seen) -> None:
        self._seen = seen
        self._rows: list[Row] = [trim(row) for row in seen.rows]
        self._by_content: dict[Row, set[int]] = defaultdict(set)
        for number, row in enumerate(self._rows, 1):
            self._by_content[row].add(number)
        self._by_id: dict[tuple[int, str], set[int]] | None = None
        self._id_column = 0

    @property
    def width(self) -> int:
        """The last column in use, by text, formula or table."""
        formulas = (column for _, column in self._seen.formulas)
        tables = (table.right for table in self._seen.tables)
        return max([0, *(len(row) for row in self._rows), *formulas, *tables])

    def table_with_headings_in(self, row: int) -> Area | None:
        """The Excel table whose headings stand in this row, if there is exactly one."""
        found = [table for table in self._seen.tables if table.top == row]
        return found[0] if len(found) == 1 else None

    def is_empty_column(self, column: int) -> bool:
        """Whether nothing at all stands in the column."""
        return (
            not any(self.cell(number, column) for number in range(1, len(self._rows) + 1))
            and not any(at == column for _, at in self._seen.formulas)
            and not any(table.left <= column <= table.right for table in self._seen.tables)
        )

    def row(self, number: int) -> Row:
        """A row's cells without trailing blanks; () outside the tab."""
        return self._rows[number - 1] if 1 <= number <= len(self._rows) else ()

    def cell(self, row: int, column: int) -> str:
        """A cell's text."""
        cells = self.row(row)
        return cells[column - 1] if column <= len(cells) else ""

    def is_formula(self, row: int, column: int) -> bool:
        """Whether a formula stands in the cell."""
        return (row, column) in self._seen.formulas

    def is_merged(self, row: int, column: int) -> bool:
        """Whether the cell is hidden under a merged neighbour."""
        return (row, column) in self._seen.merged

    def is_across(self, row: int, column: int) -> bool:
        """Whether the cell shows over merged neighbours to its right."""
        return (row, column) in self._seen.across

    def is_shut(self, row: int, column: int) -> bool:
        """Whether the cell is protected from us."""
        shut, opened = (
            any(area.has(row, column) for area in areas) for areas in (self._seen.shut, self._seen.opened)
        )
        return shut and not opened

    def find_row(self, cells: Row, hint: int, *, below: int = 0) -> int:
        """The row with exactly these cells: the hinted one, else the only one; 0 if none or several."""
        cells = trim(cells)
        rows = {number for number in self._by_content.get(cells, ()) if number > below}
        if hint in rows:
            return hint
        return next(iter(rows)) if len(rows) == 1 else 0

    def header_row(self, hint: int, heading: str) -> int:
        """The row that has this heading: the hinted one, else the only one near the top; else 0."""
        if self.columns(hint, heading):
            return hint
        near = [row for row in range(1, HEADER_DEPTH + 1) if self.columns(row, heading)]
        return near[0] if len(near) == 1 else 0

    def columns(self, header_row: int, heading: str) -> list[int]:
        """Every column with this heading."""
        return [column for column, cell in enumerate(self.row(header_row), 1) if same_heading(cell, heading)]

    def rows_with_id(self, record_id: str, header_row: int) -> list[int]:
        """Every row below the headings whose Record ID is this."""
        columns = self.columns(header_row, RECORD_ID)
        if len(columns) != 1 or not record_id:
            return []
        if self._by_id is None:
            self._by_id = defaultdict(set)
            for number in range(1, len(self._rows) + 1):
                self._by_id[columns[0], self.cell(number, columns[0]).strip()].add(number)
        found = self._by_id.get((columns[0], record_id), set())
        return sorted(number for number in found if number > header_row)

    def labelled(self, label: str) -> int:
        """The first row whose column A reads this label; 0 if none does."""
        found = (number for number, row in enumerate(self._rows, 1) if row and same_heading(row[0], label))
        return next(found, 0)

    def put(self, row: int, column: int, text: str) -> None:
        """Change a cell, as the edit that was ordered will."""
        while len(self._rows) < row:
            self._rows.append(())
        old = self._rows[row - 1]
        cells = [*old, *[""] * (column - len(old))]
        cells[column - 1] = text
        self._rows[row - 1] = trim(cells)
        self._by_content[old].discard(row)
        self._by_content[self._rows[row - 1]].add(row)
        self._by_id = None

"""One tab: a grid of cells in rows, and what hangs on its ranges. Rows are tuples: a snapshot is cheap."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import Any

from . import spans
from .cells import Cell, Formula, Json
from .errors import Refused

Row = tuple[Cell | None, ...]
LARGEST_BOOK = 10_000_000


class Tab:
    """A grid; row and column numbers count from 0, `spreadsheet` shifts what other tabs say of it."""

    def __init__(self, sheet_id: int, title: str, row_count: int = 1000, column_count: int = 26) -> None:
        self.sheet_id = sheet_id
        self.title = title
        self.row_count = row_count
        self.column_count = column_count
        self.properties: Json = {}
        """SheetProperties beyond id, title, index and grid: hidden, tabColor, rightToLeft …"""
        self.grid: Json = {}
        """GridProperties beyond the counts: frozenRowCount, hideGridlines …"""
        self.rows: list[Row] = []
        self.row_facts: dict[int, Json] = {}
        self.column_facts: dict[int, Json] = {}
        self.merges: list[Json] = []
        self.protected: dict[int, Json] = {}
        self.groups: dict[str, list[Json]] = {"ROWS": [], "COLUMNS": []}
        self.basic_filter: Json | None = None
        self.filter_views: dict[int, Json] = {}
        self.banding: dict[int, Json] = {}
        self.tables: dict[str, Json] = {}
        self.rules: list[Json] = []
        self.charts: dict[int, Json] = {}
        self.has_formulas = False
        """Some cell held a formula once: saves looking through all the others."""

    def copied(self) -> Tab:
        """An independent copy; rows and cells are shared, for neither ever changes in place."""
        other = copy.copy(self)
        other.rows = list(self.rows)
        for name in (
            "properties",
            "grid",
            "row_facts",
            "column_facts",
            "merges",
            "protected",
            "groups",
            "basic_filter",
            "filter_views",
            "banding",
            "tables",
            "rules",
            "charts",
        ):
            mine = getattr(self, name)
            setattr(other, name, copy.deepcopy(mine) if mine else type(mine)() if mine is not None else None)
        if not other.groups:
            other.groups = {"ROWS": [], "COLUMNS": []}
        return other

    # --- cells ---

    def cell(self, row: int, column: int) -> Cell | None:
        """The cell, or None where nothing was ever put."""
        if row < len(self.rows):
            cells = self.rows[row]
            if column < len(cells):
                return cells[column]
        return None

    def put(self, row: int, column: int, cell: Cell | None) -> None:
        """Replace one cell."""
        self.put_row(row, column, (cell,))

    def put_row(self, row: int, column: int, cells: Iterable[Cell | None]) -> None:
        """Replace cells side by side."""
        new = tuple(None if each is None or each.is_blank else each for each in cells)
        self.has_formulas = self.has_formulas or any(
            each and isinstance(each.entered, Formula) for each in new
        )
        while len(self.rows) <= row:
            self.rows.append(())
        old = self.rows[row]
        if len(old) < column:
            old += (None,) * (column - len(old))
        self.rows[row] = old[:column] + new + old[column + len(new) :]

    def all_cells(self) -> Iterator[tuple[int, int, Cell]]:
        """Every cell that holds something."""
        for at, row in enumerate(self.rows):
            for column, cell in enumerate(row):
                if cell is not None:
                    yield at, column, cell

    def used(self, r0: int, r1: int, c0: int, c1: int) -> list[Row]:
        """The rows of a rectangle, each and all cut after the last cell that holds something."""
        answer = []
        for row in self.rows[r0:r1]:
            part = row[c0:c1]
            end = len(part)
            while end and part[end - 1] is None:
                end -= 1
            answer.append(part[:end])
        while answer and not answer[-1]:
            answer.pop()
        return answer

    # --- size ---

    def count(self, dimension: str) -> int:
        """How many rows or columns there are."""
        return self.row_count if dimension == "ROWS" else self.column_count

    def resize(self, row_count: int, column_count: int) -> None:
        """Cut or lengthen the grid at its end."""
        if row_count < self.row_count:
            self.delete("ROWS", row_count, self.row_count)
        if column_count < self.column_count:
            self.delete("COLUMNS", column_count, self.column_count)
        self.row_count, self.column_count = row_count, column_count

    def insert(self, dimension: str, at: int, count: int, inherit: bool = False) -> None:
        """Empty rows or columns; those that inherit take the format of the one before, else of the one after.

        A validation rule that stands on both sides covers what comes in between.
        """
        if dimension == "ROWS":
            sides = zip_longest(self._row(at - 1), self._row(at))
            blank = tuple(_blank(before, after, inherit) for before, after in sides)
            if at < len(self.rows) or any(blank):
                while len(self.rows) < at:
                    self.rows.append(())
                self.rows[at:at] = [blank] * count
            self.row_count += count
        else:
            self.rows = [_widened(row, at, count, inherit) for row in self.rows]
            self.column_count += count
        self._move_spans(dimension, lambda start, end: spans.inserted(start, end, at, count))
        self._move_facts(dimension, lambda index: index + count if index >= at else index)

    def delete(self, dimension: str, start: int, end: int) -> None:
        """Rows or columns, with all that is in them."""
        if dimension == "ROWS":
            del self.rows[start:end]
            self.row_count -= end - start
        else:
            self.rows = [row[:start] + row[end:] for row in self.rows]
            self.column_count -= end - start
        self._move_spans(dimension, lambda first, last: spans.deleted(first, last, start, end))
        self._move_facts(dimension, lambda index: spans.index_after_delete(index, start, end))
        self._thaw()

    def move(self, dimension: str, start: int, end: int, to: int) -> None:
        """Rows or columns to before `to`, counted as they stood."""
        place = spans.moved(start, end, to)
        if dimension == "ROWS":
            while len(self.rows) < max(end, to):
                self.rows.append(())
            block = self.rows[start:end]
            del self.rows[start:end]
            target = to - (end - start) if to > start else to
            self.rows[target:target] = block
        else:
            self.rows = [_columns_moved(row, start, end, to) for row in self.rows]
        self._move_spans(dimension, lambda first, last: spans.after_move(first, last, place))
        self._move_facts(dimension, place)

    def _thaw(self) -> None:
        for name, count in (("frozenRowCount", self.row_count), ("frozenColumnCount", self.column_count)):
            if self.grid.get(name, 0) > count:
                self.grid[name] = count

    def _row(self, at: int) -> Row:
        return self.rows[at] if 0 <= at < len(self.rows) else ()

    def _move_spans(self, dimension: str, move: spans.Move) -> None:
        self.merges = spans.ranges_moved(self.merges, dimension, move)
        hung: tuple[dict[Any, Json], ...] = (self.protected, self.filter_views, self.banding, self.tables)
        for held in hung:
            for key in list(held):
                moved = spans.range_moved(held[key].get("range", {}), dimension, move)
                if moved is None:
                    del held[key]
                elif "range" in held[key]:
                    held[key] = {**held[key], "range": moved}
        if self.basic_filter is not None:
            moved = spans.range_moved(self.basic_filter["range"], dimension, move)
            self.basic_filter = None if moved is None else {**self.basic_filter, "range": moved}
        for rule in list(self.rules):
            rule["ranges"] = spans.ranges_moved(rule["ranges"], dimension, move)
            if not rule["ranges"]:
                self.rules.remove(rule)
        self.groups[dimension] = spans.groups_moved(self.groups[dimension], move)

    def _move_facts(self, dimension: str, place: spans.Place) -> None:
        held = self.row_facts if dimension == "ROWS" else self.column_facts
        moved = {place(index): facts for index, facts in held.items()}
        moved.pop(None, None)
        if dimension == "ROWS":
            self.row_facts = moved  # type: ignore[assignment]
        else:
            self.column_facts = moved  # type: ignore[assignment]

    def facts(self, dimension: str) -> dict[int, Json]:
        """DimensionProperties of rows or columns that differ from the usual, by index."""
        return self.row_facts if dimension == "ROWS" else self.column_facts

    def check_inside(self, dimension: str, start: int, end: int) -> None:
        """Refuse a span of rows or columns that the grid does not have."""
        if not 0 <= start < end <= self.count(dimension):
            word = "row" if dimension == "ROWS" else "column"
            raise Refused(
                f"The {word} range [{start}, {end}) is not within the {self.count(dimension)} {word}s."
            )


def _blank(before: Cell | None, after: Cell | None, inherit: bool) -> Cell | None:
    """What stands in a new row or column between two cells."""
    model = before if inherit else after
    shape = model.format if model is not None else None
    rule = before.validation if before is not None and after is not None else None
    if rule is not None and after is not None and after.validation != rule:
        rule = None
    return Cell(None, shape, None, rule) if shape or rule else None


def _widened(row: Row, at: int, count: int, inherit: bool) -> Row:
    if at >= len(row) + inherit:
        return row
    before, after = (row[side] if 0 <= side < len(row) else None for side in (at - 1, at))
    return row[:at] + (_blank(before, after, inherit),) * count + row[at:]


def _columns_moved(row: Row, start: int, end: int, to: int) -> Row:
    full = list(row) + [None] * max(0, max(end, to) - len(row))
    block = full[start:end]
    del full[start:end]
    target = to - (end - start) if to > start else to
    full[target:target] = block
    return tuple(full)

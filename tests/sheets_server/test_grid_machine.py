"""Any mixture of what people and programs do to a tab, beside a plain list of lists that is done the same."""

from __future__ import annotations

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from .asking import Book
from .people import Browser
from .world import World

ROWS, COLUMNS = 6, 4
TEXTS = st.text("abcxyz", max_size=3)
PLACE = st.integers(min_value=0, max_value=30)
DIMENSIONS = st.sampled_from(["ROWS", "COLUMNS"])


class Grid(RuleBasedStateMachine):
    """cells: rows of texts, "" for blank; the tab is made as large."""

    def __init__(self) -> None:
        super().__init__()
        world = World()
        file = world.create("Employers")
        self.browser, self.book = Browser(world, file.id), Book(world, file)
        tab = file.tabs[0]
        tab.resize(ROWS, COLUMNS)
        self.tab = tab
        self.cells = [[""] * COLUMNS for _ in range(ROWS)]

    def at(self, row: int, column: int) -> tuple[int, int]:
        return row % len(self.cells), column % len(self.cells[0])

    def turned(self, dimension: str) -> list[list[str]]:
        return self.cells if dimension == "ROWS" else [list(each) for each in zip(*self.cells, strict=True)]

    def turn_back(self, dimension: str, lines: list[list[str]]) -> None:
        self.cells = lines if dimension == "ROWS" else [list(each) for each in zip(*lines, strict=True)]

    @rule(row=PLACE, column=PLACE, text=TEXTS, by_hand=st.booleans())
    def write(self, row: int, column: int, text: str, by_hand: bool) -> None:
        row, column = self.at(row, column)
        if by_hand:
            self.browser.type_plain("Sheet1", row + 1, column + 1, text)
        else:
            assert self.book.write(f"R{row + 1}C{column + 1}", [[text]]).status == 200
        self.cells[row][column] = text

    @precondition(lambda self: len(self.cells) < 12 and len(self.cells[0]) < 12)
    @rule(dimension=DIMENSIONS, start=PLACE, count=st.integers(1, 2))
    def insert(self, dimension: str, start: int, count: int) -> None:
        lines = self.turned(dimension)
        start %= len(lines)
        span = {"dimension": dimension, "startIndex": start, "endIndex": start + count}
        assert self.book.batch({"insertDimension": {"range": span}}).status == 200
        lines[start:start] = [[""] * len(lines[0]) for _ in range(count)]
        self.turn_back(dimension, lines)

    @rule(dimension=DIMENSIONS, start=PLACE)
    def delete(self, dimension: str, start: int) -> None:
        lines = self.turned(dimension)
        start %= len(lines)
        span = {"dimension": dimension, "startIndex": start, "endIndex": start + 1}
        answer = self.book.batch({"deleteDimension": {"range": span}})
        assert (answer.status == 200) == (len(lines) > 1)
        if answer.status == 200:
            del lines[start]
            self.turn_back(dimension, lines)

    @rule(dimension=DIMENSIONS, start=PLACE, to=PLACE)
    def move(self, dimension: str, start: int, to: int) -> None:
        lines = self.turned(dimension)
        start, to = start % len(lines), to % (len(lines) + 1)
        source = {"dimension": dimension, "startIndex": start, "endIndex": start + 1}
        assert self.book.batch({"moveDimension": {"source": source, "destinationIndex": to}}).status == 200
        line = lines.pop(start)
        lines.insert(to - 1 if to > start else to, line)
        self.turn_back(dimension, lines)

    @rule(column=PLACE, descending=st.booleans())
    def sort(self, column: int, descending: bool) -> None:
        column %= len(self.cells[0])
        self.browser.sort("Sheet1", column + 1, descending=descending, headings=0)
        filled = [row for row in self.cells if row[column]]
        filled.sort(key=lambda row: row[column], reverse=descending)
        self.cells = filled + [row for row in self.cells if not row[column]]

    @precondition(lambda self: len(self.cells) < 12)
    @rule(row=PLACE, above=PLACE)
    def copy_row(self, row: int, above: int) -> None:
        row, above = row % len(self.cells), above % len(self.cells)
        self.browser.copy_row("Sheet1", row + 1, above + 1)
        self.cells.insert(above, list(self.cells[row]))

    @rule(row=PLACE, column=PLACE)
    def refuse(self, row: int, column: int) -> None:
        row, column = self.at(row, column)
        cell = {"userEnteredValue": {"stringValue": "never"}}
        start = {"rowIndex": row, "columnIndex": column}
        write = {"start": start, "rows": [{"values": [cell]}], "fields": "userEnteredValue"}
        span = {"dimension": "ROWS", "startIndex": 0, "endIndex": 1}
        answer = self.book.batch(
            {"updateCells": write}, {"insertDimension": {"range": span}}, {"deleteSheet": {"sheetId": 9}}
        )
        assert answer.status == 400

    @invariant()
    def the_tab_is_as_expected(self) -> None:
        assert (self.tab.row_count, self.tab.column_count) == (len(self.cells), len(self.cells[0]))
        shown = [list(row) + [""] * (len(self.cells[0]) - len(row)) for row in self.book.values("'Sheet1'")]
        blank = [[""] * len(self.cells[0])] * (len(self.cells) - len(shown))
        assert shown + blank == self.cells


Grid.TestCase.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
test_people_and_programs_leave_what_a_plain_grid_would = Grid.TestCase

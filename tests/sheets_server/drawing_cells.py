"""Cells as JSON, rowData of spreadsheets.get; only what the field mask names is worked out."""

from __future__ import annotations

from typing import Any

from . import formats, locales, masks
from .a1 import Area
from .cells import Cell, CellError, Formula, Json, Spilled, Value, entered_json, result_json
from .defaults import DEFAULT_FORMAT
from .masks import Tree
from .spreadsheet import Spreadsheet
from .tab import Row

MOST_REMEMBERED = 20_000
"""Cells of a range above which their JSON is not kept for the next reading: it takes much room."""

NOTHING: Json = {}
"""The message that a mask leaves nothing of; one for all, as nobody changes an answer."""


def row_data(book: Spreadsheet, area: Area, tree: Tree) -> list[Json]:
    """RowData up to the last row that holds something."""
    rows = area.tab.used(area.r0, area.r1, area.c0, area.c1)
    below = masks.below(tree, "values")
    if below is None:
        return [{} for _ in rows]
    pen = Pen(book, area, below, remembers=len(rows) * (area.c1 - area.c0) <= MOST_REMEMBERED)
    return [pen.row(at, row) if row else {} for at, row in enumerate(rows)]


class Pen:
    """Draws the cells of one range by one mask. remembers: keep the JSON with the cell, to read again."""

    def __init__(self, book: Spreadsheet, area: Area, tree: Tree, *, remembers: bool) -> None:
        self.book, self.area, self.tree, self.remembers = book, area, tree, remembers
        self.locale = locales.of(book.locale)
        self.is_plain = bool(tree) and "effectiveFormat" not in tree
        self.entered, self.effective = (
            _wants_text(tree, name) for name in ("userEnteredValue", "effectiveValue")
        )
        self.shown = not tree or "formattedValue" in tree

    def row(self, at: int, row: Row) -> Json:
        """One row's cells."""
        return {"values": [{} if cell is None else self.cell(at, off, cell) for off, cell in enumerate(row)]}

    def cell(self, at: int, off: int, cell: Cell) -> Json:
        """CellData as the mask asks."""
        drawn = cell.drawn
        if drawn is not None and drawn[0] is self.tree and drawn[1] is self.locale:
            return drawn[2]
        entered = cell.entered
        if type(entered) is str and self.is_plain and cell.is_bare:
            answer = self._text(entered)
        else:
            value = self.book.value(self.area.tab, self.area.r0 + at, self.area.c0 + off, cell)
            answer = self._any(cell, value)
        if self.remembers and not isinstance(entered, Formula):
            cell.drawn = (self.tree, self.locale, answer)
        return answer

    def _text(self, text: str) -> Json:
        """A text and nothing else, as most cells are."""
        answer: Json = {}
        value = {"stringValue": text} if self.entered or self.effective else NOTHING
        if self.entered is not None:
            answer["userEnteredValue"] = value if self.entered else NOTHING
        if self.effective is not None:
            answer["effectiveValue"] = value if self.effective else NOTHING
        if self.shown:
            answer["formattedValue"] = text
        return answer

    def _any(self, cell: Cell, value: Value) -> Json:
        tree = self.tree
        answer: Json = {}
        if cell.entered is not None:
            if not isinstance(cell.entered, Spilled):
                answer["userEnteredValue"] = entered_json(cell.entered)
            answer["effectiveValue"] = result_json(value)
            answer["formattedValue"] = formats.shown(value, result_format(cell, value), self.locale)
            if link := hyperlink(cell):
                answer["hyperlink"] = link
        if not tree or "effectiveFormat" in tree:
            answer["effectiveFormat"] = effective_format(cell)
        held = {"userEnteredFormat": cell.format, "note": cell.note, "dataValidation": cell.validation}
        answer |= {name: each for name, each in (held | (cell.extra or {})).items() if each}
        return dict(masks.applied(tree, answer))


def _wants_text(tree: Tree, name: str) -> bool | None:
    """A text under this name: yes, no (an empty message stands for it), or not the name at all."""
    below = masks.below(tree, name)
    return None if below is None else not below or "stringValue" in below


def effective_format(held: Cell) -> Json:
    """The cell's format over the spreadsheet's own."""
    return {**DEFAULT_FORMAT, "hyperlinkDisplayType": "PLAIN_TEXT", **(held.format or {})}


def result_format(held: Cell, value: Value) -> Json:
    """The number format that shows a result; NOW and TODAY bring their own where the cell has none."""
    given = held.number_format()
    if given or not isinstance(held.entered, Formula) or isinstance(value, CellError):
        return given
    name = held.entered.replace(" ", "").upper()
    if name.startswith("=NOW("):
        return {"type": "DATE_TIME"}
    return {"type": "DATE"} if name.startswith(("=TODAY(", "=DATE(")) else {}


def hyperlink(held: Cell) -> str | None:
    """The address of a HYPERLINK formula with a literal address."""
    if not isinstance(held.entered, Formula) or not held.entered.upper().startswith("=HYPERLINK("):
        return None
    first: Any = held.entered[len("=HYPERLINK(") :].strip()
    return first[1:].partition('"')[0] if first.startswith('"') else None

"""Changes cells inside a sheet part by splicing bytes; everything between the splices stays as it was."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from engage.model import Grid, Link

from ..cells import Formula, Value, text_of
from .encoding import Encoder
from .heights import row_height
from .reading import column_letters, read_area
from .sheetmap import RowSpan, SheetMap, map_sheet

Like = Literal["column", "left", "above"]
Splice = tuple[int, int, bytes]


@dataclass(frozen=True, slots=True)
class CellPatch:
    """One cell to write; "" blanks it. like: where a cell that has no style yet takes it from.

    typed: whether the value is to be what it would be if a person had typed it.
    """

    row: int
    column: int
    value: Value
    like: Like = "column"
    typed: bool = False

    @property
    def fills(self) -> bool:
        """Whether anything stands in the cell afterwards: a formula does, even one that shows nothing."""
        return isinstance(self.value, Link | Formula) or bool(text_of(self.value))


@dataclass(frozen=True, slots=True)
class Patched:
    """A sheet part after patching; lost_formula: whether a formula was written over."""

    xml: bytes
    lost_formula: bool


def patch_sheet(xml: bytes, patches: Sequence[CellPatch], encoder: Encoder, will_read: Grid = ()) -> Patched:
    """The sheet part with these cells changed. Only they, and the bounds that must include them, differ.

    will_read: the tab as it will read, from which built rows (like "above") get their height.
    """
    ordered = sorted(patches, key=lambda patch: (patch.row, patch.column))
    sheet = map_sheet(xml, {patch.row for patch in ordered})
    patcher = _Patcher(xml, sheet, encoder, will_read)
    for number, group in groupby(ordered, key=lambda patch: patch.row):
        patcher.row(number, list(group))
    return Patched(_spliced(xml, patcher.finish()), patcher.lost_formula)


class _Patcher:
    """Collects the splices of one sheet, rows from the top down."""

    def __init__(self, xml: bytes, sheet: SheetMap, encoder: Encoder, will_read: Grid) -> None:
        self._xml, self._sheet, self._encoder = xml, sheet, encoder
        self._will_read = will_read
        self._rows = {row.number: row for row in sheet.rows}
        self._splices: list[Splice] = []
        self._new_rows: list[tuple[int, bytes]] = []
        self._reach = (0, 0)
        self.lost_formula = False

    def row(self, number: int, patches: Sequence[CellPatch]) -> None:
        """Take in the patches of one row."""
        filled = [patch.column for patch in patches if patch.fills]
        if filled:
            self._reach = (max(self._reach[0], number), max(self._reach[1], *filled))
        row = self._rows.get(number)
        if row is None:
            cells = b"".join(self._new_cell(patch, None) for patch in patches if patch.fills)
            if cells:
                p, tag = self._sheet.prefix, b'row r="%d">' % number
                tag = self._heightened(tag, patches, None)
                self._new_rows.append((number, b"<%b%b%b</%brow>" % (p, tag, cells, p)))
            return
        added = self._replace(row, patches)
        self._extend(row, added, patches)

    def _replace(self, row: RowSpan, patches: Sequence[CellPatch]) -> list[tuple[int, bytes]]:
        """Splice the cells that exist; returns (position, bytes) of those to add."""
        existing = {cell.column: cell for cell in row.cells}
        added = []
        for patch in patches:
            cell = existing.get(patch.column)
            if cell is not None:
                self.lost_formula |= cell.formula
                self._splices.append((cell.start, cell.end, self._encoded(patch, cell.style)))
            elif patch.fills:
                added.append((self._place(row, patch.column), self._new_cell(patch, row)))
        return added

    def _place(self, row: RowSpan, column: int) -> int:
        """The byte before which a new cell of this column belongs."""
        after = next((cell.start for cell in row.cells if cell.column > column), None)
        if after is not None:
            return after
        return row.end if self._is_empty_tag(row) else self._xml.rindex(b"<", row.start, row.end)

    def _is_empty_tag(self, row: RowSpan) -> bool:
        return self._xml[row.tag_end - 2 : row.tag_end] == b"/>"

    def _extend(self, row: RowSpan, added: list[tuple[int, bytes]], patches: Sequence[CellPatch]) -> None:
        """Splice new cells in, and let the row's own tag agree with them."""
        tag = self._xml[row.start : row.tag_end]
        changed = _widened(tag, max(patch.column for patch in patches))
        changed = self._heightened(changed, patches, row)
        if added and self._is_empty_tag(row):
            cells = b"".join(cell for _, cell in added)
            p = self._sheet.prefix
            opened = changed[:-2].rstrip() + b">" + cells + b"</%brow>" % p
            self._splices.append((row.start, row.end, opened))
            return
        if changed != tag:
            self._splices.append((row.start, row.tag_end, changed))
        self._splices.extend((at, at, cell) for at, cell in added)

    def _new_cell(self, patch: CellPatch, row: RowSpan | None) -> bytes:
        return self._encoded(patch, self._style(patch, row))

    def _encoded(self, patch: CellPatch, style: int | None) -> bytes:
        reference = f"{column_letters(patch.column)}{patch.row}"
        return self._encoder.cell(reference, style, patch.value, self._sheet.prefix, typed=patch.typed)

    def _style(self, patch: CellPatch, row: RowSpan | None) -> int | None:
        """The style of a cell that is new: its row's, its column's, or that of a neighbour like it."""
        if row is not None and row.style is not None:
            return row.style
        if patch.like == "left" and row is not None:
            return next((cell.style for cell in reversed(row.cells) if cell.column < patch.column), None)
        style = self._sheet.column_style(patch.column)
        if style is None and patch.like == "above":
            return self._sheet.body.get(patch.column)
        return style

    def _heightened(self, tag: bytes, patches: Sequence[CellPatch], row: RowSpan | None) -> bytes:
        """A built row's opening tag with the height that its texts need, unless a person set one."""
        number = patches[0].row
        if patches[0].like != "above" or re.search(rb'\scustomHeight="(?:1|true)"', tag):
            return tag
        tag = re.sub(rb'\s(?:ht|customHeight)="[^"]*"', b"", tag)
        texts = self._will_read[number - 1] if number <= len(self._will_read) else ()
        styles = {cell.column: cell.style for cell in row.cells} if row else {}
        wrapped = (
            (text, self._sheet.width(column))
            for column, text in enumerate(texts, 1)
            if text and self._encoder.styles.wraps(styles.get(column, self._usual_style(column)))
        )
        height = row_height(wrapped, self._sheet.line_height)
        end = -2 if tag.endswith(b"/>") else -1
        return tag[:end] + b' ht="%g"' % height + tag[end:] if height else tag

    def _usual_style(self, column: int) -> int:
        style = self._sheet.column_style(column)
        return self._sheet.body.get(column, 0) if style is None else style

    def finish(self) -> list[Splice]:
        """Every splice, new rows included."""
        self._splices.extend(self._dimension())
        start, tag_end, end = self._sheet.sheet_data
        if self._new_rows and self._xml[tag_end - 2 : tag_end] == b"/>":
            rows = b"".join(row for _, row in self._new_rows)
            opened = self._xml[start : tag_end - 2].rstrip() + b">"
            return [*self._splices, (start, end, opened + rows + b"</%bsheetData>" % self._sheet.prefix)]
        close = self._xml.rindex(b"<", start, end) if end > tag_end else end
        at = 0
        for number, row in self._new_rows:
            while at < len(self._sheet.rows) and self._sheet.rows[at].number < number:
                at += 1
            place = self._sheet.rows[at].start if at < len(self._sheet.rows) else close
            self._splices.append((place, place, row))
        return self._splices

    def _dimension(self) -> list[Splice]:
        """The sheet's note of its used range, widened if a cell now lies outside it."""
        if self._sheet.dimension is None or not self._reach:
            return []
        start, end = self._sheet.dimension
        found = re.search(rb'ref="([A-Z]+\d+(?::[A-Z]+\d+)?)"', self._xml[start:end])
        if not found:
            return []
        area = read_area(found.group(1).decode())
        bottom, right = max(area.bottom, self._reach[0]), max(area.right, self._reach[1])
        if (bottom, right) == (area.bottom, area.right):
            return []
        written = f"{column_letters(area.left)}{area.top}:{column_letters(right)}{bottom}"
        return [(start + found.start(1), start + found.end(1), written.encode())]


def _widened(tag: bytes, column: int) -> bytes:
    """A row's opening tag whose spans="1:5" hint takes in the column."""
    found = re.search(rb'\sspans="(\d+):(\d+)"', tag)
    if not found or int(found.group(1)) <= column <= int(found.group(2)):
        return tag
    first, last = min(int(found.group(1)), column), max(int(found.group(2)), column)
    return tag[: found.start()] + b' spans="%d:%d"' % (first, last) + tag[found.end() :]


def _spliced(xml: bytes, splices: Iterable[Splice]) -> bytes:
    """The bytes with every splice made; insertions at one place keep their order."""
    out, at = [], 0
    for start, end, replacement in sorted(splices, key=lambda splice: splice[:2]):
        out += [xml[at:start], replacement]
        at = end
    return b"".join([*out, xml[at:]])

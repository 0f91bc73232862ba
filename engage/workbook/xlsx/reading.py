"""A sheet part → texts as a person sees them, with what stands behind the formulas."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from functools import lru_cache
from xml.etree import ElementTree

from ..cells import PART_OF, Area, Seen, trim, trim_grid
from .encoding import shown_by
from .numbers import number_text
from .styles import Styles

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


# A merged title may reach column XFD and an array row 1,048,576: no record stands in such.
_LARGEST_AREA = 100_000
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384  # of a sheet, ECMA-376 and Excel
MOST_CELLS = 20_000_000  # from its first column on; a register of 100,000 rows has a fifth of that


@lru_cache(maxsize=1024)
def column_number(letters: str) -> int:
    """A → 1, AA → 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """1 → A, 27 → AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def split_reference(reference: str) -> tuple[int, int]:
    """D12 → (12, 4)."""
    letters = reference.rstrip("0123456789")
    return int(reference[len(letters) :]), column_number(letters)


def read_area(reference: str) -> Area:
    """A1:C9, or a single cell, as a rectangle. Raises ValueError for anything else."""
    first, _, last = reference.replace("$", "").partition(":")
    return Area(*split_reference(first), *split_reference(last or first))


def unescape(text: str) -> str:
    """The text with _x000D_ and its like read as the characters they stand for, and one kind of newline.

    Half of a character that takes two (a damaged emoji) reads as �, since no text file can hold it.
    """
    if "_x" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), text)
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def read_strings(xml: bytes) -> list[str]:
    """The shared texts of a workbook, in order; runs of rich text joined, phonetic guides left out."""
    return [_rich_text(item) for item in ElementTree.fromstring(xml)]


def _rich_text(node: ElementTree.Element) -> str:
    parts = []
    for child in node:
        name = child.tag.rpartition("}")[2]
        if name == "t":
            parts.append(child.text or "")
        elif name == "r":
            parts.extend(text.text or "" for text in child.iterfind("{*}t"))
    return unescape("".join(parts))


def read_sheet(xml: bytes, strings: Sequence[str], styles: Styles, *, date1904: bool = False) -> Seen:
    """Every cell's text, the formulas, and what is merged away.

    Positions come from the cells themselves (or are counted where a cell has none): the part's own
    <dimension> is often wrong and never looked at.
    """
    reader = _Reader(strings, styles, date1904=date1904)
    for _, node in ElementTree.iterparse(io.BytesIO(xml)):
        name = node.tag.rpartition("}")[2]
        if name == "row":
            reader.row(node)
            node.clear()
        elif name == "mergeCell":
            reader.merge(node.get("ref", ""))
    rows = trim_grid(reader.rows)
    return Seen(rows, reader.formulas, merged=frozenset(reader.merged), across=frozenset(reader.across))


def _index(raw: str) -> int:
    """The number of a shared text. Raises ValueError for one below nought, which would name another's."""
    number = int(raw)
    if number < 0:
        raise ValueError(f"there is no text {number}")
    return number


class _Reader:
    """What has been read of a sheet so far."""

    def __init__(self, strings: Sequence[str], styles: Styles, *, date1904: bool) -> None:
        self._strings, self._styles, self._date1904 = strings, styles, date1904
        self.rows: list[tuple[str, ...]] = []
        self.formulas: dict[tuple[int, int], str] = {}
        self.merged: set[tuple[int, int]] = set()
        self.across: set[tuple[int, int]] = set()
        self._number = self._held = 0

    def row(self, node: ElementTree.Element) -> None:
        """Take in one <row>."""
        self._number = int(node.get("r", self._number + 1))
        if not 0 < self._number <= MOST_ROWS:
            raise ValueError(f"there is no row {self._number}")
        cells: list[str] = []
        column = 0
        for cell in node:
            reference = cell.get("r")
            column = column_number(reference.rstrip("0123456789")) if reference else column + 1
            if not 0 < column <= MOST_COLUMNS:
                raise ValueError(f"there is no column {column}")
            text = self._text(cell, column)
            if text:
                cells.extend([""] * (column - len(cells)))
                cells[column - 1] = text
        if cells:
            self.rows.extend([()] * (self._number - len(self.rows)))
            self.rows[self._number - 1] = trim(cells)
            self._held += len(cells)
            if self._held > MOST_CELLS:
                raise ValueError(f"it would take more than {MOST_CELLS} cells to hold this tab")

    def _text(self, cell: ElementTree.Element, column: int) -> str:
        raw, kind, shown = "", cell.get("t", "n"), ""
        for child in cell:
            name = child.tag.rpartition("}")[2]
            if name == "v":
                raw = child.text or ""
            elif name == "is":
                return _rich_text(child)
            elif name == "f":
                self._formula(child, column)
                shown = shown_by(child.text or "")  # a program that works nothing out saves no result
        return self._as_text(raw, kind, int(cell.get("s", "0"))) if raw else shown

    def _formula(self, node: ElementTree.Element, column: int) -> None:
        """Take in a formula. Only the first cell of a shared one has its text; an array fills its range."""
        formula = node.text or f"{PART_OF}{node.get('t', '')} {node.get('si', '')}"
        if node.get("t") not in ("array", "dataTable"):
            self.formulas[self._number, column] = formula
            return
        area = read_area(node.get("ref") or f"{column_letters(column)}{self._number}")
        if (area.bottom - area.top + 1) * (area.right - area.left + 1) > _LARGEST_AREA:
            area = Area(self._number, column, self._number, column)
        for row in range(area.top, area.bottom + 1):
            for at in range(area.left, area.right + 1):
                self.formulas[row, at] = PART_OF + formula

    def _as_text(self, raw: str, kind: str, style: int) -> str:
        match kind:
            case "s":
                return self._strings[_index(raw)]
            case "n":
                return number_text(raw, self._styles.format(style), date1904=self._date1904)
            case "b":
                return "TRUE" if raw.strip() in ("1", "true") else "FALSE"
            case "d":
                return raw[:10] if raw[10:] in ("", "T00:00:00", "T00:00:00Z") else raw[:16].replace("T", " ")
            case _:
                return unescape(raw)

    def merge(self, reference: str) -> None:
        """Take in a merged range: all but its first cell are hidden."""
        area = read_area(reference)
        height, width = area.bottom - area.top + 1, area.right - area.left + 1
        if height * width > _LARGEST_AREA or len(self.merged) > MOST_CELLS:
            return
        rows, columns = range(area.top, area.bottom + 1), range(area.left, area.right + 1)
        self.merged |= {(row, at) for row in rows for at in columns} - {(area.top, area.left)}
        if width > 1:
            self.across.add((area.top, area.left))

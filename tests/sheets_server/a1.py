"""A1 notation: texts such as 'Sheet 1'!A2:C to rectangles and back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .errors import Refused

if TYPE_CHECKING:
    from .spreadsheet import Spreadsheet
    from .tab import Tab

CELLS = re.compile(r"\$?([A-Za-z]{0,3})\$?(0*[1-9]\d{0,7})?(?::\$?([A-Za-z]{0,3})\$?(0*[1-9]\d{0,7})?)?")
R1C1 = re.compile(r"R([1-9]\d*)C([1-9]\d*)(?::R([1-9]\d*)C([1-9]\d*))?")
PLAIN_TITLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of one tab: rows r0 <= r < r1, columns c0 <= c < c1, from 0, within the grid."""

    tab: Tab
    r0: int
    r1: int
    c0: int
    c1: int
    is_one_cell: bool = False

    @property
    def span(self) -> dict[str, int]:
        """The same as a GridRange."""
        return {
            "sheetId": self.tab.sheet_id,
            "startRowIndex": self.r0,
            "endRowIndex": self.r1,
            "startColumnIndex": self.c0,
            "endColumnIndex": self.c1,
        }

    def __str__(self) -> str:
        return f"{quoted(self.tab.title)}!{cells(self.r0, self.r1, self.c0, self.c1)}"


def letters(column: int) -> str:
    """0 -> A, 25 -> Z, 26 -> AA."""
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def column(text: str) -> int:
    """A -> 0, AA -> 26."""
    number = 0
    for letter in text.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def cells(r0: int, r1: int, c0: int, c1: int) -> str:
    """A1:B2, or A1 where it is one cell."""
    first = f"{letters(c0)}{r0 + 1}"
    last = f"{letters(c1 - 1)}{r1}"
    return first if first == last else f"{first}:{last}"


def quoted(title: str) -> str:
    """The title as Google writes it before "!": in quotes where it could be read as anything but a title."""
    looks_like_cells = CELLS.fullmatch(title) and title[-1].isdigit()
    if PLAIN_TITLE.fullmatch(title) and not looks_like_cells and not R1C1.fullmatch(title):
        return title
    return "'" + title.replace("'", "''") + "'"


def parsed(book: Spreadsheet, text: str) -> Area:
    """The rectangle that a range names, cut at the grid's end.

    Raises Refused: an unknown tab or bad text ("Unable to parse range"), a start past the grid.
    """
    title, rest = _split(text)
    tab = book.tab_titled(title) if title is not None else None
    if title is not None and tab is None:
        raise _bad(text)
    if tab is None and is_cells(text):
        return _in_tab(book.tabs[0], text, text)
    if tab is None:
        whole = book.tab_titled(_unquoted(text))
        if whole is not None:
            return Area(whole, 0, whole.row_count, 0, whole.column_count)
        named = book.named_area(text)
        if named is not None:
            return named
        tab, rest = book.tabs[0], text
    if title is not None:
        named = book.named_area(rest)
        if named is not None and named.tab is tab:
            return named
    return _in_tab(tab, rest, text)


def is_cells(text: str) -> bool:
    """A text that names cells, as "tab01" does, even where a tab has that title (pygsheets issue 416)."""
    found = CELLS.fullmatch(text)
    return bool(R1C1.fullmatch(text)) or bool(found and (":" in text or (found[1] and found[2])))


def _split(text: str) -> tuple[str | None, str]:
    if text.startswith("'"):
        found = re.fullmatch(r"'((?:[^']|'')*)'!(.*)", text, re.DOTALL)
        return (found[1].replace("''", "'"), found[2]) if found else (None, text)
    title, mark, rest = text.rpartition("!")
    return (title, rest) if mark else (None, text)


def _unquoted(text: str) -> str:
    if len(text) > 1 and text[0] == text[-1] == "'":
        return text[1:-1].replace("''", "'")
    return text


def _in_tab(tab: Tab, rest: str, whole: str) -> Area:
    by_number = R1C1.fullmatch(rest)
    if by_number:
        row, col, last_row, last_col = (int(part) if part else None for part in by_number.groups())
        assert row is not None
        assert col is not None
        corners = (row - 1, col - 1, (last_row or row) - 1, (last_col or col) - 1)
        return _area(tab, corners, last_row is None)
    found = CELLS.fullmatch(rest)
    if not found or not rest.strip("$:"):
        raise _bad(whole)
    first_col, first_row, last_col_text, last_row_text = found.groups()
    if ":" not in rest and not (first_col and first_row):
        raise _bad(whole)
    if ":" in rest and not (last_col_text or last_row_text):
        raise _bad(whole)
    is_one = ":" not in rest
    c0 = column(first_col) if first_col else None
    r0 = int(first_row) - 1 if first_row else None
    c1 = column(last_col_text) if last_col_text else (c0 if is_one else None)
    r1 = int(last_row_text) - 1 if last_row_text else (r0 if is_one else None)
    return _area(tab, (r0, c0, r1, c1), is_one)


def _area(tab: Tab, corners: tuple[int | None, int | None, int | None, int | None], is_one: bool) -> Area:
    """An open end reaches to the grid's; corners given the other way round are turned."""
    r0, c0, r1, c1 = corners
    rows = sorted((0 if r0 is None else r0, tab.row_count - 1 if r1 is None else r1))
    columns = sorted((0 if c0 is None else c0, tab.column_count - 1 if c1 is None else c1))
    if r0 is not None and r1 is None:
        rows = [r0, max(r0, tab.row_count - 1)]
    if c0 is not None and c1 is None:
        columns = [c0, max(c0, tab.column_count - 1)]
    if rows[0] >= tab.row_count or columns[0] >= tab.column_count:
        raise past_grid(tab, rows[0], rows[1] + 1, columns[0], columns[1] + 1)
    r_end, c_end = min(rows[1] + 1, tab.row_count), min(columns[1] + 1, tab.column_count)
    return Area(tab, rows[0], r_end, columns[0], c_end, is_one)


def past_grid(tab: Tab, r0: int, r1: int, c0: int, c1: int) -> Refused:
    """Google's words for a rectangle that the grid does not hold."""
    return Refused(
        f"Range ({quoted(tab.title)}!{cells(r0, r1, c0, c1)}) exceeds grid limits. "
        f"Max rows: {tab.row_count}, max columns: {tab.column_count}"
    )


def _bad(text: str) -> Refused:
    return Refused(f"Unable to parse range: {text}")

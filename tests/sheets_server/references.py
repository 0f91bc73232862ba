"""Formulas, named ranges and charts after rows and columns came, went or moved, and after a copy."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token

from . import charts, spans
from .a1 import CELLS, column, letters, quoted
from .cells import Formula

if TYPE_CHECKING:
    from .spreadsheet import Spreadsheet
    from .tab import Tab

PARTS = re.compile(r"(\$?)([A-Za-z]{0,3})(\$?)(\d*)")


def after_insert(book: Spreadsheet, tab: Tab, dimension: str, at: int, count: int) -> None:
    """Every formula and named range that speaks of the tab."""
    _rewrite(book, tab, dimension, lambda start, end: spans.inserted(start, end, at, count))


def after_delete(book: Spreadsheet, tab: Tab, dimension: str, start: int, end: int) -> None:
    """Every formula and named range that speaks of the tab; what is gone is #REF!."""
    _rewrite(book, tab, dimension, lambda first, last: spans.deleted(first, last, start, end))


def after_move(book: Spreadsheet, tab: Tab, dimension: str, start: int, end: int, to: int) -> None:
    """Every formula and named range that speaks of the tab."""
    place = spans.moved(start, end, to)
    _rewrite(book, tab, dimension, lambda first, last: spans.after_move(first, last, place))


def after_rename(book: Spreadsheet, old: str, new: str) -> None:
    """Every formula that names the tab."""

    def renamed(text: str) -> str:
        title, mark, rest = text.rpartition("!")
        is_meant = mark and _unquoted(title).casefold() == old.casefold()
        return f"{quoted(new)}!{rest}" if is_meant else text

    _rewrite_formulas(book, lambda _: renamed)


def copied(formula: str, from_row: int, from_column: int, row: int, column_: int) -> Formula:
    """The formula as a copy elsewhere has it: relative references go along, past the edge they are #REF!."""
    down, right = row - from_row, column_ - from_column

    def along(text: str) -> str:
        title, mark, rest = text.rpartition("!")
        if not _is_reference(rest):
            return text
        corners = [_shifted(corner, down, right) for corner in rest.split(":")]
        return title + mark + ("#REF!" if None in corners else ":".join(filter(None, corners)))

    return Formula(_with_references(formula, along))


def _shifted(corner: str, down: int, right: int) -> str | None:
    parts = PARTS.fullmatch(corner)
    if parts is None:
        return corner
    col, row = parts[2], parts[4]
    if col and not parts[1]:
        if column(col) + right < 0:
            return None
        col = letters(column(col) + right)
    if row and not parts[3]:
        if int(row) + down < 1:
            return None
        row = str(int(row) + down)
    return f"{parts[1]}{col}{parts[3]}{row}"


def _is_reference(text: str) -> bool:
    """B2, $B$2, B:B, 2:2, B2:C or B2:C3; a lone letter or number is a name."""
    found = CELLS.fullmatch(text)
    return bool(found and (":" in text or (found[1] and found[2])) and text.strip("$:"))


def _with_references(formula: str, change: Callable[[str], str]) -> str:
    """The formula with each of its references changed; a text that is no formula stays as it is."""
    try:
        tokens = Tokenizer(formula).items
    except Exception:  # openpyxl raises its own and IndexError on text that is no formula
        return formula
    ranges = {(Token.OPERAND, Token.RANGE)}
    return "=" + "".join(
        change(token.value) if (token.type, token.subtype) in ranges else token.value for token in tokens
    )


def _rewrite(book: Spreadsheet, tab: Tab, dimension: str, move: spans.Move) -> None:
    for key, named in list(book.named.items()):
        if named["range"].get("sheetId", 0) == tab.sheet_id:
            moved = spans.range_moved(named["range"], dimension, move)
            if moved is None:
                del book.named[key]
            else:
                book.named[key] = {**named, "range": moved}
    charts.after(book, tab, dimension, move)
    _rewrite_formulas(
        book, lambda other: lambda text: _reference_after(text, other is tab, tab, dimension, move)
    )


def _rewrite_formulas(book: Spreadsheet, change_on: Callable[[Tab], Callable[[str], str]]) -> None:
    """Change the references of every formula, by a rule that may depend on the tab where it stands."""
    for tab in [each for each in book.tabs if each.has_formulas]:
        change = change_on(tab)
        for row, at, cell in list(tab.all_cells()):
            if isinstance(cell.entered, Formula):
                new = _with_references(cell.entered, change)
                if new != cell.entered:
                    tab.put(row, at, cell.holding(Formula(new)))


def _unquoted(title: str) -> str:
    return title[1:-1].replace("''", "'") if title.startswith("'") else title


def _reference_after(text: str, is_here: bool, tab: Tab, dimension: str, move: spans.Move) -> str:
    title, mark, rest = text.rpartition("!")
    if mark and _unquoted(title).casefold() != tab.title.casefold():
        return text
    if (not mark and not is_here) or not _is_reference(rest):
        return text
    new = _cells_after(rest, dimension, move)
    return f"{quoted(tab.title)}!{new}" if mark and new != rest else f"{title}{mark}{new}"


def _cells_after(text: str, dimension: str, move: spans.Move) -> str:
    first, _, last = text.partition(":")
    one, two = PARTS.fullmatch(first), PARTS.fullmatch(last or first)
    if one is None or two is None:
        return text
    start, end = _index(one, dimension), _index(two, dimension)
    if start is None and end is None:
        return text
    far = 1 << 40
    there = move(start or 0, far if end is None else end + 1)
    if there is None:
        return "#REF!"
    new_first = _with(one, dimension, None if start is None else there[0])
    new_last = _with(two, dimension, None if end is None else there[1] - 1)
    return f"{new_first}:{new_last}" if last else new_first


def _index(parts: re.Match[str], dimension: str) -> int | None:
    if dimension == "ROWS":
        return int(parts[4]) - 1 if parts[4] else None
    return column(parts[2]) if parts[2] else None


def _with(parts: re.Match[str], dimension: str, index: int | None) -> str:
    if index is None:
        return parts[0]
    if dimension == "ROWS":
        return f"{parts[1]}{parts[2]}{parts[3]}{index + 1}"
    return f"{parts[1]}{letters(index)}{parts[3]}{parts[4]}"

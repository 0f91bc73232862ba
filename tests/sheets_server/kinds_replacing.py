"""findReplace: what Edit > Find and replace does in a range, a tab or everywhere."""

from __future__ import annotations

import re
from collections import Counter

from . import formats, locales
from .a1 import Area
from .cells import Cell, Formula, Json
from .drawing_cells import result_format
from .entering import entered
from .errors import Refused
from .kinds import Context, kind, needed

Found = Counter[str]


@kind("findReplace")
def find_replace(context: Context, body: Json) -> Json:
    """Cells whose text holds it, typed anew; formulas only where asked. What it changed is counted."""
    pattern = _pattern(body, str(needed(body, "find")))
    new = str(body.get("replacement", "")).replace("\\", r"\\")
    if body.get("searchByRegex"):
        new = re.sub(r"\$(\d)", r"\\g<\1>", new)
    counts: Found = Counter()
    for area in _areas(context, body):
        before = counts["occurrencesChanged"]
        for row in range(area.r0, area.r1):
            counts["rowsChanged"] += _row_changed(context, area, row, (pattern, new), body, counts)
        counts["sheetsChanged"] += counts["occurrencesChanged"] > before
    return {name: count for name, count in counts.items() if count}


def _pattern(body: Json, find: str) -> re.Pattern[str]:
    text = find if body.get("searchByRegex") else re.escape(find)
    try:
        whole = rf"\A(?:{text})\Z" if body.get("matchEntireCell") else text
        return re.compile(whole, 0 if body.get("matchCase") else re.IGNORECASE)
    except re.error as error:
        raise Refused(f"Invalid regular expression: {find}") from error


def _areas(context: Context, body: Json) -> list[Area]:
    if len({"range", "sheetId", "allSheets"} & set(body)) != 1:
        raise Refused("Exactly one of range, sheetId, and allSheets must be set.")
    if "range" in body:
        return [context.book.area(body["range"])]
    tabs = context.book.tabs if body.get("allSheets") else [context.tab(body)]
    return [Area(tab, 0, tab.row_count, 0, tab.column_count) for tab in tabs]


def _row_changed(
    context: Context, area: Area, row: int, change: tuple[re.Pattern[str], str], body: Json, counts: Found
) -> bool:
    changed = False
    for column in range(area.c0, area.c1):
        cell = area.tab.cell(row, column)
        if cell is None or cell.entered is None:
            continue
        is_formula = isinstance(cell.entered, Formula)
        if is_formula and not body.get("includeFormulas"):
            continue
        text, times = change[0].subn(change[1], _text(context, area, row, column, cell))
        if times:
            context.check(Area(area.tab, row, row + 1, column, column + 1))
            area.tab.put(row, column, entered(context.book, cell, text, "USER_ENTERED"))
            counts.update(
                {"formulasChanged" if is_formula else "valuesChanged": 1, "occurrencesChanged": times}
            )
            changed = True
    return changed


def _text(context: Context, area: Area, row: int, column: int, cell: Cell) -> str:
    if isinstance(cell.entered, Formula):
        return str(cell.entered)
    value = context.book.value(area.tab, row, column, cell)
    return formats.shown(value, result_format(cell, value), locales.of(context.book.locale))

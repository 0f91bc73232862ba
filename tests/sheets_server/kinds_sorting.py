"""sortRange: rows of a range in order of some of its columns."""

from __future__ import annotations

from typing import Any

from . import references
from .a1 import Area
from .cells import Cell, CellError, Formula, Json
from .errors import not_played
from .kinds import Context, kind, needed
from .spreadsheet import Spreadsheet

Key = tuple[int, Any]
Row = tuple[int, list[Cell | None]]
"""Where the row stood, and its cells within the range."""


@kind("sortRange")
def sort_range(context: Context, body: Json) -> None:
    """Rows of a range in order of some of its columns."""
    sort_area(context.book, context.editable(needed(body, "range")), body.get("sortSpecs", []))


def sort_area(book: Spreadsheet, area: Area, specs: list[Json]) -> None:
    """Numbers before texts before booleans before errors, blanks last either way; equals keep their order."""
    rows: list[Row] = [
        (row, [area.tab.cell(row, column) for column in range(area.c0, area.c1)])
        for row in range(area.r0, area.r1)
    ]
    for spec in reversed(specs):
        unknown = sorted(set(spec) - {"dimensionIndex", "sortOrder"})
        if unknown:
            raise not_played(f"sortSpecs.{unknown[0]}")
        rows = _ordered(book, area, rows, spec)
    for at, (row, cells) in enumerate(rows, area.r0):
        moved = [_moved(cell, row, at, area.c0 + off) for off, cell in enumerate(cells)]
        area.tab.put_row(at, area.c0, moved)


def _ordered(book: Spreadsheet, area: Area, rows: list[Row], spec: Json) -> list[Row]:
    column = spec.get("dimensionIndex", 0)
    filled: list[tuple[Key, Row]] = []
    blank: list[Row] = []
    for row in rows:
        key = _key(book.value(area.tab, row[0], column, area.tab.cell(row[0], column)))
        if key is None:
            blank.append(row)
        else:
            filled.append((key, row))
    filled.sort(key=lambda each: each[0], reverse=spec.get("sortOrder") == "DESCENDING")
    return [row for _, row in filled] + blank


def _key(value: Any) -> Key | None:
    if value is None or value == "":
        return None
    if isinstance(value, CellError):
        return (3, value.kind)
    if isinstance(value, bool):
        return (2, value)
    return (0, value) if isinstance(value, int | float) else (1, value.casefold())


def _moved(cell: Cell | None, old_row: int, new_row: int, column: int) -> Cell | None:
    """A formula's relative references go along with its row."""
    if cell is None or not isinstance(cell.entered, Formula):
        return cell
    return cell.holding(references.copied(cell.entered, old_row, column, new_row, column))

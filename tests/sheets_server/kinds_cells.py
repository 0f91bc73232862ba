"""Kinds that write cells: updateCells, repeatCell, appendCells, setDataValidation."""

from __future__ import annotations

import copy
from typing import Any

from . import masks
from .a1 import Area
from .cells import EMPTY, Cell, Json, from_extended
from .colours import both_forms, painted
from .errors import Refused, not_played
from .kinds import Context, kind, mask, needed
from .spreadsheet import check_length

PLAYED = {"userEnteredValue", "userEnteredFormat", "note", "dataValidation", "textFormatRuns", "chipRuns"}
EVERYTHING = PLAYED - {"chipRuns"}
READ_ONLY = {"effectiveValue", "formattedValue", "effectiveFormat", "hyperlink"}


@kind("updateCells")
def update_cells(context: Context, body: Json) -> None:
    """Rows of cells over a range, or from a start on; what the mask names and the rows lack is emptied."""
    tree = _mask(body)
    rows = body.get("rows", [])
    area = _target(context, body, rows)
    for at in range(area.r1 - area.r0):
        given = rows[at].get("values", []) if at < len(rows) else []
        if "start" in body and not given:
            continue
        width = len(given) if "start" in body else area.c1 - area.c0
        new = [
            merged(
                area.tab.cell(area.r0 + at, area.c0 + column),
                given[column] if column < len(given) else {},
                tree,
            )
            for column in range(width)
        ]
        area.tab.put_row(area.r0 + at, area.c0, new)


def _mask(body: Json) -> masks.Tree:
    tree = mask(body, "CellData")
    names = set(tree) or EVERYTHING
    for name in names - PLAYED:
        if name in READ_ONLY:
            continue
        raise not_played(f"fields {name}")
    return both_forms({name: tree.get(name, {}) for name in names}, "@CellData")


def _target(context: Context, body: Json, rows: list[Json]) -> Area:
    height, width = len(rows), max((len(row.get("values", [])) for row in rows), default=0)
    if "start" not in body:
        area = context.editable(needed(body, "range"))
        _check_fits(area, height, width)
        return area
    tab, r0, c0 = (
        context.tab(body["start"]),
        *(body["start"].get(each, 0) for each in ("rowIndex", "columnIndex")),
    )
    for name, index, count in (("row", r0, tab.row_count), ("column", c0, tab.column_count)):
        if index >= count:
            raise Refused(f"GridCoordinate.{name}Index[{index}] is after last {name} in grid[{count}]")
    _check_fits(Area(tab, r0, tab.row_count, c0, tab.column_count), height, width)
    area = Area(tab, r0, r0 + height, c0, c0 + width)
    context.check(area)
    return area


def _check_fits(area: Area, height: int, width: int) -> None:
    if height > area.r1 - area.r0:
        raise Refused(f"Attempting to write row: {area.r1}, beyond the last requested row of: {area.r1 - 1}")
    if width > area.c1 - area.c0:
        raise Refused(
            f"Attempting to write column: {area.c1}, beyond the last requested column of: {area.c1 - 1}"
        )


@kind("repeatCell")
def repeat_cell(context: Context, body: Json) -> None:
    """The same into every cell of a range; a formula's references go along, as when it is dragged."""
    from .references import copied  # noqa: PLC0415

    tree, given = _mask(body), body.get("cell", {})
    area = context.editable(needed(body, "range"))
    formula = given.get("userEnteredValue", {}).get("formulaValue")
    alike: dict[Cell | None, Cell] = {}  # a thousand empty rows become one cell, made once
    for row in range(area.r0, area.r1):
        new = []
        for column in range(area.c0, area.c1):
            old = area.tab.cell(row, column)
            if old not in alike:
                alike[old] = merged(old, given, tree)
            cell = alike[old]
            if formula and "userEnteredValue" in tree:
                cell = cell.holding(copied(formula, area.r0, area.c0, row, column))
            new.append(cell)
        area.tab.put_row(row, area.c0, new)


@kind("appendCells")
def append_cells(context: Context, body: Json) -> None:
    """Rows after the last row that holds anything; the grid grows if need be."""
    tree, tab, rows = _mask(body), context.tab(body), body.get("rows", [])
    tab.rows = [*tab.rows]
    while tab.rows and not any(tab.rows[-1]):
        tab.rows.pop()
    start = len(tab.rows)
    width = max((len(row.get("values", [])) for row in rows), default=0)
    _check_fits(Area(tab, 0, len(rows), 0, tab.column_count), len(rows), width)
    tab.resize(max(tab.row_count, start + len(rows)), tab.column_count)
    context.book.check_size()
    context.check(Area(tab, start, start + len(rows), 0, max(width, 1)))
    for at, row in enumerate(rows):
        tab.put_row(start + at, 0, [merged(None, each, tree) for each in row.get("values", [])])


@kind("setDataValidation")
def set_data_validation(context: Context, body: Json) -> None:
    """One rule on a range; none given clears it."""
    rule = copy.deepcopy(body.get("rule")) or None
    if rule is not None and rule.get("condition", {}).get("type") in {None, "CONDITION_TYPE_UNSPECIFIED"}:
        raise Refused("The data validation rule needs a condition with a type.")
    area = context.editable(needed(body, "range"))
    skip = body.get("filteredRowsIncluded", True)
    if not skip:
        raise not_played("filteredRowsIncluded: false")
    for row in range(area.r0, area.r1):
        old = [area.tab.cell(row, column) or EMPTY for column in range(area.c0, area.c1)]
        if rule is None and not any(cell.validation for cell in old):
            continue
        new = [Cell(cell.entered, cell.format, cell.note, rule, cell.extra) for cell in old]
        area.tab.put_row(row, area.c0, new)


def merged(old: Cell | None, given: Json, tree: masks.Tree) -> Cell:
    """The cell with what the mask names taken from what is given, and emptied where nothing is given."""
    old = old or EMPTY
    entered, shape, note, rule, extra = old.entered, old.format, old.note, old.validation, old.extra
    for name, below in tree.items():
        if name == "userEnteredValue":
            entered = _value(given.get(name, {}))
        elif name == "userEnteredFormat":
            shape = patched(shape, painted(given.get(name) or {}, "@CellFormat"), below) or None
        elif name == "note":
            note = given.get(name) or None
        elif name == "dataValidation":
            rule = given.get(name) or None
        elif name not in READ_ONLY:
            extra = {**(extra or {}), name: given.get(name)}
    extra = {name: value for name, value in (extra or {}).items() if value} or None
    return Cell(entered, shape, note, rule, extra)


def _value(given: Json) -> Any:
    if "errorValue" in given:
        raise Refused("errorValue is read-only.")
    value = from_extended(given)
    check_length(value)
    formula = given.get("formulaValue")
    if formula is not None and not formula.startswith("="):
        raise Refused(f'formulaValue must start with "=": {formula}')
    return value


def patched(old: Any, new: Any, tree: masks.Tree) -> Any:
    """A message with the fields of the mask replaced, or removed where nothing is given."""
    if not tree:
        return copy.deepcopy(new)
    answer = dict(old or {})
    for name, below in tree.items():
        value = patched(answer.get(name), (new or {}).get(name), below)
        if value is None:
            answer.pop(name, None)
        else:
            answer[name] = value
    return answer

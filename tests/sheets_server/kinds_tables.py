"""Kinds about tables, what people make with "Convert to table": a named range with headings of its own."""

from __future__ import annotations

import copy

from .cells import EMPTY, Json
from .drawing import table
from .errors import Refused
from .kinds import Context, kind, mask, needed, only
from .spans import bounds, touch
from .tab import Tab

PLAYED = {"tableId", "name", "range", "columnProperties"}


@kind("addTable")
def add_table(context: Context, body: Json) -> Json:
    """A table over a range whose first row holds its headings."""
    given = copy.deepcopy(needed(body, "table"))
    only(given, PLAYED, "table")
    tab = context.tab(needed(given, "range"))
    number = given.get("tableId") or str(context.world.new_number())
    if any(number in each.tables for each in context.book.tabs):
        raise Refused(f"A table with id {number} already exists.")
    held = {
        "name": f"Table{1 + sum(len(each.tables) for each in context.book.tabs)}",
        **given,
        "tableId": number,
    }
    _check(context, tab, held)
    tab.tables[number] = held
    return {"table": table(tab, held)}


@kind("updateTable")
def update_table(context: Context, body: Json) -> None:
    """Another range or name."""
    given, tree = copy.deepcopy(needed(body, "table")), mask(body, "Table")
    only({name: given.get(name) for name in tree}, {"range", "name"}, "table")
    for tab in context.book.tabs:
        held = tab.tables.get(given.get("tableId", ""))
        if held is not None:
            new = {**held, **{name: given[name] for name in tree if name in given}}
            _check(context, tab, new)
            tab.tables[new["tableId"]] = new
            return
    raise Refused(f"No table with id: {given.get('tableId', '')}")


def _check(context: Context, tab: Tab, held: Json) -> None:
    """No table overlaps another; a heading that is blank gets a name of Google's."""
    area = context.editable(held["range"])
    if area.tab is not tab:
        raise Refused("A table cannot be moved to another sheet.")
    box = (area.r0, area.r1, area.c0, area.c1)
    others = (each for each in tab.tables.values() if each["tableId"] != held["tableId"])
    if any(touch(bounds(each["range"], tab.row_count, tab.column_count), box) for each in others):
        raise Refused("A table cannot overlap another table.")
    for at in range(area.c0, area.c1):
        cell = tab.cell(area.r0, at) or EMPTY
        if cell.entered is None:
            tab.put(area.r0, at, cell.holding(f"Column {at - area.c0 + 1}"))

"""Kinds about ranges with a meaning: named, protected, merged, filtered."""

from __future__ import annotations

import copy

from . import spans
from .a1 import Area
from .cells import Json
from .drawing import protected, without_zero
from .errors import Refused, no_permission, not_played
from .kinds import Context, kind, mask, needed, only
from .tab import Tab
from .world import may_edit_protected


@kind("addNamedRange")
def add_named_range(context: Context, body: Json) -> Json:
    """A name for a range."""
    book, given = context.book, copy.deepcopy(needed(body, "namedRange"))
    key = given.get("namedRangeId") or str(context.world.new_number())
    if key in book.named:
        raise Refused(f"Named range with id {key} already exists.")
    named = {"namedRangeId": key, "name": given.get("name", ""), "range": given.get("range", {})}
    _check_name(context, named)
    book.area(named["range"])
    book.named[key] = named
    return {"namedRange": {**named, "range": without_zero(named["range"])}}


def _check_name(context: Context, named: Json) -> None:
    name = named["name"]
    if not name or not name.replace("_", "a").replace(".", "a").isalnum() or name[0].isdigit():
        raise Refused(f"The name {name!r} is not a valid name for a named range.")
    for other in context.book.named.values():
        if other["name"].casefold() == name.casefold() and other["namedRangeId"] != named["namedRangeId"]:
            raise Refused(f"A named range with the name {name} already exists.")


@kind("updateNamedRange")
def update_named_range(context: Context, body: Json) -> None:
    """Name or range of a named range."""
    given = needed(body, "namedRange")
    held = _named(context, given.get("namedRangeId", ""))
    tree = mask(body, "NamedRange")
    new = {**held, **{name: copy.deepcopy(given.get(name)) for name in tree or given}}
    _check_name(context, new)
    context.book.area(new["range"])
    context.book.named[held["namedRangeId"]] = new


@kind("deleteNamedRange")
def delete_named_range(context: Context, body: Json) -> None:
    """The name; the cells stay."""
    held = _named(context, body.get("namedRangeId", ""))
    del context.book.named[held["namedRangeId"]]


def _named(context: Context, key: str) -> Json:
    if key not in context.book.named:
        raise Refused(f"No named range with id: {key}")
    return context.book.named[key]


@kind("addProtectedRange")
def add_protected_range(context: Context, body: Json) -> Json:
    """A range, or a whole tab, that only some may edit; who protects is among them."""
    given = copy.deepcopy(needed(body, "protectedRange"))
    if "namedRangeId" in given:
        given["range"] = _named(context, given.pop("namedRangeId"))["range"]
    if "tableId" in given:
        raise not_played("protectedRange.tableId")
    tab = context.tab(needed(given, "range"))
    context.book.area(given["range"])
    _check_one_whole(tab, given["range"])
    number = given.get("protectedRangeId") or context.world.new_number()
    if any(number in other.protected for other in context.book.tabs):
        raise Refused(f"Protected range with id {number} already exists.")
    given["protectedRangeId"] = number
    _check_editors(given)
    tab.protected[number] = given
    reply = protected(context.book, given, context.caller)
    _with_caller(context, given)
    return {"protectedRange": reply}


def _check_one_whole(tab: Tab, span: Json) -> None:
    """A tab as a whole is protected once only (issue reports)."""
    if set(span) <= {"sheetId"} and any(set(each["range"]) <= {"sheetId"} for each in tab.protected.values()):
        raise Refused(f'Sheet "{tab.title}" already has sheet protection.')


def _check_editors(given: Json) -> None:
    only(given.get("editors") or {}, {"users"} | _blank_parts(given.get("editors") or {}), "editors")
    if given.get("warningOnly") and any(
        (given.get("editors") or {}).get(name) for name in ("users", "groups")
    ):
        raise Refused("ProtectedRange is warningOnly. Editors cannot be set on it.")


def _blank_parts(editors: Json) -> set[str]:
    """Parts that are given and say nothing: no groups, not the whole domain."""
    return {name for name, value in editors.items() if not value}


def _with_caller(context: Context, held: Json) -> None:
    """Google counts the owner and who protects among the editors, whoever was named (recorded)."""
    editors = held.setdefault("editors", {})
    users = list(editors.get("users", []))
    for address in (context.caller, context.book.owner):
        if address.casefold() not in {user.casefold() for user in users}:
            users.append(address)
    editors["users"] = users


@kind("updateProtectedRange")
def update_protected_range(context: Context, body: Json) -> None:
    """Range, editors, description or warning of a protection."""
    given = copy.deepcopy(needed(body, "protectedRange"))
    tab, held = _protected(context, given.get("protectedRangeId", 0))
    tree = mask(body, "ProtectedRange")
    new = dict(held)
    for name in tree or {name: {} for name in given if name != "protectedRangeId"}:
        new[name] = given.get(name)
    new = {name: value for name, value in new.items() if value is not None}
    _check_editors(new)
    target = context.tab(needed(new, "range"))
    context.book.area(new["range"])
    del tab.protected[held["protectedRangeId"]]
    target.protected[held["protectedRangeId"]] = new
    _with_caller(context, new)


@kind("deleteProtectedRange")
def delete_protected_range(context: Context, body: Json) -> None:
    """The protection; the cells stay."""
    tab, held = _protected(context, body.get("protectedRangeId", 0))
    del tab.protected[held["protectedRangeId"]]


def _protected(context: Context, number: int) -> tuple[Tab, Json]:
    for tab in context.book.tabs:
        if number in tab.protected:
            held = tab.protected[number]
            if not may_edit_protected(context.book, held, context.caller):
                raise no_permission()
            return tab, held
    raise Refused(f"No protected range with id: {number}")


@kind("mergeCells")
def merge_cells(context: Context, body: Json) -> None:
    """One cell of many: all, column by column or row by row; the first value stays."""
    area = context.editable(needed(body, "range"))
    how = body.get("mergeType", "MERGE_ALL")
    for box in _boxes(area, how):
        _merge(area.tab, box)


def _boxes(area: Area, how: str) -> list[tuple[int, int, int, int]]:
    if how == "MERGE_COLUMNS":
        return [(area.r0, area.r1, column, column + 1) for column in range(area.c0, area.c1)]
    if how == "MERGE_ROWS":
        return [(row, row + 1, area.c0, area.c1) for row in range(area.r0, area.r1)]
    return [(area.r0, area.r1, area.c0, area.c1)]


def _merge(tab: Tab, box: tuple[int, int, int, int]) -> None:
    r0, r1, c0, c1 = box
    if r1 - r0 == c1 - c0 == 1:
        return
    for span in list(tab.merges):
        other = spans.bounds(span, tab.row_count, tab.column_count)
        if spans.touch(box, other):
            if not (r0 <= other[0] and other[1] <= r1 and c0 <= other[2] and other[3] <= c1):
                raise Refused("You must select all cells in a merged range to merge or unmerge them.")
            tab.merges.remove(span)
    tab.merges.append(
        {
            "sheetId": tab.sheet_id,
            "startRowIndex": r0,
            "endRowIndex": r1,
            "startColumnIndex": c0,
            "endColumnIndex": c1,
        }
    )
    _keep_first(tab, box)


def _keep_first(tab: Tab, box: tuple[int, int, int, int]) -> None:
    """The merged cell shows its upper left value, or the first filled one if that is blank; the rest go."""
    r0, r1, c0, c1 = box
    filled = [
        (row, column)
        for row in range(r0, r1)
        for column in range(c0, c1)
        if (cell := tab.cell(row, column)) is not None and cell.entered is not None
    ]
    if not filled:
        return
    first = tab.cell(*filled[0])
    assert first is not None
    value = first.entered
    for row, column in filled:
        cell = tab.cell(row, column)
        assert cell is not None
        tab.put(row, column, cell.holding(None))
    corner = tab.cell(r0, c0)
    tab.put(r0, c0, corner.holding(value) if corner is not None else first.holding(value))


@kind("unmergeCells")
def unmerge_cells(context: Context, body: Json) -> None:
    """Every merge that lies within the range is taken apart."""
    area = context.editable(needed(body, "range"))
    for span in list(area.tab.merges):
        other = spans.bounds(span, area.tab.row_count, area.tab.column_count)
        if spans.touch((area.r0, area.r1, area.c0, area.c1), other):
            inside = (
                area.r0 <= other[0] and other[1] <= area.r1 and area.c0 <= other[2] and other[3] <= area.c1
            )
            if not inside:
                raise Refused("You must select all cells in a merged range to merge or unmerge them.")
            area.tab.merges.remove(span)


@kind("setBasicFilter")
def set_basic_filter(context: Context, body: Json) -> None:
    """The tab's one filter; that it hides or sorts rows is not played, so criteria and sorts are refused."""
    given = copy.deepcopy(needed(body, "filter"))
    only(given, {"range"}, "filter")
    tab = context.tab(given.get("range", {}))
    area = context.book.area(given.get("range", {}))
    given["range"] = {
        "sheetId": tab.sheet_id,
        "startRowIndex": area.r0,
        "endRowIndex": area.r1,
        "startColumnIndex": area.c0,
        "endColumnIndex": area.c1,
    }
    tab.basic_filter = given


@kind("clearBasicFilter")
def clear_basic_filter(context: Context, body: Json) -> None:
    """No filter any more."""
    context.tab(body).basic_filter = None

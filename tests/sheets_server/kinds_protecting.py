"""Kinds about protected ranges."""

from __future__ import annotations

import copy

from .cells import Json
from .drawing import protected
from .errors import Refused, no_permission, not_played
from .kinds import Context, kind, mask, needed, only
from .kinds_ranges import named_range
from .tab import Tab
from .world import may_edit_protected


@kind("addProtectedRange")
def add_protected_range(context: Context, body: Json) -> Json:
    """A range, or a whole tab, that only some may edit; who protects is among them."""
    given = copy.deepcopy(needed(body, "protectedRange"))
    if "namedRangeId" in given:
        given["range"] = named_range(context, given.pop("namedRangeId"))["range"]
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

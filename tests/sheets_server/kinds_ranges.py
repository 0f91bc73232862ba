"""Kinds about named ranges and the basic filter."""

from __future__ import annotations

import copy

from .cells import Json
from .drawing import without_zero
from .errors import Refused
from .kinds import Context, kind, mask, needed, only


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
    held = named_range(context, given.get("namedRangeId", ""))
    tree = mask(body, "NamedRange")
    new = {**held, **{name: copy.deepcopy(given.get(name)) for name in tree or given}}
    _check_name(context, new)
    context.book.area(new["range"])
    context.book.named[held["namedRangeId"]] = new


@kind("deleteNamedRange")
def delete_named_range(context: Context, body: Json) -> None:
    """The name; the cells stay."""
    held = named_range(context, body.get("namedRangeId", ""))
    del context.book.named[held["namedRangeId"]]


def named_range(context: Context, key: str) -> Json:
    """The named range with this id, or refusal."""
    if key not in context.book.named:
        raise Refused(f"No named range with id: {key}")
    return context.book.named[key]


@kind("setBasicFilter")
def set_basic_filter(context: Context, body: Json) -> None:
    """The tab's one filter. That it hides or sorts rows is not played: only what it hides already stays."""
    given = copy.deepcopy(needed(body, "filter"))
    tab = context.tab(given.get("range", {}))
    held = tab.basic_filter or {}
    only(given, {"range"} | {n for n in ("criteria", "filterSpecs") if given.get(n) == held.get(n)}, "filter")
    area = context.book.area(given.get("range", {}))
    given["range"] = area.span
    tab.basic_filter = given


@kind("clearBasicFilter")
def clear_basic_filter(context: Context, body: Json) -> None:
    """No filter any more."""
    context.tab(body).basic_filter = None

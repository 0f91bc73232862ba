"""Kinds about looks: borders, conditional formats, banding."""

from __future__ import annotations

import copy

from .cells import EMPTY, Json
from .colours import painted
from .drawing import drawn_rule, without_zero
from .errors import Refused
from .kinds import Context, kind, mask, needed


@kind("updateBorders")
def update_borders(context: Context, body: Json) -> None:
    """Borders around and within a range; NONE takes one away."""
    area = context.editable(needed(body, "range"))
    for row in range(area.r0, area.r1):
        new = []
        for column in range(area.c0, area.c1):
            sides = {
                "top": body.get("top" if row == area.r0 else "innerHorizontal"),
                "bottom": body.get("bottom" if row == area.r1 - 1 else "innerHorizontal"),
                "left": body.get("left" if column == area.c0 else "innerVertical"),
                "right": body.get("right" if column == area.c1 - 1 else "innerVertical"),
            }
            cell = area.tab.cell(row, column) or EMPTY
            borders = dict((cell.format or {}).get("borders", {}))
            for side, border in sides.items():
                if border is not None:
                    borders[side] = painted(border, "@Border")
            borders = {side: border for side, border in borders.items() if border.get("style") != "NONE"}
            shape = {name: value for name, value in (cell.format or {}).items() if name != "borders"}
            new.append(cell.shaped({**shape, **({"borders": borders} if borders else {})}))
        area.tab.put_row(row, area.c0, new)


@kind("addConditionalFormatRule")
def add_conditional_format_rule(context: Context, body: Json) -> None:
    """A rule at an index of its tab's rules; all its ranges are on one tab."""
    rule = painted(copy.deepcopy(needed(body, "rule")), "@ConditionalFormatRule")
    if not rule.get("ranges"):
        raise Refused("A conditional format rule needs at least one range.")
    if ("booleanRule" in rule) == ("gradientRule" in rule):
        raise Refused("A conditional format rule needs a booleanRule or a gradientRule.")
    tab = context.book.area(rule["ranges"][0]).tab
    if any(context.book.area(span).tab is not tab for span in rule["ranges"]):
        raise Refused("All ranges in a conditional format must be on the same sheet.")
    at = body.get("index", 0)
    if at > len(tab.rules):
        raise Refused(f"Invalid index: {at}")
    tab.rules.insert(at, rule)


@kind("updateConditionalFormatRule")
def update_conditional_format_rule(context: Context, body: Json) -> Json:
    """Another rule in its place, or another place for it."""
    at = body.get("index", 0)
    if "newIndex" in body:
        rules = context.tab(body).rules
        _check_rule(rules, at)
        rule = rules.pop(at)
        rules.insert(body["newIndex"], rule)
        return {"newRule": drawn_rule(rule), "newIndex": body["newIndex"], "oldIndex": at}
    rule = painted(copy.deepcopy(needed(body, "rule")), "@ConditionalFormatRule")
    rules = context.book.area(rule["ranges"][0]).tab.rules
    _check_rule(rules, at)
    old, rules[at] = rules[at], rule
    return {"oldRule": drawn_rule(old), "newRule": drawn_rule(rule), "newIndex": at}


@kind("deleteConditionalFormatRule")
def delete_conditional_format_rule(context: Context, body: Json) -> Json:
    """The rule at an index."""
    rules, at = context.tab(body).rules, body.get("index", 0)
    _check_rule(rules, at)
    return {"rule": drawn_rule(rules.pop(at))}


def _check_rule(rules: list[Json], at: int) -> None:
    if at >= len(rules):
        raise Refused(f"No conditional format on sheet at index: {at}")


@kind("addBanding")
def add_banding(context: Context, body: Json) -> Json:
    """Rows in turning colours."""
    given = painted(copy.deepcopy(needed(body, "bandedRange")), "@BandedRange")
    tab = context.book.area(given.get("range", {})).tab
    number = given.get("bandedRangeId") or context.world.new_number()
    tab.banding[number] = {"bandedRangeId": number, **given}
    return {"bandedRange": {**tab.banding[number], "range": without_zero(given.get("range", {}))}}


@kind("updateBanding")
def update_banding(context: Context, body: Json) -> None:
    """Another range or other colours."""
    given = painted(copy.deepcopy(needed(body, "bandedRange")), "@BandedRange")
    tree = mask(body, "BandedRange")
    for tab in context.book.tabs:
        if given.get("bandedRangeId") in tab.banding:
            held = tab.banding[given["bandedRangeId"]]
            held.update({name: given.get(name) for name in tree or given})
            return
    raise Refused(f"No banded range with id: {given.get('bandedRangeId', 0)}")


@kind("deleteBanding")
def delete_banding(context: Context, body: Json) -> None:
    """Plain rows again."""
    number = body.get("bandedRangeId", 0)
    for tab in context.book.tabs:
        if tab.banding.pop(number, None):
            return
    raise Refused(f"No banded range with id: {number}")

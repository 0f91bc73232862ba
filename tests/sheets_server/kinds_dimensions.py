"""Kinds about rows and columns: insert, delete, move, append, size, hide, group."""

from __future__ import annotations

from .cells import Json
from .drawing import group
from .entering import check_may_insert
from .errors import Refused, not_played
from .kinds import Context, kind, mask, needed
from .tab import Tab

Span = tuple[Tab, str, int, int]


def _span(context: Context, given: Json, *, inside: bool = True) -> Span:
    tab, dimension = context.tab(given), given.get("dimension", "DIMENSION_UNSPECIFIED")
    if dimension == "DIMENSION_UNSPECIFIED":
        raise Refused("No dimension specified.")
    start, end = given.get("startIndex", 0), given.get("endIndex", tab.count(dimension))
    if inside:
        tab.check_inside(dimension, start, end)
    return tab, dimension, start, end


def _check_editable(context: Context, tab: Tab, dimension: str, start: int, end: int) -> None:
    names = (
        ("startRowIndex", "endRowIndex") if dimension == "ROWS" else ("startColumnIndex", "endColumnIndex")
    )
    context.editable({"sheetId": tab.sheet_id, names[0]: start, names[1]: end})


@kind("insertDimension")
def insert_dimension(context: Context, body: Json) -> None:
    """Empty rows or columns."""
    tab, dimension, start, end = _span(context, needed(body, "range"), inside=False)
    inherit, size = body.get("inheritFromBefore", False), tab.count(dimension)
    if "startIndex" not in body["range"]:
        raise Refused("range.startIndex must be set")
    _check_order(start, end)
    if start >= size + inherit:
        bound = "less than or equal to" if inherit else "less than"
        raise Refused(
            f"range.startIndex must be {bound} the grid size ({size}) "
            f"if inheritFromBefore is {str(bool(inherit)).lower()}."
        )
    if inherit and start == 0:
        raise Refused("inheritFromBefore can't be true when inserting before the first row or column.")
    check_may_insert(context.book, tab, dimension, start, context.caller)
    context.book.insert(tab, dimension, start, end - start, inherit)


@kind("deleteDimension")
def delete_dimension(context: Context, body: Json) -> None:
    """Rows or columns, not all of them, and not all that are not frozen."""
    tab, dimension, start, end = _span(context, needed(body, "range"), inside=False)
    word = "row" if dimension == "ROWS" else "column"
    _check_order(start, end)
    size = tab.count(dimension)
    if end > size:
        raise Refused(
            f"Cannot delete a {word} that doesn't exist. "
            f"Tried to delete {word} index {max(start, size)} but there are only {size} {word}s."
        )
    if end - start >= tab.count(dimension):
        raise Refused(f"You can't delete all the {word}s on the sheet.")
    frozen = tab.grid.get("frozenRowCount" if dimension == "ROWS" else "frozenColumnCount") or 0
    if frozen and start <= frozen and end >= tab.count(dimension):
        raise Refused(f"Sorry, it is not possible to delete all non-frozen {word}s.")
    _check_editable(context, tab, dimension, start, end)
    context.book.delete(tab, dimension, start, end)


def _check_order(start: int, end: int) -> None:
    if start < 0 or end < 0:
        raise Refused("DimensionRange indexes must be >= 0")
    if start >= end:
        raise Refused(f"range.startIndex must be less than range.endIndex: [{start}, {end})")


@kind("moveDimension")
def move_dimension(context: Context, body: Json) -> None:
    """Rows or columns to before an index, counted as they stood."""
    tab, dimension, start, end = _span(context, needed(body, "source"))
    to = body.get("destinationIndex", 0)
    if to > tab.count(dimension) or to < 0:
        raise Refused(f"destinationIndex[{to}] is past the grid ({tab.count(dimension)}).")
    if start < to < end:
        raise Refused("The destination index is within the source range.")
    _check_editable(context, tab, dimension, start, end)
    context.book.move(tab, dimension, start, end, to)


@kind("appendDimension")
def append_dimension(context: Context, body: Json) -> None:
    """Rows or columns at the end."""
    dimension, length = body.get("dimension"), body.get("length", 0)
    tab = context.tab(body)
    if dimension not in {"ROWS", "COLUMNS"}:
        raise Refused("No dimension specified.")
    if length < 1:
        raise Refused("Invalid length: must be at least 1.")
    rows, columns = (length, 0) if dimension == "ROWS" else (0, length)
    tab.resize(tab.row_count + rows, tab.column_count + columns)
    context.book.check_size()


@kind("updateDimensionProperties")
def update_dimension_properties(context: Context, body: Json) -> None:
    """Hidden by the user, pixel size."""
    tab, dimension, start, end = _span(context, needed(body, "range"))
    tree = mask(body, "DimensionProperties")
    given = body.get("properties", {})
    for name in list(tree) or list(given):
        if name not in {"hiddenByUser", "pixelSize"}:
            raise not_played(f"fields {name}")
        for at in range(start, end):
            tab.facts(dimension).setdefault(at, {})[name] = given.get(name)


@kind("autoResizeDimensions")
def auto_resize_dimensions(context: Context, body: Json) -> None:
    """As wide as the widest text, at about eight pixels a character (Google measures its font)."""
    if "dataSourceSheetDimensions" in body:
        raise not_played("dataSourceSheetDimensions")
    tab, dimension, start, end = _span(context, needed(body, "dimensions"), inside=False)
    if dimension == "ROWS":
        return
    for at in range(start, min(end, tab.column_count)):
        cells = (row[at] for row in tab.rows if at < len(row))
        texts = [cell.entered for cell in cells if cell is not None]
        longest = max((len(line) for text in texts for line in str(text).splitlines()), default=0)
        if longest:
            tab.column_facts.setdefault(at, {})["pixelSize"] = 8 * longest + 9


@kind("addDimensionGroup")
def add_dimension_group(context: Context, body: Json) -> Json:
    """One level of folding more on a span; a group that only overlaps is not played."""
    tab, dimension, start, end = _span(context, needed(body, "range"))
    held = tab.groups[dimension]
    inside = [
        each for each in held if each["range"]["startIndex"] <= start and end <= each["range"]["endIndex"]
    ]
    around = [
        each for each in held if start <= each["range"]["startIndex"] and each["range"]["endIndex"] <= end
    ]
    for each in held:
        apart = each["range"]["endIndex"] <= start or end <= each["range"]["startIndex"]
        if not apart and each not in inside and each not in around:
            raise not_played("a dimension group that overlaps another one in part")
    for each in around:
        if each not in inside:
            each["depth"] += 1
    span = {"sheetId": tab.sheet_id, "dimension": dimension, "startIndex": start, "endIndex": end}
    held.append({"range": span, "depth": 1 + len(inside)})
    held.sort(key=lambda each: (each["depth"], each["range"]["startIndex"]))
    tab.grid["rowGroupControlAfter" if dimension == "ROWS" else "columnGroupControlAfter"] = True
    return {"dimensionGroups": [group(each) for each in held]}


@kind("deleteDimensionGroup")
def delete_dimension_group(context: Context, body: Json) -> Json:
    """One level of folding less on a span."""
    tab, dimension, start, end = _span(context, needed(body, "range"))
    held = tab.groups[dimension]
    mine = [each for each in held if (each["range"]["startIndex"], each["range"]["endIndex"]) == (start, end)]
    if not mine and any(_overlap(each["range"], start, end) for each in held):
        raise not_played("deleting a part of a dimension group")
    if not mine:
        raise Refused(f"Cannot delete a group on a range that has none: [{start}, {end}).")
    gone = max(mine, key=lambda each: each["depth"])
    held.remove(gone)
    for each in held:
        if (
            start <= each["range"]["startIndex"]
            and each["range"]["endIndex"] <= end
            and each["depth"] > gone["depth"]
        ):
            each["depth"] -= 1
    return {"dimensionGroups": [group(each) for each in held]} if held else {}


def _overlap(span: Json, start: int, end: int) -> bool:
    return bool(span["startIndex"] < end and start < span["endIndex"])


@kind("updateDimensionGroup")
def update_dimension_group(context: Context, body: Json) -> None:
    """Fold or unfold; the rows or columns hide with it."""
    given = needed(body, "dimensionGroup")
    tab, dimension, start, end = _span(context, given.get("range", {}))
    tree = mask(body, "DimensionGroup")
    for each in tab.groups[dimension]:
        mine = (each["range"]["startIndex"], each["range"]["endIndex"]) == (start, end)
        if mine and each["depth"] == given.get("depth", 1) and (not tree or "collapsed" in tree):
            each["collapsed"] = given.get("collapsed", False)
            return
    raise Refused("There is no such group.")

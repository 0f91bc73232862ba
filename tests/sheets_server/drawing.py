"""A spreadsheet as JSON: what spreadsheets.get answers, drawn only as far as the field mask asks."""

from __future__ import annotations

import copy

from . import masks
from .a1 import Area
from .cells import EMPTY, Json
from .charts import source_ranges
from .defaults import SPREADSHEET_PROPERTIES
from .drawing_cells import row_data
from .spans import bounds
from .spreadsheet import Spreadsheet
from .tab import Tab

Tree = masks.Tree
ALL: Tree = {}


def spreadsheet(
    book: Spreadsheet, tree: Tree, areas: list[Area] | None, with_grid: bool, caller: str
) -> Json:
    """The Spreadsheet resource; areas cut down tabs and cells, None means all of it."""
    answer: Json = {
        "spreadsheetId": book.id,
        "properties": properties(book),
        "sheets": [],
        "spreadsheetUrl": f"https://docs.google.com/spreadsheets/d/{book.id}/edit",
    }
    if book.named:
        answer["namedRanges"] = [
            {**named, "range": without_zero(named["range"])} for named in book.named.values()
        ]
    if book.metadata:
        answer["developerMetadata"] = list(book.metadata.values())
    below = masks.below(tree, "sheets")
    if below is not None:
        shown = [tab for tab in book.tabs if areas is None or any(area.tab is tab for area in areas)]
        drawn = [_tab(book, tab, below, areas, with_grid, caller) for tab in shown]
        answer["sheets"] = drawn
    if not answer["sheets"]:
        del answer["sheets"]
    inner = {name: each for name, each in tree.items() if name != "sheets"}
    outer = masks.applied(inner, {k: v for k, v in answer.items() if k != "sheets"}) if inner else {}
    if not tree:
        return answer
    return outer | ({"sheets": answer["sheets"]} if "sheets" in answer else {})


def properties(book: Spreadsheet) -> Json:
    """SpreadsheetProperties."""
    return {
        "title": book.title,
        "locale": book.locale,
        "timeZone": book.time_zone,
        **SPREADSHEET_PROPERTIES,
        **book.properties,
    }


def tab_properties(book: Spreadsheet, tab: Tab) -> Json:
    """SheetProperties; what is false or 0 is left out, as proto3 does, save the id and the index."""
    grid = {name: value for name, value in tab.grid.items() if value}
    rest = {name: value for name, value in tab.properties.items() if value}
    return {
        "sheetId": tab.sheet_id,
        "title": tab.title,
        "index": book.tabs.index(tab),
        "sheetType": "GRID",
        "gridProperties": {"rowCount": tab.row_count, "columnCount": tab.column_count, **grid},
        **rest,
    }


def without_zero(span: Json) -> Json:
    """A GridRange as Google answers it: a sheet id of 0 is left out."""
    return {name: value for name, value in span.items() if name != "sheetId" or value}


def drawn_rule(held: Json) -> Json:
    """A ConditionalFormatRule."""
    return {**held, "ranges": [without_zero(span) for span in held["ranges"]]}


def _tab(
    book: Spreadsheet, tab: Tab, tree: Tree, areas: list[Area] | None, with_grid: bool, caller: str
) -> Json:
    answer: Json = {"properties": tab_properties(book, tab)}
    if tab.merges:
        answer["merges"] = [without_zero(span) for span in tab.merges]
    if tab.protected:
        answer["protectedRanges"] = [protected(book, each, caller) for each in tab.protected.values()]
    if tab.basic_filter is not None:
        answer["basicFilter"] = {**tab.basic_filter, "range": without_zero(tab.basic_filter["range"])}
    for name, held in (("filterViews", tab.filter_views), ("bandedRanges", tab.banding)):
        if held:
            answer[name] = [{**each, "range": without_zero(each["range"])} for each in held.values()]
    if tab.tables:
        answer["tables"] = [table(tab, each) for each in tab.tables.values()]
    if tab.rules:
        answer["conditionalFormats"] = [drawn_rule(rule) for rule in tab.rules]
    if tab.charts:
        answer["charts"] = [chart(each) for each in tab.charts.values()]
    for name, dimension in (("rowGroups", "ROWS"), ("columnGroups", "COLUMNS")):
        if tab.groups[dimension]:
            answer[name] = [group(each) for each in tab.groups[dimension]]
    answer = masks.applied(tree, answer)
    below = masks.below(tree, "data")
    if with_grid and below is not None:
        mine = [area for area in areas or [] if area.tab is tab]
        chosen = mine or [Area(tab, 0, tab.row_count, 0, tab.column_count)]
        answer["data"] = [_grid(book, area, below) for area in chosen]
    return answer


def chart(held: Json) -> Json:
    """An EmbeddedChart."""
    answer = copy.deepcopy(held)
    for one in source_ranges(answer):
        one["sources"] = [without_zero(span) for span in one["sources"]]
    place = answer["position"]["overlayPosition"]
    place["anchorCell"] = without_zero(place["anchorCell"])
    return answer


def group(held: Json) -> Json:
    """A DimensionGroup."""
    span = without_zero(held["range"])
    return {"range": span, **{name: value for name, value in held.items() if name != "range" and value}}


def protected(book: Spreadsheet, held: Json, caller: str) -> Json:
    """A ProtectedRange; only those who may edit it are told who else may."""
    from .world import may_edit_protected  # noqa: PLC0415  # world draws nothing, but knows the rule

    may = may_edit_protected(book, held, caller)
    answer = {k: v for k, v in held.items() if v and k not in {"range", "editors", "requestingUserCanEdit"}}
    if "range" in held:
        answer["range"] = without_zero(held["range"])
    if may:
        answer["requestingUserCanEdit"] = True
        answer["editors"] = {name: each for name, each in held.get("editors", {}).items() if each}
    return answer


def table(tab: Tab, held: Json) -> Json:
    """A Table: its columns by the names that stand in its first row."""
    r0, _, c0, c1 = bounds(held["range"], tab.row_count, tab.column_count)
    types = {each.get("columnIndex", 0): each for each in held.get("columnProperties", [])}
    columns = [
        {**types.get(at, {}), "columnName": str((tab.cell(r0, c0 + at) or EMPTY).entered or "")}
        | ({"columnIndex": at} if at else {})
        for at in range(c1 - c0)
    ]
    return {**held, "range": without_zero(held["range"]), "columnProperties": columns}


def _grid(book: Spreadsheet, area: Area, tree: Tree) -> Json:
    answer: Json = {}
    if area.r0 and masks.below(tree, "startRow") is not None:
        answer["startRow"] = area.r0
    if area.c0 and masks.below(tree, "startColumn") is not None:
        answer["startColumn"] = area.c0
    below = masks.below(tree, "rowData")
    if below is not None and (rows := row_data(book, area, below)):
        answer["rowData"] = rows
    for name, dimension in (("rowMetadata", "ROWS"), ("columnMetadata", "COLUMNS")):
        inner = masks.below(tree, name)
        if inner is not None:
            span = (area.r0, area.r1) if dimension == "ROWS" else (area.c0, area.c1)
            answer[name] = [masks.applied(inner, facts(area.tab, dimension, at)) for at in range(*span)]
    return answer


def facts(tab: Tab, dimension: str, at: int) -> Json:
    """DimensionProperties of one row or column."""
    usual = {"pixelSize": 21 if dimension == "ROWS" else 100}
    held = tab.facts(dimension).get(at)
    return {**usual, **{name: value for name, value in held.items() if value}} if held else usual

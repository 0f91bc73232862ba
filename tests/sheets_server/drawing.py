"""A spreadsheet as JSON: what spreadsheets.get answers, drawn only as far as the field mask asks."""

from __future__ import annotations

from typing import Any

from . import formats, locales, masks
from .a1 import Area
from .cells import Cell, CellError, Formula, Json, Value, entered_json, result_json
from .defaults import DEFAULT_FORMAT, SPREADSHEET_PROPERTIES
from .spreadsheet import Spreadsheet
from .tab import Row, Tab

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
    if tab.rules:
        answer["conditionalFormats"] = [
            {**rule, "ranges": [without_zero(span) for span in rule["ranges"]]} for rule in tab.rules
        ]
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


def _grid(book: Spreadsheet, area: Area, tree: Tree) -> Json:
    answer: Json = {}
    if area.r0 and masks.below(tree, "startRow") is not None:
        answer["startRow"] = area.r0
    if area.c0 and masks.below(tree, "startColumn") is not None:
        answer["startColumn"] = area.c0
    below = masks.below(tree, "rowData")
    if below is not None:
        rows = area.tab.used(area.r0, area.r1, area.c0, area.c1)
        drawn = [_row(book, area, at, row, below) for at, row in enumerate(rows)]
        if drawn:
            answer["rowData"] = drawn
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


def _row(book: Spreadsheet, area: Area, at: int, row: Row, tree: Tree) -> Json:
    below = masks.below(tree, "values")
    if below is None or not row:
        return {}
    drawn = []
    for offset, each in enumerate(row):
        drawn.append({} if each is None else cell(book, area, at, offset, each, below))
    return {"values": drawn}


def cell(book: Spreadsheet, area: Area, at: int, offset: int, held: Cell, tree: Tree) -> Json:
    """CellData as the mask asks; a cell without a formula is drawn once and remembered."""
    if held.drawn is not None and held.drawn[0] is tree and held.drawn[1] == book.locale:
        return held.drawn[2]
    value = book.value(area.tab, area.r0 + at, area.c0 + offset, held)
    answer = _drawn(book, held, value, tree)
    if not isinstance(held.entered, Formula):
        held.drawn = (tree, book.locale, answer)
    return answer


def _drawn(book: Spreadsheet, held: Cell, value: Value, tree: Tree) -> Json:
    """Only what the mask names is worked out: tens of thousands of cells are drawn in one answer."""
    answer: Json = {}
    if held.entered is not None:
        _draw_value(book, held, value, tree, answer)
    if held.format and (not tree or "userEnteredFormat" in tree):
        answer["userEnteredFormat"] = held.format
    if not tree or "effectiveFormat" in tree:
        answer["effectiveFormat"] = effective_format(held)
    if held.note and (not tree or "note" in tree):
        answer["note"] = held.note
    if held.validation and (not tree or "dataValidation" in tree):
        answer["dataValidation"] = held.validation
    for name, each in (held.extra or {}).items():
        if not tree or name in tree:
            answer[name] = each
    for name, below in tree.items():
        if below and name in answer:
            answer[name] = masks.applied(below, answer[name])
    return answer


def _draw_value(book: Spreadsheet, held: Cell, value: Value, tree: Tree, answer: Json) -> None:
    if not tree or "userEnteredValue" in tree:
        answer["userEnteredValue"] = entered_json(held.entered)
    if not tree or "effectiveValue" in tree:
        answer["effectiveValue"] = result_json(value)
    if not tree or "formattedValue" in tree:
        is_text = isinstance(value, str)
        answer["formattedValue"] = (
            value if is_text else formats.shown(value, result_format(held, value), locales.of(book.locale))
        )
    if (not tree or "hyperlink" in tree) and (link := hyperlink(held)):
        answer["hyperlink"] = link


def effective_format(held: Cell) -> Json:
    """The cell's format over the spreadsheet's own."""
    return {**DEFAULT_FORMAT, "hyperlinkDisplayType": "PLAIN_TEXT", **(held.format or {})}


def result_format(held: Cell, value: Value) -> Json:
    """The number format that shows a result; NOW and TODAY bring their own where the cell has none."""
    given = held.number_format()
    if given or not isinstance(held.entered, Formula) or isinstance(value, CellError):
        return given
    name = held.entered.replace(" ", "").upper()
    if name.startswith("=NOW("):
        return {"type": "DATE_TIME"}
    return {"type": "DATE"} if name.startswith(("=TODAY(", "=DATE(")) else {}


def hyperlink(held: Cell) -> str | None:
    """The address of a HYPERLINK formula with a literal address."""
    if not isinstance(held.entered, Formula) or not held.entered.upper().startswith("=HYPERLINK("):
        return None
    first: Any = held.entered[len("=HYPERLINK(") :].strip()
    return first[1:].partition('"')[0] if first.startswith('"') else None

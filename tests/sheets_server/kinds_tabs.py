"""Kinds about the spreadsheet and its tabs as such."""

from __future__ import annotations

import copy
from zoneinfo import ZoneInfo

from . import locales, references
from .cells import Json
from .colours import both_forms, painted
from .drawing import tab_properties
from .errors import Refused, not_played
from .kinds import Context, kind, mask, only
from .tab import Tab

GRID_COUNTS = {"rowCount", "columnCount"}
OWN = {"sheetId", "title", "index", "sheetType", "gridProperties"}


@kind("updateSpreadsheetProperties")
def update_spreadsheet_properties(context: Context, body: Json) -> None:
    """Title, locale, time zone and the rest."""
    book, given = context.book, body.get("properties", {})
    tree = mask(body, "SpreadsheetProperties")
    for name in list(tree) or list(given):
        value = given.get(name)
        if name == "title":
            book.title = value or ""
        elif name == "locale":
            if not locales.is_known(value or ""):
                raise not_played(f"the locale {value!r}")
            book.locale = value
        elif name == "timeZone":
            book.time_zone = _zone(value)
        else:
            book.properties[name] = value


def _zone(name: str | None) -> str:
    try:
        ZoneInfo(name or "")
    except (KeyError, ValueError, OSError) as error:
        raise Refused(f"Unknown time zone: {name}") from error
    return name or ""


@kind("addSheet")
def add_sheet(context: Context, body: Json) -> Json:
    """A new tab, at the end unless an index says otherwise."""
    book, given = context.book, painted(body.get("properties", {}), "@SheetProperties")
    only_grid(given)
    tab = Tab(new_id(context, given), given.get("title") or _free_title(context))
    check_title(context, tab, tab.title)
    grid = given.get("gridProperties", {})
    tab.row_count, tab.column_count = grid.get("rowCount", 1000), grid.get("columnCount", 26)
    tab.grid = {name: value for name, value in grid.items() if name not in GRID_COUNTS}
    tab.properties = {name: value for name, value in given.items() if name not in OWN}
    at = given.get("index", len(book.tabs))
    book.tabs.insert(min(at, len(book.tabs)), tab)
    book.check_size()
    return {"properties": tab_properties(book, tab)}


def only_grid(given: Json) -> None:
    """Tabs of cells are played; charts on tabs of their own, and tabs of a data source, are not."""
    if given.get("sheetType", "GRID") != "GRID":
        raise not_played(f"sheetType {given['sheetType']}")
    only(given, OWN | {"hidden", "tabColor", "tabColorStyle", "rightToLeft"}, "properties")


def new_id(context: Context, given: Json) -> int:
    """The sheet id that was given, if it is free, or a new one."""
    held = {tab.sheet_id for tab in context.book.tabs}
    if "sheetId" in given:
        if given["sheetId"] in held:
            raise Refused(f"Sheet with id {given['sheetId']} already exists.")
        if given["sheetId"] < 0:
            raise Refused(f"Invalid sheet id: {given['sheetId']}")
        return int(given["sheetId"])
    number = context.world.new_number()
    while number in held:
        number = context.world.new_number()
    return number


def _free_title(context: Context) -> str:
    number = len(context.book.tabs) + 1
    while context.book.tab_titled(f"Sheet{number}"):
        number += 1
    return f"Sheet{number}"


def check_title(context: Context, tab: Tab, title: str) -> None:
    """Refuse a title that is empty or another tab's."""
    if not title:
        raise Refused("Sheet name cannot be empty.")
    held = context.book.tab_titled(title)
    if held is not None and held is not tab:
        raise Refused(f'A sheet with the name "{title}" already exists. Please enter another name.')


@kind("deleteSheet")
def delete_sheet(context: Context, body: Json) -> None:
    """The tab and all that hangs on it; the last tab that shows must stay."""
    book, tab = context.book, context.tab(body)
    rest = [other for other in book.tabs if other is not tab]
    if not rest:
        raise Refused("You can't remove all the sheets in a document.")
    if all(other.properties.get("hidden") for other in rest):
        raise Refused("You can't remove all the visible sheets in a document.")
    _check_whole_tab(context, tab)
    book.tabs = rest
    book.named = {
        key: named for key, named in book.named.items() if named["range"].get("sheetId", 0) != tab.sheet_id
    }


def _check_whole_tab(context: Context, tab: Tab) -> None:
    context.editable({"sheetId": tab.sheet_id})


@kind("updateSheetProperties")
def update_sheet_properties(context: Context, body: Json) -> None:
    """Title, index, hidden, colour, size, frozen rows …: what the mask names, set or reset."""
    given = painted(body.get("properties", {}), "@SheetProperties")
    tab = context.tab(given)
    only_grid(given)
    tree = both_forms(mask(body, "SheetProperties"), "@SheetProperties")
    names = dict(tree) if tree else {name: {} for name in given if name != "sheetId"}
    for name, below in names.items():
        if name == "title":
            check_title(context, tab, given.get("title", ""))
            references.after_rename(context.book, tab.title, given["title"])
            tab.title = given["title"]
        elif name == "index":
            _move_tab(context, tab, given.get("index", 0))
        elif name == "gridProperties":
            _update_grid(context, tab, given.get("gridProperties", {}), below)
        elif name in {"sheetId", "sheetType"}:
            raise Refused(f"{name} cannot be changed.")
        else:
            tab.properties[name] = copy.deepcopy(given.get(name))
    if all(other.properties.get("hidden") for other in context.book.tabs):
        raise Refused("You can't hide all the sheets in a document.")


def _move_tab(context: Context, tab: Tab, to: int) -> None:
    """The index is counted as the tabs stood before the move."""
    tabs = context.book.tabs
    if to > len(tabs):
        raise Refused(f"Invalid index: {to}")
    at = tabs.index(tab)
    tabs.remove(tab)
    tabs.insert(to - 1 if to > at else to, tab)


def _update_grid(context: Context, tab: Tab, given: Json, below: Json) -> None:
    names = list(below) or list(given)
    rows, columns = tab.row_count, tab.column_count
    if "rowCount" in names:
        rows = given.get("rowCount", 0)
    if "columnCount" in names:
        columns = given.get("columnCount", 0)
    _resize(context, tab, rows, columns)
    for name in names:
        if name not in GRID_COUNTS:
            tab.grid[name] = given.get(name)
    _check_frozen(tab)


def _resize(context: Context, tab: Tab, rows: int, columns: int) -> None:
    if rows < 1 or columns < 1:
        word = "row" if rows < 1 else "column"
        raise Refused(f"You can't delete all the {word}s on the sheet.")
    if rows < tab.row_count:
        context.editable({"sheetId": tab.sheet_id, "startRowIndex": rows})
        context.book.delete(tab, "ROWS", rows, tab.row_count)
    if columns < tab.column_count:
        context.editable({"sheetId": tab.sheet_id, "startColumnIndex": columns})
        context.book.delete(tab, "COLUMNS", columns, tab.column_count)
    tab.resize(rows, columns)
    context.book.check_size()


def _check_frozen(tab: Tab) -> None:
    for name, word, count in (
        ("frozenRowCount", "rows", tab.row_count),
        ("frozenColumnCount", "columns", tab.column_count),
    ):
        if (tab.grid.get(name) or 0) >= count:
            raise Refused(f"You can't freeze all visible {word} on the sheet.")

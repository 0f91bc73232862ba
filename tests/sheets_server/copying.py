"""New spreadsheets, and tabs copied from one to another."""

from __future__ import annotations

from . import drawing, masks
from .cells import Json
from .errors import not_played
from .kinds import Context
from .kinds_cells import EVERYTHING, merged
from .kinds_duplicating import rehang
from .kinds_tabs import add_sheet, update_spreadsheet_properties
from .spreadsheet import Spreadsheet
from .world import World


def create(world: World, body: Json, caller: str) -> Json:
    """spreadsheets.create: the given properties and tabs with their cells, or one empty tab."""
    unknown = set(body) - {"properties", "sheets", "namedRanges", "spreadsheetId", "spreadsheetUrl"}
    if unknown or body.get("namedRanges"):
        raise not_played(f"spreadsheets.create with {sorted(unknown) or 'namedRanges'}")
    given = {"title": "Untitled spreadsheet", **body.get("properties", {})}
    book = world.create(given["title"], owner=caller)
    context = Context(world, book, caller)
    try:
        update_spreadsheet_properties(context, {"properties": given, "fields": ",".join(given)})
        if body.get("sheets"):
            book.tabs = []
            for each in body["sheets"]:
                _add_tab(context, each)
    except Exception:
        world.delete(book.id)
        raise
    return drawing.spreadsheet(book, {}, None, False, caller)


def _add_tab(context: Context, given: Json) -> None:
    unknown = set(given) - {"properties", "data"}
    if unknown:
        raise not_played(f"spreadsheets.create with sheets.{sorted(unknown)[0]}")
    add_sheet(context, {"properties": given.get("properties", {})})
    tab = context.book.tabs[-1]
    tree: masks.Tree = {name: {} for name in EVERYTHING}
    for grid in given.get("data", []):
        for at, row in enumerate(grid.get("rowData", [])):
            cells = [merged(None, each, tree) for each in row.get("values", [])]
            tab.put_row(grid.get("startRow", 0) + at, grid.get("startColumn", 0), cells)


def copy_tab(world: World, book: Spreadsheet, sheet_id: int, body: Json, caller: str) -> Json:
    """spreadsheets.sheets.copyTo: at the end of the other spreadsheet, as "Copy of …"."""
    source = book.tab(sheet_id)
    other = world.allowed(body.get("destinationSpreadsheetId", ""), caller, "write")
    with other.all_or_nothing():
        tab = source.copied()
        held = {each.sheet_id for each in other.tabs}
        while (number := world.new_number()) in held:
            pass
        tab.sheet_id, title, at = number, f"Copy of {source.title}", 2
        tab.title = title
        while other.tab_titled(tab.title):
            tab.title, at = f"{title} {at}", at + 1
        rehang(Context(world, other, caller), tab)
        other.tabs.append(tab)
        other.check_size()
    return drawing.tab_properties(other, tab)

"""spreadsheets.get and the spreadsheet inside batchUpdate's answer."""

from __future__ import annotations

from . import a1, drawing, masks
from .cells import Json
from .spreadsheet import Spreadsheet


def get(book: Spreadsheet, query: Json, caller: str) -> Json:
    """The Spreadsheet resource; a field mask decides on grid data, and without one includeGridData does."""
    areas = [a1.parsed(book, each) for each in query["ranges"]] if query.get("ranges") else None
    tree = masks.parsed(query["fields"], "Spreadsheet") if query.get("fields") else {}
    with_grid = bool(query.get("fields")) or bool(query.get("includeGridData"))
    return drawing.spreadsheet(book, tree, areas, with_grid, caller)

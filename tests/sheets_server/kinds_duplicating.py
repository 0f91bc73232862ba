"""duplicateSheet: a copy of a tab in the same spreadsheet; and what hangs on a copied tab's ranges."""

from __future__ import annotations

from .cells import Json
from .drawing import tab_properties
from .errors import Refused
from .kinds import Context, kind
from .kinds_tabs import check_title, new_id
from .tab import Tab


@kind("duplicateSheet")
def duplicate_sheet(context: Context, body: Json) -> Json:
    """A copy of a tab; it stands first unless an index says otherwise."""
    book = context.book
    source = book.tab(body.get("sourceSheetId", 0))
    given = {"sheetId": body["newSheetId"]} if "newSheetId" in body else {}
    tab = source.copied()
    tab.sheet_id = new_id(context, given)
    tab.title = body.get("newSheetName") or _copy_title(context, source)
    check_title(context, source, tab.title) if tab.title != source.title else _refuse_same(tab.title)
    rehang(context, tab)
    book.tabs.insert(min(body.get("insertSheetIndex", 0), len(book.tabs)), tab)
    book.check_size()
    return {"properties": tab_properties(book, tab)}


def _refuse_same(title: str) -> None:
    raise Refused(f'A sheet with the name "{title}" already exists. Please enter another name.')


def _copy_title(context: Context, source: Tab) -> str:
    title, number = f"Copy of {source.title}", 2
    while context.book.tab_titled(title):
        title, number = f"Copy of {source.title} {number}", number + 1
    return title


def rehang(context: Context, tab: Tab) -> None:
    """What hangs on a copied tab's ranges is the copy's own, with new ids."""

    def moved(span: Json) -> Json:
        return {**span, "sheetId": tab.sheet_id}

    tab.merges = [moved(span) for span in tab.merges]
    for name, key in (
        ("protected", "protectedRangeId"),
        ("filter_views", "filterViewId"),
        ("banding", "bandedRangeId"),
    ):
        fresh = {}
        for held in getattr(tab, name).values():
            number = context.world.new_number()
            fresh[number] = {**held, key: number, "range": moved(held["range"])}
        setattr(tab, name, fresh)
    tab.tables = {}  # Google copies them under new names; nobody here asks for that
    if tab.basic_filter is not None:
        tab.basic_filter = {**tab.basic_filter, "range": moved(tab.basic_filter["range"])}
    tab.rules = [{**rule, "ranges": [moved(span) for span in rule["ranges"]]} for rule in tab.rules]
    tab.charts = {}  # Google copies them; nobody here asks for that
    for dimension, held in tab.groups.items():
        tab.groups[dimension] = [
            {**each, "range": {**each["range"], "sheetId": tab.sheet_id}} for each in held
        ]

"""A spreadsheet as `engage init` and `engage doctor` look at it.

Two requests, whatever its size: tabs and their protections, then the top rows of each, with notes and rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from engage.errors import RequestRefused
from engage.model import Grid

from .asked import Reading
from .keeping import read_memory
from .reading import Sheet, read_book
from .view import ENGAGE, pipeline_view

TOP_ROWS = 12  # headings stand in the first ten
MOST_LOOKS = 3
LONGEST_LINK = 6000  # characters of ranges: what is on the way to Google may cut links off at 8 KB
_TABS = (
    "spreadsheetId,properties(title,locale,timeZone),sheets(properties(sheetId,title,sheetType,hidden,index,"
    "gridProperties(rowCount,columnCount)),protectedRanges,basicFilter,tables(tableId),charts(chartId))"
)
_CELL = (
    "formattedValue,userEnteredValue(formulaValue),effectiveValue(numberValue,boolValue),"
    "effectiveFormat(numberFormat),note,dataValidation(condition(type))"
)
_TOPS = f"sheets(properties(sheetId),data(startRow,startColumn,rowData(values({_CELL}))))"
Address = tuple[int, int]


@dataclass(frozen=True, slots=True)
class TabStanding:
    """One tab. title: as we call it, whatever a person made of it; rows: its top ones, of _engage all.

    notes, ruled: addresses of the cells that have a note, or a rule for what may be typed (from 1).
    has_tables: whether people made a table of a part of it, which has rules of its own.
    """

    sheet_id: int
    title: str
    rows: Grid
    row_count: int
    column_count: int
    hidden: bool = False
    notes: frozenset[Address] = frozenset()
    ruled: frozenset[Address] = frozenset()
    formulas: Mapping[Address, str] = field(default_factory=dict)
    protected: tuple[Mapping[str, Any], ...] = ()
    has_tables: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """A spreadsheet. cells: of all grids, the empty ones too (Google allows 10 million).

    charts: the ids of all charts, on whatever tab they stand.
    """

    id: str
    title: str
    locale: str
    time_zone: str
    tabs: tuple[TabStanding, ...]
    cells: int = 0
    self_id: str = ""
    charts: frozenset[int] = frozenset()

    def tab(self, title: str) -> TabStanding | None:
        """The tab of this title, whatever its capitals (Google takes no two that differ in them alone)."""
        wanted = title.casefold()
        return next((tab for tab in self.tabs if tab.title.casefold() == wanted), None)


def look(client: Reading, sheet: str, where: str) -> Standing:
    """The spreadsheet now. Raises WorkbookError."""
    for left in reversed(range(MOST_LOOKS)):
        tabs = client.get_spreadsheet(sheet, fields=_TABS, where=where)
        try:
            tops = [
                client.get_spreadsheet(sheet, ranges=part, fields=_TOPS, where=where)
                for part in _in_links(_ranges(tabs))
            ]
            return read_standing(tabs, {"sheets": [each for top in tops for each in top.get("sheets", ())]})
        except RequestRefused:  # a tab was renamed or deleted in between
            if not left:
                raise
    raise AssertionError("unreachable")


def _in_links(ranges: Sequence[str]) -> Iterable[Sequence[str]]:
    """The ranges in as few parts as the length of a link allows; one part where there are none."""
    parts: list[list[str]] = [[]]
    length = 0
    for each in ranges:
        weight = len(quote(each)) + len("&ranges=")
        if length + weight > LONGEST_LINK and parts[-1]:
            parts.append([])
            length = 0
        parts[-1].append(each)
        length += weight
    return parts


def read_standing(tabs: Mapping[str, Any], tops: Mapping[str, Any]) -> Standing:
    """Both answers put together by tab id."""
    data = {each["properties"].get("sheetId", 0): each.get("data", []) for each in tops.get("sheets", ())}
    merged = [
        each | {"data": data.get(each["properties"].get("sheetId", 0), [])} for each in tabs.get("sheets", ())
    ]
    book = read_book({**tabs, "sheets": merged})
    engage = book.titled(ENGAGE)
    memory = read_memory(engage.seen.rows if engage else ())
    facts = {each["properties"].get("sheetId", 0): each for each in merged}
    shown = pipeline_view(book, memory).sheets
    return Standing(
        id=book.id,
        title=book.title,
        locale=book.locale,
        time_zone=book.time_zone,
        tabs=tuple(_tab(sheet, facts[sheet.sheet_id]) for sheet in shown),
        cells=sum(sheet.row_count * sheet.column_count for sheet in book.sheets),
        self_id=memory.self_id,
        charts=frozenset(chart["chartId"] for each in merged for chart in each.get("charts", ())),
    )


def _ranges(tabs: Mapping[str, Any]) -> list[str]:
    return [_range(each["properties"]) for each in tabs.get("sheets", ()) if _is_grid(each["properties"])]


def _is_grid(about: Mapping[str, Any]) -> bool:
    return str(about.get("sheetType", "GRID")) == "GRID"


def _range(about: Mapping[str, Any]) -> str:
    title, size = str(about["title"]), about.get("gridProperties", {})
    last = size.get("rowCount", 1) if title == ENGAGE else min(TOP_ROWS, size.get("rowCount", 1))
    return f"'{title.replace(chr(39), chr(39) * 2)}'!1:{last}"


def _tab(sheet: Sheet, facts: Mapping[str, Any]) -> TabStanding:
    cells = list(_cells(facts.get("data", ())))
    return TabStanding(
        sheet_id=sheet.sheet_id,
        title=sheet.title,
        rows=sheet.seen.rows,
        row_count=sheet.row_count,
        column_count=sheet.column_count,
        hidden=sheet.seen.hidden,
        notes=frozenset(at for at, cell in cells if cell.get("note")),
        ruled=frozenset(at for at, cell in cells if cell.get("dataValidation")),
        formulas={at: f for at, c in cells if (f := c.get("userEnteredValue", {}).get("formulaValue"))},
        protected=tuple(facts.get("protectedRanges", ())),
        has_tables=bool(facts.get("tables")),
    )


def _cells(blocks: Iterable[Mapping[str, Any]]) -> Iterable[tuple[Address, Mapping[str, Any]]]:
    for block in blocks:
        left = block.get("startColumn", 0)
        for row, held in enumerate(block.get("rowData", ()), block.get("startRow", 0) + 1):
            yield from (((row, at), cell) for at, cell in enumerate(held.get("values", ()), left + 1))

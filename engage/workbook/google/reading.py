"""One field-masked answer of the Sheets API → the whole spreadsheet at one moment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from engage.model import Row

from ..cells import PART_OF, Area, Seen, trim, trim_grid
from .protecting import HEADINGS, peoples
from .values import cell_reads

# Values, text as shown and formulas in one answer: two reads can straddle an edit.
_CELL = (
    "formattedValue,userEnteredValue(formulaValue),effectiveValue(numberValue,boolValue),"
    "effectiveFormat(numberFormat)"
)
_FIELDS = (
    "spreadsheetId,properties(title,locale,timeZone),"
    "sheets(properties(sheetId,title,sheetType,hidden,gridProperties(rowCount,columnCount)),merges,basicFilter,"
    "tables(tableId,range),"
    "protectedRanges(description,range,unprotectedRanges,warningOnly,requestingUserCanEdit),"
    "data(startRow,startColumn,rowData(values({cell}))))"
)
FIELDS = _FIELDS.format(cell=_CELL)
# Twice as much of every text, for what an array formula fills: such a cell shows something, and nobody
# entered anything.
WHOLE = _FIELDS.format(cell=_CELL.replace("userEnteredValue(formulaValue)", "userEnteredValue"))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A tab. row_count, column_count: the size of its grid. filter: its basic filter as Google has it.

    protected, tables: its protections and tables, as Google has them.
    """

    sheet_id: int
    title: str
    seen: Seen
    row_count: int
    column_count: int
    filter: Mapping[str, Any] = field(default_factory=dict)
    protected: tuple[Mapping[str, Any], ...] = ()
    tables: tuple[Mapping[str, Any], ...] = ()

    @property
    def headings_row(self) -> int:
        """Where our protection of the headings stands; 0 if we did not lay it out for people."""
        mine = (each.get("range", {}) for each in self.protected if each.get("description") == HEADINGS)
        return next((int(area.get("startRowIndex", 0)) + 1 for area in mine), 0)


@dataclass(frozen=True, slots=True)
class Book:
    """A spreadsheet at one moment; tabs that are no grids (charts, data sources) are left out."""

    id: str
    title: str
    locale: str
    time_zone: str
    sheets: tuple[Sheet, ...]

    def sheet(self, sheet_id: int) -> Sheet | None:
        """The tab with this id, whatever it is called now; None if it is gone."""
        return next((sheet for sheet in self.sheets if sheet.sheet_id == sheet_id), None)

    def titled(self, title: str) -> Sheet | None:
        """The tab with this title, or None."""
        return next((sheet for sheet in self.sheets if sheet.title == title), None)


def read_book(answer: Mapping[str, Any], *, whole: bool = False) -> Book:
    """A Spreadsheet resource with the fields of FIELDS; whole: of WHOLE, so that array formulas are known."""
    about = answer.get("properties", {})
    return Book(
        id=answer["spreadsheetId"],
        title=about.get("title", ""),
        locale=about.get("locale", ""),
        time_zone=about.get("timeZone", ""),
        sheets=tuple(_sheet(each, whole=whole) for each in answer.get("sheets", ()) if _is_grid(each)),
    )


def _is_grid(sheet: Mapping[str, Any]) -> bool:
    return str(sheet["properties"].get("sheetType", "GRID")) == "GRID"


def _sheet(answer: Mapping[str, Any], *, whole: bool) -> Sheet:
    about = answer["properties"]
    size = about.get("gridProperties", {})
    rows, formulas = _cells(answer.get("data", ()), whole=whole)
    tables = tuple(answer.get("tables", ()))
    shutting = tuple(peoples(answer.get("protectedRanges", ())))
    seen = Seen(
        trim_grid(rows),
        formulas,
        _merged(answer.get("merges", ())),
        tuple(_area(each.get("range", {}), size) for each in tables),
        about.get("hidden", False),
        _across(answer.get("merges", ())),
        tuple(_area(each.get("range", {}), size) for each in shutting),
        tuple(_area(span, size) for each in shutting for span in each.get("unprotectedRanges", ())),
    )
    return Sheet(
        about.get("sheetId", 0),
        about["title"],
        seen,
        size.get("rowCount", 0),
        size.get("columnCount", 0),
        answer.get("basicFilter", {}),
        tuple(answer.get("protectedRanges", ())),
        tables,
    )


def _area(span: Mapping[str, int], size: Mapping[str, int]) -> Area:
    """A GridRange as a rectangle that counts from 1, its end in it."""
    return Area(
        span.get("startRowIndex", 0) + 1,
        span.get("startColumnIndex", 0) + 1,
        span.get("endRowIndex", size.get("rowCount", 0)),
        span.get("endColumnIndex", size.get("columnCount", 0)),
    )


def _cells(
    blocks: Iterable[Mapping[str, Any]], *, whole: bool
) -> tuple[list[Row], dict[tuple[int, int], str]]:
    """The rows' texts, and the formulas by address; rows and columns count from 1."""
    rows: list[Row] = []
    formulas: dict[tuple[int, int], str] = {}
    for block in blocks:
        left = block.get("startColumn", 0)
        for number, row in enumerate(block.get("rowData", ()), block.get("startRow", 0) + 1):
            cells = row.get("values", ())
            rows += [()] * (number - len(rows))
            rows[number - 1] = trim([*rows[number - 1], *map(cell_reads, cells)])
            for column, cell in enumerate(cells, left + 1):
                formula = cell.get("userEnteredValue", {}).get("formulaValue")
                if formula:
                    formulas[number, column] = formula
                elif whole and "effectiveValue" in cell and "userEnteredValue" not in cell:
                    formulas[number, column] = PART_OF
    return rows, formulas


def _across(areas: Iterable[Mapping[str, int]]) -> frozenset[tuple[int, int]]:
    """Addresses of cells that show over merged neighbours to their right."""
    wide = (a for a in areas if a.get("endColumnIndex", 0) - a.get("startColumnIndex", 0) > 1)
    return frozenset((a.get("startRowIndex", 0) + 1, a.get("startColumnIndex", 0) + 1) for a in wide)


def _merged(areas: Iterable[Mapping[str, int]]) -> frozenset[tuple[int, int]]:
    """Addresses of cells hidden under a merged neighbour: all of an area but its top left."""
    hidden = set()
    for area in areas:
        top, left = area.get("startRowIndex", 0), area.get("startColumnIndex", 0)
        for row in range(top, area.get("endRowIndex", top)):
            hidden |= {(row + 1, column + 1) for column in range(left, area.get("endColumnIndex", left))}
        hidden.discard((top + 1, left + 1))
    return frozenset(hidden)

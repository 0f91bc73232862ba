"""A new .xlsx with the register's tabs: headings with help, drop-downs, widths, formats. Never an old one."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from math import ceil
from pathlib import Path

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.dimensions import RowDimension
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from engage.errors import WorkbookError
from engage.model import Row
from engage.schema import Column, TabSpec

from . import layout_looks as looks
from .layout_charts import add_charts
from .layout_columns import ID_COLUMN, columns_of, frozen_columns, heading_lines, note_of, shown_width
from .layout_lists import LAST_ROW, LISTS, DropDowns, drop_downs
from .layout_marks import marks
from .layout_start import write_start
from .xlsx.heights import row_height

START = "Start here"
_LINE = 15.0  # points that a line of text takes
_MARKED_ROWS = 5000  # To review never holds more; conditional formats to the end of the sheet slow it down
_PAGE_WIDTH = 300  # characters across a printed page that can still be read


def lay_out(
    path: Path,
    tabs: Sequence[TabSpec],
    *,
    rows: Mapping[str, Sequence[Row]] | None = None,
    lists: Mapping[str, Sequence[str]] | None = None,
) -> None:
    """Make a workbook at `path` with these tabs, ready to be typed into.

    rows: tab title → rows to begin with, a cell a heading that we lay out (no Record ID). lists: list name →
    values, for drop-downs whose own tab this workbook has not got.
    Raises WorkbookError if there is a file of this name already: it is never overwritten.
    """
    if path.exists():
        raise WorkbookError(
            "there is a file of this name already", where=str(path), fix="move it or choose another name"
        )
    book = Workbook()
    book.remove(book.worksheets[0])
    downs = drop_downs(tabs, lists or {})
    for tab in tabs:
        lay_out_tab(book.create_sheet(tab.title), tab, downs, (rows or {}).get(tab.title, ()))
    add_charts(book)
    _save(book, path)


def _save(book: Workbook, path: Path) -> None:
    """Written beside and swapped in, so that nobody ever opens half a workbook."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    book.save(beside)
    os.replace(beside, path)


def lay_out_tab(sheet: Worksheet, tab: TabSpec, downs: DropDowns, rows: Sequence[Row]) -> None:
    """Give an empty sheet a tab's headings, formats, drop-downs and first rows."""
    columns = columns_of(tab, downs.added)
    for number, (before, column) in enumerate(_beside(columns), 1):
        _write_heading(sheet, number, tab, column, before)
        _format_column(sheet, number, tab, column, before)
        _add_drop_down(sheet, number, tab, column, downs)
    for number, row in enumerate(_first_rows(tab, downs, rows), 2):
        _write_row(sheet, number, tab, columns, row)
    _finish(sheet, tab, columns)


def _beside(columns: Sequence[Column]) -> list[tuple[Column | None, Column]]:
    """Each column with the one to its left."""
    return list(zip((None, *columns), columns, strict=False))


def _write_heading(
    sheet: Worksheet, number: int, tab: TabSpec, column: Column, before: Column | None
) -> None:
    cell = sheet.cell(1, number, column.heading)
    grey = tab.kind == "built" or column is ID_COLUMN
    cell.font = looks.DARK_HEADING_FONT if grey else looks.HEADING_FONT
    cell.fill = looks.BUILT_HEADING if column is ID_COLUMN else looks.heading_fill(tab, column)
    is_indented = looks.is_indented(column, before) and tab.title != START
    cell.alignment = looks.LONG_HEADING_ALIGNMENT if is_indented else looks.HEADING_ALIGNMENT
    cell.border = looks.LINE
    note = note_of(column)
    cell.comment = Comment(note, "Engage", height=24 + 17 * ceil(len(note) / 40), width=300)


def _format_column(
    sheet: Worksheet, number: int, tab: TabSpec, column: Column, before: Column | None
) -> None:
    """The style of the cells that are still empty: Excel gives it to whatever is typed there."""
    shape = sheet.column_dimensions[get_column_letter(number)]
    shape.width = shown_width(column)
    _style(shape, tab, column, before)


def _style(target: object, tab: TabSpec, column: Column, before: Column | None) -> None:
    is_id = column is ID_COLUMN
    ground = looks.ID_GROUND if is_id else looks.ground(tab, column)
    values = {
        "font": looks.ID_FONT if is_id else looks.BODY_FONT,
        "alignment": looks.alignment(column, before),
        "number_format": looks.number_format(tab, column),
        "fill": ground,
        "border": looks.GRID if ground else None,
    }
    for name, value in values.items():
        if value is not None:
            setattr(target, name, value)


def _add_drop_down(sheet: Worksheet, number: int, tab: TabSpec, column: Column, downs: DropDowns) -> None:
    rule = downs.of(tab, column) if tab.has_ids else None
    if rule is not None:
        letter = get_column_letter(number)
        rule.add(f"{letter}2:{letter}{LAST_ROW}")
        sheet.add_data_validation(rule)


def _first_rows(tab: TabSpec, downs: DropDowns, rows: Sequence[Row]) -> list[Row]:
    if tab.title != LISTS:
        return [("", *row) for row in rows] if tab.kind == "staff" else list(rows)
    lists = [*(c.values for c in tab.columns if c.laid_out), *downs.added.values()]
    longest = max((len(values) for values in lists), default=0)
    return [tuple(values[at] if at < len(values) else "" for values in lists) for at in range(longest)]


def _write_row(sheet: Worksheet, number: int, tab: TabSpec, columns: Sequence[Column], row: Row) -> None:
    for at, ((before, column), value) in enumerate(zip(_beside(columns), row, strict=False), 1):
        if value != "" and value is not None:
            _style(sheet.cell(number, at, value), tab, column, before)
    texts = ((str(value), float(column.width)) for column, value in zip(columns, row, strict=False))
    sheet.row_dimensions[number] = _GrowingRow(sheet, index=number, ht=row_height(texts, _LINE))


class _GrowingRow(RowDimension):
    """A row as tall as its texts that still grows when somebody types more: openpyxl would fix it."""

    @property
    def customHeight(self) -> bool:  # noqa: N802 - openpyxl's name
        """Whether a person has set the height: no."""
        return False


def _finish(sheet: Worksheet, tab: TabSpec, columns: Sequence[Column]) -> None:
    last = get_column_letter(len(columns))
    sheet.row_dimensions[1].height = 8 + 15 * max(heading_lines(column) for column in columns)
    sheet.freeze_panes = f"{get_column_letter(frozen_columns(columns) + 1)}2"
    sheet.sheet_properties.tabColor = looks.BUILT_TAB if tab.kind == "built" else looks.STAFF_TAB
    sheet.sheet_view.zoomScale = 100
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.page_setup.fitToWidth = ceil(sum(column.width for column in columns) / _PAGE_WIDTH)
    sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.5, header=0.2, footer=0.2)
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"
    if tab.hidden:
        sheet.sheet_state = "hidden"
    if tab.title == START:
        write_start(sheet)
    elif tab.has_ids:
        sheet.auto_filter.ref = f"A1:{last}{LAST_ROW}"
    _hide_odd_lists(sheet, tab, columns)
    _mark(sheet, tab)


def _hide_odd_lists(sheet: Worksheet, tab: TabSpec, columns: Sequence[Column]) -> None:
    """Answers that Excel cannot hold in the drop-down itself stand in Lists, out of people's way."""
    for at, column in enumerate(columns, 1):
        if tab.title == LISTS and ": " in column.heading:
            sheet.column_dimensions[get_column_letter(at)].hidden = True


def _mark(sheet: Worksheet, tab: TabSpec) -> None:
    """Colours that follow the cells: what differs in a question, red-amber-green, objections."""
    for each in marks(tab):
        looks.mark(sheet, f"{each.letter}2:{each.letter}{_MARKED_ROWS}", each.formula, each.colour)

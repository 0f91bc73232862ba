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
from engage.ports import RECORD_ID
from engage.schema import Column, TabSpec

from . import layout_looks as looks
from .layout_lists import LAST_ROW, LISTS, DropDowns, drop_downs
from .layout_start import write_start
from .xlsx.heights import row_height

_ID_COLUMN = Column(
    RECORD_ID,
    type="id",
    filled_by="system",
    width=13,
    help="The row's own number, written once by the system. In a new row leave it empty.",
)
START = "Start here"
_LINE = 15.0  # points that a line of text takes
_MARKED_ROWS = 5000  # To review never holds more; conditional formats to the end of the sheet slow it down
_PAGE_WIDTH = 300  # characters across a printed page that can still be read
_FROZEN_WIDTH = 75  # characters that may stand still while the rest scrolls, on a small laptop


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
    _save(book, path)


def _save(book: Workbook, path: Path) -> None:
    """Written beside and swapped in, so that nobody ever opens half a workbook."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    book.save(beside)
    os.replace(beside, path)


def lay_out_tab(sheet: Worksheet, tab: TabSpec, downs: DropDowns, rows: Sequence[Row]) -> None:
    """Give an empty sheet a tab's headings, formats, drop-downs and first rows."""
    columns = _columns(tab, downs)
    for number, column in enumerate(columns, 1):
        _write_heading(sheet, number, tab, column)
        _format_column(sheet, number, tab, column)
        _add_drop_down(sheet, number, tab, column, downs)
    for number, row in enumerate(_first_rows(tab, downs, rows), 2):
        _write_row(sheet, number, tab, columns, row)
    _finish(sheet, tab, columns)


def _columns(tab: TabSpec, downs: DropDowns) -> list[Column]:
    laid_out = [column for column in tab.columns if column.laid_out]
    if tab.kind == "staff" and tab.has_ids:
        return [_ID_COLUMN, *laid_out]
    if tab.title != LISTS:
        return laid_out
    return laid_out + [
        Column(name, help=f"What the drop-downs for {name} offer here.", width=26) for name in downs.added
    ]


def _write_heading(sheet: Worksheet, number: int, tab: TabSpec, column: Column) -> None:
    cell = sheet.cell(1, number, column.heading)
    grey = tab.kind == "built" or column is _ID_COLUMN
    cell.font = looks.DARK_HEADING_FONT if grey else looks.HEADING_FONT
    cell.fill = looks.BUILT_HEADING if column is _ID_COLUMN else looks.heading_fill(tab, column)
    is_long = column.type == "long-text" and tab.title != START
    cell.alignment = looks.LONG_HEADING_ALIGNMENT if is_long else looks.HEADING_ALIGNMENT
    cell.border = looks.LINE
    note = _note(column)
    cell.comment = Comment(note, "Engage", height=24 + 17 * ceil(len(note) / 40), width=300)


def _note(column: Column) -> str:
    marks = ["Required."] if column.required else []
    marks += (
        ["Several are separated by semicolons."] if column.several and "semicolon" not in column.help else []
    )
    return " ".join([column.help, *marks])


def _format_column(sheet: Worksheet, number: int, tab: TabSpec, column: Column) -> None:
    """The style of the cells that are still empty: Excel gives it to whatever is typed there."""
    shape = sheet.column_dimensions[get_column_letter(number)]
    shape.width = max(column.width, _longest_word(column.heading) + 3)
    _style(shape, tab, column)


def _longest_word(heading: str) -> int:
    return max((len(word) for word in heading.split()), default=0)


def _style(target: object, tab: TabSpec, column: Column) -> None:
    is_id = column is _ID_COLUMN
    ground = looks.ID_GROUND if is_id else looks.ground(tab, column)
    values = {
        "font": looks.ID_FONT if is_id else looks.BODY_FONT,
        "alignment": looks.alignment(column),
        "number_format": looks.number_format(column),
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
    for at, (column, value) in enumerate(zip(columns, row, strict=False), 1):
        if value:
            _style(sheet.cell(number, at, value), tab, column)
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
    sheet.row_dimensions[1].height = 8 + 15 * max(_heading_lines(column) for column in columns)
    sheet.freeze_panes = f"{get_column_letter(_frozen(columns) + 1)}2"
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


def _heading_lines(column: Column) -> int:
    width = max(column.width, _longest_word(column.heading) + 3)
    return ceil((len(column.heading) + 3) / width)  # 3: the filter's arrow


def _frozen(columns: Sequence[Column]) -> int:
    """How many columns stand still: up to the answer if there is room for them, else the first two."""
    answer = next((at for at, column in enumerate(columns, 1) if column.filled_by == "answer"), 0)
    if answer and sum(column.width for column in columns[:answer]) <= _FROZEN_WIDTH:
        return answer
    return min(2, len(columns) - 1)


def _hide_odd_lists(sheet: Worksheet, tab: TabSpec, columns: Sequence[Column]) -> None:
    """Answers that Excel cannot hold in the drop-down itself stand in Lists, out of people's way."""
    for at, column in enumerate(columns, 1):
        if tab.title == LISTS and ": " in column.heading:
            sheet.column_dimensions[get_column_letter(at)].hidden = True


def _mark(sheet: Worksheet, tab: TabSpec) -> None:
    """Colours that follow the cells: what differs in a question, red-amber-green, objections."""
    letters = {heading: get_column_letter(at) for at, heading in enumerate(tab.headings, 1)}
    for heading, letter in letters.items():
        other = letters.get(f"{heading[:-2]} B") if heading.endswith(" A") else None
        if other and heading[:-2] not in ("Agency", "Row"):
            _mark_difference(sheet, letter, other)
    if tab.kind == "built" and "RAG" in letters:
        for word, colour in (
            ("Red", looks.RED),
            ("Amber", looks.AMBER),
            ("Green", looks.GREEN),
            ("Blue", looks.BLUE),
        ):
            _mark_words(sheet, letters["RAG"], f'LEFT(${letters["RAG"]}2,{len(word)})="{word}"', colour)
    if tab.kind == "built" and "Do not contact" in letters:
        _mark_words(sheet, letters["Do not contact"], f'${letters["Do not contact"]}2<>""', looks.RED)


def _mark_difference(sheet: Worksheet, left: str, right: str) -> None:
    """Amber where both sides say something and it is not the same, capitals and spaces aside."""
    plain = [f'SUBSTITUTE(LOWER(${letter}2)," ","")' for letter in (left, right)]
    differs = f'AND(${left}2<>"",${right}2<>"",{plain[0]}<>{plain[1]})'
    for letter in (left, right):
        _mark_words(sheet, letter, differs, looks.AMBER)


def _mark_words(sheet: Worksheet, letter: str, formula: str, colour: str) -> None:
    looks.mark(sheet, f"{letter}2:{letter}{_MARKED_ROWS}", formula, colour)

"""A Report → an .xlsx: a page in short, a sheet for each of its tables, and the charts as Excel's own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from datetime import datetime
from io import BytesIO
from math import ceil
from typing import Any

from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from engage.chart_blocks import NUMBER_ALONE
from engage.insight.capability import Cell
from engage.insight.weeks import read_day
from engage.report.cells import is_number
from engage.report.model import Drawing, Grid, Report
from engage.report.revision import Revision
from engage.schema import Column

FORMATS = {"number": "#,##0", "percent": '0"%"', "money": '"£"#,##0', "date": "dd/mm/yyyy"}
INK, SOFT, HEAD = "1D1D1B", "5F5B53", "EEEBE4"
COLOURS = ("1F5F7A", "C08A2E", "7A7468", "A3486B")
SHORT, CHARTS = "In short", "Charts"
WIDTHS = (30, 60, 12, 12, 60)  # of the first sheet, in letters
SAID, FIGURES, NOTE = 2, (3, 4), 5  # columns of the first sheet; the texts of two may take several lines
NOT_KNOWN = "not known"
PAGE_ROWS = 48  # of the charts, on a page that is fitted to its width
ROW_CM = 0.53  # of a row as Excel sets it, to place one chart below another


def render_spreadsheet(report: Report, *, made: datetime) -> bytes:
    """The report's tables as a workbook. made: what the file's properties say (local time, no zone).

    Every text is a text, also one that begins with an equals sign. build.py left no control characters.
    """
    book = Workbook()
    book.properties.title, book.properties.creator = report.title, report.partnership
    book.properties.created = book.properties.modified = made
    first = book.worksheets[0]
    first.title = SHORT
    _in_short(first, report)
    for section in report.sections:
        for grid in section.sheets:
            _table(book.create_sheet(grid.title[:31]), grid)
    drawings = [drawn for one in report.sections for grid in one.grids for drawn in grid.drawings]
    if drawings:
        _charts(book.create_sheet(CHARTS), drawings)
    for sheet in book.worksheets:
        _on_paper(sheet, report)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _revised(revision: Revision) -> Iterator[tuple[tuple[Cell | None, ...], Font | None]]:
    """What has changed since the version before, and why."""
    yield ("What has changed", revision.says), Font(bold=True)
    for why in revision.whys:
        yield ("", why), None
    if revision.changes:
        yield ("", "", "Now", f"Version {revision.since}"), Font(color=SOFT)
    for one in revision.changes:
        now, before = (NOT_KNOWN if each is None else each for each in (one.now, one.before))
        yield ("", one.label, now, before, one.section), None
    if revision.tables:
        yield ("", f"Tables whose rows differ: {', '.join(revision.tables)}"), None


def _put(
    sheet: Worksheet,
    row: int,
    column: int,
    value: Cell | None,
    *,
    font: Font | None = None,
    wrap: bool = False,
) -> None:
    cell = sheet.cell(row, column)
    cell.value = "" if value is None else value
    if isinstance(value, str):
        cell.data_type = "s"  # openpyxl would take a text that begins with = for a formula
    if font:
        cell.font = font
    cell.alignment = Alignment(vertical="top", wrap_text=wrap)


def _in_short(sheet: Worksheet, report: Report) -> None:
    for row, (cells, font) in enumerate(_lines(report), 1):
        for at, cell in enumerate(cells, 1):
            _put(sheet, row, at, cell, font=font, wrap=at in (SAID, NOTE))
            if at >= FIGURES[0]:  # a figure, or the note that would else touch one
                side = "right" if at in FIGURES else "left"
                sheet.cell(row, at).alignment = Alignment(
                    side, "top", wrap_text=at == NOTE, indent=at // NOTE
                )
    for at, width in enumerate(WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    for row, (cells, font) in enumerate(_lines(report), 1):
        wrapped = [(str(cells[at - 1] or ""), WIDTHS[at - 1]) for at in (SAID, NOTE) if len(cells) >= at]
        sheet.row_dimensions[row].height = _height(wrapped, font.size if font else None)


def _height(texts: Iterable[tuple[str, float]], size: float | None = None) -> float:
    """Of a row, in points, so that the longest of its texts fits when wrapped: (text, width in letters)."""
    lines = max((ceil(len(text) * 1.1 / width) for text, width in texts), default=1)
    return max(lines, 1) * (size or 11) * 1.4


def _lines(report: Report) -> Iterator[tuple[tuple[Cell | None, ...], Font | None]]:
    """The rows of the first sheet: what it is, the key messages, each section in words and figures."""
    yield (report.partnership,), Font(bold=True, color=COLOURS[0])
    yield (report.title,), Font(size=18, name="Georgia")
    yield (report.words,), None
    yield (report.as_of_words,), Font(color=SOFT)
    yield (report.warning,), Font(bold=True)
    if report.revision:
        yield from _revised(report.revision)
    if report.introduction:
        yield ("", report.introduction), None
    yield from ((("Key message", message), None) for message in report.messages)
    for section in report.sections:
        yield (), None
        yield (section.title, section.says), Font(bold=True)
        if section.figures:
            yield ("", "", "Now", "Before"), Font(color=SOFT)
        for figure in section.figures:
            value = NOT_KNOWN if figure.value is None else figure.value
            yield ("", figure.label, value, figure.before, figure.note), None


def _table(sheet: Worksheet, grid: Grid) -> None:
    for at, column in enumerate(grid.columns, 1):
        _put(sheet, 1, at, column.heading, font=Font(bold=True, color=INK), wrap=True)
        sheet.cell(1, at).fill = PatternFill("solid", start_color=HEAD)
        sheet.column_dimensions[get_column_letter(at)].width = max(column.width, 9)
    looks: dict[tuple[bool, str], StyleArray] = {}
    for number, row in enumerate(grid.rows, 2):
        for at, (cell, column) in enumerate(zip(row, grid.columns, strict=True), 1):
            _fill(sheet.cell(number, at), cell, column, looks)
        texts = [(str(cell), max(c.width, 9)) for cell, c in zip(row, grid.columns, strict=True)]
        sheet.row_dimensions[number].height = _height(texts)
    heads = [(column.heading, max(column.width, 9)) for column in grid.columns]
    sheet.row_dimensions[1].height = _height(heads)
    sheet.freeze_panes = "A2"
    if grid.rows:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(grid.columns))}{len(grid.rows) + 1}"


def _fill(place: Any, cell: Cell, column: Column, looks: dict[tuple[bool, str], StyleArray]) -> None:
    """One cell: dates as true dates, numbers with their format. looks: those that were made already, as a
    look that is made anew for each cell costs more than all the rest (`_style` is what openpyxl copies)."""
    day = read_day(cell) if column.type == "date" and isinstance(cell, str) and len(cell) == 10 else None
    place.value = day or cell
    if isinstance(cell, str) and not day:
        place.data_type = "s"  # openpyxl would take a text that begins with = for a formula
    typed = day is not None or not isinstance(cell, str)
    key = not is_number(column), FORMATS.get(column.type, "General") if typed else "General"
    if key in looks:
        place._style = copy(looks[key])
        return
    place.alignment = Alignment(vertical="top", wrap_text=key[0])
    place.border = Border(bottom=Side(style="thin", color="DEDAD0"))
    place.number_format = key[1]
    looks[key] = copy(place._style)


def _on_paper(sheet: Worksheet, report: Report) -> None:
    """A4 on its side, one page wide, the headings on every page, what it is at the foot."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    if sheet.title not in (SHORT, CHARTS):
        sheet.print_title_rows = "1:1"
    foot = f"{report.partnership}: {report.title}".replace("&", "&&")
    sheet.HeaderFooter.oddFooter = HeaderFooterItem(
        left=_HeaderFooterPart(text=foot), right=_HeaderFooterPart(text="&P / &N")
    )


# --- Charts ----------------------------------------------------------------------------------------------


def _charts(sheet: Worksheet, drawings: Sequence[Drawing]) -> None:
    """Each drawing's numbers, and beside them the chart that is drawn from those cells."""
    row, page = 1, 1
    for drawing in drawings:
        if drawing.names:
            if row > page and row + len(drawing.names) + 12 > page + PAGE_ROWS:
                sheet.row_breaks.append(Break(id=row - 1))
                page = row
            _numbers(sheet, row, drawing)
            sheet.add_chart(_chart(sheet, row, drawing), f"F{row}")
            row += max(len(drawing.names), int(_chart_height(drawing) / ROW_CM)) + 4
    for at, width in enumerate((38, 14, 14, 14), 1):
        sheet.column_dimensions[get_column_letter(at)].width = width


def _numbers(sheet: Worksheet, row: int, drawing: Drawing) -> None:
    _put(sheet, row, 1, drawing.title, font=Font(bold=True))
    for at, (heading, _) in enumerate(drawing.series, 2):
        _put(sheet, row + 1, at, heading, font=Font(color=SOFT))
    for number, cells in enumerate(_rows(drawing), row + 2):
        for at, cell in enumerate(cells, 1):
            _put(sheet, number, at, cell)


def _rows(drawing: Drawing) -> Iterator[tuple[Cell, ...]]:
    for at, name in enumerate(drawing.names):
        yield (name, *(int(n[at]) if float(n[at]).is_integer() else n[at] for _, n in drawing.series))


def _chart_height(drawing: Drawing) -> float:
    """Of the chart, in centimetres."""
    return 3.2 + 0.75 * len(drawing.names) * len(drawing.series)


def _chart(sheet: Worksheet, row: int, drawing: Drawing) -> BarChart:
    chart = BarChart()
    chart.type, chart.title, chart.style = "bar", drawing.title, 10
    last = row + 1 + len(drawing.names)
    data = Reference(sheet, min_col=2, max_col=1 + len(drawing.series), min_row=row + 1, max_row=last)
    chart.add_data(data, titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=1, min_row=row + 2, max_row=last))
    for colour, series in zip(COLOURS, chart.series, strict=False):
        series.graphicalProperties.solidFill = colour
        series.dLbls = DataLabelList(**NUMBER_ALONE)
    chart.x_axis.scaling.orientation = "maxMin"  # the first row on top
    chart.x_axis.delete = chart.y_axis.delete = False  # openpyxl leaves both axes out otherwise
    chart.y_axis.majorGridlines = None
    chart.y_axis.scaling.min = 0
    chart.gapWidth = 45
    if len(drawing.series) < 2:
        chart.legend = None
    chart.width, chart.height = 22, _chart_height(drawing)
    return chart

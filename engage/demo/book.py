"""How an agency's own workbook is laid out: columns of its own, a title, repeated headings, junk, a chart.

Files come out the same byte for byte for the same content: the zip's time stamps are put aside.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from engage.demo.truth import TruthRow
from engage.demo.views import Line, Typed

_STAMP = datetime(2026, 1, 1, 9, 0)  # noqa: DTZ001 - a workbook's own property, which has no zone


@dataclass(frozen=True, slots=True)
class Column:
    """One column of an agency's own layout.

    of: the schema heading whose cells go here, "" for a column Engage does not know. formula: for such
    a column, a formula with {row}. number_format: Excel's, where the agency chose one.
    """

    heading: str
    of: str = ""
    width: float = 16
    formula: str = ""
    number_format: str = ""
    wrap: bool = False

    @property
    def format(self) -> str:
        """The number format of its cells, the empty ones below included."""
        return self.number_format or ("DD/MM/YYYY" if self.of in {"Date", "Next step by"} else "General")


@dataclass(frozen=True, slots=True)
class Look:
    """The agency's style: title line above the header, where the header stands, its colours, its habits.

    repeat_every: the header again every so many rows (0 never), as people paste it for printing.
    totals: a TOTAL row at the end. months: a row with the month's name where a new one begins.
    """

    title: str = ""
    header_row: int = 1
    fill: str = "1F4E78"
    ink: str = "FFFFFF"
    font: str = "Calibri"
    repeat_every: int = 0
    totals: bool = False
    months: bool = False


def lay(
    sheet: Worksheet, workbook: str, columns: Sequence[Column], lines: Iterable[Line], look: Look
) -> list[TruthRow]:
    """Write the title, the header and a row a line; returns what each row truly is, junk rows too."""
    _head(sheet, columns, look)
    truth: list[TruthRow] = []
    for row, line in enumerate(_with_junk(lines, columns, look), look.header_row + 1):
        mess = line.mess_in(_write_row(sheet, row, columns, line))
        truth.append(
            TruthRow(workbook, sheet.title, row, line.key, line.employer, line.site, line.people, mess)
        )
    _dress(sheet, columns, look)
    return truth


def _head(sheet: Worksheet, columns: Sequence[Column], look: Look) -> None:

    if look.title:
        sheet.cell(1, 1, look.title).font = Font(name=look.font, bold=True, size=14)
    sheet.row_dimensions[look.header_row].height = 32
    for number, column in enumerate(columns, 1):
        cell = sheet.cell(look.header_row, number, column.heading)
        cell.font = Font(name=look.font, bold=True, color=look.ink)
        cell.fill = PatternFill("solid", fgColor=look.fill)
        cell.alignment = Alignment(wrap_text=True, vertical="center")


def _with_junk(lines: Iterable[Line], columns: Sequence[Column], look: Look) -> Iterator[Line]:
    again = Line("", {c.of or c.heading: c.heading for c in columns}, mess=(("repeated-header", ""),))
    month, count = "", 0
    for line in lines:
        count += 1
        if look.repeat_every and count % look.repeat_every == 0:
            yield again
        when = line.values.get("Date", "")
        if look.months and isinstance(when, date) and f"{when:%B %Y}" != month:
            month = f"{when:%B %Y}"
            yield Line("", {columns[0].of: month.upper()}, mess=(("junk-row", ""),))
        yield line
    if look.totals:
        yield Line("", {})
        yield Line("", {columns[0].of: "TOTAL", columns[1].of: count}, mess=(("totals-row", ""),))


def _height(columns: Sequence[Column], line: Line) -> float:
    """The height that a row needs for its wrapped cells, in points."""
    wrapped = ((str(line.values.get(column.of, "")), column.width) for column in columns if column.wrap)
    return 15 * max((1 + int(len(text) * 1.12 / width) for text, width in wrapped), default=1)


def _write_row(sheet: Worksheet, row: int, columns: Sequence[Column], line: Line) -> list[Typed]:
    written: list[Typed] = []
    for number, column in enumerate(columns, 1):
        value: Typed = line.values.get(column.of or column.heading, "")
        if column.formula and line.key:
            value = column.formula.format(row=row)
        if value == "":
            continue
        written.append(value)
        cell = sheet.cell(row, number, value)
        cell.number_format = column.format
        cell.alignment = Alignment(wrap_text=column.wrap, vertical="top")
    sheet.row_dimensions[row].height = _height(columns, line)
    return written


def _dress(sheet: Worksheet, columns: Sequence[Column], look: Look) -> None:
    for number, column in enumerate(columns, 1):
        shape = sheet.column_dimensions[get_column_letter(number)]
        shape.width, shape.number_format = column.width, column.format
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.freeze_panes = f"A{look.header_row + 1}"
    sheet.auto_filter.ref = f"A{look.header_row}:{get_column_letter(len(columns))}{sheet.max_row}"


def add_budget(book: Workbook, title: str, year: str, heads: Sequence[tuple[str, int, int]]) -> None:
    """An unrelated tab with sums and a chart, as finance keep one in the same file."""
    sheet = book.create_sheet(title)
    sheet.append([f"Budget {year}"])
    sheet.append(["Head", "Budget £", "Spent £", "Left £"])
    for row, (head, budget, spent) in enumerate(heads, 3):
        sheet.append([head, budget, spent, f"=B{row}-C{row}"])
    last = len(heads) + 2
    sheet.append(["All", f"=SUM(B3:B{last})", f"=SUM(C3:C{last})", f"=SUM(D3:D{last})"])
    sheet["A1"].font = Font(bold=True, size=14)
    for letter, width in zip("ABCD", (34, 14, 14, 14), strict=True):
        sheet[f"{letter}2"].font = Font(bold=True)
        sheet.column_dimensions[letter].width = width
    chart = BarChart()
    chart.title = f"Spend {year}"
    chart.add_data(Reference(sheet, min_col=2, max_col=3, min_row=2, max_row=last), titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=1, min_row=3, max_row=last))
    sheet.add_chart(chart, f"A{last + 4}")


def save(book: Workbook, path: Path) -> None:
    """Save with fixed time stamps: equal content, equal bytes."""
    book.properties.created = book.properties.modified = _STAMP
    book.properties.creator = "Engage demo"
    buffer = io.BytesIO()
    book.save(buffer)
    restamp(buffer.getvalue(), path)


def restamp(content: bytes, path: Path) -> None:
    """Write a zip's parts to path in their order, each dated alike."""
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            part = old.read(info.filename)
            if info.filename == "docProps/core.xml":
                part = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2026-01-01T09:00:00Z", part)
            stamped = zipfile.ZipInfo(info.filename, _STAMP.timetuple()[:6])
            stamped.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(stamped, part)

"""The .xlsx of a report: its tables cell by cell, texts that stay texts, charts of Excel's own."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO

from openpyxl import Workbook, load_workbook

from engage.insight.weeks import read_day
from engage.report.model import Report
from engage.report.spreadsheet import CHARTS, SHORT, render_spreadsheet
from tests.insight.sample import make_facts

from .test_build import report_of

MADE = datetime.fromisoformat("2026-11-23T09:00")


def opened(report: Report) -> Workbook:
    return load_workbook(BytesIO(render_spreadsheet(report, made=MADE)))


def test_every_table_is_a_sheet_with_the_same_cells():
    report = report_of()
    book = opened(report)
    grids = [grid for section in report.sections for grid in section.sheets]
    assert book.sheetnames == [SHORT, *(grid.title for grid in grids), CHARTS]
    for grid in grids:
        rows = list(book[grid.title].iter_rows(values_only=True))
        assert list(rows[0]) == [column.heading for column in grid.columns]
        assert [[_as_kept(cell) for cell in row] for row in rows[1:]] == [
            [_as_kept(read_day(cell) or cell if column.type == "date" else cell) for cell, column in pairs]
            for pairs in (zip(row, grid.columns, strict=True) for row in grid.rows)
        ]


def _as_kept(cell: object) -> object:
    if isinstance(cell, datetime):
        return cell.date()
    return cell if isinstance(cell, int | float | date) else cell or ""


def test_a_text_that_begins_like_a_formula_stays_a_text():
    target = {"Target": '=HYPERLINK("x")', "Measure": "Engagements", "At least": "3", "By": "2027-01-01"}
    sheet = opened(report_of(make_facts({"Targets": [target]})))["Target list (built nightly)"]
    cell = next(cell for row in sheet.iter_rows() for cell in row if cell.value == '=HYPERLINK("x")')
    assert cell.data_type == "s"


def test_each_drawing_is_a_native_chart_beside_its_numbers():
    report = report_of()
    drawings = [d for section in report.sections for grid in section.grids for d in grid.drawings if d.names]
    sheet = opened(report)[CHARTS]
    assert len(sheet._charts) == len(drawings) > 4
    texts = [row[0] for row in sheet.iter_rows(values_only=True)]
    for drawing in drawings:
        top = texts.index(drawing.title) + 1
        numbers = [sheet.cell(top + 2 + at, 2).value for at in range(len(drawing.names))]
        assert numbers == list(drawing.series[0][1])


def test_it_prints_on_a4_with_its_headings_on_every_page():
    for sheet in opened(report_of()).worksheets:
        assert (int(sheet.page_setup.paperSize), sheet.page_setup.orientation) == (9, "landscape")
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.title in (SHORT, CHARTS) or sheet.print_title_rows == "$1:$1"


def test_a_report_with_nothing_to_say_is_still_a_workbook():
    book = opened(report_of(make_facts()))
    assert book.sheetnames == [SHORT]
    assert book[SHORT]["A2"].value.startswith("The quarter so far")


def test_every_row_of_a_table_has_the_look_of_its_first():
    sheet = next(one for one in opened(report_of()).worksheets[1:] if one.title != CHARTS and one.max_row > 3)
    looks = [
        [(cell.alignment.vertical, cell.alignment.wrap_text, cell.border.bottom.style) for cell in row]
        for row in sheet.iter_rows(min_row=2)
    ]
    assert looks[0][0] == ("top", True, "thin")
    assert all(row == looks[0] for row in looks)

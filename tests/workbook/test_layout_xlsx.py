"""A workbook that we lay out opens well, keeps what people type, and is never written over another."""

from __future__ import annotations

import re
import zipfile
from itertools import pairwise
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from engage.errors import WorkbookError
from engage.ports import PublishTab, SetCell
from engage.schema import Column, load_schema
from engage.start_here import guide
from engage.workbook.layout_looks import number_format
from engage.workbook.layout_xlsx import lay_out
from engage.workbook.xlsx import XlsxWorkbook

pytestmark = pytest.mark.slow

SCHEMA = load_schema()
AGENCIES = ("Tameside College", "Council, City of Peakside")


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hub") / "hub.xlsx"
    lay_out(path, SCHEMA.tabs_of("hub"), rows={"Agencies": [(name, "") for name in AGENCIES]})
    return path


@pytest.fixture(scope="module")
def agency(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("agency") / "college.xlsx"
    lay_out(path, SCHEMA.tabs_of("agency"), lists={"Agencies": AGENCIES})
    return path


def sheet_of(path: Path, title: str) -> Worksheet:
    sheet = openpyxl.load_workbook(path)[title]
    assert isinstance(sheet, Worksheet)
    return sheet


def headings(sheet: Worksheet) -> list[str]:
    return [str(cell.value) for cell in sheet[1]]


def column_of(sheet: Worksheet, heading: str) -> str:
    return next(cell.column_letter for cell in sheet[1] if cell.value == heading)


def drop_down(sheet: Worksheet, heading: str) -> str:
    at = f"{column_of(sheet, heading)}2"
    return next((str(v.formula1) for v in sheet.data_validations.dataValidation if at in v.sqref), "")


def test_every_tab_is_there_in_order_with_its_headings(hub: Path) -> None:
    book = openpyxl.load_workbook(hub)
    assert book.sheetnames == [tab.title for tab in SCHEMA.tabs_of("hub")]
    assert headings(book["Employers"]) == ["Record ID", *SCHEMA.tabs["Employers"].headings]
    assert headings(book["To review"]) == list(SCHEMA.tabs["To review"].headings)


def test_every_heading_is_frozen_bold_and_explained(hub: Path) -> None:
    for sheet in openpyxl.load_workbook(hub).worksheets:
        assert str(sheet.freeze_panes).endswith("2"), sheet.title
        assert all(cell.font.b and cell.comment for cell in sheet[1]), sheet.title


def test_built_tabs_are_grey_and_the_systems_memory_is_hidden(hub: Path) -> None:
    book = openpyxl.load_workbook(hub)
    grey = {sheet.title for sheet in book if sheet.sheet_properties.tabColor.rgb == "00A6A6A6"}
    assert grey == {tab.title for tab in SCHEMA.built_tabs("hub")}
    assert [sheet.title for sheet in book if sheet.sheet_state != "visible"] == ["_engage"]


@pytest.mark.parametrize(
    ("tab", "heading"),
    [("Employers", "Company number"), ("Employers", "Employees here"), ("Contacts", "Phone"),
     ("Actions", "Due date"), ("Actions", "Ref")],
)  # fmt: skip
def test_what_excel_would_turn_into_a_number_or_a_date_stays_as_typed(
    hub: Path, tab: str, heading: str
) -> None:
    sheet = sheet_of(hub, tab)
    assert sheet.column_dimensions[column_of(sheet, heading)].number_format == "@"


def test_dates_are_shown_day_first(hub: Path) -> None:
    sheet = sheet_of(hub, "Engagements")
    assert sheet.column_dimensions[column_of(sheet, "Date")].number_format == "dd/mm/yyyy"


def test_drop_downs_read_the_lists_that_the_partnership_edits(hub: Path) -> None:
    sheet, lists = sheet_of(hub, "Engagements"), sheet_of(hub, "Lists")
    letter = column_of(lists, "Engagement type")
    assert f"'Lists'!${letter}$2" in drop_down(sheet, "Type")
    assert "'Agencies'!$B$2" in drop_down(sheet, "Agency")
    assert drop_down(sheet, "Status") == '"Planned,Done,Cancelled"'


def test_an_agency_without_an_agencies_tab_chooses_from_a_list_of_its_own(agency: Path) -> None:
    lists = sheet_of(agency, "Lists")
    letter = column_of(lists, "Agencies")
    assert [lists[f"{letter}{row}"].value for row in (2, 3)] == list(AGENCIES)
    assert f"'Lists'!${letter}$2" in drop_down(sheet_of(agency, "Employers"), "Agency")


def test_no_drop_down_is_longer_than_excel_takes_and_none_is_split_by_a_comma(hub: Path) -> None:
    """'Same group, different firm' typed into a validation would be offered as two answers."""
    for sheet in openpyxl.load_workbook(hub).worksheets:
        inline = [v.formula1 for v in sheet.data_validations.dataValidation if v.formula1.startswith('"')]
        assert all(len(formula) <= 257 and "group, different" not in formula for formula in inline)
    assert drop_down(sheet_of(hub, "To review"), "Decision").startswith("OFFSET('Lists'!")


def test_every_list_column_of_the_schema_has_its_drop_down(hub: Path, agency: Path) -> None:
    for path, where in ((hub, "hub"), (agency, "agency")):
        here = {tab.title for tab in SCHEMA.tabs_of(where)}
        for tab in SCHEMA.tabs_of(where):
            sheet = sheet_of(path, tab.title)
            known = [c for c in tab.columns if c.laid_out and c.filled_by in {"list", "answer"}]
            elsewhere = {"Sectors", "Schemes"} - here
            bare = [c.heading for c in known if not drop_down(sheet, c.heading)]
            assert bare == [c.heading for c in known if c.list_name in elsewhere], tab.title


def test_a_workbook_that_exists_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "hub.xlsx"
    path.write_bytes(b"somebody's work")
    with pytest.raises(WorkbookError, match="a file of this name already"):
        lay_out(path, SCHEMA.tabs_of("hub"))
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("hub.xlsx", b"somebody's work")]


def test_start_here_says_how_it_works_and_keeps_its_warning_when_the_sync_writes(tmp_path: Path) -> None:
    path = tmp_path / "hub.xlsx"
    lay_out(path, SCHEMA.tabs_of("hub"))
    XlsxWorkbook("hub", path).apply([SetCell("Start here", "Last sync", "22/11/2026 02:30")])
    sheet = sheet_of(path, "Start here")
    rules = [rule for area in sheet.conditional_formatting for rule in area.rules]
    assert [sheet.cell(row, 1).value for row in (2, 3, 4, 5)] == [
        "Last sync", "Sync now", "What Sync now did", guide()[0][0],
    ]  # fmt: skip
    assert sheet["B2"].value == "22/11/2026 02:30"
    assert "WARNING: no sync has run for more than two days" in rules[0].dxf.numFmt.formatCode


def test_an_answer_stays_yellow_and_offered_after_the_system_has_filled_the_tab(tmp_path: Path) -> None:
    path, tab = tmp_path / "hub.xlsx", SCHEMA.tabs["To review"]
    lay_out(path, SCHEMA.tabs_of("hub"))
    book = XlsxWorkbook("hub", path)
    row = tuple("Q-1" if heading == "Question" else "x" for heading in tab.headings if heading != "Decision")
    row = (*row[:3], "", *row[3:])
    before = book.read().tab("To review")
    assert before is not None
    intent = PublishTab("To review", tab.headings, (row,), "Question", tab.answers, expects=before.rows)
    assert book.apply([intent])[0].status == "done"
    sheet = sheet_of(path, "To review")
    assert sheet.column_dimensions[column_of(sheet, "Decision")].fill.fgColor.rgb == "00FFF8D6"
    assert drop_down(sheet, "Decision")


def test_a_workbook_as_laid_out_reads_as_its_tabs_with_nothing_to_ask(agency: Path) -> None:
    snapshot = XlsxWorkbook("college", agency).read()
    rows = {tab.title: tab.rows[0] for tab in snapshot.tabs}
    assert rows["Contacts"] == ("Record ID", *SCHEMA.tabs["Contacts"].headings)
    assert all(len(tab.rows) == 1 for tab in snapshot.tabs if tab.title != "Lists")


def test_a_first_row_is_as_tall_as_its_texts_and_still_grows_when_people_type(tmp_path: Path) -> None:
    path, long = tmp_path / "hub.xlsx", "a sentence of some length " * 8
    lay_out(path, SCHEMA.tabs_of("hub"), rows={"Key messages": [(long,)]})
    with zipfile.ZipFile(path) as parts:
        rows = [row for name in parts.namelist() for row in re.findall(r"<row [^>]*>", _text(parts, name))]
    tall = [row for row in rows if 'r="2"' in row and 'ht="' in row and "customHeight" not in row]
    assert tall


def _text(parts: zipfile.ZipFile, name: str) -> str:
    return parts.read(name).decode() if name.startswith("xl/worksheets/sheet") else ""


def test_a_tab_prints_on_a4_across_as_many_pages_as_can_still_be_read(tmp_path: Path) -> None:
    path = tmp_path / "hub.xlsx"
    lay_out(path, SCHEMA.tabs_of("hub"))
    for title, across in (("Start here", 1), ("Dashboard", 1), ("Problems to fix", 1), ("To review", 3)):
        page = sheet_of(path, title).page_setup
        assert (page.paperSize, page.orientation, page.fitToWidth) == (9, "landscape", across)


def test_cells_on_a_grey_ground_are_told_apart_by_lines(tmp_path: Path) -> None:
    path = tmp_path / "hub.xlsx"
    lay_out(path, SCHEMA.tabs_of("hub"))
    assert sheet_of(path, "Dashboard").column_dimensions["A"].border.left.style == "thin"
    assert sheet_of(path, "Employers").column_dimensions["B"].border.left.style is None


def test_the_warning_reads_the_stamp_whatever_the_readers_country(tmp_path: Path) -> None:
    path = tmp_path / "hub.xlsx"
    lay_out(path, SCHEMA.tabs_of("hub"))
    (rule,) = (rule for area in sheet_of(path, "Start here").conditional_formatting for rule in area.rules)
    assert "DATEVALUE" not in rule.formula[0]
    assert "DATE(MID($B$2,7,4),MID($B$2,4,2),LEFT($B$2,2))" in rule.formula[0]


def test_forty_five_per_cent_is_shown_as_45_per_cent_and_what_people_type_stays() -> None:
    tab, column = SCHEMA.tabs["Target list (built nightly)"], Column("%", type="percent")
    shape = number_format(tab, column)
    assert shape == '0"%"'  # "0%" would show the 45 that the system writes as 4500%
    assert number_format(SCHEMA.tabs["Employers"], column) == "@"


def test_what_stands_beside_a_figure_keeps_its_distance_in_every_tab(hub: Path, agency: Path) -> None:
    for path in (hub, agency):
        for sheet in openpyxl.load_workbook(path):
            shapes = [sheet.column_dimensions[cell.column_letter].alignment for cell in sheet[1]]
            beside = [
                b for a, b in pairwise(shapes) if (a.horizontal, b.horizontal != "right") == ("right", True)
            ]
            assert all(shape.indent for shape in beside), sheet.title


def test_a_nought_among_the_first_rows_is_written(tmp_path: Path) -> None:
    headings = [column.heading for column in SCHEMA.tabs["Targets"].columns if column.laid_out]
    row = tuple(0 if heading == "At most" else "" for heading in headings)
    lay_out(tmp_path / "hub.xlsx", SCHEMA.tabs_of("hub"), rows={"Targets": [row]})
    sheet = sheet_of(tmp_path / "hub.xlsx", "Targets")
    assert sheet[f"{column_of(sheet, 'At most')}2"].value == 0

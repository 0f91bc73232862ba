"""What a cell of an .xlsx reads as."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from engage.errors import WorkbookMissing, WorkbookUnreadable
from engage.ports import GiveId
from engage.workbook.xlsx import XlsxWorkbook
from engage.workbook.xlsx.encoding import hyperlink
from engage.workbook.xlsx.numbers import number_format, number_text, serial_of
from engage.workbook.xlsx.reading import unescape

from . import samples


@pytest.mark.parametrize(
    ("raw", "code", "text"),
    [
        ("7", "General", "7"),
        ("1.1000000000000001", "General", "1.1"),
        ("0.30000000000000004", "General", "0.3"),
        ("1E3", "General", "1000"),
        ("-0.5", "0.00", "-0.5"),
        ("0.25", "0%", "0.25"),
        ("1234567", "#,##0", "1234567"),
        ("123", "00000000", "00000123"),
        ("1614960001", '"0"##########', "01614960001"),
        ("1614960001", "00000 000000", "01614 960001"),
        ("1614960001", r"\(0000\)\ 000\ 0000", "(0161) 496 0001"),
        ("46096", "dd/mm/yyyy", "2026-03-15"),
        ("46096", "[$-809]dd mmmm yyyy;@", "2026-03-15"),
        ("46096.604166666664", "dd/mm/yyyy hh:mm", "2026-03-15 14:30"),
        ("46096", "dd/mm/yyyy hh:mm", "2026-03-15"),
        ("46096.75", "dd/mm/yyyy", "2026-03-15"),
        ("0.39583333333333331", "h:mm AM/PM", "09:30"),
        ("1.5", "[h]:mm", "36:00"),
        ("12", '0" days"', "12"),
        ("12", "[Red]0.0", "12"),
        ("60", "yyyy-mm-dd", "1900-02-28"),
        ("1", "yyyy-mm-dd", "1900-01-01"),
        ("-3", "dd/mm/yyyy", "-3"),
        ("99999999999", "dd/mm/yyyy", "99999999999"),
        ("#N/A", "General", "#N/A"),
    ],
)
def test_a_figure_reads_as_a_person_sees_it(raw: str, code: str, text: str) -> None:
    assert number_text(raw, number_format(164, code)) == text


@pytest.mark.parametrize(
    ("number", "text"), [(14, "2026-03-15"), (22, "2026-03-15"), (0, "46096"), (49, "46096")]
)
def test_formats_that_excel_keeps_by_number_only_are_known(number: int, text: str) -> None:
    assert number_text("46096", number_format(number)) == text


def test_workbooks_that_count_days_from_1904_read_and_write_the_same_days() -> None:
    day = date(2026, 3, 15)
    for date1904 in (False, True):
        raw = str(serial_of(day, date1904=date1904))
        assert number_text(raw, number_format(14), date1904=date1904) == "2026-03-15"


def test_everything_that_excel_writes_is_read(tmp_path: Path) -> None:
    snapshot = XlsxWorkbook("a", samples.excel_like(tmp_path / "a.xlsx")).read()
    assert snapshot.tabs[0].rows == (
        ("Employer", "Phone", "First met", "Doubled", "Notes"),
        ("Acorn Bakery", "01614960001", "2026-03-15", "3229920002", "rich text"),
        ("Birch & Sons <Joinery>", "0161 496 0002", "", "#VALUE!", "two\nlines"),
        ("Cedar Care", "1.1", "", "2.2", "TRUE"),
    )
    assert [(tab.title, tab.hidden) for tab in snapshot.tabs] == [
        ("Employers", False),
        ("Review", False),
        ("Tabled", False),
        ("Summary", True),
    ]


def test_a_wrong_dimension_and_cells_without_addresses_are_read_all_the_same(tmp_path: Path) -> None:
    rows = """<row><c t="inlineStr"><is><t>a</t></is></c><c><v>2</v></c></row>
        <row r="3"><c r="C3"><v>5</v></c><c><v>6</v></c></row>"""
    sheet = f"""<worksheet xmlns="{samples.MAIN}"><dimension ref="A1"/><sheetData>{rows}</sheetData>
        </worksheet>"""
    path = samples.excel_like(tmp_path / "a.xlsx", sheet1=sheet)
    assert XlsxWorkbook("a", path).read().tabs[0].rows == (("a", "2"), (), ("", "", "5", "6"))


def test_elements_with_a_prefix_are_read(tmp_path: Path) -> None:
    sheet = f"""<x:worksheet xmlns:x="{samples.MAIN}"><x:sheetData><x:row r="1"><x:c r="A1" t="s"><x:v>5</x:v>
        </x:c></x:row></x:sheetData></x:worksheet>"""
    path = samples.excel_like(tmp_path / "a.xlsx", sheet1=sheet)
    assert XlsxWorkbook("a", path).read().tabs[0].rows == (("Acorn Bakery",),)


def test_merged_cells_read_once(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Our employers"])  # type: ignore[union-attr]
    book.active.merge_cells("A1:C1")  # type: ignore[union-attr]
    book.save(tmp_path / "a.xlsx")
    assert XlsxWorkbook("a", tmp_path / "a.xlsx").read().tabs[0].rows == (("Our employers",),)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "it is empty"),
        (b"Employer,Phone\n", "not an .xlsx workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old .xls format"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "protected by a password",
        ),
    ],
)
def test_a_file_that_is_no_workbook_is_named_for_what_it_is(tmp_path: Path, data: bytes, says: str) -> None:
    (tmp_path / "a.xlsx").write_bytes(data)
    with pytest.raises(WorkbookUnreadable, match=says):
        XlsxWorkbook("a", tmp_path / "a.xlsx").read()


def test_a_workbook_cut_short_anywhere_is_unreadable_and_never_empty(tmp_path: Path) -> None:
    data = samples.excel_like(tmp_path / "whole.xlsx").read_bytes()
    path = tmp_path / "a.xlsx"
    for length in range(100, len(data), 331):
        path.write_bytes(data[:length])
        with pytest.raises(WorkbookUnreadable):
            XlsxWorkbook("a", path).read()


@pytest.mark.parametrize("part", ["sheet1", "workbook", "styles", "sharedStrings"])
def test_a_damaged_part_is_unreadable_and_never_empty(tmp_path: Path, part: str) -> None:
    path = samples.excel_like(tmp_path / "a.xlsx", **{part: "<worksheet><sheetData><row"})
    with pytest.raises(WorkbookUnreadable):
        XlsxWorkbook("a", path).read()


def test_a_part_with_a_document_type_is_refused_before_it_can_unfold(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE a [<!ENTITY a "aaaaaaaa">]><sst><si><t>&a;</t></si></sst>'
    with pytest.raises(WorkbookUnreadable, match="document type"):
        XlsxWorkbook("a", samples.excel_like(tmp_path / "a.xlsx", sharedStrings=bomb)).read()


def test_a_missing_workbook_is_missing(tmp_path: Path) -> None:
    with pytest.raises(WorkbookMissing, match="not there"):
        XlsxWorkbook("a", tmp_path / "a.xlsx").read()


def test_long_texts_in_a_link_are_split_for_excel_and_quotes_doubled() -> None:
    formula = hyperlink("#'T'!A1", "x" * 300 + '"')
    assert max(len(piece) for piece in formula.replace('""', "q").split('"')) <= 255
    assert formula.endswith('""")')


@pytest.mark.parametrize("text", ["Employers, row 2 (hub)", 'a"&"b', "x" * 300 + '"', "", "(,)"])
def test_a_link_saved_without_its_result_reads_as_the_text_that_it_shows(tmp_path: Path, text: str) -> None:
    book, path = openpyxl.Workbook(), tmp_path / "links.xlsx"
    book.worksheets[0].append(["Where", "=" + hyperlink("#'T'!A1", text), "=A1&A2", "last"])
    book.save(path)
    (tab,) = XlsxWorkbook("x", path).read().tabs
    assert tab.rows == (("Where", text, "", "last"),)


@pytest.mark.parametrize(
    ("stored", "text"), [("_xD83D__xDE00_", "\U0001f600"), ("half _xD83D_ of it", "half \ufffd of it")]
)
def test_half_of_a_character_never_gets_in(stored, text):
    assert unescape(stored) == text


def test_a_name_merged_over_the_column_of_the_ids_is_left_where_it_shows(tmp_path: Path) -> None:
    book, path = openpyxl.Workbook(), tmp_path / "merged.xlsx"
    sheet = book.worksheets[0]
    for row in (["Record ID", "Employer"], ["Acorn Bakery", None], [None, "Birch"]):
        sheet.append(row)
    sheet.merge_cells("A2:B2")
    book.save(path)
    ids = [GiveId("Sheet", 1, 2, ("Acorn Bakery",), "R-1"), GiveId("Sheet", 1, 3, ("", "Birch"), "R-2")]
    assert [each.status for each in XlsxWorkbook("x", path).apply(ids)] == ["moved", "done"]
    rows = XlsxWorkbook("x", path).read().tabs[0].rows
    assert rows[1:] == (("Acorn Bakery",), ("R-2", "Birch"))

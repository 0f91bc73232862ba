"""A write changes our cells and nothing else in the file, byte for byte."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from engage.model import Link
from engage.ports import AcceptSuggestion, AddIdColumn, GiveId, Intent, Outcome, PublishTab
from engage.workbook.xlsx import XlsxWorkbook, differences, last_run

from . import samples

HEADER = ("Employer", "Phone", "First met", "Doubled", "Notes")
REVIEW = (("Pair", "Reason", "Decision"), ("p1", "2026-03-15"))
LIBRE = Path(__file__).parent / "data" / "made_by_libreoffice.xlsx"
Maker = Callable[[Path], Path]


def by_excel(path: Path) -> Path:
    return samples.excel_like(path)


def by_libreoffice(path: Path) -> Path:
    return Path(shutil.copy(LIBRE, path))


@pytest.fixture(params=[by_excel, by_libreoffice])
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    made: Path = request.param(tmp_path / "hub.xlsx")
    return made


def ids(path: Path) -> list[Intent]:
    tab = XlsxWorkbook("hub", path).read().tabs[0]
    rows = [GiveId("Employers", 1, number, row, f"R-{number}") for number, row in enumerate(tab.rows, 1)]
    return [AddIdColumn("Employers", 1, tab.rows[0]), *rows[1:]]


def write(path: Path, intents: list[Intent]) -> tuple[Outcome, ...]:
    return XlsxWorkbook("hub", path).apply(intents)


def sheet_data_out(xml: bytes) -> bytes:
    """A sheet part without its rows and the bounds that follow from them."""
    xml = re.sub(rb"<sheetData>.*</sheetData>", b"", xml, flags=re.DOTALL)
    return re.sub(rb'(<(?:dimension|autoFilter) ref=")[^"]*', rb"\1", xml)


def test_giving_ids_leaves_every_other_member_as_it_lies_in_the_file(path: Path) -> None:
    before = samples.raw_members(path)
    assert {outcome.status for outcome in write(path, ids(path))} == {"done"}
    after = samples.raw_members(path)
    assert list(after) == list(before)
    changed = {name for name in before if before[name] != after[name]}
    # The workbook part holds the filter's range a second time; the filter now takes in the ids.
    assert changed <= {"xl/worksheets/sheet1.xml", "xl/workbook.xml"}


def test_giving_ids_leaves_every_other_cell_and_the_rest_of_the_sheet(path: Path) -> None:
    before = samples.members(path)["xl/worksheets/sheet1.xml"]
    write(path, ids(path))
    after = samples.members(path)["xl/worksheets/sheet1.xml"]
    assert sheet_data_out(after) == sheet_data_out(before)
    old, new = samples.cells(before), samples.cells(after)
    assert set(new) - set(old) <= {(1, 6), (2, 6), (3, 6), (4, 6)}
    assert {at for at in old if old[at] != new[at]} <= {(1, 6), (2, 6), (3, 6), (4, 6)}


def test_a_filter_takes_the_ids_in_so_that_a_sort_moves_them_with_their_rows(tmp_path: Path) -> None:
    path = samples.excel_like(tmp_path / "a.xlsx")
    write(path, ids(path))
    parts = samples.members(path)
    assert b'<autoFilter ref="A1:F4"/>' in parts["xl/worksheets/sheet1.xml"]
    assert b"Employers!$A$1:$F$4<" in parts["xl/workbook.xml"]
    assert b'<dimension ref="A1:F4"/>' in parts["xl/worksheets/sheet1.xml"]


def test_an_excel_table_takes_the_ids_in(tmp_path: Path) -> None:
    path = samples.excel_like(tmp_path / "a.xlsx")
    write(
        path,
        [AddIdColumn("Tabled", 1, ("Employer", "Phone")), GiveId("Tabled", 1, 2, ("Acorn Bakery",), "R-1")],
    )
    table = samples.opened(path)["Tabled"].tables["Table1"]
    assert table.ref == table.autoFilter.ref == "A1:C3"
    assert table.column_names == ["Employer", "Phone", "Record ID"]
    assert XlsxWorkbook("a", path).read().tabs[2].rows[1] == ("Acorn Bakery", "", "R-1")


def test_no_ids_beside_a_table_that_has_something_in_the_way(tmp_path: Path) -> None:
    sheet = samples.TABLED.replace('<row r="3"/>', '<row r="3"><c r="C3"><v>1</v></c></row>')
    path = samples.excel_like(tmp_path / "a.xlsx", sheet3=sheet)
    assert [o.status for o in write(path, [AddIdColumn("Tabled", 1, ("Employer", "Phone"))])] == ["moved"]


def test_a_table_filled_by_a_query_keeps_its_columns(tmp_path: Path) -> None:
    table = str(samples.parts()["xl/tables/table1.xml"]).replace(
        ' id="1" name', ' tableType="queryTable" id="1" name'
    )
    path = samples.excel_like(tmp_path / "a.xlsx", table1=table)
    write(path, [AddIdColumn("Tabled", 1, ("Employer", "Phone"))])
    assert samples.members(path)["xl/tables/table1.xml"] == table.encode()


def test_formulas_keep_their_results_and_are_never_written_over(tmp_path: Path) -> None:
    path = samples.excel_like(tmp_path / "a.xlsx")
    write(path, ids(path))
    accept = AcceptSuggestion("Employers", 1, "R-2", "Doubled", "3229920002", "5")
    (outcome,) = write(path, [accept])
    assert (outcome.status, outcome.note) == ("moved", "a formula stands in the cell")
    shown = samples.opened(path, data_only=True)["Employers"]
    assert [shown.cell(row, 4).value for row in (2, 3, 4)] == [3229920002, "#VALUE!", 2.2]


def accept(path: Path, heading: str, expects: str, value: str) -> bytes:
    """The cell that an accepted suggestion leaves in row 4, which is Cedar Care's."""
    write(path, ids(path))
    (outcome,) = write(path, [AcceptSuggestion("Employers", 1, "R-4", heading, expects, value)])
    assert outcome.status == "done"
    column = HEADER.index(heading) + 1
    return samples.cells(samples.members(path)["xl/worksheets/sheet1.xml"])[4, column]


def test_an_accepted_date_in_a_column_of_dates_becomes_one(tmp_path: Path) -> None:
    path = samples.excel_like(tmp_path / "a.xlsx")
    assert accept(path, "First met", "", "2026-03-16") == b'<c r="C4" s="1"><v>46097</v></c>'
    assert XlsxWorkbook("a", path).read().tabs[0].rows[3][2] == "2026-03-16"


def test_an_accepted_figure_can_be_summed_and_a_telephone_stays_text(tmp_path: Path) -> None:
    path = samples.excel_like(tmp_path / "a.xlsx")
    assert accept(path, "Phone", "1.1", "50") == b'<c r="B4"><v>50</v></c>'
    assert b'<t xml:space="preserve">0161 496 0009</t>' in accept(path, "Phone", "50", "0161 496 0009")


def publish(number: int, path: Path) -> PublishTab:
    tab = XlsxWorkbook("hub", path).read().tab("Review")
    assert tab is not None
    rows = tuple((Link(f"p{n}", "hub", "Employers", n + number), f"why {number}", "") for n in range(1, 5))
    return PublishTab("Review", REVIEW[0], rows, "Pair", frozenset({"Decision"}), expects=tab.rows)


def test_ten_nights_leave_charts_pictures_comments_formats_and_drop_downs(path: Path) -> None:
    before = samples.members(path)
    write(path, ids(path))
    for night in range(10):
        assert [outcome.status for outcome in write(path, [publish(night, path)])] == ["done"]
    after = samples.members(path)
    ours = {"xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/workbook.xml", "xl/calcChain.xml"}
    frame = {"xl/_rels/workbook.xml.rels", "[Content_Types].xml"} if "xl/calcChain.xml" in before else set()
    assert {name for name in before if before[name] != after.get(name)} <= ours | frame
    for sheet in ("xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"):
        assert sheet_data_out(after[sheet]) == sheet_data_out(before[sheet])
    assert {part for part in before if part.startswith(("xl/charts", "xl/media", "xl/drawings"))}


def test_the_calculation_order_goes_when_a_formula_goes_and_nothing_points_to_it(tmp_path: Path) -> None:
    path = samples.excel_like(tmp_path / "a.xlsx")
    write(path, [PublishTab("Review", REVIEW[0], (("p1", "x", ""),), expects=REVIEW)])
    parts = samples.members(path)
    assert "xl/calcChain.xml" not in parts
    assert b"calcChain" not in parts["[Content_Types].xml"] + parts["xl/_rels/workbook.xml.rels"]
    samples.opened(path)


def test_somebody_elses_formula_that_looks_at_a_built_tab_is_recalculated_on_opening(tmp_path: Path) -> None:
    path = samples.excel_like(tmp_path / "a.xlsx")
    write(path, ids(path))
    assert b"fullCalcOnLoad" not in samples.members(path)["xl/workbook.xml"]
    write(path, [publish(1, path)])
    parts = samples.members(path)
    assert parts["xl/workbook.xml"].count(b'fullCalcOnLoad="1"') == 1
    assert b"<f>COUNTA(Review!A:A)</f><v>2</v>" in parts["xl/worksheets/sheet4.xml"]


def test_built_rows_take_the_styles_of_their_columns_and_dates_become_dates(tmp_path: Path) -> None:
    path = samples.excel_like(tmp_path / "a.xlsx")
    rows = (("p1", date(2026, 1, 2), ""), ("p2", "in words", date(2026, 1, 3)))
    write(path, [PublishTab("Review", REVIEW[0], rows, expects=REVIEW)])
    cells = samples.cells(samples.members(path)["xl/worksheets/sheet2.xml"])
    assert cells[2, 2] == b'<c r="B2" s="1"><v>46024</v></c>'
    assert cells[3, 2].startswith(b'<c r="B3" s="1" t="inlineStr">')
    # Column C has no date format anywhere, so the date is written as text that reads the same.
    assert b'<t xml:space="preserve">2026-01-03</t>' in cells[3, 3]
    assert XlsxWorkbook("a", path).read().tabs[1].rows[1:] == (
        ("p1", "2026-01-02"),
        ("p2", "in words", "2026-01-03"),
    )


WRAPPED = samples.REVIEW.replace('width="12" style="1"', 'width="12" style="5"').replace(
    '<row r="2" ht="15">', "{}"
)


@pytest.mark.parametrize(
    ("tag", "text", "becomes"),
    [
        ('<row r="2" ht="15">', "short", b'<row r="2">'),
        ('<row r="2" ht="15">', "a dozen words that will not fit on one line of it", b'<row r="2" ht="75">'),
        ('<row r="2">', "one\ntwo", b'<row r="2" ht="30">'),
        ('<row r="2" ht="90" customHeight="1">', "one\ntwo", b'<row r="2" ht="90" customHeight="1">'),
    ],
)
def test_a_built_row_is_as_tall_as_its_texts_unless_a_person_set_it(
    tmp_path: Path, tag: str, text: str, becomes: bytes
) -> None:
    wraps = '<xf numFmtId="0" fontId="0" xfId="0"><alignment wrapText="1"/></xf></cellXfs>'
    styles = str(samples.parts()["xl/styles.xml"]).replace("</cellXfs>", wraps)
    sheet = WRAPPED.format(tag).replace('<c r="B2" s="1">', '<c r="B2" s="5">')
    path = samples.excel_like(tmp_path / "a.xlsx", sheet2=sheet, styles=styles)
    expects = XlsxWorkbook("a", path).read().tabs[1].rows
    write(path, [PublishTab("Review", REVIEW[0], (("p1", text, ""), ("p2", "x", "")), expects=expects)])
    assert becomes in samples.members(path)["xl/worksheets/sheet2.xml"]


def test_headings_that_stay_are_not_touched(tmp_path: Path) -> None:
    path = samples.excel_like(tmp_path / "a.xlsx")
    before = samples.cells(samples.members(path)["xl/worksheets/sheet2.xml"])
    write(path, [publish(1, path)])
    after = samples.cells(samples.members(path)["xl/worksheets/sheet2.xml"])
    assert [after[1, column] for column in (1, 2, 3)] == [before[1, column] for column in (1, 2, 3)]


def test_a_new_tab_opens_in_another_library_with_bold_headings(path: Path) -> None:
    tab = PublishTab("Clashes & <more>", ("Who", "When"), (("=cmd()", 3),))
    assert [o.status for o in write(path, [tab])] == ["done"]
    sheet = samples.opened(path)["Clashes & <more>"]
    assert [[cell.value for cell in row] for row in sheet.rows] == [["Who", "When"], ["=cmd()", 3]]
    assert sheet["A1"].font.b
    assert sheet["A2"].data_type != "f"


def test_nothing_to_write_writes_nothing(path: Path) -> None:
    write(path, [*ids(path), publish(1, path)])
    before = path.read_bytes(), path.stat().st_mtime_ns
    assert {o.status for o in write(path, [publish(1, path)])} == {"same"}
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_links_go_by_a_relative_path_to_the_other_workbook(tmp_path: Path) -> None:
    path = samples.excel_like(tmp_path / "a.xlsx")
    links = {"college": tmp_path / "agencies" / "the college.xlsx"}
    book = XlsxWorkbook("hub", path, links=links)
    rows = ((Link("open", "college", "It's ours", 12, 4), Link("here", "hub", "Review")),)
    book.apply([PublishTab("Links", ("There", "Here"), rows)])
    sheet = samples.opened(path)["Links"]
    assert sheet["A2"].value == """=HYPERLINK("agencies/the college.xlsx#'It''s ours'!D12","open")"""
    assert sheet["B2"].value == """=HYPERLINK("#'Review'!A1","here")"""


def test_the_backups_prove_what_a_run_touched_and_explain_the_rest(path: Path, tmp_path: Path) -> None:
    book = XlsxWorkbook("hub", path, backups=tmp_path / "backups", stamp="2026-11-22T02-30")
    outcomes = book.apply(
        [*ids(path), publish(1, path), PublishTab("_engage", ("A",), (("x",),), hidden=True)]
    )
    (pair,) = last_run(tmp_path / "backups" / "hub")
    assert pair.after is not None
    found = differences(pair.before, pair.after)
    told = {(c.tab, c.row, c.column): (c.before, c.after) for outcome in outcomes for c in outcome.changes}
    assert {(c.tab, c.row, c.column): (c.before, c.after) for c in found.cells} == told
    assert found.unexplained == ()


def test_a_change_that_no_write_makes_is_unexplained(tmp_path: Path) -> None:
    before = samples.excel_like(tmp_path / "before.xlsx")
    comment = str(samples.parts()["xl/comments1.xml"]).replace("Robin", "Alex")
    employers = samples.EMPLOYERS.replace("Yes,No", "Yes,No,Maybe").replace("<v>46096</v>", "<v>46097</v>")
    after = samples.excel_like(tmp_path / "after.xlsx", comments1=comment, sheet1=employers)
    found = differences(before, after)
    assert set(found.unexplained) == {"xl/comments1.xml", "xl/worksheets/sheet1.xml"}
    assert [(c.row, c.column, c.before, c.after) for c in found.cells] == [(2, 3, "2026-03-15", "2026-03-16")]


def test_a_zip_written_as_a_stream_is_copied_with_its_descriptors(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"

    class Unseekable:
        def __init__(self) -> None:
            self.file = path.open("wb")

        def write(self, data: bytes) -> int:
            return self.file.write(data)

        def flush(self) -> None:
            self.file.flush()

    stream = Unseekable()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[arg-type]
        for name, content in samples.parts().items():
            archive.writestr(name, content)
    stream.file.close()
    before = samples.raw_members(path)
    write(path, ids(path))
    after = samples.raw_members(path)
    assert {name for name in before if before[name] != after[name]} == {
        "xl/worksheets/sheet1.xml",
        "xl/workbook.xml",
    }

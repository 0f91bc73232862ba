"""A tab that the sync adds to a workbook of people's own: it looks as ours do, and theirs stays as it was."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from engage.ports import PublishTab
from engage.schema import TabSpec, load_schema
from engage.workbook.layout_xlsx import lay_out
from engage.workbook.xlsx import XlsxWorkbook, differences
from engage.workbook.xlsx.graft import graft

from . import samples

LIBRE = Path(__file__).parent / "data" / "made_by_libreoffice.xlsx"
SCHEMA = load_schema(None)
PROBLEMS, YOURS = SCHEMA.tabs["Problems to fix"], SCHEMA.tabs["Your employers (built nightly)"]
SENTENCE = "This postcode is not one that the Post Office knows, and so no map will find it."


def by_libreoffice(path: Path) -> Path:
    return Path(shutil.copy(LIBRE, path))


def by_openpyxl(path: Path) -> Path:
    book = Workbook()
    book.worksheets[0].append(["Employer", "Town"])
    book.save(path)
    return path


def by_openpyxl_and_lxml(path: Path) -> Path:
    """With lxml beside it, openpyxl declares the relations' namespace on each sheet and not around them."""
    parts = dict(zip_parts(by_openpyxl(path)))
    declared = b' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    bare = parts["xl/workbook.xml"].replace(declared, b"")
    parts["xl/workbook.xml"] = bare.replace(b"<sheet ", b"<sheet" + declared + b" ")
    assert parts["xl/workbook.xml"].count(declared) == 1
    with zipfile.ZipFile(path, "w") as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return path


def zip_parts(path: Path) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(path) as file:
        return [(name, file.read(name)) for name in file.namelist()]


@pytest.fixture(params=[samples.excel_like, by_libreoffice, by_openpyxl, by_openpyxl_and_lxml])
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    make: Callable[[Path], Path] = request.param
    return make(tmp_path / "theirs.xlsx")


def row_of(tab: TabSpec, **cells: object) -> tuple[object, ...]:
    return tuple(cells.get(heading.replace(" ", "_"), "") for heading in tab.headings)


def publish(path: Path, *tabs: TabSpec) -> None:
    """Publish these tabs with a row each, as a sync would."""
    row = {"Problem": "F-1", "What_is_wrong": SENTENCE, "Since": date(2026, 11, 22), "Employer_ID": "EMP-1"}
    intents = [
        PublishTab(tab.title, tab.headings, (row_of(tab, **row),), key=tab.key, answers=tab.answers)  # type: ignore[arg-type]
        for tab in tabs
    ]
    done = XlsxWorkbook("theirs", path, tabs=SCHEMA.tabs).apply(intents)
    assert {outcome.status for outcome in done} == {"done"}


def looks(sheet: Worksheet) -> dict[str, object]:
    """What a reader sees of a tab before anything stands in it."""
    columns = {letter: shape.width for letter, shape in sheet.column_dimensions.items()}
    cell = {
        name: {at: str(getattr(sheet[f"{at}1"], name)) for at in columns}
        for name in ("fill", "alignment", "border")
    }
    fonts = {at: (sheet[f"{at}1"].font.b, sheet[f"{at}1"].font.color.rgb) for at in columns}
    notes = {at: sheet[f"{at}1"].comment.text for at in columns}
    rules = [(str(rule.sqref), rule.formula1) for rule in sheet.data_validations.dataValidation]
    page = sheet.page_setup.paperSize, sheet.page_setup.orientation, str(sheet.sheet_properties)
    marks = [
        (str(area.sqref), [rule.formula for rule in area.rules]) for area in sheet.conditional_formatting
    ]
    frame = sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows
    return {"columns": columns, **cell, "fonts": fonts, "notes": notes, "rules": rules, "page": page,
            "marks": marks, "frame": frame}  # fmt: skip


def test_a_tab_that_the_sync_adds_looks_as_one_that_init_lays_out(path: Path, tmp_path: Path) -> None:
    lay_out(tmp_path / "ours.xlsx", [PROBLEMS, YOURS])
    publish(path, PROBLEMS, YOURS)
    ours, theirs = samples.opened(tmp_path / "ours.xlsx"), samples.opened(path)
    for tab in (PROBLEMS, YOURS):
        assert looks(theirs[tab.title]) == looks(ours[tab.title])


def test_its_cells_wrap_its_dates_are_dates_and_its_answers_are_yellow(path: Path) -> None:
    publish(path, PROBLEMS)
    sheet = samples.opened(path)[PROBLEMS.title]
    at = dict(zip(PROBLEMS.headings, "ABCDEFGHIJKLMN", strict=False))
    wrong, since = sheet[f"{at['What is wrong']}2"], sheet[f"{at['Since']}2"]
    assert wrong.alignment.wrap_text
    assert sheet.row_dimensions[2].height > 20
    assert (since.value, since.number_format) == (datetime(2026, 11, 22), "dd/mm/yyyy")  # noqa: DTZ001 - no zone
    answers = sheet.column_dimensions[at["Decision"]]
    assert answers.fill.fgColor.rgb == "00FFF8D6"


def test_a_moment_is_a_true_one_that_reads_back_in_iso(tmp_path: Path) -> None:
    log, at = SCHEMA.tabs["Sync log"], datetime.fromisoformat("2026-11-22 02:37")
    path = samples.excel_like(tmp_path / "hub.xlsx")
    intent = PublishTab(log.title, log.headings, ((at, "hub", "12 rows got a Record ID"),))
    XlsxWorkbook("hub", path, tabs=SCHEMA.tabs).apply([intent])
    cell = samples.opened(path)[log.title]["A2"]
    assert (cell.value, cell.number_format) == (at, "dd/mm/yyyy hh:mm")
    tab = XlsxWorkbook("hub", path).read().tab(log.title)
    assert tab is not None
    assert tab.rows[1][0] == "2026-11-22 02:37"


def test_what_stood_in_the_workbook_keeps_its_looks_and_its_bytes(path: Path, tmp_path: Path) -> None:
    before = Path(shutil.copy(path, tmp_path / "before.xlsx"))
    publish(path, PROBLEMS, YOURS)
    assert differences(before, path).unexplained == ()
    was, now = samples.raw_members(before), samples.raw_members(path)
    frame = re.compile(r"\[Content_Types\]|workbook\.xml|styles\.xml")
    assert {part: data for part, data in now.items() if part in was and not frame.search(part)} == {
        part: data for part, data in was.items() if not frame.search(part)
    }
    old, new = samples.opened(before), samples.opened(path)
    for sheet in old.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                theirs = new[sheet.title][cell.coordinate]
                assert looks_of(cell) == looks_of(theirs)


def looks_of(cell: Cell | MergedCell) -> tuple[str, ...]:
    return str(cell.font), str(cell.fill), str(cell.border), cell.number_format


def test_the_workbook_has_one_list_of_names_with_the_headings_to_print_on_every_page(path: Path) -> None:
    publish(path, PROBLEMS, YOURS)
    xml = samples.members(path)["xl/workbook.xml"]
    assert len(re.findall(rb"<definedNames", xml)) == 1
    assert xml.count(b"_xlnm.Print_Titles") == 2
    assert samples.opened(path)[YOURS.title].print_title_rows == "$1:$1"


def test_a_second_tab_uses_the_styles_that_the_first_one_brought(path: Path) -> None:
    publish(path, PROBLEMS)
    styles = samples.members(path)["xl/styles.xml"]
    publish(path, YOURS)
    again = samples.members(path)["xl/styles.xml"]
    assert again.count(b"<fill>") == styles.count(b"<fill>")


def test_a_question_whose_words_hold_a_comma_offers_those_that_stand_in_lists(tmp_path: Path) -> None:
    review = SCHEMA.tabs["To review"]
    lay_out(tmp_path / "hub.xlsx", [review, SCHEMA.tabs["Lists"]])
    book = samples.opened(tmp_path / "hub.xlsx")
    del book[review.title]
    book.save(tmp_path / "hub.xlsx")
    publish(tmp_path / "hub.xlsx", review)
    (rule,) = samples.opened(tmp_path / "hub.xlsx")[review.title].data_validations.dataValidation
    assert "'Lists'!" in rule.formula1


def test_a_tab_that_the_schema_does_not_know_is_laid_out_by_its_headings(path: Path) -> None:
    done = XlsxWorkbook("theirs", path).apply([PublishTab("Own", ("Name", "Words"), (("a", SENTENCE),))])
    assert done[0].status == "done"
    sheet = samples.opened(path)["Own"]
    assert (sheet.freeze_panes, sheet["A1"].font.b, sheet["B2"].alignment.wrap_text) == ("B2", True, True)


NONE = b'<styleSheet><fonts count="1"/></styleSheet>'


def test_styles_that_are_laid_out_in_a_way_we_do_not_know_are_left_alone() -> None:
    assert graft(NONE, NONE) is None

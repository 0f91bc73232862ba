"""gspread as it comes from PyPI, against the local server over real HTTP: what people do every day."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import gspread
import pytest
from gspread.exceptions import APIError, SpreadsheetNotFound, WorksheetNotFound
from gspread.utils import DateTimeOption, MergeType, ValueInputOption, ValueRenderOption

from tests.sheets_server.app import application
from tests.sheets_server.redirecting import redirected
from tests.sheets_server.serving import serving
from tests.sheets_server.world import World

HEADINGS = ["Employer", "Contact", "Seen on"]
ROWS = [
    ["Northgate Joinery", "Priya Nair", "2026-03-02"],
    ["Alder & Sons", "Tom Reed", "2026-01-15"],
    ["Mossley Foods", "Una Byrne", "2026-02-20"],
]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[gspread.Client]:
    folder: Path = tmp_path_factory.mktemp("key")
    with serving(application(World())) as served:
        served.front.quota.per_user = served.front.quota.per_project = 10_000
        signed_in = gspread.service_account(filename=served.key_file(folder))
        close = redirected(signed_in.http_client.session, served.url)
        yield signed_in
        close()
        signed_in.http_client.session.close()


@pytest.fixture
def book(client: gspread.Client) -> gspread.Spreadsheet:
    return client.create("Employers of Tameside")


@pytest.fixture
def sheet(book: gspread.Spreadsheet) -> gspread.Worksheet:
    sheet = book.sheet1
    sheet.update([HEADINGS, *ROWS], "A1")
    return sheet


def test_a_spreadsheet_opens_by_key_by_url_and_by_name(client, book):
    assert client.open_by_key(book.id).title == "Employers of Tameside"
    assert client.open_by_url(book.url).id == book.id
    named = client.create("The only one of its name")
    assert client.open("The only one of its name").id == named.id


def test_a_key_that_nobody_has_is_not_found(client):
    with pytest.raises(SpreadsheetNotFound):
        client.open_by_key("1" * 44)


def test_worksheets_are_listed_and_found_by_title_index_and_id(book):
    added = book.add_worksheet("Contacts", rows=20, cols=5)
    assert [each.title for each in book.worksheets()] == ["Sheet1", "Contacts"]
    assert book.worksheet("Contacts").id == added.id == book.get_worksheet(1).id
    assert book.get_worksheet_by_id(added.id).title == "Contacts"
    assert (added.row_count, added.col_count) == (20, 5)
    with pytest.raises(WorksheetNotFound):
        book.worksheet("Nowhere")


def test_a_worksheet_is_deleted_renamed_duplicated_and_reordered(book):
    second, third = book.add_worksheet("Second", 5, 5), book.add_worksheet("Third", 5, 5)
    second.update_title("Renamed")
    book.reorder_worksheets([third, second, book.sheet1])
    assert [each.title for each in book.worksheets()] == ["Third", "Renamed", "Sheet1"]
    copy = second.duplicate(new_sheet_name="Its copy")
    assert copy.title == "Its copy"
    book.del_worksheet(third)
    assert "Third" not in [each.title for each in book.worksheets()]


def test_all_values_come_back_as_they_were_written(sheet):
    assert sheet.get_all_values() == [HEADINGS, *ROWS]
    assert sheet.get("A2:B3") == [ROWS[0][:2], ROWS[1][:2]]
    assert sheet.acell("B2").value == "Priya Nair"
    assert sheet.cell(3, 1).value == "Alder & Sons"
    assert sheet.row_values(1) == HEADINGS
    assert sheet.col_values(2) == ["Contact", "Priya Nair", "Tom Reed", "Una Byrne"]


def test_records_are_read_by_heading(sheet):
    assert sheet.get_all_records()[0] == dict(zip(HEADINGS, ROWS[0], strict=True))


def test_a_raw_text_never_becomes_a_formula_a_number_or_a_truth(sheet):
    texts = [["=1+2", "007", "TRUE", "+44 161 496 0000", "3/4/2026"]]
    sheet.update(texts, "E1", raw=True)
    assert sheet.get("E1:I1") == texts
    assert sheet.get("E1:I1", value_render_option=ValueRenderOption.unformatted) == texts


def test_what_is_typed_is_read_as_google_reads_it(sheet):
    sheet.update(
        [["0042", "= 1 / 1024", "2020-01-01", "true", "12.5%", "2,000,000.01"]],
        "E1",
        value_input_option=ValueInputOption.user_entered,
    )
    assert sheet.get("E1:J1") == [["42", "0.0009765625", "2020-01-01", "TRUE", "12.50%", "2,000,000.01"]]
    unformatted = sheet.get("E1:J1", value_render_option=ValueRenderOption.unformatted)
    assert unformatted == [[42, 0.0009765625, 43831, True, 0.125, 2000000.01]]
    assert sheet.acell("F1", value_render_option=ValueRenderOption.formula).value == "= 1 / 1024"


def test_dates_come_as_serials_or_as_text(sheet):
    sheet.update_acell("E1", "2020-01-01")
    unformatted = ValueRenderOption.unformatted
    assert sheet.get("E1", value_render_option=unformatted) == [[43831]]
    as_text = sheet.get(
        "E1", value_render_option=unformatted, date_time_render_option=DateTimeOption.formatted_string
    )
    assert as_text == [["2020-01-01"]]


def test_several_ranges_are_written_read_and_cleared_at_once(sheet):
    sheet.batch_update(
        [{"range": "A2:B2", "values": [["One", "Two"]]}, {"range": "C4", "values": [["Three"]]}]
    )
    assert sheet.batch_get(["A2:B2", "C4"]) == [[["One", "Two"]], [["Three"]]]
    sheet.batch_clear(["A2:B2", "C4"])
    assert sheet.batch_get(["A2:B2", "C4"]) == [[], []]


def test_rows_are_appended_below_the_table(sheet):
    sheet.append_rows([["Denton Optics", "Vi Shah", "2026-03-03"], ["Hyde Tyres", "", "2026-03-04"]])
    sheet.append_row(["Audenshaw Print"])
    assert sheet.get_all_values()[4:] == [
        ["Denton Optics", "Vi Shah", "2026-03-03"],
        ["Hyde Tyres", "", "2026-03-04"],
        ["Audenshaw Print", "", ""],
    ]


def test_appending_past_the_end_of_the_grid_makes_room(book):
    sheet = book.add_worksheet("Small", rows=2, cols=2)
    sheet.append_rows([["a", "b"], ["c", "d"], ["e", "f"]])
    assert sheet.get_all_values() == [["a", "b"], ["c", "d"], ["e", "f"]]


def test_cells_are_found_by_text(sheet):
    found = sheet.find("Tom Reed")
    assert (found.row, found.col) == (3, 2)
    assert sheet.find("nobody at all") is None
    assert [cell.row for cell in sheet.findall("priya nair", case_sensitive=False)] == [2]


def test_rows_are_sorted_by_a_column(sheet):
    sheet.sort((1, "asc"), range="A2:C4")
    assert sheet.col_values(1) == ["Employer", "Alder & Sons", "Mossley Foods", "Northgate Joinery"]
    sheet.sort((1, "des"), range="A2:C4")
    assert sheet.col_values(1)[1] == "Northgate Joinery"


def test_rows_and_columns_are_inserted_deleted_and_counted(sheet):
    sheet.insert_row(["New", "", ""], index=2)
    assert sheet.row_values(2) == ["New"]
    sheet.delete_rows(2)
    sheet.insert_cols([["X", "x1"]], col=2)
    assert sheet.row_values(1) == ["Employer", "X", "Contact", "Seen on"]
    sheet.delete_columns(2)
    assert sheet.get_all_values() == [HEADINGS, *ROWS]
    sheet.resize(rows=10, cols=4)
    sheet.add_rows(5)
    assert (sheet.row_count, sheet.col_count) == (15, 4)


def test_a_format_stays_on_its_cells(book, sheet):
    sheet.format("A1:C1", {"textFormat": {"bold": True}})
    sheet.batch_format([{"range": "A2:A4", "format": {"horizontalAlignment": "RIGHT"}}])
    data = book.fetch_sheet_metadata({"ranges": "Sheet1!A1:A2", "includeGridData": "true"})
    cells = [row["values"][0] for row in data["sheets"][0]["data"][0]["rowData"]]
    assert cells[0]["userEnteredFormat"] == {"textFormat": {"bold": True}}
    assert cells[1]["userEnteredFormat"] == {"horizontalAlignment": "RIGHT"}


def test_a_number_format_decides_what_is_shown(sheet):
    sheet.update([[1234.5, 0.25, 43831]], "E1")
    sheet.format("E1", {"numberFormat": {"type": "CURRENCY", "pattern": '"£"#,##0.00'}})
    sheet.format("F1", {"numberFormat": {"type": "PERCENT", "pattern": "0%"}})
    sheet.format("G1", {"numberFormat": {"type": "DATE", "pattern": "dd/mm/yyyy"}})
    assert sheet.get("E1:G1") == [["£1,234.50", "25%", "01/01/2020"]]


def test_notes_are_written_read_and_cleared(sheet):
    sheet.insert_note("B2", "Prefers email")
    sheet.update_notes({"A1": "What they trade as", "C4": "By phone"})
    assert sheet.get_note("B2") == "Prefers email"
    notes = sheet.get_notes()
    assert (notes[0][0], notes[1][1], notes[3][2]) == ("What they trade as", "Prefers email", "By phone")
    sheet.clear_note("B2")
    assert sheet.get_note("B2") == ""


def test_a_named_range_is_defined_read_and_deleted(book, sheet):
    made = sheet.define_named_range("A2:C4", "Everybody")
    named = made["replies"][0]["addNamedRange"]["namedRange"]
    assert book.list_named_ranges()[0]["name"] == "Everybody"
    assert sheet.get("Everybody") == ROWS
    sheet.delete_named_range(named["namedRangeId"])
    assert book.list_named_ranges() == []


def test_a_protected_range_is_added_listed_and_removed(book, sheet):
    sheet.add_protected_range("A1:C1", editor_users_emails=["someone@tameside.example"])
    listed = book.list_protected_ranges(sheet.id)
    assert listed[0]["range"]["endRowIndex"] == 1
    assert "someone@tameside.example" in listed[0]["editors"]["users"]
    sheet.delete_protected_range(listed[0]["protectedRangeId"])
    assert book.list_protected_ranges(sheet.id) == []


def test_cells_are_merged_and_parted(book, sheet):
    sheet.merge_cells("A2:B3", merge_type=MergeType.merge_rows)
    merged = book.fetch_sheet_metadata()["sheets"][0]["merges"]
    assert [(span["startRowIndex"], span["endColumnIndex"]) for span in merged] == [(1, 2), (2, 2)]
    assert sheet.get_values(combine_merged_cells=True)[1][:2] == ["Northgate Joinery", "Northgate Joinery"]
    sheet.unmerge_cells("A2:B3")
    assert "merges" not in book.fetch_sheet_metadata()["sheets"][0]


def test_blocks_are_copied_and_cut(sheet):
    sheet.copy_range("A2:B2", "E2:F2")
    assert sheet.get("E2:F2") == [["Northgate Joinery", "Priya Nair"]]
    sheet.cut_range("E2:F2", "E6")
    assert sheet.get("E2:F2") == [[]]
    assert sheet.get("E6:F6") == [["Northgate Joinery", "Priya Nair"]]


def test_rows_freeze_hide_group_and_columns_fit(book, sheet):
    sheet.freeze(rows=1, cols=1)
    sheet.hide_rows(1, 2)
    sheet.add_dimension_group_rows(2, 4)
    sheet.columns_auto_resize(0, 2)
    drawn = book.fetch_sheet_metadata()["sheets"][0]
    assert drawn["properties"]["gridProperties"]["frozenRowCount"] == 1
    assert drawn["rowGroups"][0]["range"] == {"dimension": "ROWS", "startIndex": 2, "endIndex": 4}
    assert sheet.frozen_col_count == 1
    sheet.unhide_rows(1, 2)
    sheet.delete_dimension_group_rows(2, 4)
    assert "rowGroups" not in book.fetch_sheet_metadata()["sheets"][0]


def test_a_worksheet_hides_shows_and_takes_a_colour(book):
    sheet = book.add_worksheet("Quiet", 5, 5)
    sheet.hide()
    assert book.worksheet("Quiet").isSheetHidden
    assert [each.title for each in book.worksheets(exclude_hidden=True)] == ["Sheet1"]
    sheet.show()
    sheet.update_tab_color("#FF0000")
    assert book.worksheet("Quiet").tab_color == "#FF0000"
    sheet.clear_tab_color()
    assert book.worksheet("Quiet").get_tab_color() is None


def test_the_last_worksheet_that_shows_cannot_hide(book):
    with pytest.raises(APIError, match="You can't hide all the sheets in a document"):
        book.sheet1.hide()


def test_a_filter_and_a_drop_down_are_set_and_the_filter_cleared(book, sheet):
    sheet.set_basic_filter("A1:C4")
    sheet.add_validation(
        "B2:B4", gspread.utils.ValidationConditionType.one_of_list, ["Yes", "No"], strict=True
    )
    mask = "sheets(basicFilter.range,data.rowData.values.dataValidation.condition.type)"
    drawn = book.fetch_sheet_metadata({"fields": mask, "ranges": "Sheet1!B2"})["sheets"][0]
    assert drawn["basicFilter"]["range"]["endRowIndex"] == 4
    assert drawn["data"][0]["rowData"][0]["values"][0]["dataValidation"]["condition"]["type"] == "ONE_OF_LIST"
    sheet.clear_basic_filter()
    assert "basicFilter" not in book.fetch_sheet_metadata()["sheets"][0]


def test_a_spreadsheet_is_renamed_moved_to_another_place_and_time(book):
    book.update_title("Employers of Oldham")
    book.update_locale("en_GB")
    book.update_timezone("Europe/London")
    assert (book.title, book.locale, book.timezone) == ("Employers of Oldham", "en_GB", "Europe/London")
    book.sheet1.update_acell("A1", "3/4/2026")
    assert book.sheet1.acell("A1").value == "03/04/2026"


def test_a_spreadsheet_is_shared_copied_and_deleted(client, book, sheet):
    book.share("reader@tameside.example", perm_type="user", role="reader", notify=False)
    shared = {each.get("emailAddress"): each["role"] for each in book.list_permissions()}
    assert shared["reader@tameside.example"] == "reader"
    book.remove_permissions("reader@tameside.example")
    assert len(book.list_permissions()) == 1
    copy = client.copy(book.id, title="A copy")
    assert copy.sheet1.get_all_values() == [HEADINGS, *ROWS]
    client.del_spreadsheet(copy.id)
    with pytest.raises(SpreadsheetNotFound):
        client.open_by_key(copy.id)


def test_csv_goes_in_and_out(client, book):
    client.import_csv(book.id, b"Employer,Seats\nNorthgate Joinery,4\n")
    again = client.open_by_key(book.id)
    assert again.sheet1.get_all_values() == [["Employer", "Seats"], ["Northgate Joinery", "4"]]
    assert again.export(gspread.utils.ExportFormat.CSV) == b"Employer,Seats\r\nNorthgate Joinery,4"


def test_a_worksheet_is_copied_to_another_spreadsheet(client, book, sheet):
    other = client.create("The other one")
    sheet.copy_to(other.id)
    assert other.worksheet("Copy of Sheet1").get_all_values() == [HEADINGS, *ROWS]


def test_a_link_shows_its_text(sheet):
    sheet.update_acell("E1", '=HYPERLINK("https://northgate.example","Northgate")')
    assert sheet.acell("E1").value == "Northgate"
    formula = sheet.acell("E1", value_render_option=ValueRenderOption.formula).value
    assert formula == '=HYPERLINK("https://northgate.example","Northgate")'


def test_a_range_past_the_grid_is_refused_in_googles_words(sheet):
    with pytest.raises(
        APIError, match=r"Range \(Sheet1!A1001\) exceeds grid limits. Max rows: 1000, max columns: 26"
    ):
        sheet.get("A1001")


def test_values_are_read_and_written_by_the_spreadsheet_itself(book, sheet):
    book.values_append("Sheet1!A1", {"valueInputOption": "RAW"}, {"values": [["Last"]]})
    book.values_update("Sheet1!B5", {"valueInputOption": "RAW"}, {"values": [["Una"]]})
    assert book.values_get("Sheet1!A5:B5")["values"] == [["Last", "Una"]]
    body = {"valueInputOption": "RAW", "data": [{"range": "Sheet1!C5", "values": [["x"]]}]}
    assert book.values_batch_update(body)["totalUpdatedCells"] == 1
    found = book.values_batch_get(["Sheet1!A5", "Sheet1!C5"])["valueRanges"]
    assert [each["values"] for each in found] == [[["Last"]], [["x"]]]
    assert book.values_clear("Sheet1!A5")["clearedRange"] == "Sheet1!A5"
    assert len(book.values_batch_clear(body={"ranges": ["Sheet1!B5", "Sheet1!C5"]})["clearedRanges"]) == 2
    assert sheet.get_all_values() == [HEADINGS, *ROWS]


def test_files_are_listed_and_a_spreadsheet_says_when_it_was_made_and_changed(client, book):
    assert book.id in {each["id"] for each in client.list_spreadsheet_files(book.title)}
    assert book.id in {each.id for each in client.openall(book.title)}
    assert client.get_file_drive_metadata(book.id)["name"] == book.title
    book.update_drive_metadata()
    assert book.creationTime <= book.get_lastUpdateTime()


def test_a_spreadsheet_is_offered_to_another_owner(book):
    book.share("helen@council.example", perm_type="user", role="writer", notify=False)
    (helen,) = [each for each in book.list_permissions() if each["emailAddress"] == "helen@council.example"]
    book.transfer_ownership(helen["id"])
    (helen,) = [each for each in book.list_permissions() if each["emailAddress"] == "helen@council.example"]
    assert (helen["role"], helen["pendingOwner"]) == ("writer", True)


def test_tabs_are_copied_moved_and_deleted_by_number(book, sheet):
    second = book.duplicate_sheet(sheet.id, insert_sheet_index=1, new_sheet_name="Copy")
    second.update_index(0)
    assert [each.title for each in book.worksheets()] == ["Copy", "Sheet1"]
    assert book.get_worksheet(0).get_all_values() == [HEADINGS, *ROWS]
    book.del_worksheet_by_id(second.id)
    assert [each.title for each in book.worksheets()] == ["Sheet1"]


def test_cells_are_taken_changed_and_put_back(sheet):
    cells = sheet.get_all_cells()
    for cell in cells:
        cell.value = cell.value.upper()
    sheet.update_cells(cells)
    sheet.update_cell(2, 3, "today")
    assert sheet.row_values(2) == ["NORTHGATE JOINERY", "PRIYA NAIR", "today"]
    assert sheet.expand(top_left_range_name="A1") == sheet.get_all_values()


def test_rows_columns_and_notes_come_in_several_at_once(sheet):
    sheet.insert_rows([["One"], ["Two"]], row=2)
    sheet.add_cols(2)
    sheet.rows_auto_resize(0, 2)
    assert (sheet.col_values(1)[1:3], sheet.column_count) == (["One", "Two"], 28)
    sheet.insert_notes({"A1": "first", "B2": "second"})
    sheet.clear_notes(["A1"])
    assert (sheet.get_note("A1"), sheet.get_note("B2")) == ("", "second")


def test_columns_hide_and_are_grouped_and_gridlines_go(book, sheet):
    sheet.hide_columns(0, 1)
    sheet.unhide_columns(0, 1)
    sheet.hide_gridlines()
    sheet.add_dimension_group_columns(1, 3)
    sheet.add_dimension_group_rows(1, 3)
    fresh = book.sheet1
    assert fresh.is_gridlines_hidden
    assert len(fresh.list_dimension_group_columns()) == len(fresh.list_dimension_group_rows()) == 1
    sheet.show_gridlines()
    sheet.delete_dimension_group_columns(1, 3)
    assert book.sheet1.list_dimension_group_columns() == []


def test_several_ranges_are_merged_at_once(sheet):
    sheet.batch_merge([{"range": "A1:B1"}, {"range": "A2:A3", "mergeType": MergeType.merge_columns}])
    assert sheet.get("A1:C1", combine_merged_cells=True) == [["Employer", "Employer", "Seen on"]]

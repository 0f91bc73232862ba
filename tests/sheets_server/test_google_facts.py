"""Google's facts that the product is built on, each as it was recorded, documented or reported."""

from __future__ import annotations

import pytest

from .asking import Asker, Book
from .world import World


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def book(world: World) -> Book:
    return Book(world, world.create("Employers"))


def add_tab(book: Book, title: str, rows: int = 1000, columns: int = 26) -> int:
    grid = {"rowCount": rows, "columnCount": columns}
    answer = book.batch({"addSheet": {"properties": {"title": title, "gridProperties": grid}}})
    return int(answer.body["replies"][0]["addSheet"]["properties"]["sheetId"])


def test_an_empty_range_has_no_values(book):
    assert book.read("'Sheet1'!A1:B1").body == {"range": "Sheet1!A1:B1", "majorDimension": "ROWS"}


def test_rows_are_ragged_and_a_blank_row_is_empty(book):
    book.write("A1", [["A1", "B1", "", "D1"], ["", "b2", "", ""], [], ["A4", "B4", "", "D4"]])
    assert book.values("A1:D4") == [["A1", "B1", "", "D1"], ["", "b2"], [], ["A4", "B4", "", "D4"]]


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("'Sheet1'", "Sheet1!A1:Z1000"),
        ("Sheet1", "Sheet1!A1:Z1000"),
        ("'Sheet1'!A1:A", "Sheet1!A1:A1000"),
        ("'Sheet1'!A2:2", "Sheet1!A2:Z2"),
        ("'Sheet1'!D4:A1", "Sheet1!A1:D4"),
        ("'Sheet1'!C:D", "Sheet1!C1:D1000"),
        ("'Sheet1'!3:4", "Sheet1!A3:Z4"),
        ("'Sheet1'!A1:ZZ2000", "Sheet1!A1:Z1000"),
        ("'Sheet1'!R2C3:R4C4", "Sheet1!C2:D4"),
        ("B2", "Sheet1!B2"),
    ],
)
def test_a_range_is_answered_in_full(book, asked, answered):
    assert book.read(asked).body["range"] == answered


@pytest.mark.parametrize("title", ["D3", "Your lists", "R&D", "tab01", "it''s"])
def test_a_title_that_could_be_read_as_something_else_stays_quoted(book, title):
    add_tab(book, title.replace("''", "'"))
    assert book.read(f"'{title}'!A1:D4").body["range"] == f"'{title}'!A1:D4"


def test_the_updated_range_is_what_was_written_not_what_was_asked(book):
    answer = book.write("'Sheet1'!A1:B2", [["a1", "B2"]]).body
    assert answer["updatedRange"] == "Sheet1!A1:B1"
    assert (answer["updatedRows"], answer["updatedColumns"], answer["updatedCells"]) == (1, 2, 2)


def test_a_null_leaves_its_cell_alone_and_is_not_counted(book):
    book.write("A1:B2", [["keep", "old"], ["old", "keep"]])
    answer = book.write("A1:B2", [[None, "x"], ["y", None]]).body
    assert (answer["updatedRange"], answer["updatedCells"]) == ("Sheet1!A1:B2", 2)
    assert book.values("A1:B2") == [["keep", "x"], ["y", "keep"]]


def test_an_empty_text_empties_its_cell(book):
    book.write("A1", [["gone", "stays"]])
    book.write("A1", [[""]])
    assert book.values("A1:B1") == [["", "stays"]]


def test_typed_texts_become_numbers_dates_and_formulas(book):
    book.write("A1", [["0042", "= 1 / 1024", "2020-01-01", "+44 161 496 0000"]], "USER_ENTERED")
    assert book.values("A1:D1") == [["42", "0.0009765625", "2020-01-01", "#ERROR!"]]
    assert book.values("A1:C1", valueRenderOption="UNFORMATTED_VALUE") == [[42, 0.0009765625, 43831]]
    as_text = {"valueRenderOption": "UNFORMATTED_VALUE", "dateTimeRenderOption": "FORMATTED_STRING"}
    assert book.values("C1", **as_text) == [["2020-01-01"]]


def test_raw_texts_stay_texts(book):
    texts = ["=1+2", "007", "TRUE", "+44 161 496 0000", "3/4/2026", "'quoted"]
    book.write("A1", [texts])
    for render in ("FORMATTED_VALUE", "UNFORMATTED_VALUE", "FORMULA"):
        assert book.values("A1:F1", valueRenderOption=render) == [texts]


def test_raw_numbers_and_truths_keep_their_type(book):
    book.write("A1", [[1, 1.45, True, 4.0]])
    assert book.values("A1:D1", valueRenderOption="UNFORMATTED_VALUE") == [[1, 1.45, True, 4]]
    assert book.values("A1:D1") == [["1", "1.45", "TRUE", "4"]]


def test_appending_to_an_empty_tab_names_no_table(book):
    answer = book.append("'Sheet1'", [["x", "", "z"]]).body
    assert "tableRange" not in answer
    assert answer["updates"]["updatedRange"] == "Sheet1!A1:C1"


def test_appending_takes_the_last_block_for_the_table(book):
    book.append("'Sheet1'", [["x", "", "z"]])
    answer = book.append("'Sheet1'", [["x", "", "z"]]).body
    assert (answer["tableRange"], answer["updates"]["updatedRange"]) == ("Sheet1!C1", "Sheet1!C2:E2")


@pytest.mark.parametrize(
    ("range_", "first_cell"),
    [
        ("Sheet1", "B7"),
        ("B4", "B7"),
        ("C5:D5", "B7"),
        ("B2:D4", "B7"),
        ("A3:G10", "B7"),
        ("A1", "A3"),
        ("E4", "E4"),
        ("A4", "A4"),
    ],
)
def test_the_table_is_found_as_googles_guide_says(book, range_, first_cell):
    book.write("A1:C2", [["x", "y", "z"]] * 2)
    book.write("B4:D6", [["x", "y", "z"]] * 3)
    assert book.append(range_, [["new"]]).body["updates"]["updatedRange"] == f"Sheet1!{first_cell}"


def test_appended_rows_may_be_inserted_instead_of_written_over(book):
    book.write("A1:A4", [["table"], [""], [""], ["below"]])
    book.append("A1", [["new"]], insertDataOption="INSERT_ROWS")
    assert book.values("A1:A5") == [["table"], ["new"], [], [], ["below"]]


@pytest.mark.parametrize("asked", ["A1001", "AA1", "AB1:AC2"])
def test_a_range_that_starts_past_the_grid_is_refused(book, asked):
    answer = book.read(f"Sheet1!{asked}")
    assert answer.status == 400
    assert answer.message == f"Range (Sheet1!{asked}) exceeds grid limits. Max rows: 1000, max columns: 26"


def test_more_values_than_the_range_holds_are_refused(book):
    wide = book.write("Sheet1!A3:L113", [["x"] * 13])
    assert wide.message == "Requested writing within range [Sheet1!A3:L113], but tried writing to column [M]"
    high = book.write("Sheet1!A3:B4", [["x"]] * 3)
    assert high.message == "Requested writing within range [Sheet1!A3:B4], but tried writing to row [5]"


def test_writing_past_the_grid_is_refused(book):
    answer = book.write("Sheet1!Z1", [["x", "y"]])
    assert answer.message == "Range (Sheet1!Z1:AA1) exceeds grid limits. Max rows: 1000, max columns: 26"


def test_the_answer_to_an_update_may_show_all_of_the_range_asked_for(book):
    book.write("A3:B3", [["stays", "too"]])
    answer = book.write("A1:B9", [["1", "=A1"]], "USER_ENTERED", includeValuesInResponse=True).body
    assert answer["updatedRange"] == "Sheet1!A1:B1"
    rows = [["1", "1"], [], ["stays", "too"]]
    assert answer["updatedData"] == {"range": "Sheet1!A1:B9", "majorDimension": "ROWS", "values": rows}


@pytest.mark.parametrize(
    ("start", "words"),
    [
        ({"rowIndex": 999}, "Attempting to write row: 1000, beyond the last requested row of: 999"),
        ({"columnIndex": 25}, "Attempting to write column: 26, beyond the last requested column of: 25"),
        ({"rowIndex": 1000}, "GridCoordinate.rowIndex[1000] is after last row in grid[1000]"),
    ],
)
def test_cells_that_start_in_the_grid_and_end_past_it_are_refused(book, start, words):
    rows = [{"values": [{"note": "x"}, {"note": "y"}]}] * 2
    answer = book.batch({"updateCells": {"start": start, "rows": rows, "fields": "note"}})
    assert (answer.status, answer.message) == (400, f"Invalid requests[0].updateCells: {words}")


def test_an_unknown_tab_is_a_range_that_cannot_be_parsed(book):
    assert book.read("Nope!A1").message == "Unable to parse range: Nope!A1"
    body = {"valueInputOption": "RAW", "data": [{"range": "Nope!A1", "values": [["x"]]}]}
    answer = book.asker.ask("POST", f"{book.path}/values:batchUpdate", body)
    assert (answer.status, answer.message) == (400, "Invalid data[0]: Unable to parse range: Nope!A1")


def test_an_unknown_spreadsheet_is_not_found(world):
    answer = Asker(world).ask("GET", "/v4/spreadsheets/test")
    error = {"code": 404, "message": "Requested entity was not found.", "status": "NOT_FOUND"}
    assert answer.body == {"error": error}


def test_a_private_spreadsheet_is_forbidden(world):
    private = world.create("Private", owner="kim@tameside.example")
    answer = Book(world, private, "sam@tameside.example").get()
    error = {"code": 403, "message": "The caller does not have permission", "status": "PERMISSION_DENIED"}
    assert (answer.status, answer.body) == (403, {"error": error})


def test_the_last_tab_cannot_be_hidden(book):
    hide = {"properties": {"sheetId": 0, "hidden": True}, "fields": "hidden"}
    answer = book.batch({"updateSheetProperties": hide})
    words = "Invalid requests[0].updateSheetProperties: You can't hide all the sheets in a document."
    assert (answer.status, answer.message) == (400, words)


def test_a_bad_second_request_undoes_the_first(book):
    title = {"properties": {"sheetId": 0, "title": "Changed"}, "fields": "title"}
    answer = book.batch({"updateSheetProperties": title}, {"deleteSheet": {"sheetId": 99}})
    assert (answer.status, answer.message) == (400, "Invalid requests[1].deleteSheet: No sheet with id: 99")
    assert book.get().body["sheets"][0]["properties"]["title"] == "Sheet1"


def test_replies_mirror_requests(book):
    span = {"startRowIndex": 0, "endRowIndex": 1, "startColumnIndex": 0, "endColumnIndex": 1}
    answer = book.batch(
        {"updateSheetProperties": {"properties": {"title": "Register"}, "fields": "title"}},
        {"addNamedRange": {"namedRange": {"name": "One", "range": {"sheetId": 0, **span}}}},
        {
            "addSheet": {
                "properties": {"title": "Two", "hidden": False, "gridProperties": {"frozenRowCount": 0}}
            }
        },
    )
    first, second, third = answer.body["replies"]
    assert first == {}
    assert second["addNamedRange"]["namedRange"]["range"] == span
    made = third["addSheet"]["properties"]
    assert made["gridProperties"] == {"rowCount": 1000, "columnCount": 26}
    assert set(made) == {"sheetId", "title", "index", "sheetType", "gridProperties"}
    assert book.get().body["sheets"][0]["properties"]["sheetId"] == 0


def test_a_cell_holds_fifty_thousand_characters_and_no_more(book):
    assert book.write("A1", [["x" * 50_000]]).status == 200
    answer = book.write("A1", [["x" * 50_001]])
    words = "Your input contains more than the maximum of 50000 characters in a single cell."
    assert (answer.status, answer.message) == (400, words)


def test_a_spreadsheet_holds_ten_million_cells_and_no_more(book):
    answer = book.batch(
        {"addSheet": {"properties": {"gridProperties": {"rowCount": 400_000, "columnCount": 25}}}}
    )
    words = (
        "This action would increase the number of cells in the workbook above the limit of 10000000 cells."
    )
    assert (answer.status, answer.message) == (400, f"Invalid requests[0].addSheet: {words}")

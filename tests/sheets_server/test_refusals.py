"""What the server does not know it refuses by name, and changes nothing."""

from __future__ import annotations

import pytest

from .asking import Asker, Book
from .kinds import KINDS
from .schema import SCHEMAS

UNPLAYED = sorted(set(SCHEMAS["Request"]) - set(KINDS))


@pytest.mark.parametrize(
    ("request_", "words"),
    [
        ({"conjureSheet": {}}, "Unknown name \"conjureSheet\" at 'requests[0]': Cannot find field."),
        (
            {"addSheet": {"colour": 1}},
            "Unknown name \"colour\" at 'requests[0].add_sheet': Cannot find field.",
        ),
        (
            {"insertDimension": {"inheritBefore": True}},
            "Unknown name \"inheritBefore\" at 'requests[0].insert_dimension': Cannot find field.",
        ),
        (
            {"addSheet": {"properties": {"title": 3}}},
            "Invalid value at 'requests[0].add_sheet.properties.title' (TYPE_STRING), 3",
        ),
        (
            {"mergeCells": {"mergeType": "MERGE_SOME"}},
            "Invalid value at 'requests[0].merge_cells.merge_type' (TYPE_ENUM), \"MERGE_SOME\"",
        ),
        (
            {"updateCells": {"rows": [{"values": [{"userEnteredValue": {"text": "x"}}]}]}},
            "Unknown name \"text\" at 'requests[0].update_cells.rows[0].values[0].user_entered_value'",
        ),
    ],
)
def test_an_unknown_field_kind_or_type_is_refused_by_name(book, request_, words):
    answer = book.batch(request_)
    assert (answer.status, answer.body["error"]["status"]) == (400, "INVALID_ARGUMENT")
    assert words in answer.message


@pytest.mark.parametrize("kind", UNPLAYED)
def test_a_kind_that_google_has_and_the_server_does_not_play_is_refused_by_name(book, kind):
    answer = book.batch({kind: {}})
    assert (answer.status, answer.message) == (400, f"The local server does not play requests[0].{kind}.")


def test_an_unknown_query_parameter_is_refused_by_name(book):
    answer = book.get(includeEverything=True)
    assert answer.status == 400
    assert 'Unknown name "includeEverything": Cannot bind query parameter.' in answer.message


@pytest.mark.parametrize(
    "mask",
    ["sheets.colour", "properties, sheets", "sheets(properties.titel)", "sheets(", "properties,,sheets", ")"],
)
def test_an_unknown_or_broken_field_mask_is_refused(book, mask):
    answer = book.get(fields=mask)
    assert (answer.status, answer.message) == (400, "Request contains an invalid argument.")
    (violation,) = answer.body["error"]["details"][0]["fieldViolations"]
    assert violation["field"] == mask
    assert violation["description"].startswith("Error expanding 'fields' parameter.")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/v4/spreadsheets"),
        ("POST", "/v4/spreadsheets/x:getByDataFilter"),
        ("GET", "/v4/spreadsheets/x:batchUpdate"),
        ("PUT", "/drive/v3/files/x"),
        ("GET", "/drive/v3/changes"),
        ("GET", "/somewhere/else"),
    ],
)
def test_an_unknown_address_is_refused_by_name(world, method, path):
    answer = Asker(world).ask(method, path)
    assert (answer.status, answer.message) == (400, f"The local server does not know {method} {path}")


@pytest.mark.parametrize(("name", "value"), [("orderBy", "name"), ("corpora", "domain"), ("spaces", "drive")])
def test_a_parameter_of_drive_that_is_not_played_is_refused_by_name(world, name, value):
    answer = Asker(world).ask("GET", "/drive/v3/files", **{name: value})
    words = f"The local server does not play the query parameter '{name}' of drive.files.list."
    assert (answer.status, answer.message) == (400, words)


@pytest.mark.parametrize("part", [{"groups": ["all@tameside.example"]}, {"domainUsersCanEdit": True}])
def test_editors_that_are_not_played_are_refused_by_name(book, part):
    span = {"startRowIndex": 0, "endRowIndex": 1}
    answer = book.batch({"addProtectedRange": {"protectedRange": {"range": span, "editors": part}}})
    assert answer.message.endswith(f"The local server does not play editors.{next(iter(part))}.")


def test_an_update_names_its_fields(book):
    words = "At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)"
    answer = book.batch({"updateCells": {"start": {}, "rows": [], "fields": ""}})
    assert answer.message == f"Invalid requests[0].updateCells: {words}"


def test_an_input_option_is_needed(book):
    answer = book.asker.ask("PUT", f"{book.path}/values/A1", {"values": [["x"]]})
    assert (answer.status, answer.message) == (400, "'valueInputOption' is required but not specified")


def test_drive_names_the_field_that_it_does_not_know(book, file):
    answer = book.asker.ask("GET", f"/drive/v3/files/{file.id}", fields="id, colour")
    assert (answer.status, answer.message) == (400, "Invalid field selection colour")
    assert book.asker.ask("GET", f"/drive/v3/files/{file.id}", fields="id, name").status == 200


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (
            ["x", 1],
            "list_value {\n"
            '  values {\n    string_value: "x"\n  }\n'
            "  values {\n    number_value: 1.0\n  }\n}\n",
        ),
        (
            {"a": None},
            "struct_value {\n"
            '  fields {\n    key: "a"\n    value {\n      null_value: NULL_VALUE\n    }\n  }\n}\n',
        ),
        ({}, "struct_value {\n}\n"),
    ],
)
def test_a_list_or_a_message_in_a_cell_is_refused_and_quoted(book, value, text):
    assert book.write("A1", [[value]]).message == f"Invalid values[0][0]: {text}"


def test_a_row_that_is_no_list_is_refused_and_each_is_named(book):
    kind = "(type.googleapis.com/google.protobuf.ListValue)"
    words = [f"Invalid value at 'data.values[{at}]' {kind}, \"{each}\"" for at, each in enumerate("ab")]
    assert book.write("A1", ["a", "b"]).message == "\n".join(words)
    assert book.write("A1", "a").message == f"Invalid value at 'data.values' {kind}, \"a\""


def test_all_that_is_wrong_with_a_body_is_said_at_once(book):
    answer = book.asker.ask(
        "PUT", f"{book.path}/values/A1", {"cells": 1, "rang": "A1"}, valueInputOption="RAW"
    )
    unknown = "Invalid JSON payload received. Unknown name \"{}\" at 'data': Cannot find field."
    assert answer.message == "\n".join(unknown.format(name) for name in ("cells", "rang"))


def test_an_option_that_is_none_is_refused_with_its_type(book):
    answer = book.asker.ask("PUT", f"{book.path}/values/A1", {"values": []}, valueInputOption="TYPED")
    kind = "type.googleapis.com/google.apps.sheets.v4.ValueInputOption"
    assert answer.message == f"Invalid value at 'value_input_option' ({kind}), \"TYPED\""


def test_a_body_for_another_range_is_refused(book):
    answer = book.asker.ask(
        "PUT", f"{book.path}/values/A1", {"range": "A2", "values": [["x"]]}, valueInputOption="RAW"
    )
    assert answer.message == "Request range[A1] does not match value's range[A2]"


def test_a_mask_of_an_update_that_names_no_field_is_refused(book):
    answer = book.batch({"updateSheetProperties": {"properties": {"title": "x"}, "fields": "titel"}})
    assert answer.message == "Invalid requests[0].updateSheetProperties: Invalid field: titel"


@pytest.mark.parametrize(
    ("request_", "words"),
    [
        ({"addSheet": {"properties": {"title": "Sheet1"}}}, 'A sheet with the name "Sheet1" already exists.'),
        ({"deleteSheet": {"sheetId": 0}}, "You can't remove all the sheets in a document."),
        (
            {"deleteDimension": {"range": {"dimension": "ROWS", "startIndex": 0, "endIndex": 1000}}},
            "You can't delete all the rows on the sheet.",
        ),
        (
            {"deleteDimension": {"range": {"dimension": "ROWS", "startIndex": 1000, "endIndex": 1001}}},
            "Tried to delete row index 1000 but there are only 1000 rows.",
        ),
        (
            {"insertDimension": {"range": {"dimension": "ROWS", "startIndex": 1000, "endIndex": 1001}}},
            "range.startIndex must be less than the grid size (1000) if inheritFromBefore is false.",
        ),
        ({"deleteNamedRange": {"namedRangeId": "7"}}, "No named range with id: 7"),
        ({"deleteProtectedRange": {"protectedRangeId": 7}}, "No protected range with id: 7"),
        (
            {"updateCells": {"fields": "note", "range": {"sheetId": 5}}},
            "No grid with id: 5",
        ),
        (
            {"updateSpreadsheetProperties": {"properties": {"timeZone": "Mars/North"}, "fields": "timeZone"}},
            "Unknown time zone: Mars/North",
        ),
    ],
)
def test_what_cannot_be_done_is_refused_in_googles_words(book, request_, words):
    answer = book.batch(request_)
    assert answer.status == 400
    assert answer.message.startswith(f"Invalid requests[0].{next(iter(request_))}: ")
    assert words in answer.message


def test_nobody_without_a_name_is_answered(world, file):
    assert Asker(world, "").ask("GET", f"/v4/spreadsheets/{file.id}").status == 401


def test_a_reader_reads_and_does_not_write(world, file):
    file.people["sam@tameside.example"] = "reader"
    sam = Book(world, file, "sam@tameside.example")
    assert sam.get().status == 200
    assert (sam.write("A1", [["x"]]).status, sam.batch({"addSheet": {}}).status) == (403, 403)


def test_drive_does_not_admit_to_a_stranger_that_a_file_exists(world, file):
    answer = Asker(world, "sam@tameside.example").ask("GET", f"/drive/v3/files/{file.id}")
    assert (answer.status, answer.message) == (404, f"File not found: {file.id}.")


def test_a_file_in_the_bin_is_still_read_and_says_so(world, file, book, kim):
    kim.bin()
    assert book.get().status == 200
    facts = book.asker.ask("GET", f"/drive/v3/files/{file.id}", fields="trashed,owners(emailAddress)").body
    assert facts == {"trashed": True, "owners": [{"emailAddress": "kim@tameside.example"}]}

"""batchUpdate: in order, all or nothing, and open to a test that edits in between."""

from __future__ import annotations

import pytest

from .asking import Book

TEXT = {"userEnteredValue": {"stringValue": "ours"}}


def box(r0: int, r1: int, c0: int, c1: int, sheet_id: int = 0) -> dict[str, int]:
    return {
        "sheetId": sheet_id,
        "startRowIndex": r0,
        "endRowIndex": r1,
        "startColumnIndex": c0,
        "endColumnIndex": c1,
    }


def put(text: str, row: int = 0, column: int = 0) -> dict[str, object]:
    cell = {"userEnteredValue": {"stringValue": text}}
    start = {"rowIndex": row, "columnIndex": column}
    return {"updateCells": {"start": start, "rows": [{"values": [cell]}], "fields": "userEnteredValue"}}


def test_an_edit_inside_the_gap_is_copied_away_by_the_batch_that_overwrites_it(world, book, kim):
    def edit(*_: object) -> None:
        kim.type("Sheet1", 1, 1, "typed in the gap")

    world.before_batch.append(edit)
    keep = {
        "copyPaste": {"source": box(0, 1, 0, 1), "destination": box(9, 10, 0, 1), "pasteType": "PASTE_VALUES"}
    }
    book.batch(keep, put("ours"))
    assert (kim.shown("Sheet1", 10, 1), kim.shown("Sheet1", 1, 1)) == ("typed in the gap", "ours")


def test_an_edit_may_come_before_any_request(world, book, kim):
    seen = []
    world.before_request.append(lambda _, method, path: seen.append((method, path.rpartition("/")[2])))
    world.before_request.append(lambda *_: kim.insert_rows("Sheet1", 1))
    book.write("A1", [["first"]])
    book.read("A1")
    assert seen == [("PUT", "A1"), ("GET", "A1")]
    assert kim.shown("Sheet1", 2, 1) == "first"


def test_nothing_of_a_refused_batch_is_left(book, kim):
    kim.type("Sheet1", 1, 1, "mine")
    insert = {"insertDimension": {"range": {"dimension": "ROWS", "startIndex": 0, "endIndex": 3}}}
    named = {"addNamedRange": {"namedRange": {"name": "One", "range": box(0, 1, 0, 1)}}}
    answer = book.batch(put("ours"), insert, named, {"addSheet": {}}, {"deleteSheet": {"sheetId": 7}})
    assert answer.status == 400
    assert (kim.rows("Sheet1"), kim.titles(), kim.book.named) == ([["mine"]], ["Sheet1"], {})
    assert kim.book.tabs[0].row_count == 1000


def test_the_answer_shows_the_ranges_asked_for_as_far_as_the_mask_goes(book):
    mask = "replies,updatedSpreadsheet.sheets(properties.sheetId,data.rowData.values.formattedValue)"
    answer = book.asker.ask(
        "POST",
        f"{book.path}:batchUpdate",
        {
            "requests": [put("ours", 2, 1)],
            "includeSpreadsheetInResponse": True,
            "responseRanges": ["Sheet1!A3:C3"],
            "responseIncludeGridData": True,
        },
        fields=mask,
    )
    sheet = {
        "properties": {"sheetId": 0},
        "data": [{"rowData": [{"values": [{}, {"formattedValue": "ours"}]}]}],
    }
    assert answer.body == {"replies": [{}], "updatedSpreadsheet": {"sheets": [sheet]}}


def test_one_masked_read_gives_values_results_texts_formats_notes_and_rules(book, kim):
    kim.type("Sheet1", 2, 1, "5/3/2026")
    kim.type("Sheet1", 2, 2, '=HYPERLINK("https://northgate.example","Northgate")')
    kim.note("Sheet1", 2, 1, "By phone")
    rule = {"condition": {"type": "BOOLEAN"}, "strict": True}
    book.batch({"setDataValidation": {"range": box(1, 2, 0, 1), "rule": rule}})
    cell = "userEnteredValue,effectiveValue,formattedValue,note,dataValidation,userEnteredFormat.numberFormat"
    answer = book.get(fields=f"sheets.data.rowData.values({cell})", ranges=["Sheet1!A1:C9"])
    blank, filled = answer.body["sheets"][0]["data"][0]["rowData"]
    assert blank == {}
    assert filled["values"][0] == {
        "userEnteredValue": {"numberValue": 46086},
        "effectiveValue": {"numberValue": 46086},
        "formattedValue": "05/03/2026",
        "userEnteredFormat": {"numberFormat": {"type": "DATE", "pattern": "dd/mm/yyyy"}},
        "note": "By phone",
        "dataValidation": rule,
    }
    assert filled["values"][1]["effectiveValue"] == {"stringValue": "Northgate"}
    assert filled["values"][1]["userEnteredValue"]["formulaValue"].startswith("=HYPERLINK(")


def test_several_ranges_come_back_in_the_order_asked(book, kim):
    kim.paste("Sheet1", 1, 1, [["a", "b"], ["c", "d"]])
    answer = book.get(
        fields="sheets.data(startRow,rowData.values.formattedValue)", ranges=["Sheet1!A2", "B1"]
    )
    first, second = answer.body["sheets"][0]["data"]
    assert first == {"startRow": 1, "rowData": [{"values": [{"formattedValue": "c"}]}]}
    assert second == {"rowData": [{"values": [{"formattedValue": "b"}]}]}


def test_update_cells_empties_what_its_range_covers_and_its_rows_do_not(book, kim):
    kim.paste("Sheet1", 1, 1, [["a", "b"], ["c", "d"], ["e", "f"]])
    rows = [{"values": [{"userEnteredValue": {"stringValue": "=A1"}}]}]
    book.batch({"updateCells": {"range": box(0, 2, 0, 2), "rows": rows, "fields": "userEnteredValue"}})
    assert kim.rows("Sheet1") == [["=A1", ""], ["", ""], ["e", "f"]]


def test_only_what_the_mask_names_is_written(book, kim):
    kim.type("Sheet1", 1, 1, "mine")
    cell = {**TEXT, "note": "ours", "userEnteredFormat": {"textFormat": {"bold": True}}}
    book.batch({"updateCells": {"start": {}, "rows": [{"values": [cell]}], "fields": "note"}})
    assert kim.shown("Sheet1", 1, 1) == "mine"
    drawn = book.get(fields="sheets.data.rowData.values(note,userEnteredFormat)").body
    assert drawn["sheets"][0]["data"][0]["rowData"] == [{"values": [{"note": "ours"}]}]


def test_a_copied_formula_speaks_of_its_new_neighbours_and_a_pasted_value_of_none(book, kim):
    kim.paste("Sheet1", 1, 1, [["2", "=A1*2"], ["5", ""]])
    paste = {"source": box(0, 1, 1, 2), "destination": box(1, 2, 1, 2)}
    book.batch({"copyPaste": paste})
    assert kim.shown("Sheet1", 2, 2) == "10"
    book.batch({"copyPaste": {**paste, "destination": box(2, 3, 1, 2), "pasteType": "PASTE_VALUES"}})
    assert book.values("B1:B3", valueRenderOption="FORMULA") == [["=A1*2"], ["=A2*2"], [4]]


def test_a_protected_range_shuts_out_whom_it_does_not_name(world, file, book, kim):
    for address in ("sam@tameside.example", "ola@tameside.example"):
        kim.share(address)
    editors = {"users": ["sam@tameside.example"]}
    book.batch({"addProtectedRange": {"protectedRange": {"range": box(0, 1, 0, 3), "editors": editors}}})
    sam, ola = (Book(world, file, f"{name}@tameside.example") for name in ("sam", "ola"))
    words = (
        "You are trying to edit a protected cell or object. Please contact the spreadsheet owner to remove"
    )
    assert sam.write("A1", [["x"]]).status == 200
    refused = ola.write("A1", [["x"]])
    assert (refused.status, words in refused.message) == (400, True)
    assert ola.batch(put("x")).message.startswith("Invalid requests[0].updateCells: You are trying to edit")
    assert ola.write("A2", [["x"]]).status == 200
    assert "editors" not in ola.get().body["sheets"][0]["protectedRanges"][0]


def test_a_protection_that_only_warns_shuts_out_nobody(world, file, book, kim):
    kim.share("ola@tameside.example")
    book.batch({"addProtectedRange": {"protectedRange": {"range": box(0, 1, 0, 3), "warningOnly": True}}})
    assert Book(world, file, "ola@tameside.example").write("A1", [["x"]]).status == 200


@pytest.mark.parametrize("dimension", ["ROWS", "COLUMNS"])
def test_what_hangs_on_ranges_follows_inserts_deletes_and_moves(book, kim, dimension):
    book.batch(
        {"addProtectedRange": {"protectedRange": {"range": box(2, 4, 2, 4)}}},
        {"addNamedRange": {"namedRange": {"name": "Block", "range": box(2, 4, 2, 4)}}},
        {"mergeCells": {"range": box(2, 4, 2, 4)}},
        {"setBasicFilter": {"filter": {"range": box(2, 4, 2, 4)}}},
    )
    span = {"dimension": dimension, "startIndex": 0, "endIndex": 3}
    book.batch({"insertDimension": {"range": span}}, {"deleteDimension": {"range": {**span, "endIndex": 1}}})
    names = (
        ("startRowIndex", "endRowIndex") if dimension == "ROWS" else ("startColumnIndex", "endColumnIndex")
    )
    drawn = book.get().body
    sheet = drawn["sheets"][0]
    ranges = [sheet["protectedRanges"][0]["range"], sheet["merges"][0], sheet["basicFilter"]["range"]]
    ranges.append(drawn["namedRanges"][0]["range"])
    assert [(each[names[0]], each[names[1]]) for each in ranges] == [(4, 6)] * 4
    move = {"source": {"dimension": dimension, "startIndex": 4, "endIndex": 6}, "destinationIndex": 0}
    book.batch({"moveDimension": move})
    assert book.get().body["namedRanges"][0]["range"][names[0]] == 0


def test_rows_hide_and_take_a_height_and_keep_both_when_others_come_in_above(book):
    span = {"dimension": "ROWS", "startIndex": 1, "endIndex": 2}
    props = {"hiddenByUser": True, "pixelSize": 40}
    book.batch(
        {
            "updateDimensionProperties": {
                "range": span,
                "properties": props,
                "fields": "hiddenByUser,pixelSize",
            }
        },
        {"insertDimension": {"range": {**span, "startIndex": 0, "endIndex": 1}}},
    )
    drawn = book.get(fields="sheets.data.rowMetadata", ranges="Sheet1!A1:A3").body
    assert drawn["sheets"][0]["data"][0]["rowMetadata"] == [{"pixelSize": 21}, {"pixelSize": 21}, props]


def test_sorted_rows_come_numbers_first_and_blanks_last_either_way(book, kim):
    kim.paste("Sheet1", 1, 1, [["b"], ["10"], [""], ["A"], ["9"], ["TRUE"]])
    order = {"range": box(0, 6, 0, 1), "sortSpecs": [{"dimensionIndex": 0, "sortOrder": "ASCENDING"}]}
    book.batch({"sortRange": order})
    assert [row[0] for row in kim.rows("Sheet1")] == ["9", "10", "A", "b", "TRUE"]
    order["sortSpecs"] = [{"dimensionIndex": 0, "sortOrder": "DESCENDING"}]
    book.batch({"sortRange": order})
    assert [row[0] for row in kim.rows("Sheet1")] == ["TRUE", "b", "A", "10", "9"]


def test_a_conditional_format_and_borders_are_kept_and_taken_away(book):
    red = {"condition": {"type": "BLANK"}, "format": {"backgroundColor": {"red": 1, "green": 0}}}
    book.batch({"addConditionalFormatRule": {"rule": {"ranges": [box(0, 9, 0, 1)], "booleanRule": red}}})
    drawn = book.get().body["sheets"][0]["conditionalFormats"][0]["booleanRule"]["format"]
    assert drawn == {"backgroundColor": {"red": 1}, "backgroundColorStyle": {"rgbColor": {"red": 1}}}
    book.batch({"deleteConditionalFormatRule": {"sheetId": 0, "index": 0}})
    assert "conditionalFormats" not in book.get().body["sheets"][0]
    book.batch({"updateBorders": {"range": box(0, 2, 0, 1), "bottom": {"style": "SOLID"}}})
    drawn = book.get(fields="sheets.data.rowData.values.userEnteredFormat").body["sheets"][0]["data"][0]
    assert drawn["rowData"][1]["values"][0]["userEnteredFormat"] == {
        "borders": {"bottom": {"style": "SOLID"}}
    }


def test_a_rule_covers_a_row_that_comes_in_between_and_not_one_at_its_end(book):
    rule = {"condition": {"type": "BOOLEAN"}}
    book.batch({"setDataValidation": {"range": box(0, 2, 0, 1), "rule": rule}})
    for start in (1, 0):
        span = {"dimension": "ROWS", "startIndex": start, "endIndex": start + 1}
        book.batch({"insertDimension": {"range": span}})
    drawn = book.get(fields="sheets.data.rowData.values.dataValidation").body["sheets"][0]["data"][0]
    assert drawn["rowData"] == [{}] + [{"values": [{"dataValidation": rule}]}] * 3


def test_a_mask_within_a_value_leaves_an_empty_message_where_it_finds_nothing(book, kim):
    kim.paste("Sheet1", 1, 1, [["text", "4", "=B1"]])
    mask = (
        "sheets.data.rowData.values(formattedValue,userEnteredValue(formulaValue),effectiveValue.numberValue)"
    )
    for _ in range(2):
        cells = book.get(fields=mask).body["sheets"][0]["data"][0]["rowData"][0]["values"]
        assert cells == [
            {"formattedValue": "text", "userEnteredValue": {}, "effectiveValue": {}},
            {"formattedValue": "4", "userEnteredValue": {}, "effectiveValue": {"numberValue": 4}},
            {
                "formattedValue": "4",
                "userEnteredValue": {"formulaValue": "=B1"},
                "effectiveValue": {"numberValue": 4},
            },
        ]


@pytest.mark.parametrize(("at", "status"), [(1, 200), (2, 400), (3, 200)])
def test_rows_come_in_beside_what_is_protected_and_not_into_its_midst(world, file, book, kim, at, status):
    kim.share("ola@tameside.example")
    book.batch({"addProtectedRange": {"protectedRange": {"range": box(1, 3, 0, 3)}}})
    span = {"dimension": "ROWS", "startIndex": at, "endIndex": at + 1}
    ola = Book(world, file, "ola@tameside.example")
    assert ola.batch({"insertDimension": {"range": span}}).status == status

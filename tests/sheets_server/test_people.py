"""People in the browser, beside the API."""

from __future__ import annotations

import pytest

from .errors import Refused
from .people import Browser

ROWS = [["Employer", "Seats"], ["Northgate", "4"], ["Alder", "12"], ["Mossley", ""]]


@pytest.fixture
def filled(kim: Browser) -> Browser:
    kim.paste("Sheet1", 1, 1, ROWS)
    return kim


def test_a_copied_row_is_pasted_above_another(filled):
    filled.copy_row("Sheet1", 2, above=4)
    assert [row[0] for row in filled.rows("Sheet1")] == [
        "Employer",
        "Northgate",
        "Alder",
        "Northgate",
        "Mossley",
    ]


def test_sorting_leaves_the_headings_on_top(filled):
    filled.sort("Sheet1", 2, headings=1)
    assert filled.rows("Sheet1") == [ROWS[0], ROWS[1], ROWS[2], ROWS[3]]
    filled.sort("Sheet1", 1, headings=1, descending=True)
    assert [row[0] for row in filled.rows("Sheet1")] == ["Employer", "Northgate", "Mossley", "Alder"]


def test_rows_and_columns_come_go_and_move(filled):
    filled.insert_rows("Sheet1", 2)
    filled.insert_columns("Sheet1", 1)
    assert filled.rows("Sheet1")[:3] == [["", "Employer", "Seats"], ["", "", ""], ["", "Northgate", "4"]]
    filled.delete_columns("Sheet1", 1)
    filled.delete_rows("Sheet1", 2)
    filled.move_rows("Sheet1", 4, before=2)
    filled.move_columns("Sheet1", 2, before=1)
    assert filled.rows("Sheet1") == [
        ["Seats", "Employer"],
        ["", "Mossley"],
        ["4", "Northgate"],
        ["12", "Alder"],
    ]


def test_what_is_typed_is_read_and_what_is_typed_as_plain_text_is_not(filled):
    filled.type("Sheet1", 5, 1, "5/3/26")
    filled.type_plain("Sheet1", 6, 1, "5/3/26")
    assert (filled.shown("Sheet1", 5, 1), filled.shown("Sheet1", 6, 1)) == ("05/03/2026", "5/3/26")


def test_clearing_leaves_the_note(filled, book):
    filled.note("Sheet1", 2, 1, "Prefers email")
    filled.clear("Sheet1", 2, 1, width=2)
    assert filled.shown("Sheet1", 2, 1) == ""
    assert book.get(fields="sheets.data.rowData.values.note").body["sheets"][0]["data"][0]["rowData"][1] == {
        "values": [{"note": "Prefers email"}]
    }


def test_tabs_are_added_renamed_moved_hidden_and_deleted(filled):
    filled.add_tab("Contacts")
    filled.rename_tab("Sheet1", "Employers")
    filled.move_tab("Contacts", 1)
    assert filled.titles() == ["Contacts", "Employers"]
    filled.hide_tab("Contacts")
    with pytest.raises(Refused, match="visible sheets"):
        filled.delete_tab("Employers")
    filled.delete_tab("Contacts")
    assert filled.titles() == ["Employers"]


def test_a_copy_of_the_file_has_its_own_id_and_the_same_tabs(world, filled):
    filled.add_tab("_engage")
    filled.hide_tab("_engage")
    copy = Browser(world, filled.make_a_copy())
    assert (copy.book.id != filled.book.id, copy.titles()) == (True, ["Sheet1", "_engage"])
    copy.type("Sheet1", 2, 1, "changed in the copy")
    assert filled.shown("Sheet1", 2, 1) == "Northgate"


def test_a_step_that_fails_changes_nothing(filled):
    tab = filled.book.tabs[0]
    with pytest.raises(Refused):
        filled.paste("Sheet1", 1000, 1, [["fits"], ["does not"]])
    with pytest.raises(KeyError):
        filled.copy_cells("Sheet1", (1, 1, 1, 1), 1, 1, to_title="Nowhere")
    assert (filled.rows("Sheet1"), filled.book.tabs[0]) == (ROWS, tab)


def test_a_person_whom_a_protection_shuts_out_cannot_type(world, filled, book):
    book.batch({"addProtectedRange": {"protectedRange": {"range": {"sheetId": 0, "endRowIndex": 1}}}})
    sam = Browser(world, filled.book.id, "sam@tameside.example")
    with pytest.raises(Refused, match="protected cell"):
        sam.type("Sheet1", 1, 1, "Firm")
    sam.type("Sheet1", 2, 1, "Northgate Ltd")
    assert filled.shown("Sheet1", 2, 1) == "Northgate Ltd"


def test_drives_clock_moves_on_with_every_change(world, filled, file):
    file.now = lambda: file.created.replace(year=2027)
    filled.type("Sheet1", 1, 3, "x")
    assert (file.modified.year, file.version) == (2027, 3)

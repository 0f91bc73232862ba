"""What people make of their spreadsheets: merges, filters, protections, array formulas, very much text."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest

from engage.errors import WorkbookError
from engage.model import Grid
from engage.ports import AcceptSuggestion, AddIdColumn, GiveId, PublishTab
from engage.workbook.google.adapter import GoogleWorkbook
from engage.workbook.google.keeping import LONGEST_CELL, Kept, Ours, note_text
from engage.workbook.google.layout_standing import look
from tests.sheets_server.cells import Cell, Formula, Spilled
from tests.sheets_server.errors import Refused
from tests.sheets_server.kinds import KINDS
from tests.sheets_server.spreadsheet import Spreadsheet
from tests.workbook.hands import Hands
from tests.workbook.rehearsal import Rehearsal, rehearsal

HEADER, ACORN, BIRCH = ("Record ID", "Employer", "Phone"), ("", "Acorn", "1"), ("", "Birch", "2")
STAFF = {"Employers": [HEADER, ACORN, BIRCH]}
IDS = [GiveId("Employers", 1, 2, ACORN, "R-1AAAAAAA"), GiveId("Employers", 1, 3, BIRCH, "R-2AAAAAAA")]
Edit = Callable[[Spreadsheet], None]


@pytest.fixture
def google() -> Iterator[Rehearsal]:
    yield rehearsal()
    rehearsal().world.before_batch.clear()
    rehearsal().world.before_request.clear()
    rehearsal().world.books.clear()


def given(google: Rehearsal, book: Spreadsheet) -> tuple[list[str], Grid, GoogleWorkbook]:
    """What became of the two ids, the tab then, and who gave them."""
    workbook = google.workbook("peer", book.id)
    workbook.read()
    statuses = [outcome.status for outcome in workbook.apply(IDS)]
    return statuses, Hands(google.world, book).rows("Employers"), workbook


def protect(book: Spreadsheet, **span: int) -> None:
    area = {"sheetId": book.tabs[0].sheet_id, **span}
    book.tabs[0].protected[5] = {"protectedRangeId": 5, "range": area, "editors": {"users": [book.owner]}}


# --- merges ------------------------------------------------------------------------------------------------


def test_a_name_merged_over_the_column_of_the_ids_is_left_where_it_shows(google: Rehearsal) -> None:
    book = google.sheet({"Employers": [HEADER, ("Acorn",), BIRCH]})
    area = {"startRowIndex": 1, "endRowIndex": 2, "startColumnIndex": 0, "endColumnIndex": 2}
    book.tabs[0].merges.append({"sheetId": book.tabs[0].sheet_id, **area})
    intents = [GiveId("Employers", 1, 2, ("Acorn",), "R-1AAAAAAA"), IDS[1]]
    outcomes = google.workbook("peer", book.id).apply(intents)
    assert [outcome.status for outcome in outcomes] == ["moved", "done"]
    assert Hands(google.world, book).rows("Employers")[1] == ("Acorn",)


# --- protections -------------------------------------------------------------------------------------------


def test_rows_that_a_person_protected_wait_and_the_others_get_their_ids(google: Rehearsal) -> None:
    book = google.sheet(STAFF)
    protect(book, startRowIndex=1, endRowIndex=2)
    statuses, rows, workbook = given(google, book)
    assert (statuses, rows[1:]) == (["moved", "done"], (ACORN, ("R-2AAAAAAA", *BIRCH[1:])))
    (finding,) = workbook.read().findings
    assert (finding.kind, finding.place.row) == ("protected-from-us", 2)
    assert "Protect sheets and ranges" in finding.wrong


def test_a_protection_elsewhere_in_the_tab_is_in_nobodys_way(google: Rehearsal) -> None:
    book = google.sheet(STAFF)
    protect(book, startColumnIndex=1, endColumnIndex=3)
    statuses, _, workbook = given(google, book)
    assert (statuses, workbook.read().findings) == (["done", "done"], ())


def test_a_protection_that_comes_while_we_write_loses_nothing(google: Rehearsal) -> None:
    book = google.sheet(STAFF)
    workbook = google.workbook("peer", book.id)
    workbook.read()
    google.world.before_batch.append(lambda *_: protect(book, startRowIndex=1, endRowIndex=2))
    with pytest.raises(WorkbookError, match="a range there is protected"):
        workbook.apply(IDS)
    assert Hands(google.world, book).rows("Employers") == (HEADER, ACORN, BIRCH)
    assert given(google, book)[0] == ["moved", "done"]


# --- filters -----------------------------------------------------------------------------------------------

OWN = {"Firms": [("Employer", "Phone"), ("Acorn", "1"), ("Birch", "2")]}
ADD = [AddIdColumn("Firms", 1, ("Employer", "Phone")), GiveId("Firms", 1, 2, ("Acorn", "1"), "R-1AAAAAAA")]
HIDES = {"filterSpecs": [{"columnIndex": 0, "filterCriteria": {"hiddenValues": ["Birch"]}}]}


def filtered(google: Rehearsal) -> Spreadsheet:
    """A person's own tab, a filter that hides a firm and was last used to sort."""
    book = google.sheet(OWN)
    area = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 3, "startColumnIndex": 0, "endColumnIndex": 2}
    old = {"criteria": {"0": {"hiddenValues": ["Birch"]}}, "sortSpecs": [{"sortOrder": "DESCENDING"}]}
    book.tabs[0].basic_filter = {"range": area, **HIDES, **old}
    return book


def test_a_filter_takes_the_ids_in_hides_what_it_hid_and_sorts_nothing_anew(google: Rehearsal) -> None:
    book = filtered(google)
    assert {o.status for o in google.workbook("peer", book.id).apply(ADD)} == {"done"}
    held = book.tabs[0].basic_filter
    assert held is not None
    assert held["range"]["endColumnIndex"] == 3
    assert {name: held[name] for name in held if name != "range"} == HIDES
    assert [row[0] for row in Hands(google.world, book).rows("Firms")] == ["Employer", "Acorn", "Birch"]


def test_a_filter_that_google_will_not_have_made_wider_does_not_keep_the_ids_out(
    google: Rehearsal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise Refused("No.")

    monkeypatch.setitem(KINDS, "setBasicFilter", refuse)
    book = filtered(google)
    assert {o.status for o in google.workbook("peer", book.id).apply(ADD)} == {"done"}
    assert Hands(google.world, book).rows("Firms")[1] == ("Acorn", "1", "R-1AAAAAAA")


# --- array formulas ----------------------------------------------------------------------------------------


def test_a_suggestion_is_never_written_into_what_an_array_formula_shows(google: Rehearsal) -> None:
    book = google.sheet({"Employers": [HEADER, ("R-1AAAAAAA", "Acorn", ""), ("R-2AAAAAAA", "Birch", "")]})
    book.tabs[0].put(2, 2, Cell(Spilled("1614960001")))
    workbook = google.workbook("peer", book.id)
    workbook.read()
    accept = AcceptSuggestion("Employers", 1, "R-2AAAAAAA", "Phone", "1614960001", "0161 496 0001")
    (outcome,) = workbook.apply([accept])
    assert (outcome.status, outcome.note) == ("moved", "a formula stands in the cell")
    assert isinstance(book.tabs[0].cell(2, 2).entered, Spilled)  # type: ignore[union-attr]


# --- very much ---------------------------------------------------------------------------------------------


def test_a_note_beside_a_kept_row_fits_into_a_cell_whatever_was_written_there() -> None:
    cells = tuple(Ours(at, 1, "R-1", '"\\' * 25_000, "x" * 32_000) for at in range(2, 30))
    text = note_text(Kept(7, 2, "mark", cells))
    assert len(text) <= LONGEST_CELL
    number, row, mark, ours = json.loads(text)
    assert (number, row, mark, len(ours)) == (7, 2, "mark", len(cells))


def test_a_row_with_two_texts_that_fill_their_cells_is_still_written(google: Rehearsal) -> None:
    long = '"' * 49_999
    book = google.sheet({"Employers": [(*HEADER, "Notes"), ("R-1AAAAAAA", "Acorn", long, long + "n")]})
    accepted = [
        AcceptSuggestion("Employers", 1, "R-1AAAAAAA", "Phone", long, "0161 496 0001"),
        AcceptSuggestion("Employers", 1, "R-1AAAAAAA", "Notes", long + "n", "short"),
    ]
    outcomes = google.workbook("peer", book.id).apply(accepted)
    assert [outcome.status for outcome in outcomes] == ["done", "done"]


def test_a_spreadsheet_of_very_many_tabs_is_read_written_and_looked_at(google: Rehearsal) -> None:
    tabs = {f"Budget {at:03} of Zoë and Jörg’s sheet": [("Item", str(at))] for at in range(260)}
    book = google.sheet({**STAFF, **tabs})
    asked: list[int] = []
    google.world.before_request.append(lambda *_: asked.append(1))
    standing = look(google.client, book.id, "x")
    assert [tab.rows for tab in standing.tabs[1:]] == [tuple(map(tuple, rows)) for rows in tabs.values()]
    assert 4 <= len(asked) < 10  # no link is too long, none is wasted
    assert given(google, book)[0] == ["done", "done"]
    publish = PublishTab("Clashes", ("What",), (("one",),), expects=None)
    assert google.workbook("peer", book.id).apply([publish])[0].status == "done"


# --- formulas that look into a grey tab --------------------------------------------------------------------


@pytest.mark.parametrize("formula", ["=Clashes!B3", "=VLOOKUP(B2,'clashes'!A3:B3,2,FALSE)"])
def test_a_persons_formula_never_loses_the_row_of_a_grey_tab_that_it_looks_at(
    google: Rehearsal, formula: str
) -> None:
    book = google.sheet(STAFF)
    workbook, hands = google.workbook("peer", book.id), Hands(google.world, book)

    def publish(*keys: str) -> None:
        tab = workbook.read().tab("Clashes")
        rows = tuple((key, f"of {key}") for key in keys)
        intent = PublishTab("Clashes", ("Key", "What"), rows, "Key", expects=tab.rows if tab else None)
        assert workbook.apply([intent])[0].status == "done"

    publish("a", "b", "c", "d")
    book.tabs[0].put(1, 4, Cell(Formula(formula)))
    publish("a", "c", "d")
    held = book.tabs[0].cell(1, 4)
    assert held is not None
    assert held.entered == formula
    assert [row[0] for row in hands.rows("Clashes")] == ["Key", "a", "c", "d"]


def test_a_sheet_that_is_protected_but_for_the_ids_gets_them(google: Rehearsal) -> None:
    book = google.sheet(STAFF)
    protect(book)
    assert given(google, book)[0] == ["moved", "moved"]
    ids = {"sheetId": book.tabs[0].sheet_id, "startColumnIndex": 0, "endColumnIndex": 1}
    book.tabs[0].protected[5]["unprotectedRanges"] = [ids]
    assert given(google, book)[0] == ["done", "done"]

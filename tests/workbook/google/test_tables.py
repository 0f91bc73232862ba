"""Tables, which people make with "Convert to table": the ids go in, whatever the table's own sort moves."""

from __future__ import annotations

import pytest

from engage.ports import AddIdColumn, GiveId, Outcome, PublishTab
from engage.schema import load_schema
from engage.workbook.google.adapter import GoogleWorkbook
from engage.workbook.google.laying_out import lay_out
from engage.workbook.google.layout import Wanted
from engage.workbook.google.layout_standing import look
from engage.workbook.google.layout_tab import STAFF_ROWS
from tests.sheets_server.cells import Cell
from tests.sheets_server.errors import Refused
from tests.sheets_server.fixture import SheetsServer
from tests.sheets_server.kinds import KINDS
from tests.sheets_server.people import Browser
from tests.sheets_server.spreadsheet import Spreadsheet

SCHEMA = load_schema()
HEADER = ("Company", "Town", "Tel")
FIRMS = [("Holt Roofing", "Hyde", "1"), ("Acorn Trust", "Denton", "2"), ("Ember Digital", "Mossley", "3")]


@pytest.fixture
def book(sheets_server: SheetsServer) -> Spreadsheet:
    """An agency's own: a title row, then a table of three firms."""
    made = sheets_server.spreadsheet("Firms of the college")
    for at, row in enumerate([("Our firms, autumn",), HEADER, *FIRMS]):
        made.tabs[0].put_row(at, 0, [Cell(text) for text in row])
    Browser(sheets_server.world, made.id).make_table("Sheet1", 2, 1, 4, 3)
    return made


def workbook(server: SheetsServer, book: Spreadsheet) -> GoogleWorkbook:
    client = server.client(timeout=(5.0, 30.0))
    return GoogleWorkbook("college", book.id, client, token=lambda: "t", tabs=SCHEMA.tabs)


def night(server: SheetsServer, book: Spreadsheet) -> tuple[Outcome, ...]:
    """The column of the ids, and one in every row without."""
    college = workbook(server, book)
    rows = college.read().tab("Sheet1").rows  # type: ignore[union-attr]
    header = rows[1]
    at = header.index("Record ID") if "Record ID" in header else len(HEADER)
    new = [(n, row) for n, row in enumerate(rows, 1) if n > 2 and any(row[:3]) and not "".join(row[at:])]
    ids = [GiveId("Sheet1", 2, n, row, f"R-{n:08}") for n, row in new]
    return college.apply([AddIdColumn("Sheet1", 2, header), *ids])


def statuses(outcomes: tuple[Outcome, ...]) -> set[str]:
    return {outcome.status for outcome in outcomes}


def shown(server: SheetsServer, book: Spreadsheet) -> list[list[str]]:
    return [row[:4] for row in Browser(server.world, book.id).rows("Sheet1")[1:]]


def span(book: Spreadsheet) -> dict[str, int]:
    table = next(iter(book.tabs[0].tables.values()))
    return {name: value for name, value in table["range"].items() if name != "sheetId"}


def test_a_table_takes_the_ids_in_and_they_follow_their_rows_when_it_is_sorted(
    sheets_server: SheetsServer, book: Spreadsheet
) -> None:
    before = span(book)
    assert statuses(night(sheets_server, book)) == {"done"}
    assert span(book) == before | {"endColumnIndex": 4}
    Browser(sheets_server.world, book.id).sort_table("Sheet1", 1)
    assert shown(sheets_server, book) == [
        [*HEADER, "Record ID"],
        [*FIRMS[1], "R-00000004"],
        [*FIRMS[2], "R-00000005"],
        [*FIRMS[0], "R-00000003"],
    ]


def test_a_second_night_leaves_the_table_as_it_is(sheets_server: SheetsServer, book: Spreadsheet) -> None:
    night(sheets_server, book)
    version = book.version
    assert statuses(night(sheets_server, book)) == {"same"}
    assert book.version == version


def test_what_stands_beside_the_table_is_never_taken_in_or_covered(
    sheets_server: SheetsServer, book: Spreadsheet
) -> None:
    hand = Browser(sheets_server.world, book.id)
    hand.type("Sheet1", 3, 4, "rings on Mondays")
    before = shown(sheets_server, book), span(book)
    assert statuses(night(sheets_server, book)) == {"moved"}
    assert (shown(sheets_server, book), span(book)) == before


def test_notes_that_leave_the_next_column_free_stay_where_they_are(
    sheets_server: SheetsServer, book: Spreadsheet
) -> None:
    hand = Browser(sheets_server.world, book.id)
    hand.type("Sheet1", 4, 5, "rings on Mondays")
    night(sheets_server, book)
    assert span(book)["endColumnIndex"] == 4
    assert hand.shown("Sheet1", 2, 4) == "Record ID"
    assert hand.shown("Sheet1", 4, 5) == "rings on Mondays"


def test_the_ids_stand_beside_a_table_that_google_will_not_have_made_wider(
    sheets_server: SheetsServer, book: Spreadsheet, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise Refused("A table cannot be so.")

    monkeypatch.setitem(KINDS, "updateTable", refuse)
    before = span(book)
    assert statuses(night(sheets_server, book)) == {"done"}
    assert span(book) == before
    ids = [row[3] for row in shown(sheets_server, book)]
    assert ids == ["Record ID", "R-00000003", "R-00000004", "R-00000005"]


def test_a_row_that_comes_into_the_table_gets_its_id_there(
    sheets_server: SheetsServer, book: Spreadsheet
) -> None:
    night(sheets_server, book)
    hand = Browser(sheets_server.world, book.id)
    hand.insert_rows("Sheet1", 4)
    hand.type("Sheet1", 4, 1, "Dobson Joinery")
    night(sheets_server, book)
    assert span(book)["endRowIndex"] == 6
    assert shown(sheets_server, book)[2] == ["Dobson Joinery", "", "", "R-00000004"]


# --- tabs that we laid out, and grey ones ---


def test_a_tab_of_ours_that_people_made_a_table_of_keeps_the_tables_own_drop_downs(
    sheets_server: SheetsServer,
) -> None:
    made, client = sheets_server.spreadsheet("Hub"), sheets_server.client(timeout=(5.0, 30.0))
    wanted = Wanted((SCHEMA.tabs["Employers"],), caller=sheets_server.address)

    def mended() -> tuple[str, ...]:
        there = look(client, made.id, "x")
        return lay_out(client, there, wanted, where="x", time_zone="Europe/London").mended

    mended()
    tab, hand = made.tab_titled("Employers"), Browser(sheets_server.world, made.id)
    assert tab is not None
    for at in range(1, STAFF_ROWS):
        tab.rows[at] = (None, Cell(f"Firm {at}"))
    hand.make_table("Employers", 1, 1, STAFF_ROWS, tab.column_count)
    assert mended() == ()
    hub = workbook(sheets_server, made)
    row = hub.read().tab("Employers").rows[1]  # type: ignore[union-attr]
    assert hub.apply([GiveId("Employers", 1, 2, row, "R-00000002")])[0].status == "done"
    assert tab.row_count == STAFF_ROWS


def test_a_grey_tab_that_somebody_made_a_table_of_is_rebuilt_in_it(
    sheets_server: SheetsServer, book: Spreadsheet
) -> None:
    spec, college = SCHEMA.tabs["Clashes"], workbook(sheets_server, book)

    def publish(*names: str) -> str:
        tab = college.read().tab(spec.title)
        body = tuple((name, *["x"] * (len(spec.headings) - 1)) for name in names)
        expects = tab.rows if tab else None
        return college.apply([PublishTab(spec.title, spec.headings, body, expects=expects)])[0].status

    publish("one", "two")
    hand = Browser(sheets_server.world, book.id, sheets_server.address)
    hand.make_table(spec.title, 1, 1, 3, len(spec.headings))
    assert publish("one", "three", "four", "five") == "done"
    assert [row[0] for row in hand.rows(spec.title)[1:5]] == ["one", "three", "four", "five"]

"""People never come to the end of what was laid out: empty rows below theirs have formats and drop-downs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engage.ports import GiveId
from engage.schema import load_schema
from engage.workbook.google.adapter import GoogleWorkbook
from engage.workbook.google.laying_out import lay_out
from engage.workbook.google.layout import Wanted
from engage.workbook.google.layout_standing import look
from engage.workbook.google.layout_tab import STAFF_ROWS
from engage.workbook.google.more_rows import AHEAD, MOST_CELLS, more_rows
from engage.workbook.google.reading import FIELDS, read_book
from tests.sheets_server.cells import Cell
from tests.sheets_server.fixture import SheetsServer
from tests.sheets_server.people import Browser
from tests.sheets_server.spreadsheet import Spreadsheet
from tests.sheets_server.tab import Tab

pytestmark = pytest.mark.slow

SCHEMA = load_schema()
HEADINGS = ["Record ID", *SCHEMA.tabs["Employers"].headings]
EMPLOYER, STAGE, NUMBER, FORM = (
    HEADINGS.index(h) for h in ("Employer", "Stage", "Company number", "Legal form")
)


@pytest.fixture
def book(sheets_server: SheetsServer) -> Spreadsheet:
    """Laid out by us, in a person's Drive."""
    made, client = sheets_server.spreadsheet("Hub"), sheets_server.client(timeout=(5.0, 30.0))
    tabs = tuple(SCHEMA.tabs[title] for title in ("Employers", "Lists"))
    wanted = Wanted(tabs, caller=sheets_server.address)
    lay_out(client, look(client, made.id, "x"), wanted, where="x", time_zone="Europe/London")
    return made


def workbook(server: SheetsServer, book: Spreadsheet) -> GoogleWorkbook:
    return GoogleWorkbook(
        "hub",
        book.id,
        server.client(timeout=(5.0, 30.0)),
        token=lambda: "t",
        tabs=SCHEMA.tabs,
        now=server.clock.now,
    )


def employers(book: Spreadsheet) -> Tab:
    found = book.tab_titled("Employers")
    assert found is not None
    return found


def fill(server: SheetsServer, book: Spreadsheet, rows: int) -> None:
    """So many employers, pasted below the headings; the grid grows where it ends too soon."""
    tab = employers(book)
    with server.world.lock:
        tab.resize(max(tab.row_count, rows + 1), tab.column_count)
        for at in range(1, rows + 1):
            old = tab.cell(at, EMPLOYER) or Cell()
            tab.put(at, EMPLOYER, old.holding(f"Firm {at}"))


def night(server: SheetsServer, book: Spreadsheet) -> None:
    """Every employer without an id gets one."""
    hub = workbook(server, book)
    rows = hub.read().tab("Employers").rows  # type: ignore[union-attr]
    hub.apply(
        [
            GiveId("Employers", 1, at, row, f"R-{at:08}")
            for at, row in enumerate(rows, 1)
            if at > 1 and not row[0]
        ]
    )


def rules(book: Spreadsheet, row: int) -> list[bool]:
    cells = [employers(book).cell(row - 1, at) for at in (STAGE, FORM)]
    return [bool(cell and cell.validation) for cell in cells]


def test_rows_are_made_ready_before_people_come_to_the_last(
    sheets_server: SheetsServer, book: Spreadsheet
) -> None:
    fill(sheets_server, book, STAFF_ROWS - 30)
    night(sheets_server, book)
    last = 1 + STAFF_ROWS - 30 + AHEAD
    assert employers(book).row_count == last
    assert rules(book, STAFF_ROWS + 1) == rules(book, last) == [True, True]
    hand = Browser(sheets_server.world, book.id)
    hand.type("Employers", last, NUMBER + 1, "01234567")
    assert hand.shown("Employers", last, NUMBER + 1) == "01234567"


def test_rows_that_people_added_themselves_have_drop_downs_and_keep_what_they_hold(
    sheets_server: SheetsServer, book: Spreadsheet
) -> None:
    fill(sheets_server, book, STAFF_ROWS + 300)
    Browser(sheets_server.world, book.id).type("Employers", STAFF_ROWS + 250, STAGE + 1, "3/4/2026")
    night(sheets_server, book)
    assert [rules(book, row) for row in (STAFF_ROWS + 1, STAFF_ROWS + 300)] == [[True, True]] * 2
    assert (
        Browser(sheets_server.world, book.id).shown("Employers", STAFF_ROWS + 250, STAGE + 1) == "03/04/2026"
    )


def test_a_filter_goes_on_to_the_new_end(sheets_server: SheetsServer, book: Spreadsheet) -> None:
    tab = employers(book)
    area = {**tab.basic_filter["range"], "endRowIndex": STAFF_ROWS}  # type: ignore[index]
    tab.basic_filter = {"range": area}
    fill(sheets_server, book, STAFF_ROWS - 1)
    night(sheets_server, book)
    assert tab.basic_filter["range"]["endRowIndex"] == tab.row_count == STAFF_ROWS + AHEAD


def test_with_room_enough_nothing_is_made_ready_and_it_is_done_once(
    sheets_server: SheetsServer, book: Spreadsheet
) -> None:
    fill(sheets_server, book, 20)
    night(sheets_server, book)
    assert employers(book).row_count == STAFF_ROWS
    fill(sheets_server, book, STAFF_ROWS)
    night(sheets_server, book)
    rows = employers(book).row_count
    Browser(sheets_server.world, book.id).clear("Employers", 5, 1)
    night(sheets_server, book)
    assert employers(book).row_count == rows


def test_columns_that_people_moved_and_headings_that_they_reworded_are_found_or_left(
    sheets_server: SheetsServer, book: Spreadsheet
) -> None:
    hand = Browser(sheets_server.world, book.id)
    hand.insert_rows("Employers", 1)
    hand.type("Employers", 1, 1, "Our employers")
    hand.insert_columns("Employers", STAGE + 1)
    hand.type("Employers", 2, FORM + 1, "Kind of firm")
    fill(sheets_server, book, STAFF_ROWS)
    hand.type("Employers", 2, EMPLOYER + 1, "Employer")
    night_below(sheets_server, book)
    last = employers(book).row_count
    moved, reworded = (employers(book).cell(last - 1, at) for at in (STAGE + 1, FORM))
    assert moved is not None
    assert moved.validation is not None
    assert reworded is None or reworded.validation is None


def night_below(server: SheetsServer, book: Spreadsheet) -> None:
    hub = workbook(server, book)
    rows = hub.read().tab("Employers").rows  # type: ignore[union-attr]
    hub.apply([GiveId("Employers", 2, 3, rows[2], "R-00000003")])


def test_an_agencys_own_tab_and_one_that_is_shut_are_left_as_they_are(
    sheets_server: SheetsServer, book: Spreadsheet
) -> None:
    client = sheets_server.client()
    fill(sheets_server, book, STAFF_ROWS)
    now = read_book(client.get_spreadsheet(book.id, fields=FIELDS))
    assert more_rows(now, SCHEMA.tabs, {}).requests
    shut = {"range": {"startRowIndex": 300}, "requestingUserCanEdit": False}
    for own in ((), (*now.sheets[0].protected, shut)):
        others = tuple(replace(sheet, protected=own) for sheet in now.sheets)
        assert more_rows(replace(now, sheets=others), SCHEMA.tabs, {}).requests == ()


def test_a_spreadsheet_that_is_almost_full_gets_no_rows(
    sheets_server: SheetsServer, book: Spreadsheet
) -> None:
    fill(sheets_server, book, STAFF_ROWS)
    now = read_book(sheets_server.client().get_spreadsheet(book.id, fields=FIELDS))
    large = tuple(
        s if s.title == "Employers" else replace(s, row_count=MOST_CELLS, column_count=1) for s in now.sheets
    )
    assert more_rows(replace(now, sheets=large), SCHEMA.tabs, {}).requests == ()

"""Built tabs that the sync itself makes at Google look as init lays them out; Start here warns by itself."""

from __future__ import annotations

import datetime as dt

import pytest

from engage.model import CellValue, Snapshot
from engage.ports import PublishTab
from engage.schema import load_schema
from engage.start_here import TITLE, first_rows
from engage.workbook.google.adapter import GoogleWorkbook
from engage.workbook.google.layout import Wanted, plan_layout
from engage.workbook.google.layout_standing import look
from engage.workbook.google.layout_tab import BUILT_ROWS
from tests.sheets_server.errors import Refused
from tests.sheets_server.fixture import SheetsServer
from tests.sheets_server.people import Browser
from tests.sheets_server.spreadsheet import Spreadsheet
from tests.sheets_server.tab import Tab

SCHEMA = load_schema()
PAT = "pat@council.example"
PROBLEMS = SCHEMA.tabs["Problems to fix"]
ANSWER = 1 + PROBLEMS.headings.index("Decision")
TARGETS = SCHEMA.tabs["Target list (built nightly)"]


@pytest.fixture
def own(sheets_server: SheetsServer) -> Spreadsheet:
    book = sheets_server.spreadsheet("Firms of the college")
    book.people[PAT] = "writer"
    return book


def workbook(server: SheetsServer, book: Spreadsheet) -> GoogleWorkbook:
    client = server.client(timeout=(5.0, 30.0))
    return GoogleWorkbook("college", book.id, client, token=lambda: "t", tabs=SCHEMA.tabs)


def problems(count: int, expects: Snapshot) -> PublishTab:
    tab = expects.tab(PROBLEMS.title)
    rows = tuple((f"P-{at}", *["x"] * (len(PROBLEMS.headings) - 1)) for at in range(count))
    rows = tuple((*row[: ANSWER - 1], "", *row[ANSWER:]) for row in rows)
    return PublishTab(
        PROBLEMS.title,
        PROBLEMS.headings,
        rows,
        "Problem",
        PROBLEMS.answers,
        expects=tab.rows if tab else None,
    )


def start(expects: Snapshot, stamp: str) -> PublishTab:
    tab = expects.tab(TITLE)
    rows = tuple((label, stamp if label == "Last sync" else text) for label, text in first_rows())
    return PublishTab(TITLE, SCHEMA.tabs[TITLE].headings, rows, expects=tab.rows if tab else None)


def tab(book: Spreadsheet, title: str) -> Tab:
    found = book.tab_titled(title)
    assert found is not None
    return found


def test_a_tab_that_the_sync_makes_lacks_nothing_that_init_would_add(
    sheets_server: SheetsServer, own: Spreadsheet
) -> None:
    book = workbook(sheets_server, own)
    book.apply([problems(3, book.read())])
    there = look(sheets_server.client(), own.id, "x")
    assert plan_layout(there, Wanted((PROBLEMS,), caller=sheets_server.address)) == ()
    made = tab(own, PROBLEMS.title)
    assert made.grid["frozenRowCount"] == 1
    assert made.basic_filter is not None
    assert made.cell(0, 0).note  # type: ignore[union-attr]


def test_people_answer_there_and_change_nothing_else(sheets_server: SheetsServer, own: Spreadsheet) -> None:
    book = workbook(sheets_server, own)
    book.apply([problems(3, book.read())])
    pat = Browser(sheets_server.world, own.id, PAT)
    pat.type(PROBLEMS.title, 2, ANSWER, "Leave as it is")
    with pytest.raises(Refused):
        pat.type(PROBLEMS.title, 2, 1, "P-9")
    with pytest.raises(Refused):
        pat.type("_engage", 1, 1, "mine")


def test_rows_that_the_sync_adds_have_the_drop_down_too(
    sheets_server: SheetsServer, own: Spreadsheet
) -> None:
    book = workbook(sheets_server, own)
    book.apply([problems(3, book.read())])
    book.apply([problems(BUILT_ROWS + 20, book.read())])
    last = tab(own, PROBLEMS.title).cell(BUILT_ROWS + 19, ANSWER - 1)
    assert last is not None
    assert last.validation is not None


def test_a_tab_whose_headings_are_not_the_schemas_is_left_plain(
    sheets_server: SheetsServer, own: Spreadsheet
) -> None:
    book = workbook(sheets_server, own)
    book.apply([PublishTab(PROBLEMS.title, ("Problem", "Other"), (("P-1", "x"),), "Problem", expects=None)])
    assert tab(own, PROBLEMS.title).basic_filter is None


def published(book: GoogleWorkbook, *rows: tuple[CellValue, ...]) -> str:
    tab = book.read().tab(TARGETS.title)
    expects = tab.rows if tab else None
    intent = PublishTab(TARGETS.title, TARGETS.headings, rows, "Record", expects=expects)
    return book.apply([intent])[0].status


def target(name: str, *, percent: CellValue, by: CellValue = "") -> tuple[CellValue, ...]:
    told = {"Record": name, "%": percent, "By": by}
    return tuple(told.get(heading, "") for heading in TARGETS.headings)


def test_percentages_and_days_are_shown_as_such_however_their_rows_are_written(
    sheets_server: SheetsServer, own: Spreadsheet
) -> None:
    book, hand = workbook(sheets_server, own), Browser(sheets_server.world, own.id)
    percent, by = 1 + TARGETS.headings.index("%"), 1 + TARGETS.headings.index("By")
    first = [target(f"R-{at}", percent=at, by=dt.date(2026, 3, at)) for at in range(1, 9)]
    published(book, *first)
    assert hand.shown(TARGETS.title, 4, percent) == "3%"
    new = target("R-0", percent=45, by=7)  # one row more, and a number where a day stood
    assert published(book, new, *first[:4], target("R-5", percent=100, by=12), *first[5:]) == "done"
    shown = [(hand.shown(TARGETS.title, row, percent), hand.shown(TARGETS.title, row, by)) for row in (2, 7)]
    assert shown == [("45%", "7"), ("100%", "12")]
    assert book.read().tab(TARGETS.title).rows[1][percent - 1] == "45"  # type: ignore[union-attr]


# --- the warning ---


def set_clock(server: SheetsServer, when: dt.datetime) -> None:
    for book in server.world.books.values():
        book.now = lambda: when
        book.touched()


def test_start_here_warns_by_itself_once_no_sync_has_run_for_two_days(
    sheets_server: SheetsServer, own: Spreadsheet
) -> None:
    book, hand = workbook(sheets_server, own), Browser(sheets_server.world, own.id)
    book.apply([start(book.read(), "")])
    assert hand.shown(TITLE, 1, 3) == ""
    book.apply([start(book.read(), "22/11/2026 02:30")])
    set_clock(sheets_server, dt.datetime(2026, 11, 24, 1, tzinfo=dt.UTC))
    assert hand.shown(TITLE, 1, 3) == ""
    set_clock(sheets_server, dt.datetime(2026, 11, 24, 4, tzinfo=dt.UTC))
    assert hand.shown(TITLE, 1, 3).startswith("WARNING: no sync has run for more than two days")


def test_no_sync_sees_the_warning_or_takes_it_away(sheets_server: SheetsServer, own: Spreadsheet) -> None:
    book, hand = workbook(sheets_server, own), Browser(sheets_server.world, own.id)
    book.apply([start(book.read(), "20/11/2026 02:30")])
    set_clock(sheets_server, dt.datetime(2026, 11, 24, 4, tzinfo=dt.UTC))
    seen = book.read()
    assert not any("WARNING" in cell for row in seen.tab(TITLE).rows for cell in row)  # type: ignore[union-attr]
    assert book.apply([start(seen, "24/11/2026 04:00")])[0].status == "done"
    assert book.apply([start(book.read(), "24/11/2026 04:00")])[0].status == "same"
    set_clock(sheets_server, dt.datetime(2026, 11, 27, 4, tzinfo=dt.UTC))
    assert "WARNING" in hand.shown(TITLE, 1, 3)


def test_what_somebody_types_over_the_warning_is_seen(sheets_server: SheetsServer, own: Spreadsheet) -> None:
    book = workbook(sheets_server, own)
    book.apply([start(book.read(), "20/11/2026 02:30")])
    Browser(sheets_server.world, own.id).type(TITLE, 1, 3, "ring Jo")
    assert "ring Jo" in book.read().tab(TITLE).rows[0]  # type: ignore[union-attr]


def test_headings_typed_over_while_it_warns_are_put_right_and_the_warning_is_no_edit(
    sheets_server: SheetsServer, own: Spreadsheet
) -> None:
    book, hand = workbook(sheets_server, own), Browser(sheets_server.world, own.id)
    book.apply([start(book.read(), "20/11/2026 02:30")])
    set_clock(sheets_server, dt.datetime(2026, 11, 24, 4, tzinfo=dt.UTC))
    hand.type(TITLE, 1, 1, "Begin")
    outcome = book.apply([start(book.read(), "24/11/2026 04:00")])[0]
    assert (outcome.status, hand.shown(TITLE, 1, 1)) == ("done", "Start here")
    assert not any("WARNING" in change.before for change in outcome.changes)
    assert book.read().findings == ()

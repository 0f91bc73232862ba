"""A Google Sheet is laid out as a workbook file is, once, and no cell that stands there is ever written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.schema import load_schema
from engage.start_here import TITLE
from engage.workbook.google.client import GoogleClient
from engage.workbook.google.laying_out import LaidOut, create, lay_out
from engage.workbook.google.layout import Wanted, batches, plan_layout
from engage.workbook.google.layout_standing import Standing, TabStanding, look
from engage.workbook.google.protecting import BUILT
from engage.workbook.google.signing_in import sign_in
from engage.workbook.google.stale_warning import AT, STALE
from tests.sheets_server.errors import Refused
from tests.sheets_server.fixture import SheetsServer
from tests.sheets_server.people import Browser
from tests.sheets_server.spreadsheet import Spreadsheet
from tests.sheets_server.tab import Tab

pytestmark = pytest.mark.slow

SCHEMA = load_schema()
SOME = tuple(SCHEMA.tabs[title] for title in (TITLE, "To review", "Employers", "Contacts", "Lists"))
PAT = "pat@council.example"


def wanted(server: SheetsServer, **options: Any) -> Wanted:
    return Wanted(SOME, caller=server.address, **options)


def laid_out(server: SheetsServer, sheet: str, **options: Any) -> LaidOut:
    client = server.client(timeout=(5.0, 30.0))
    return lay_out(
        client,
        look(client, sheet, "x"),
        wanted(server),
        where="x",
        time_zone="Europe/London",
        **options,
    )


@pytest.fixture
def book(sheets_server: SheetsServer) -> Spreadsheet:
    """A new spreadsheet of a person's, shared with us and with Pat, laid out."""
    made = sheets_server.spreadsheet("Hub")
    made.people[PAT] = "writer"
    laid_out(sheets_server, made.id)
    return made


def tab(book: Spreadsheet, title: str) -> Tab:
    found = book.tab_titled(title)
    assert found is not None
    return found


def contents(book: Spreadsheet) -> Mapping[str, list[list[object]]]:
    return {t.title: [[cell.entered if cell else None for cell in row] for row in t.rows] for t in book.tabs}


# --- what a spreadsheet gets ---


def test_every_tab_has_its_headings_with_help_and_the_record_id_first(book: Spreadsheet) -> None:
    first = tab(book, "Employers").rows[0]
    assert [cell.entered for cell in first if cell] == ["Record ID", *SCHEMA.tabs["Employers"].headings]
    assert all(cell.note for cell in first if cell)


def test_start_here_stands_first_and_says_how_it_works(book: Spreadsheet) -> None:
    assert book.tabs[0].title == TITLE
    assert "Last sync" in {row[0].entered for row in book.tabs[0].rows if row and row[0]}


def test_headings_stand_still_and_have_a_filter(book: Spreadsheet) -> None:
    employers = tab(book, "Employers")
    assert employers.grid["frozenRowCount"] == 1
    assert employers.basic_filter is not None


def test_a_drop_down_takes_its_values_from_lists_or_has_them_itself(book: Spreadsheet) -> None:
    rules = {
        heading.entered: cell.validation
        for heading, cell in zip(tab(book, "Employers").rows[0], tab(book, "Employers").rows[1], strict=False)
        if heading and cell
    }
    stage, form = rules["Stage"], rules["Legal form"]
    assert stage is not None
    assert form is not None
    assert stage["condition"]["values"][0] == {"userEnteredValue": "1 Aware"}
    place = form["condition"]["values"][0]["userEnteredValue"]
    column = SCHEMA.tabs["Lists"].headings.index("Legal form")
    assert place.startswith("='Lists'!$")
    assert ord(place.split("$")[1]) - ord("A") == column


def test_what_google_would_turn_into_something_else_stays_as_typed(
    sheets_server: SheetsServer, book: Spreadsheet
) -> None:
    hand = Browser(sheets_server.world, book.id)
    column = 1 + ["Record ID", *SCHEMA.tabs["Employers"].headings].index("Company number")
    hand.type("Employers", 2, column, "01234567")
    assert hand.shown("Employers", 2, column) == "01234567"


def test_dates_are_shown_as_people_write_them(sheets_server: SheetsServer, book: Spreadsheet) -> None:
    hand = Browser(sheets_server.world, book.id)
    column = 1 + ["Record ID", *SCHEMA.tabs["Employers"].headings].index("Rest until")
    hand.type("Employers", 2, column, "3 Apr 2026")
    assert hand.shown("Employers", 2, column) == "03/04/2026"


def test_a_spreadsheet_that_we_make_is_british_and_has_no_empty_tab(sheets_server: SheetsServer) -> None:
    client = sheets_server.client(timeout=(5.0, 30.0))
    made = create(client, "Marlbeck – hub", time_zone="Europe/London")
    laid_out(sheets_server, made, ours=True)
    book = sheets_server.world.spreadsheet(made)
    assert (book.locale, book.time_zone) == ("en_GB", "Europe/London")
    assert [t.title for t in book.tabs] == [spec.title for spec in SOME]


def test_one_made_in_a_folder_is_in_it(sheets_server: SheetsServer) -> None:
    client = GoogleClient(sign_in(sheets_server.settings, creating=True), endpoint=sheets_server.served.url)
    made = create(client, "Marlbeck – hub", time_zone="Europe/London", folder="1aFolderOfSomebody")
    laid_out(sheets_server, made, ours=True)
    book = sheets_server.world.spreadsheet(made)
    assert (book.file["parents"], book.locale) == (["1aFolderOfSomebody"], "en_GB")


# --- who may type where ---


def test_nobody_else_types_into_a_built_tab_but_under_decision(
    sheets_server: SheetsServer, book: Spreadsheet
) -> None:
    pat = Browser(sheets_server.world, book.id, PAT)
    answer = 1 + SCHEMA.tabs["To review"].headings.index("Decision")
    pat.type("To review", 2, answer, "Same")
    pat.type("To review", 60, answer, "Different")
    with pytest.raises(Refused):
        pat.type("To review", 2, answer + 1, "quite")
    with pytest.raises(Refused):
        pat.type("To review", 1, answer, "Verdict")


def test_a_value_may_still_be_typed_over_the_list_of_merged_employers(sheets_server: SheetsServer) -> None:
    book = sheets_server.spreadsheet("Hub")
    book.people[PAT] = "writer"
    client, spec = sheets_server.client(timeout=(5.0, 30.0)), SCHEMA.tabs["Employer list (built nightly)"]
    there = look(client, book.id, "x")
    lay_out(client, there, Wanted((spec,)), where="x", time_zone="Europe/London")
    Browser(sheets_server.world, book.id, PAT).type(spec.title, 2, 3, "Ember Digital Limited")
    assert [each["warningOnly"] for each in tab(book, spec.title).protected.values()] == [True]


def test_anybody_ticks_sync_now_and_nothing_else_of_start_here(
    sheets_server: SheetsServer, book: Spreadsheet
) -> None:
    pat = Browser(sheets_server.world, book.id, PAT)
    pat.type(TITLE, 3, 2, "TRUE")
    with pytest.raises(Refused):
        pat.type(TITLE, 2, 2, "22/11/2026 02:00")


def test_a_tab_of_peoples_own_is_theirs_headings_too(sheets_server: SheetsServer, book: Spreadsheet) -> None:
    pat = Browser(sheets_server.world, book.id, PAT)
    pat.insert_columns("Employers", 3)
    pat.type("Employers", 1, 3, "Our own code")
    assert pat.shown("Employers", 1, 3) == "Our own code"


# --- again ---


def test_a_second_time_nothing_is_sent(sheets_server: SheetsServer, book: Spreadsheet) -> None:
    before = contents(book)
    done = laid_out(sheets_server, book.id)
    assert (done.made, done.mended, contents(book)) == ((), (), before)


def test_what_is_missing_comes_back_and_every_cell_stays(
    sheets_server: SheetsServer, book: Spreadsheet
) -> None:
    hand = Browser(sheets_server.world, book.id)
    hand.type("Employers", 2, 2, "Ember Digital Ltd")
    hand.insert_rows("Employers", 1)
    hand.type("Employers", 1, 1, "Our employers")
    hand.type("Lists", 2, 1, "Friendly society")
    hand.note("Employers", 2, 2, "")
    hand.delete_tab("Contacts")
    tab(book, "To review").protected.clear()
    before = contents(book)
    done = laid_out(sheets_server, book.id)
    assert done.made == ("Contacts",)
    assert set(done.mended) == {"Employers", "To review"}
    assert {title: rows for title, rows in contents(book).items() if title != "Contacts"} == before
    assert tab(book, "Employers").cell(1, 1).note  # type: ignore[union-attr]
    assert [each["description"] for each in tab(book, "To review").protected.values()] == [BUILT]


def test_a_note_and_a_drop_down_of_peoples_own_stay(sheets_server: SheetsServer, book: Spreadsheet) -> None:
    Browser(sheets_server.world, book.id).note("Employers", 1, 2, "As on the sign")
    laid_out(sheets_server, book.id)
    heading = tab(book, "Employers").cell(0, 1)
    assert heading is not None
    assert heading.note == "As on the sign"


def test_answers_are_opened_again_where_the_columns_have_moved(
    sheets_server: SheetsServer, book: Spreadsheet
) -> None:
    next(iter(tab(book, "To review").protected.values()))["unprotectedRanges"] = []
    laid_out(sheets_server, book.id)
    answer = 1 + SCHEMA.tabs["To review"].headings.index("Decision")
    Browser(sheets_server.world, book.id, PAT).type("To review", 2, answer, "Same")


def test_locale_and_clock_of_a_spreadsheet_with_rows_in_it_are_peoples(sheets_server: SheetsServer) -> None:
    book = sheets_server.spreadsheet("Old")
    book.locale = "en_US"
    Browser(sheets_server.world, book.id).type("Sheet1", 1, 1, "Company")
    laid_out(sheets_server, book.id)
    assert (book.locale, contents(book)["Sheet1"]) == ("en_US", [["Company"]])


def test_somebody_who_adds_the_same_tab_meanwhile_makes_us_look_again(sheets_server: SheetsServer) -> None:
    book = sheets_server.spreadsheet("Hub")
    once = iter([True])

    def meddle(world: object, method: str, path: str) -> None:
        if "batchUpdate" in path and next(once, False):
            Browser(sheets_server.world, book.id).add_tab("Contacts")

    sheets_server.world.before_request.append(meddle)
    assert "Contacts" not in laid_out(sheets_server, book.id).made
    assert [t.title for t in book.tabs].count("Contacts") == 1


def test_a_lost_answer_is_looked_for_and_nothing_is_made_twice(sheets_server: SheetsServer) -> None:
    book = sheets_server.spreadsheet("Hub")
    sheets_server.served.front.faults.plan("reset-after", on="batchUpdate")
    laid_out(sheets_server, book.id)
    assert sorted(t.title for t in book.tabs) == sorted(["Sheet1", *(spec.title for spec in SOME)])


def test_people_who_edit_between_any_two_requests_lose_nothing(
    sheets_server: SheetsServer, book: Spreadsheet
) -> None:
    """They type, insert rows and columns, sort and rename while what is missing is added."""
    hand, typed = Browser(sheets_server.world, book.id), iter(range(1000))
    tab(book, "To review").protected.clear()
    hand.delete_tab("Contacts")
    hand.note("Employers", 1, 2, "")

    def edit(world: object, method: str, path: str) -> None:
        if "/v4/" in path:
            number = next(typed)
            hand.insert_rows("Employers", 2)
            hand.type("Employers", 2, 2 + number, f"firm {number}")
            hand.insert_columns("Employers", 2)
            hand.sort("Employers", 3)
            if number == 1:
                hand.rename_tab("Sheet1", "Ours")

    sheets_server.world.before_request.append(edit)
    laid_out(sheets_server, book.id)
    sheets_server.world.before_request.clear()
    held = {text for row in hand.rows("Employers") for text in row}
    count = next(typed)
    assert count >= 3
    assert {f"firm {number}" for number in range(count)} <= held
    assert {"Record ID", *SCHEMA.tabs["Employers"].headings} <= held


# --- laws ---

TITLES = st.sampled_from([*(spec.title for spec in SOME), "Sheet1", "Firms"])
CELLS = st.sampled_from(["", "Employer", "Company", "Record ID", "Postcode", "Decision", "Question", "x"])
ROWS = st.lists(st.lists(CELLS, max_size=6).map(tuple), max_size=12).map(tuple)
TABS = st.lists(st.tuples(TITLES, ROWS), unique_by=lambda each: each[0], max_size=6)


def standing(tabs: list[tuple[str, tuple[tuple[str, ...], ...]]]) -> Standing:
    each = (TabStanding(at, title, rows, 1000, 26) for at, (title, rows) in enumerate(tabs))
    return Standing("1x", "Hub", "en_GB", "Europe/London", tuple(each))


@given(TABS)
def test_no_cell_of_a_tab_that_stands_is_ever_written(
    tabs: list[tuple[str, tuple[tuple[str, ...], ...]]],
) -> None:
    there = {at: rows for at, (_, rows) in enumerate(tabs)}
    for step in plan_layout(standing(tabs), Wanted(SOME)):
        for request in step.requests:
            update = request.get("updateCells", {})
            at = update.get("start", {})
            if at.get("sheetId") not in there or "userEnteredValue" not in update["fields"]:
                continue
            row = there[at["sheetId"]][0] if there[at["sheetId"]] else ()
            assert (step.tab, at["rowIndex"] + 1, at["columnIndex"] + 1) == (TITLE, *AT)
            assert not any(row[AT[1] - 1 :][:1])
            assert update["rows"][0]["values"][0]["userEnteredValue"] == {"formulaValue": STALE}


@given(TABS)
def test_nothing_is_taken_away(tabs: list[tuple[str, tuple[tuple[str, ...], ...]]]) -> None:
    kinds = {
        kind for step in plan_layout(standing(tabs), Wanted(SOME)) for each in step.requests for kind in each
    }
    assert not {kind for kind in kinds if kind.startswith(("delete", "clear", "cut", "sort", "move"))}


def test_a_drop_down_comes_after_the_tab_that_its_values_stand_in() -> None:
    every = [
        each for step in plan_layout(standing([]), Wanted(SCHEMA.tabs_of("hub"))) for each in step.requests
    ]
    last_tab = max(at for at, each in enumerate(every) if "addSheet" in each)
    ranges = [at for at, each in enumerate(every) if "ONE_OF_RANGE" in str(each)]
    assert ranges
    assert min(ranges) > last_tab


def test_large_layouts_go_in_several_batches_each_tab_whole() -> None:
    steps = plan_layout(standing([]), Wanted(tuple(SCHEMA.tabs_of("hub"))))
    parts = batches(steps, 100_000)
    assert len(parts) > 1
    assert len({step.tab for part in parts for step in part if step.made}) == len(SCHEMA.tabs_of("hub"))
    assert [step for part in parts for step in part] == list(steps)

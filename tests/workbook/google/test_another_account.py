"""Engage signs in with another account: what the old one protected is named, and mended where that may be."""

from __future__ import annotations

from pathlib import Path

import pytest

from engage.config import Google
from engage.doctor import sheets
from engage.errors import WorkbookError
from engage.ports import PublishTab
from engage.schema import load_schema
from engage.workbook.google.adapter import GoogleWorkbook
from engage.workbook.google.client import GoogleClient
from engage.workbook.google.laying_out import LaidOut, lay_out
from engage.workbook.google.layout import Wanted
from engage.workbook.google.layout_standing import look
from engage.workbook.google.protecting import BUILT
from engage.workbook.google.signing_in import sign_in
from tests.sheets_server.accounts import ServiceAccount, private_key, write_key
from tests.sheets_server.fixture import SheetsServer
from tests.sheets_server.people import Browser
from tests.sheets_server.spreadsheet import Spreadsheet

pytestmark = pytest.mark.slow

SCHEMA = load_schema()
TABS = tuple(SCHEMA.tabs[title] for title in ("To review", "Employers", "Clashes", "_engage"))
NEW = "engage-2@engage-test.iam.gserviceaccount.com"
CLASHES = SCHEMA.tabs["Clashes"]


@pytest.fixture
def book(sheets_server: SheetsServer) -> Spreadsheet:
    """A person's spreadsheet that the old account laid out, shared with the new one too."""
    made = sheets_server.spreadsheet("Hub")
    made.people[NEW] = "writer"
    laid_out(sheets_server.client(timeout=(5.0, 30.0)), made)
    return made


@pytest.fixture
def new(sheets_server: SheetsServer, tmp_path: Path) -> GoogleClient:
    """Signed in with another account's key."""
    account = ServiceAccount(NEW, keys={"key-2": private_key(2)})
    sheets_server.served.front.office.services[NEW] = account
    key = write_key(tmp_path, account, sheets_server.served.url, name="new.json")
    google = Google(credentials=key, endpoint=sheets_server.served.url)
    timing = sheets_server.clock.timing
    return GoogleClient(sign_in(google), endpoint=google.endpoint, pacer=sheets_server.pacer, timing=timing)


def laid_out(client: GoogleClient, book: Spreadsheet) -> LaidOut:
    wanted = Wanted(TABS, caller=client.caller)
    return lay_out(client, look(client, book.id, "x"), wanted, where="x", time_zone="Europe/London")


def publish(client: GoogleClient, book: Spreadsheet) -> str:
    workbook = GoogleWorkbook("hub", book.id, client, token=lambda: "t", tabs=SCHEMA.tabs)
    tab = workbook.read().tab(CLASHES.title)
    row = tuple("x" for _ in CLASHES.headings)
    intent = PublishTab(CLASHES.title, CLASHES.headings, (row,), expects=tab.rows if tab else None)
    return workbook.apply([intent])[0].status


def editors(book: Spreadsheet) -> list[list[str]]:
    held = [each for tab in book.tabs for each in tab.protected.values() if each["description"] == BUILT]
    return [each["editors"]["users"] for each in held]


def test_tabs_that_an_earlier_account_protected_are_named_and_nothing_is_sent(
    book: Spreadsheet, new: GoogleClient
) -> None:
    with pytest.raises(WorkbookError, match="may not edit them: Clashes, _engage") as said:
        publish(new, book)
    assert f"signed in with another account, and {NEW}" in said.value.what
    assert 'begins with "Engage:"' in said.value.fix
    assert "engage init --google" in said.value.fix
    assert new.requests.write == 0


def test_doctor_says_the_same(book: Spreadsheet, new: GoogleClient) -> None:
    standing = look(new, book.id, "x")
    lines = list(sheets.check_protections(standing, SCHEMA, "Hub", laid_out=True, address=NEW))
    (wrong,) = [line for line in lines if line.verdict == "wrong"]
    assert wrong.what.endswith("may not edit them: To review, Clashes, _engage")
    assert 'begins with "Engage:"' in wrong.fix


def test_init_leaves_what_is_shut_names_it_and_mends_the_rest(
    sheets_server: SheetsServer, book: Spreadsheet, new: GoogleClient
) -> None:
    for title in ("To review", "Employers"):
        Browser(sheets_server.world, book.id).note(title, 1, 1, "")
    done = laid_out(new, book)
    assert done.closed == ("To review", "Clashes", "_engage")
    assert (done.made, done.mended) == ((), ("Employers",))


def test_once_the_owner_has_deleted_them_init_sets_them_anew_and_the_sync_works(
    book: Spreadsheet, new: GoogleClient
) -> None:
    for tab in book.tabs:
        tab.protected = {key: each for key, each in tab.protected.items() if each.get("warningOnly")}
    assert laid_out(new, book).closed == ()
    assert len(editors(book)) == 3
    assert all(NEW in users for users in editors(book))
    assert publish(new, book) == "done"


def test_an_owner_who_signs_in_is_among_the_editors_once_init_has_run_again(
    sheets_server: SheetsServer, book: Spreadsheet, new: GoogleClient
) -> None:
    Browser(sheets_server.world, book.id).hand_over(NEW)
    assert publish(new, book) == "done"
    assert set(laid_out(new, book).mended) == {"To review", "Clashes", "_engage"}
    assert all({NEW, sheets_server.address} <= set(users) for users in editors(book))
    assert laid_out(new, book).mended == ()


def test_a_tab_that_a_person_protected_as_a_whole_is_named_with_whom_to_let_in(
    sheets_server: SheetsServer, book: Spreadsheet
) -> None:
    tab = book.tab_titled(CLASHES.title)
    assert tab is not None
    whole = {"range": {"sheetId": tab.sheet_id}, "description": "Hands off"}
    tab.protected = {7: {"protectedRangeId": 7, **whole}}
    with pytest.raises(WorkbookError, match="these are protected: Clashes; ") as said:
        publish(sheets_server.client(), book)
    assert f"to add {sheets_server.address}" in said.value.fix

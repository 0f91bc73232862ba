"""The client against the whole server: what people do to a spreadsheet, and what is then said of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from engage.errors import EffectUnknown, EngageError, RequestRefused, WorkbookError, WorkbookMissing
from engage.workbook.google.bin import check_not_in_bin
from engage.workbook.google.messages import Place
from engage.workbook.google.remarks import (
    locale_remarks,
    owner_of,
    owner_remarks,
    sharing_remarks,
)
from tests.sheets_server.accounts import PROJECT
from tests.sheets_server.faults import NAMES
from tests.sheets_server.fixture import SheetsServer

ADDRESS = f"engage@{PROJECT}.iam.gserviceaccount.com"
WRITE = {"requests": [{"updateSpreadsheetProperties": {"properties": {"title": "New"}, "fields": "title"}}]}


def cells(sheet_id: int = 0) -> dict[str, Any]:
    start = {"sheetId": sheet_id, "rowIndex": 0, "columnIndex": 0}
    rows = [{"values": [{"userEnteredValue": {"stringValue": "R-1"}}]}]
    return {"requests": [{"updateCells": {"start": start, "rows": rows, "fields": "userEnteredValue"}}]}


def test_a_spreadsheet_that_is_not_shared_says_with_whom_to_share_it(sheets_server: SheetsServer):
    book = sheets_server.spreadsheet("Hub", role="")
    with pytest.raises(WorkbookError, match=f"not shared with {ADDRESS}") as caught:
        sheets_server.client().get_spreadsheet(book.id, where="Hub")
    assert f"add {ADDRESS} as Editor" in caught.value.fix
    with pytest.raises(WorkbookMissing, match=f"no file at this link that {ADDRESS} may see"):
        sheets_server.client().get_file(book.id)


def test_a_spreadsheet_for_viewing_only_is_read_and_says_who_has_to_become_editor(
    sheets_server: SheetsServer,
):
    book, client = sheets_server.spreadsheet("Hub", role="reader"), sheets_server.client()
    assert client.get_spreadsheet(book.id, fields="spreadsheetId") == {"spreadsheetId": book.id}
    with pytest.raises(WorkbookError, match=f"{ADDRESS} may view this spreadsheet and not change it"):
        client.batch_update(book.id, WRITE)


def test_a_spreadsheet_deleted_for_good_is_missing(sheets_server: SheetsServer):
    book = sheets_server.spreadsheet("Hub")
    sheets_server.world.delete(book.id)
    with pytest.raises(WorkbookMissing, match="deleted for good"):
        sheets_server.client().get_spreadsheet(book.id)


def test_in_the_bin_and_under_a_new_owner_are_seen_in_the_files_facts(sheets_server: SheetsServer):
    book, client = sheets_server.spreadsheet("Hub"), sheets_server.client()
    before = owner_of(client.get_file(book.id))
    book.people[book.owner], book.owner = "writer", "sam@stockport.example"
    file = client.get_file(book.id)
    assert "sam@stockport.example, before kim@tameside.example" in owner_remarks(file, before, "Hub")[0].what
    check_not_in_bin(file, Place("Hub"))
    book.trashed = True
    client.get_spreadsheet(book.id)  # Sheets goes on as if nothing were
    with pytest.raises(WorkbookMissing, match="in the bin"):
        check_not_in_bin(client.get_file(book.id), Place("Hub"))


def test_a_protected_tab_names_the_menu_that_opens_it(sheets_server: SheetsServer):
    book = sheets_server.spreadsheet("Hub")
    book.tabs[0].protected[1] = {"range": {"sheetId": 0}, "editors": {"users": [book.owner]}}
    with pytest.raises(WorkbookError, match="range there is protected") as caught:
        sheets_server.client().batch_update(book.id, cells())
    assert "Protect sheets and ranges" in caught.value.fix


def test_a_full_spreadsheet_is_said_to_be_full(sheets_server: SheetsServer):
    book = sheets_server.spreadsheet("Hub")
    more = {"appendDimension": {"sheetId": 0, "dimension": "ROWS", "length": 10_000_000}}
    with pytest.raises(WorkbookError, match="10 million cells"):
        sheets_server.client().batch_update(book.id, {"requests": [more]})


def test_a_tab_that_has_gone_refuses_the_request_and_nothing_of_it_is_done(sheets_server: SheetsServer):
    book = sheets_server.spreadsheet("Hub")
    body = {"requests": [*WRITE["requests"], *cells(77)["requests"]]}
    with pytest.raises(RequestRefused, match="code 400"):
        sheets_server.client().batch_update(book.id, body)
    assert book.title == "Hub"


def test_locale_and_sharing_are_remarks(sheets_server: SheetsServer):
    book, client = sheets_server.spreadsheet("Hub"), sheets_server.client()
    fields = "properties(locale,timeZone)"
    assert locale_remarks(client.get_spreadsheet(book.id, fields=fields)["properties"], "Hub") == ()
    book.locale = "en_US"
    (remark,) = locale_remarks(client.get_spreadsheet(book.id, fields=fields)["properties"], "Hub")
    assert "United Kingdom" in remark.fix
    assert sharing_remarks(client.get_permissions(book.id), "Hub") == ()
    book.people["anyone"] = "reader"
    assert "anyone who has the link" in sharing_remarks(client.get_permissions(book.id), "Hub")[0].what


def test_a_spreadsheet_is_made_by_the_service_account_itself(sheets_server: SheetsServer):
    client = sheets_server.client()
    made = client.create_spreadsheet(
        {"properties": {"title": "New", "locale": "en_GB"}}, fields="spreadsheetId"
    )
    assert client.get_file(made["spreadsheetId"])["owners"] == [{"emailAddress": ADDRESS}]


@pytest.mark.parametrize("name", [name for name in NAMES if not name.startswith("edit")])
@pytest.mark.parametrize("nth", [1, 2])
def test_every_fault_at_a_read_or_a_write_ends_well_or_in_words_and_leaves_no_trace(
    name: str, nth: int, sheets_server: SheetsServer
):
    book, client = sheets_server.spreadsheet("Hub"), sheets_server.client(timeout=(2.0, 0.3))
    fault = sheets_server.served.front.faults.plan(name, nth=nth)
    said = [problem(client.get_spreadsheet, book.id), problem(client.batch_update, book.id, WRITE)]
    assert all(error.where == "Hub" and error.fix for error in said if error)
    assert not isinstance(said[0], EffectUnknown)
    assert fault.played == 1 or name.startswith("token")
    sheets_server.served.front.faults.clear()
    assert [problem(client.get_spreadsheet, book.id), problem(client.batch_update, book.id, WRITE)] == [
        None
    ] * 2
    assert book.title == "New"


def problem(ask: Callable[..., object], *arguments: object) -> EngageError | None:
    try:
        ask(*arguments, where="Hub")
    except EngageError as error:
        return error
    return None


def test_a_human_edit_between_two_requests_is_seen_by_the_second(sheets_server: SheetsServer):
    book, client = sheets_server.spreadsheet("Hub"), sheets_server.client()
    faults = sheets_server.served.front.faults
    faults.plan("edit-before", nth=2, do=lambda: setattr(book, "title", "Renamed"))
    titles = [client.get_spreadsheet(book.id, fields="properties.title") for _ in range(2)]
    assert [answer["properties"]["title"] for answer in titles] == ["Hub", "Renamed"]

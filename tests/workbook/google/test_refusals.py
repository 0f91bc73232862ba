"""What a person is told: what happened, where, what to do; and never a secret."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import requests
from google.auth import exceptions as auth

from engage.errors import (
    EngageError,
    RequestRefused,
    SignInError,
    WorkbookBusy,
    WorkbookError,
    WorkbookMissing,
)
from engage.workbook.google.bin import check_not_in_bin
from engage.workbook.google.client import GoogleClient
from engage.workbook.google.faults import Answered, fate_of, told
from engage.workbook.google.messages import Place, quote
from engage.workbook.google.refusals import of_answer
from engage.workbook.google.remarks import (
    key_file_remarks,
    locale_remarks,
    owner_of,
    owner_remarks,
    sharing_remarks,
)
from engage.workbook.google.retrying import Fate
from tests.sheets_server.bodies import reason
from tests.sheets_server.serving import Served

ADDRESS = "engage@engage-test.iam.gserviceaccount.com"
DISABLED = "https://console.developers.google.com/apis/api/drive.googleapis.com/overview?project=1"
CELLS = (
    "Invalid requests[0].appendDimension: This action would increase the number of cells in the workbook "
    "above the limit of 10000000 cells."
)
PROTECTED = "You are trying to edit a protected cell or object. Please contact the spreadsheet owner"
UNUSED = (
    f"Google Drive API has not been used in project 1 before. Enable it by visiting {DISABLED} then retry"
)


def reading(where: str = "Hub") -> Place:
    return Place(where, ADDRESS)


def writing(where: str = "Hub") -> Place:
    return Place(where, ADDRESS, writing=True)


TABLE: list[tuple[int, dict[str, Any], Place, type[EngageError], str, str]] = [
    (
        403,
        {"message": "The caller does not have permission"},
        reading(),
        WorkbookError,
        "not shared with",
        ADDRESS,
    ),
    (
        403,
        {"message": "The caller does not have permission"},
        writing(),
        WorkbookError,
        "not change it",
        "Editor",
    ),
    (
        400,
        {"message": PROTECTED},
        writing(),
        WorkbookError,
        "range there is protected",
        "Protect sheets and ranges",
    ),
    (400, {"message": CELLS}, writing(), WorkbookError, "10 million cells", "empty"),
    (
        400,
        {"message": "This operation is not supported for this document", "status": "FAILED_PRECONDITION"},
        reading(),
        WorkbookError,
        "Excel file kept in Google Drive",
        "Save as Google Sheets",
    ),
    (400, {"message": "Unable to parse range: Nope!A1"}, reading(), RequestRefused, "Nope!A1", "report it"),
    (
        404,
        {"message": "Requested entity was not found."},
        reading(),
        WorkbookMissing,
        "deleted for good",
        "owner",
    ),
    (
        401,
        {"message": "Request had invalid authentication"},
        reading(),
        SignInError,
        "withdrawn",
        "sign in again",
    ),
    (429, {"message": "Quota exceeded"}, reading(), WorkbookBusy, "limit of requests a minute", "wait"),
    (
        403,
        {"message": "User Rate Limit Exceeded", "errors": [{"reason": "userRateLimitExceeded"}]},
        reading(),
        WorkbookBusy,
        "limit of requests a minute",
        "wait",
    ),
    (
        403,
        {"message": "no", "details": reason("SERVICE_DISABLED", activationUrl=DISABLED)},
        reading(),
        WorkbookError,
        "Google Drive API is not switched on",
        DISABLED,
    ),
    (
        403,
        {"message": UNUSED},
        reading(),
        WorkbookError,
        "not switched on",
        DISABLED + ",",
    ),
    (
        403,
        {"message": "Request had insufficient", "details": reason("ACCESS_TOKEN_SCOPE_INSUFFICIENT")},
        reading(),
        SignInError,
        "for less than Engage needs",
        "every box",
    ),
    (
        403,
        {
            "message": "The domain administrators have disabled Drive apps.",
            "errors": [{"reason": "domainPolicy"}],
        },
        reading(),
        SignInError,
        "administrator",
        "sign in as a person",
    ),
    (
        403,
        {"message": "The user's Drive storage quota", "errors": [{"reason": "storageQuotaExceeded"}]},
        writing(),
        WorkbookError,
        "no room for files",
        "create the spreadsheet yourself",
    ),
    (502, {}, reading(), WorkbookBusy, "code 502", "wait"),
]


@pytest.mark.parametrize(("status", "error", "place", "kind", "what", "fix"), TABLE)
def test_an_answer_of_googles_is_said_in_words(
    status: int, error: dict[str, Any], place: Place, kind: type[EngageError], what: str, fix: str
):
    refusal = of_answer(status, error, place)
    assert type(refusal) is kind
    assert what in refusal.what
    assert fix in refusal.fix
    assert refusal.where == "Hub"
    assert not refusal.what.endswith(".")
    assert not refusal.fix.endswith(".")


@pytest.mark.parametrize("state", ["deleted", "blocked", "revoked", "clock", "app off"])
def test_a_refused_sign_in_says_whether_key_account_policy_or_clock_is_to_blame(
    state: str, client: GoogleClient, server: Served
):
    account = server.front.office.services[ADDRESS]
    if state in ("deleted", "blocked"):
        account.state = state
    if state == "revoked":
        account.keys.clear()
    if state == "clock":
        server.front.office.now = lambda: 2_000_000_000.0
    if state == "app off":
        server.front.faults.plan("token-401")
    words = {
        "deleted": "deleted or switched off",
        "blocked": "administrator",
        "revoked": "key that Engage signs in with was deleted or replaced",
        "clock": "clock of this computer is wrong",
        "app off": "administrator",
    }
    with pytest.raises(SignInError, match=words[state]):
        client.get_spreadsheet("1abc", where="Hub")
    assert len([call for call in server.front.calls if call.path == "/token"]) == 1


@pytest.mark.parametrize(("api", "named"), [("sheets", "Google Sheets API"), ("drive", "Google Drive API")])
def test_an_api_that_is_off_is_named_with_the_link_that_switches_it_on(
    api: str, named: str, client: GoogleClient, server: Served
):
    server.front.switched_off.add(f"{api}.googleapis.com")
    with pytest.raises(WorkbookError, match=f"{named} is not switched on") as caught:
        client.get_spreadsheet("1abc") if api == "sheets" else client.get_file("1abc")
    assert f"/apis/api/{api}.googleapis.com/overview?project=" in caught.value.fix


def test_a_page_of_html_is_judged_by_its_status_and_never_quoted(client: GoogleClient, server: Served):
    server.front.faults.plan("502-html", times=100)
    with pytest.raises(WorkbookBusy, match="code 502") as caught:
        client.get_spreadsheet("1abc")
    assert "<" not in caught.value.message


@pytest.mark.parametrize(
    ("error", "fate", "words"),
    [
        (requests.ReadTimeout("slow"), Fate.UNKNOWN, "too long to answer"),
        (requests.ConnectTimeout("slow"), Fate.NOT_NOW, "cannot be reached"),
        (requests.ConnectionError("reset"), Fate.UNKNOWN, "connection to Google broke"),
        (requests.exceptions.SSLError("CERTIFICATE_VERIFY_FAILED"), Fate.REFUSED, "not trusted"),
        (requests.exceptions.SSLError("bad record"), Fate.UNKNOWN, "broke"),
        (requests.exceptions.ChunkedEncodingError("cut"), Fate.UNKNOWN, "broke"),
        (auth.TransportError(requests.ConnectionError("x")), Fate.NOT_NOW, "cannot be reached"),
        (auth.RefreshError("503", retryable=True), Fate.NOT_NOW, "not answering properly"),
        (auth.RefreshError("invalid_grant: Token has been expired or revoked."), Fate.REFUSED, "run out"),
        (
            auth.RefreshError("invalid_grant: reauth related error (invalid_rapt)"),
            Fate.REFUSED,
            "after a while",
        ),
        (auth.RefreshError("disabled_client: The OAuth client was disabled."), Fate.REFUSED, "the app"),
        (auth.DefaultCredentialsError("none"), Fate.REFUSED, "no sign-in"),
    ],
)
def test_a_failure_without_an_answer_is_said_in_words(error: Exception, fate: Fate, words: str):
    assert fate_of(error) is fate
    assert words in told(error, reading()).message


@pytest.mark.parametrize("body", [b"<html>", b'{"error": "blocked"}', b"[]", b"", b'{"error": null}'])
def test_an_answer_that_is_not_as_googles_are_has_a_status_all_the_same(body: bytes):
    response = requests.Response()
    response.status_code, response._content = 503, body
    assert fate_of(Answered(response)) is Fate.UNKNOWN
    assert "code 503" in told(Answered(response), reading()).message


def test_drive_does_not_say_whether_a_file_is_gone_or_not_shared():
    error = {"message": "File not found: 1abc.", "errors": [{"reason": "notFound"}]}
    assert f"that {ADDRESS} may see" in of_answer(404, error, reading()).what


def test_a_link_that_opens_for_anyone_is_a_remark():
    permissions = [{"type": "user"}, {"type": "anyone"}, {"type": "domain", "domain": "tameside.example"}]
    found = [remark.what for remark in sharing_remarks(permissions, "Hub")]
    assert ["anyone who has the link" in found[0], "tameside.example" in found[1]] == [True, True]
    assert sharing_remarks([{"type": "user"}], "Hub") == ()


@pytest.mark.parametrize(
    "secret",
    [
        "ya29.PLANTED-marker_x",
        "-----BEGIN PRIVATE KEY-----\nPLANTED\n-----END",
        "1//0gPLANTEDabcdefgh",
        "GOCSPX-PLANTED",
        "eyJhbGciOi.PLANTED.sig",
        "Bearer PLANTED",
    ],
)
def test_a_quoted_message_holds_no_secret(secret: str):
    assert "PLANTED" not in quote(f"cannot do this with {secret}")
    assert "PLANTED" not in of_answer(400, {"message": f"odd: {secret}"}, reading()).message


def test_a_file_in_the_bin_is_missing_though_sheets_would_go_on_writing_it():
    check_not_in_bin({"trashed": False}, reading())
    with pytest.raises(WorkbookMissing, match="in the bin of Google Drive"):
        check_not_in_bin({"trashed": True}, reading())


def test_a_new_owner_is_a_remark():
    file = {"owners": [{"emailAddress": "New@Stockport.example"}]}
    (remark,) = owner_remarks(file, "old@tameside.example", "Hub")
    assert "new@stockport.example, before old@tameside.example" in remark.what
    assert owner_remarks(file, "new@stockport.example", "Hub") == ()
    assert owner_remarks(file, "", "Hub") == ()
    assert owner_of({"driveId": "0Abc"}) == "0abc"


def test_a_locale_that_swaps_day_and_month_is_a_remark_with_the_clicks_that_mend_it():
    found = locale_remarks({"locale": "en_US", "timeZone": "America/New_York"}, "Hub")
    assert ["03/04" in found[0].what, "United Kingdom" in found[0].fix] == [True, True]
    assert "Europe/London" in found[1].fix
    assert locale_remarks({"locale": "en_GB", "timeZone": "Europe/London"}, "Hub") == ()


def test_a_key_file_that_others_can_read_is_a_remark_with_the_command(tmp_path: Path, monkeypatch: Any):
    path = tmp_path / "key.json"
    path.write_text(json.dumps({}), "utf-8")
    monkeypatch.setattr("engage.workbook.google.remarks.os.name", "posix")
    path.chmod(0o640)
    assert [f'run: chmod 600 "{path}"'] == [remark.fix for remark in key_file_remarks(path)]
    path.chmod(0o600)
    assert key_file_remarks(path) == ()


def test_on_windows_the_rights_of_a_key_file_are_a_note(tmp_path: Path, monkeypatch: Any):
    path = tmp_path / "key.json"
    monkeypatch.setattr("engage.workbook.google.remarks.os", type("os", (), {"name": "nt"}))
    assert "icacls" in key_file_remarks(path)[0].fix

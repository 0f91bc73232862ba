"""The front over real sockets: tokens, quota, and every fault that it says it plays."""

from __future__ import annotations

import http.client
import json
import threading
from pathlib import Path
from typing import Any

import pytest
import requests
from google.auth import exceptions as auth
from google.auth.transport.requests import AuthorizedSession
from google.oauth2 import service_account

from . import __main__ as command
from .accounts import ADDRESS, private_key
from .faults import AFTER, BEFORE, NAMES, Faults
from .notebook import Notebook
from .serving import Served, serving

SHEETS = "https://www.googleapis.com/auth/spreadsheets"
BOOK = "/v4/spreadsheets/1abc"


@pytest.fixture
def key(server: Served, tmp_path: Path) -> dict[str, Any]:
    return json.loads(server.key_file(tmp_path).read_text("utf-8"))  # type: ignore[no-any-return]


@pytest.fixture
def session(server: Served, key: dict[str, Any]) -> requests.Session:
    """Signed in with google-auth, then on its own: what google-auth repeats is not our subject."""
    return signed_in(key)


def signed_in(key: dict[str, Any], scopes: tuple[str, ...] = (SHEETS,)) -> requests.Session:
    credentials = service_account.Credentials.from_service_account_info(key, scopes=scopes)
    credentials._perform_refresh_token(AuthorizedSession(credentials)._auth_request)
    session = requests.Session()
    session.trust_env = False
    session.headers["Authorization"] = f"Bearer {credentials.token}"
    return session


def test_google_auth_signs_in_with_the_key_file_and_the_caller_is_known(
    server: Served, session: requests.Session
):
    assert session.get(server.url + BOOK).json()["caller"] == ADDRESS


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"private_key_id": "another"}, "Invalid JWT Signature"),
        ({"client_email": "nobody@engage-test.iam.gserviceaccount.com"}, "account not found"),
    ],
)
def test_what_is_not_signed_by_a_known_key_gets_no_token(change: dict[str, str], words: str, key: Any):
    with pytest.raises(auth.RefreshError, match=words):
        signed_in({**key, **change})


def test_another_key_under_the_same_name_gets_no_token(server: Served, key: Any):
    server.front.office.services[ADDRESS].keys["key-1"] = private_key(2)
    with pytest.raises(auth.RefreshError, match="Invalid JWT Signature"):
        signed_in(key)


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion": "x"},
        {"grant_type": "refresh_token", "refresh_token": "x"},
        {"grant_type": "authorization_code", "code": "x"},
    ],
)
def test_a_grant_that_is_not_one_is_refused_as_oauth_says(server: Served, form: dict[str, str]):
    answer = requests.post(server.url + "/token", data=form)
    assert answer.status_code in (400, 401)
    assert set(answer.json()) == {"error", "error_description"}


@pytest.mark.parametrize("heading", [None, "Bearer nonsense", "Bearer <ACCESS_TOKEN>", "Basic eDp5"])
def test_without_a_token_nothing_is_answered(server: Served, notebook: Notebook, heading: str | None):
    answer = requests.get(server.url + BOOK, headers={"Authorization": heading} if heading else {})
    assert (answer.status_code, answer.json()["error"]["status"]) == (401, "UNAUTHENTICATED")
    assert notebook.reads == 0


def test_the_recordings_token_is_good_only_where_it_is_asked_for(notebook: Notebook):
    with serving(notebook, recordings=True) as served:
        answer = requests.get(served.url + BOOK, headers={"Authorization": "Bearer <ACCESS_TOKEN>"})
    assert answer.json()["caller"] == "service-account@example.iam.gserviceaccount.com"


def test_a_scope_opens_what_it_is_for(server: Served, session: requests.Session, key: Any):
    refused = session.get(server.url + "/drive/v3/files/1abc")
    assert refused.json()["error"]["details"][0]["reason"] == "ACCESS_TOKEN_SCOPE_INSUFFICIENT"
    drive = signed_in(key, ("https://www.googleapis.com/auth/drive.metadata.readonly",))
    assert drive.get(server.url + "/drive/v3/files/1abc").status_code == 200
    assert drive.post(server.url + "/drive/v3/files", json={}).status_code == 403
    assert drive.get(server.url + BOOK).status_code == 403


def test_quota_counts_reads_and_writes_apart_and_ends_after_a_minute(
    server: Served, session: requests.Session
):
    quota, now = server.front.quota, [0.0]
    quota.now, quota.per_user = lambda: now[0], 3
    answers = [session.get(server.url + BOOK) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert answers[3].json()["error"]["message"] == (
        "Quota exceeded for quota metric 'Read requests' and limit 'Read requests per minute per user' of "
        "service 'sheets.googleapis.com' for consumer 'project_number:123456789012'."
    )
    assert session.post(server.url + BOOK + ":batchUpdate", json={}).status_code == 200
    now[0] = 60.0
    assert session.get(server.url + BOOK).status_code == 200


def test_a_projects_quota_is_shared_by_its_users(server: Served):
    quota = server.front.quota
    quota.per_project = 3
    refused = [quota.refusal(user, "p", "Read") for user in "abcd"]
    assert [answer is None for answer in refused] == [True, True, True, False]
    assert "per minute'" in refused[3].get_data(as_text=True)  # type: ignore[union-attr]


def test_connections_stay_open_as_googles_do(server: Served, session: requests.Session):
    connection = http.client.HTTPConnection("127.0.0.1", int(server.url.rpartition(":")[2]))
    headings = {"Authorization": str(session.headers["Authorization"])}
    ports = set()
    for _ in range(3):
        connection.request("GET", BOOK, headers=headings)
        connection.getresponse().read()
        ports.add(connection.sock.getsockname())
    connection.close()
    assert len(ports) == 1


@pytest.mark.parametrize("name", [name for name in BEFORE if not name.startswith("token")])
def test_a_fault_before_changes_nothing(
    name: str, server: Served, session: requests.Session, notebook: Notebook
):
    server.front.faults.plan(name)
    answer = session.post(server.url + BOOK + ":batchUpdate", allow_redirects=False)
    assert answer.status_code == int(name[:3])
    assert notebook.changes == 0


@pytest.mark.parametrize("name", AFTER)
def test_a_fault_after_hides_a_change_that_was_made(
    name: str, server: Served, session: requests.Session, notebook: Notebook
):
    server.front.faults.plan(name)
    answer = session.post(server.url + BOOK + ":batchUpdate", allow_redirects=False)
    assert answer.status_code == int(name[:3])
    assert notebook.changes == 1


@pytest.mark.parametrize(("name", "changes"), [("reset-before", 0), ("reset-after", 1)])
def test_a_reset_is_a_real_one(
    name: str, changes: int, server: Served, session: requests.Session, notebook: Notebook
):
    server.front.faults.plan(name)
    with pytest.raises(requests.ConnectionError, match=r"reset|aborted|10054"):
        session.post(server.url + BOOK + ":batchUpdate")
    assert notebook.changes == changes
    assert server.front.calls[-1].status == 0
    assert session.get(server.url + BOOK).status_code == 200


def test_a_late_change_is_made_only_after_somebody_has_looked(
    server: Served, session: requests.Session, notebook: Notebook
):
    server.front.faults.plan("late", on=":batchUpdate")
    with pytest.raises(requests.ConnectionError, match=r"reset|aborted|10054"):
        session.post(server.url + BOOK + ":batchUpdate", json={"requests": []})
    seen = [session.get(server.url + BOOK).json()["changes"] for _ in range(2)]
    assert (seen, notebook.changes) == ([0, 1], 1)


def test_a_slow_body_begins_and_does_not_end(server: Served, session: requests.Session, notebook: Notebook):
    server.front.faults.plan("slow")
    with pytest.raises(requests.ConnectionError, match="timed out"):
        session.post(server.url + BOOK + ":batchUpdate", timeout=0.2)
    assert notebook.changes == 1


def test_an_answer_cut_short_is_no_json(server: Served, session: requests.Session):
    server.front.faults.plan("cut-short")
    with pytest.raises(requests.JSONDecodeError):
        session.get(server.url + BOOK).json()


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_person_may_edit_just_before_or_after_a_request(
    moment: str, server: Served, session: requests.Session, notebook: Notebook
):
    seen: list[int] = []
    server.front.faults.plan(f"edit-{moment}", on=":batchUpdate", do=lambda: seen.append(notebook.changes))
    session.get(server.url + BOOK)
    session.post(server.url + BOOK + ":batchUpdate")
    assert seen == [0 if moment == "before" else 1]


def test_while_drive_lags_a_file_seems_not_to_have_changed(server: Served, key: Any, notebook: Notebook):
    drive = signed_in(key, ("https://www.googleapis.com/auth/drive.metadata.readonly",))
    server.front.faults.plan("lag", times=2)
    seen = []
    for day in (20, 21, 22):
        notebook.modified = f"2026-11-{day}T10:00:00.000Z"
        seen.append(drive.get(server.url + "/drive/v3/files/1abc").json()["modifiedTime"][8:10])
    assert seen == ["20", "20", "22"]


def test_a_plan_counts_only_what_matches_and_goes_on_as_long_as_it_says():
    faults = Faults()
    fault = faults.plan("503", nth=2, times=2, on=":batchUpdate")
    due = [bool(faults.due(f"POST {BOOK}{verb}")) for verb in (":batchUpdate", "", *[":batchUpdate"] * 4)]
    assert due == [False, False, True, True, False, False]
    assert fault.played == 2


def test_a_token_fault_leaves_other_requests_alone():
    faults = Faults()
    faults.plan("token-503")
    assert not faults.due(f"GET {BOOK}")
    assert faults.due("POST /token")


def test_a_fault_that_is_not_played_is_refused_by_name():
    with pytest.raises(KeyError, match="no fault is called meteor"):
        Faults().plan("meteor")


def test_every_fault_of_the_list_is_played():
    wanted = "401 403 404 408 429 429-retry-after 500 503 502-html reset-before reset-after slow token-400 "
    wanted += "token-503 token-refused edit-before edit-after lag"
    assert set(wanted.split()) <= set(NAMES)


def test_the_command_serves_with_a_key_file_and_the_faults_that_were_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    over = threading.Event()
    over.set()
    command.main(["--port", "0", "--fault", "503@2:batchUpdate", "--folder", str(tmp_path)], until=over)
    assert "at http://127.0.0.1:" in capsys.readouterr().out
    assert {path.name for path in tmp_path.iterdir()} == {"key.json", "client_secret.json"}
    faults = Faults()
    command.plan(faults, "503@2:batchUpdate")
    assert (faults.planned[0].nth, faults.planned[0].on) == (2, "batchUpdate")

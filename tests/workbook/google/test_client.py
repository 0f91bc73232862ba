"""The client over real HTTP: what is repeated, what never is, how fast, and what it says meanwhile."""

from __future__ import annotations

import logging
import socket
from pathlib import Path
from typing import Any

import pytest
import requests
from google.auth.credentials import AnonymousCredentials

from engage.config import Google
from engage.errors import ConfigError, EffectUnknown, WorkbookBusy
from engage.workbook.google.client import LARGEST_BODY_BYTES, GoogleClient, size_of
from engage.workbook.google.signing_in import sign_in
from tests.sheets_server.notebook import Notebook
from tests.sheets_server.pretend_time import PretendTime
from tests.sheets_server.serving import Served

from .conftest import Connect

LOST = ["408", "500", "503", "502-html", "reset-before", "slow", "cut-short", "reset-after", "503-after"]
MADE = {"slow", "cut-short", "reset-after", "503-after"}
REFUSED_FOR_NOW = ["429", "429-retry-after", "token-503", "token-refused"]


def test_a_read_names_its_ranges_and_fields_and_comes_from_the_service_account(client: GoogleClient):
    answer = client.get_spreadsheet("1abc", ranges=["Employers!A1:B2", "Lists!A:A"], fields="sheets")
    assert answer["ranges"] == ["Employers!A1:B2", "Lists!A:A"]
    assert answer["caller"] == client.caller == "engage@engage-test.iam.gserviceaccount.com"


def test_a_change_is_sent_as_compact_utf_8_whose_size_is_known_beforehand(client: GoogleClient):
    body = {"requests": [{"title": "Ashton Café – 1"}]}
    sent = client.batch_update("1abc", body)["sent"]
    assert sent == '{"requests":[{"title":"Ashton Café – 1"}]}'
    assert size_of(body) == len(sent.encode()) < LARGEST_BODY_BYTES


@pytest.mark.parametrize("fault", LOST)
def test_a_change_whose_answer_is_lost_is_never_sent_again(
    fault: str, client: GoogleClient, server: Served, notebook: Notebook
):
    server.front.faults.plan(fault)
    with pytest.raises(EffectUnknown, match="whether the change was made is not known") as caught:
        client.batch_update("1abc", {"requests": []}, where="Hub")
    assert caught.value.where == "Hub"
    assert notebook.changes == (fault in MADE)
    assert client.requests.write == 1


@pytest.mark.parametrize("fault", LOST)
def test_a_read_whose_answer_is_lost_is_asked_again(fault: str, client: GoogleClient, server: Served):
    server.front.faults.plan(fault, times=2)
    assert client.get_spreadsheet("1abc")["changes"] == 0
    assert client.requests.read == 3


@pytest.mark.parametrize("fault", REFUSED_FOR_NOW)
def test_a_change_that_cannot_have_been_made_is_sent_again(
    fault: str, client: GoogleClient, server: Served, notebook: Notebook
):
    server.front.faults.plan(fault, times=3)
    client.batch_update("1abc", {"requests": []})
    assert notebook.changes == 1


def test_retry_after_is_waited_for(client: GoogleClient, server: Served, clock: PretendTime):
    server.front.faults.plan("429-retry-after")
    client.get_spreadsheet("1abc")
    assert clock.naps == [7.0]


def test_waits_double_have_jitter_and_end(client: GoogleClient, server: Served, clock: PretendTime):
    clock.dice = 0.0
    server.front.faults.plan("429", times=100)
    with pytest.raises(WorkbookBusy, match="limit of requests a minute"):
        client.get_spreadsheet("1abc")
    assert clock.naps == [0.5, 1, 2, 4, 8, 16, 32]
    assert client.requests.read == 8


def test_a_refusal_is_not_asked_again(client: GoogleClient, server: Served):
    server.front.faults.plan("403", times=100)
    with pytest.raises(Exception, match="not shared with engage@"):
        client.get_spreadsheet("1abc")
    assert client.requests.read == 1


def test_a_token_that_ran_out_is_made_anew_and_the_change_made_once(
    client: GoogleClient, server: Served, notebook: Notebook
):
    client.get_spreadsheet("1abc")
    server.front.office.forget_tokens()
    client.batch_update("1abc", {"requests": []})
    assert (notebook.changes, len(server.front.office.asked)) == (1, 2)


def test_no_minute_holds_more_than_sixty_requests_of_a_user(
    connect: Connect, server: Served, clock: PretendTime
):
    clients = [connect(), connect()]
    for number in range(150):
        clients[number % 2].get_spreadsheet("1abc")
    assert 429 not in {call.status for call in server.front.calls}
    assert server.front.quota.most_in_a_minute == 60
    assert sum(clock.naps) == pytest.approx(122)


def test_reads_and_writes_are_counted_apart_and_drive_waits_for_neither(
    client: GoogleClient, clock: PretendTime
):
    for _ in range(60):
        client.get_spreadsheet("1abc")
        client.batch_update("1abc", {})
        client.get_file("1abc")
    assert clock.naps == []
    assert (client.requests.read, client.requests.write, client.requests.drive) == (60, 60, 60)
    assert client.requests.total == 180


def test_the_servers_quota_is_real(connect: Connect, server: Served, clock: PretendTime):
    server.front.quota.per_user = 5
    client = connect()
    for _ in range(12):
        client.get_spreadsheet("1abc")
    refused = [call for call in server.front.calls if call.status == 429]
    assert refused
    assert server.front.quota.most_in_a_minute == 5


def test_gspreads_everyday_methods_follow_the_same_rules(client: GoogleClient, server: Served):
    server.front.faults.plan("slow")
    assert client.values_get("1abc", "Employers!A1")["changes"] == 0
    server.front.faults.plan("reset-after")
    with pytest.raises(EffectUnknown):
        client.values_append("1abc", "Employers!A1", {"valueInputOption": "RAW"}, {"values": [["x"]]})
    assert (client.requests.read, client.requests.write) == (2, 1)


def test_the_log_has_ids_and_no_name_of_a_tab_and_no_token(
    client: GoogleClient, server: Served, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.DEBUG)
    client.get_spreadsheet("1abc", ranges=["Redundancies at Stamford Mill!A1"])
    client.values_get("1abc", "Redundancies at Stamford Mill!A1")
    client.batch_update("1abc", {"requests": ["Stamford Mill"]})
    assert "google POST /v4/spreadsheets/1abc:batchUpdate: 200" in caplog.text
    assert "Stamford" not in caplog.text
    assert "ya29" not in caplog.text


@pytest.mark.parametrize("fault", ["302", "307", "200-html"])
def test_the_page_of_a_proxy_is_not_taken_for_google_nor_followed(
    fault: str, client: GoogleClient, server: Served, notebook: Notebook
):
    server.front.faults.plan(fault, times=100)
    with pytest.raises(WorkbookBusy, match="not Google's answer"):
        client.get_spreadsheet("1abc")
    with pytest.raises((WorkbookBusy, EffectUnknown)):
        client.batch_update("1abc", {})
    assert notebook.changes == 0


def test_with_a_local_endpoint_nothing_leaves_this_machine(
    client: GoogleClient, monkeypatch: pytest.MonkeyPatch
):
    looked_up: list[str] = []
    real = socket.getaddrinfo

    def noted(host: str, *args: Any, **options: Any) -> Any:
        looked_up.append(host)
        return real(host, *args, **options)

    monkeypatch.setattr(socket, "getaddrinfo", noted)
    client.get_spreadsheet("1abc")
    client.get_file("1abc")
    worker = client.auth._rab_manager.refresh_manager._worker  # asks iamcredentials.googleapis.com
    worker.join(10)
    assert set(looked_up) == {"127.0.0.1"}


def test_a_proxy_of_the_environment_is_not_asked_for_this_machine(
    client: GoogleClient, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    assert client.get_spreadsheet("1abc")["changes"] == 0


def test_without_an_endpoint_requests_go_to_google_over_tls(monkeypatch: pytest.MonkeyPatch):
    sent: list[tuple[str | None, bool]] = []

    def noted(self: Any, request: requests.PreparedRequest, *_: Any, **options: Any) -> requests.Response:
        sent.append((request.url, bool(options["verify"])))
        response = requests.Response()
        response.status_code, response._content = 200, b"{}"
        return response

    monkeypatch.setattr("requests.adapters.HTTPAdapter.send", noted)
    client = GoogleClient(AnonymousCredentials(), pacer=PretendTime().pacer())
    client.batch_update("1abc", {})
    client.get_file("1abc", fields="id")
    assert sent == [
        ("https://sheets.googleapis.com/v4/spreadsheets/1abc:batchUpdate", True),
        ("https://www.googleapis.com/drive/v3/files/1abc?fields=id&supportsAllDrives=true", True),
    ]


def test_a_password_of_netrc_never_takes_the_tokens_place(
    settings: Google, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    (tmp_path / "netrc").write_text("default login jo password secret\n", "utf-8")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    client = GoogleClient(sign_in(settings))
    request = requests.Request("GET", "https://sheets.googleapis.com/", headers={"Authorization": "Bearer t"})
    assert client.session.prepare_request(request).headers["Authorization"] == "Bearer t"


def test_a_server_that_is_not_there_is_said_in_words(connect: Connect, server: Served, clock: PretendTime):
    client = connect()
    client.get_spreadsheet("1abc")
    client._transport._endpoint = f"http://127.0.0.1:{_unused_port()}"
    with pytest.raises(WorkbookBusy, match="cannot be reached from this computer"):
        client.batch_update("1abc", {})
    assert client.requests.write == 8


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://sheets.example",
        "http://127.0.0.1",
        "http://127.0.0.1:8099/",
        "http://127.0.0.1:8099@evil.example",
        "http://127.0.0.1.evil.example:8099",
        "http://localhost:8099",
        "http://[::1",
        "https://127.0.0.1:8099",
    ],
)
def test_an_endpoint_that_is_not_this_machine_is_refused(endpoint: str):
    with pytest.raises(ConfigError, match="only a server on this machine"):
        Google(endpoint=endpoint)


def _unused_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

"""Signing in, each way, against a server that checks what is signed; secrets stay where they are."""

from __future__ import annotations

import io
import json
import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import keyring
import pytest
from keyring.backends.fail import Keyring as NoKeyring

from engage.config import Google
from engage.errors import ConfigError, SignInError
from engage.workbook.google.client import GoogleClient
from engage.workbook.google.expiry import KeyDates, key_dates, key_remarks, person_remarks
from engage.workbook.google.keyring_store import KeptSignIn, forget, kept
from engage.workbook.google.person import sign_in_person
from engage.workbook.google.signing_in import FILE_FACTS, OWN_FILES, SPREADSHEETS, scopes, sign_in
from tests.sheets_server.accounts import private_key
from tests.sheets_server.consent import InMemory, browser, ring
from tests.sheets_server.pretend_time import PretendTime
from tests.sheets_server.serving import Served

__all__ = ["browser", "ring"]

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture
def as_person(server: Served, tmp_path: Path, ring: InMemory, browser: str) -> Google:
    secrets = server.client_secrets(tmp_path)
    return Google("user", credentials=secrets, endpoint=server.url)


def read_as(settings: Google, clock: PretendTime) -> dict[str, Any]:
    client = GoogleClient(
        sign_in(settings),
        endpoint=settings.endpoint,
        timing=clock.timing,
        pacer=clock.pacer(),
        timeout=(2, 2),
    )
    return client.get_spreadsheet("1abc")


def test_the_scopes_are_spreadsheets_and_facts_of_files_and_own_files_only_when_one_is_made():
    assert scopes() == [SPREADSHEETS, FILE_FACTS]
    assert scopes(creating=True) == [SPREADSHEETS, FILE_FACTS, OWN_FILES]


def test_what_is_signed_is_checked_with_the_public_key(settings: Google, server: Served, clock: PretendTime):
    assert read_as(settings, clock)["caller"].startswith("engage@")
    (account,) = server.front.office.services.values()
    account.keys["key-1"] = private_key(2)
    with pytest.raises(SignInError, match="deleted or replaced"):
        read_as(settings, clock)


def test_a_token_is_given_for_the_scopes_asked_for_and_no_more(settings: Google, server: Served):
    client = GoogleClient(sign_in(settings), endpoint=server.url)
    client.get_file("1abc")
    (bearer,) = server.front.office.bearers.values()
    assert bearer.scopes == {SPREADSHEETS, FILE_FACTS}
    with pytest.raises(SignInError, match="for less than Engage needs"):
        client.create_file({"name": "New"})


@pytest.mark.parametrize("way", ["service-account", "default"])
def test_the_key_file_may_be_named_by_the_environment(
    way: Any, settings: Google, server: Served, clock: PretendTime, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(settings.credentials))
    assert read_as(Google(way, endpoint=server.url), clock)["caller"].startswith("engage@")


def test_a_client_file_that_is_none_is_said_to_be_none(tmp_path: Path):
    (tmp_path / "credentials.json").write_text("no json", "utf-8")
    for path in (tmp_path / "credentials.json", tmp_path / "none.json", None):
        with pytest.raises(ConfigError, match="OAuth client for desktop apps") as caught:
            sign_in(Google("user", credentials=path))
        assert "[google], credentials" in caught.value.where


def test_no_key_file_and_no_sign_in_of_the_machine_are_said_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("CLOUDSDK_CONFIG", str(tmp_path))
    with pytest.raises(ConfigError, match="no key file is named"):
        sign_in(Google())
    with pytest.raises(SignInError, match="no sign-in for Google"):
        sign_in(Google("default"))


@pytest.mark.parametrize(
    "content",
    ["", "PLANTED", '{"type": "service_account"}', '{"installed": {"client_secret": "PLANTED"}}', "[]", "{}"],
)
def test_what_is_not_a_key_is_refused_and_never_quoted(content: str, tmp_path: Path):
    path = tmp_path / "key.json"
    path.write_text(content, "utf-8")
    with pytest.raises(ConfigError, match="not the key file of a service account") as caught:
        sign_in(Google(credentials=path))
    assert "PLANTED" not in caught.value.message
    with pytest.raises(ConfigError, match="not the key file"):
        sign_in(Google(credentials=tmp_path / "none.json"))


def test_a_damaged_key_is_refused_and_never_quoted(settings: Google, tmp_path: Path):
    content = json.loads(settings.credentials.read_text("utf-8"))  # type: ignore[union-attr]
    path = tmp_path / "damaged.json"
    path.write_text(json.dumps({**content, "private_key": "-----BEGIN PRIVATE KEY-----PLANTED"}), "utf-8")
    path.chmod(0o600)
    with pytest.raises(ConfigError) as caught:
        sign_in(Google(credentials=path, endpoint=settings.endpoint))
    assert "PLANTED" not in caught.value.message
    assert caught.value.__cause__ is None


@pytest.mark.parametrize("endpoint", ["", "http://127.0.0.1:1"])
def test_a_key_that_would_be_used_elsewhere_is_refused(endpoint: str, settings: Google):
    with pytest.raises(ConfigError, match="token_uri"):
        sign_in(Google(credentials=settings.credentials, endpoint=endpoint))


def test_a_key_that_others_can_read_is_warned_of(
    settings: Google, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("engage.workbook.google.remarks.os.name", "posix")
    settings.credentials.chmod(0o644)  # type: ignore[union-attr]
    sign_in(settings)
    assert "others on this computer can read the key file. run: chmod 600" in caplog.text


def test_a_person_signs_in_once_and_stays_signed_in(as_person: Google, ring: InMemory, clock: PretendTime):
    with pytest.raises(SignInError, match="nobody has signed in"):
        sign_in(as_person)
    found = sign_in_person(as_person, scopes(), browser="test-browser", now=NOW)
    assert (found.account, found.end, found.signed_in) == (
        "priya@tameside.example",
        None,
        "2026-11-22T09:00:00+00:00",
    )
    assert read_as(as_person, clock)["caller"] == "priya@tameside.example"
    assert len(ring.entries) == 1


def test_the_keyring_holds_neither_the_apps_secret_nor_an_access_token(
    as_person: Google, ring: InMemory, server: Served
):
    sign_in_person(as_person, scopes(), browser="test-browser")
    (entry,) = ring.entries.values()
    assert server.front.office.app.client_secret not in entry
    assert "ya29" not in entry
    assert len(entry.encode("utf-16-le")) < 2560


def test_a_withdrawn_sign_in_is_said_in_words(as_person: Google, server: Served, clock: PretendTime):
    sign_in_person(as_person, scopes(), browser="test-browser")
    server.front.office.people[0].refresh_tokens.clear()
    with pytest.raises(SignInError, match="run out or was withdrawn"):
        read_as(as_person, clock)
    forget(server.front.office.app.client_id)
    with pytest.raises(SignInError, match="nobody has signed in"):
        read_as(as_person, clock)


def test_a_box_left_unticked_is_no_sign_in(as_person: Google, server: Served, ring: InMemory):
    server.front.office.people[0].unticked = (SPREADSHEETS,)
    with pytest.raises(SignInError, match="not every box was ticked"):
        sign_in_person(as_person, scopes(), browser="test-browser")
    assert ring.entries == {}


@pytest.mark.parametrize("fault", ["token-503", "token-400", "token-refused"])
def test_a_sign_in_that_google_does_not_finish_is_said_in_words(
    fault: str, as_person: Google, server: Served, ring: InMemory
):
    server.front.faults.plan(fault, times=9)
    with pytest.raises(SignInError, match="the sign-in was not finished"):
        sign_in_person(as_person, scopes(), browser="test-browser")
    assert ring.entries == {}


def test_a_computer_without_a_keyring_is_said_in_words(as_person: Google, ring: InMemory):
    keyring.set_keyring(NoKeyring())
    with pytest.raises(SignInError, match="no keyring that opens"):
        sign_in(as_person)


def test_a_damaged_entry_counts_as_nobody(as_person: Google, ring: InMemory, server: Served):
    client_id = server.front.office.app.client_id
    for entry in ("{", "[]", '{"scopes": 3}', '{"scopes": [], "other": 1}'):
        ring.set_password("engage-google", client_id, entry)
        assert kept(client_id) is None


def test_an_app_in_testing_says_when_the_sign_in_ends(as_person: Google, server: Served):
    server.front.office.people[0].lasts_seconds = 7 * 24 * 3600
    found = sign_in_person(as_person, scopes(), browser="test-browser", now=NOW)
    assert found.end == NOW + timedelta(days=7)
    assert person_remarks(found, NOW) == ()
    (remark,) = person_remarks(found, NOW + timedelta(days=5))
    assert "priya@tameside.example ends on 29 November 2026" in remark.what


def test_google_says_when_a_key_was_made_and_when_it_ends(client: GoogleClient, server: Served):
    (account,) = server.front.office.services.values()
    made = key_dates(client, client.auth)
    assert made == KeyDates(datetime(2026, 1, 5, 9, tzinfo=UTC), None)
    assert key_remarks(made, NOW) == ()
    account.ends = NOW + timedelta(days=12)
    (remark,) = key_remarks(key_dates(client, client.auth), NOW)
    assert "ends on 4 December 2026" in remark.what


def test_a_key_that_google_no_longer_lists_is_a_remark(client: GoogleClient, server: Served):
    client.get_spreadsheet("1abc")
    (account,) = server.front.office.services.values()
    account.keys.clear()
    assert key_remarks(key_dates(client, client.auth), NOW)[0].what.startswith("Google no longer lists")


def test_no_secret_reaches_a_log_a_message_or_a_repr(
    as_person: Google,
    settings: Google,
    server: Served,
    clock: PretendTime,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
):
    for name in ("", "google", "google.auth", "urllib3", "requests_oauthlib", "oauthlib"):
        caplog.set_level(logging.DEBUG, logger=name)
    said = io.StringIO()
    found = sign_in_person(as_person, scopes(), browser="test-browser")
    for way in (as_person, settings):
        read_as(way, clock)
        print(sign_in(way), found, way, server.front.office.app, file=said)
        server.front.office.bearers.clear()
        server.front.faults.plan("token-400")
        with pytest.raises(SignInError) as caught:
            read_as(way, clock)
        print(caught.value, repr(caught.value), file=said)
        server.front.faults.clear()
    text = caplog.text + said.getvalue() + "".join(capsys.readouterr())
    private = json.loads(settings.credentials.read_text("utf-8"))["private_key"]  # type: ignore[union-attr]
    refresh = next(iter(server.front.office.people[0].refresh_tokens))
    for secret in (private[40:90], refresh, "ya29.", "GOCSPX", "assertion", "code="):
        assert secret not in text


def test_a_kept_sign_in_hides_its_token():
    assert "PLANTED" not in repr(KeptSignIn("PLANTED"))

"""Signing in by token: a local server makes the tokens, a real mail server takes them by XOAUTH2."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from aiosmtpd.smtp import AuthResult
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from engage.config import Mail
from engage.errors import MailError
from engage.mail.choosing import service_for
from engage.mail.device_code import sign_in_by_code
from engage.mail.oauth import Issuer, Tokens, google, microsoft, sign_in_with_token
from engage.mail.passwords import keep_newer
from engage.mail.service_account import Delegated, is_service_account
from engage.mail.smtp import SmtpTransport

from .servers import SENDER, USER, Hooks, Plan, new_authority, serving
from .test_smtp import envelope

ISSUER = Issuer("", "our-app", "mail", device_url="")


@contextmanager
def answering(*answers: tuple[int, dict[str, object]]) -> Iterator[tuple[Issuer, list[dict[str, str]]]]:
    """A token service that gives these answers in turn; and what it was asked."""
    asked: list[dict[str, str]] = []
    left = list(answers)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers["Content-Length"])).decode()
            asked.append({key: value[0] for key, value in parse_qs(raw).items()})
            code, answer = left.pop(0)
            body = json.dumps(answer).encode()
            self.send_response(code)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    url = f"http://127.0.0.1:{server.server_port}/"
    try:
        yield replace(ISSUER, token_url=url, device_url=url), asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def tokens_of(issuer: Issuer, kept: list[str], now: list[float]) -> Tokens:
    return Tokens(lambda: issuer, lambda: kept[-1], kept.append, lambda: now[0])


def good(token: str = "t1", **more: object) -> tuple[int, dict[str, object]]:
    return 200, {"access_token": token, "expires_in": 3600, **more}


def test_a_token_is_used_until_shortly_before_it_runs_out():
    now, kept = [0.0], ["r1"]
    with answering(good("t1"), good("t2")) as (issuer, asked):
        tokens = tokens_of(issuer, kept, now)
        assert [tokens.access(), tokens.access()] == ["t1", "t1"]
        now[0] = 3550.0
        assert tokens.access() == "t2"
    assert [form["refresh_token"] for form in asked] == ["r1", "r1"]
    assert asked[0]["client_id"] == "our-app"


def test_a_newer_refresh_token_is_kept_in_place_of_the_old():
    now, kept = [0.0], ["r1"]
    with answering(good(refresh_token="r2"), good("t2")) as (issuer, asked):
        tokens = tokens_of(issuer, kept, now)
        tokens.access()
        now[0] = 4000.0
        tokens.access()
    assert kept == ["r1", "r2"]
    assert asked[1]["refresh_token"] == "r2"


def test_a_refresh_token_of_the_environment_is_not_copied_anywhere(monkeypatch):
    kept = []
    monkeypatch.setattr("engage.mail.passwords.keep_password", lambda *_: kept.append(1))
    settings = replace_smtp()
    keep_newer(settings, "r2", {settings.password_env: "r1"})
    assert kept == []
    keep_newer(settings, "r2", {})
    assert kept == [1]


def replace_smtp():
    from engage.config import Smtp  # noqa: PLC0415

    return Smtp("mail.harwick.example", 587, user=USER)


def test_a_sign_in_that_is_no_longer_good_says_which_command_to_run():
    with answering((400, {"error": "invalid_grant"})) as (issuer, _), pytest.raises(MailError) as caught:
        tokens_of(issuer, ["secret-r1"], [0.0]).access()
    assert "invalid_grant" in caught.value.message
    assert "engage mail sign-in" in caught.value.message
    assert "secret-r1" not in caught.value.message


@pytest.mark.parametrize("code", [429, 500, 503])
def test_a_token_service_in_trouble_is_asked_again_later(code):
    with answering((code, {})) as (issuer, _), pytest.raises(OSError, match=str(code)):
        tokens_of(issuer, ["r1"], [0.0]).access()


class Bearer(Hooks):
    """A server's side of XOAUTH2: it takes one token, and says no as Microsoft and Google do."""

    async def auth_XOAUTH2(self, server, args):  # noqa: N802
        wanted = f"user={USER}\x01auth=Bearer t1\x01\x01"
        if base64.b64decode(args[1]).decode() == wanted:
            return AuthResult(success=True, auth_data=USER)
        await server.push("334 eyJzdGF0dXMiOiI0MDEifQ==")
        await server._reader.readline()
        return AuthResult(success=False, handled=False)


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return new_authority(tmp_path_factory.mktemp("ca"))


@pytest.mark.parametrize(("token", "result"), [("t1", "sent"), ("stale", "configuration")])
def test_a_token_opens_a_real_mail_server_and_a_stale_one_stops_the_run(
    authority, token, result, monkeypatch
):
    monkeypatch.setattr("tests.mail.servers.Hooks", Bearer)
    plan = Plan()
    with serving(plan, authority) as settings:
        way = SmtpTransport(
            settings, SENDER, lambda line: sign_in_with_token(USER, token, line), listen_seconds=0.1
        )
        assert way.send(envelope()).result == result
        way.close()
    assert len(plan.taken) == (result == "sent")


def test_a_server_without_xoauth2_gets_no_token(authority):
    with serving(Plan(), authority) as settings:
        way = SmtpTransport(settings, SENDER, lambda line: sign_in_with_token(USER, "t1", line))
        assert way.send(envelope()).result == "configuration"


@pytest.mark.parametrize(
    ("answer", "result"), [((400, {"error": "invalid_grant"}), "configuration"), ((503, {}), "temporary")]
)
def test_a_sign_in_without_a_token_is_an_outcome_like_any_other(authority, answer, result):
    plan = Plan()
    with serving(plan, authority) as settings, answering(answer) as (issuer, _):
        tokens = tokens_of(issuer, ["r1"], [0.0])
        way = SmtpTransport(settings, SENDER, lambda line: sign_in_with_token(USER, tokens.access(), line))
        attempt = way.send(envelope())
    assert (attempt.result, attempt.ends_run, plan.taken) == (result, True, [])


BEGUN = (
    200,
    {"device_code": "d", "user_code": "ABC", "message": "Type ABC", "interval": 5, "expires_in": 60},
)


def signed_in(*answers):
    told, slept, now = [], [], [0.0]

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        now[0] += seconds

    with answering(BEGUN, *answers) as (issuer, _):
        try:
            return sign_in_by_code(issuer, told.append, sleep, lambda: now[0]), slept
        finally:
            assert told == ["Type ABC"]


def test_a_person_types_a_code_and_the_sign_in_is_had():
    waiting, slow = (400, {"error": "authorization_pending"}), (400, {"error": "slow_down"})
    assert signed_in(waiting, slow, good(refresh_token="r1")) == ("r1", [5, 5, 10])


def test_a_person_who_declines_or_never_comes_is_said():
    with pytest.raises(MailError, match="authorization_declined"):
        signed_in((400, {"error": "authorization_declined"}))
    with pytest.raises(MailError, match="in time"):
        signed_in(*[(400, {"error": "authorization_pending"})] * 12)


def test_each_issuer_is_asked_for_mail_and_nothing_else(tmp_path):
    file = tmp_path / "client.json"
    file.write_text(json.dumps({"installed": {"client_id": "c", "client_secret": "s"}}), "utf-8")
    assert google(file).scope == "https://mail.google.com/"
    assert microsoft("harwick.example", "c").scope == "https://outlook.office.com/SMTP.Send offline_access"
    file.write_text("{}", "utf-8")
    with pytest.raises(MailError, match="OAuth client"):
        google(file)


# --- as a service account ----------------------------------------------------------------------------------


def key_file(folder: Path, token_url: str) -> Path:
    key = rsa.generate_private_key(65537, 2048)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    info = {"type": "service_account", "client_email": "digest@p.example", "private_key": pem}
    path = folder / "key.json"
    path.write_text(json.dumps({**info, "token_uri": token_url}), encoding="utf-8")
    return path


def claims(form: dict[str, str]) -> dict[str, str]:
    payload = form["assertion"].split(".")[1]
    return json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))


def test_a_service_account_asks_for_a_token_for_whoever_sends_and_keeps_it(tmp_path):
    with answering(good("t1")) as (issuer, asked):
        file = key_file(tmp_path, issuer.token_url)
        account = Delegated(file, USER)
        assert [account.access(), account.access()] == ["t1", "t1"]
    assert is_service_account(file)
    assert (claims(asked[0])["sub"], claims(asked[0])["scope"]) == (USER, "https://mail.google.com/")


def test_one_that_may_not_act_for_the_sender_is_the_configuration(tmp_path):
    with answering((401, {"error": "unauthorized_client"})) as (issuer, _):
        account = Delegated(key_file(tmp_path, issuer.token_url), USER)
        with pytest.raises(MailError, match="does not let the service account send") as caught:
            account.access()
    assert "domain-wide delegation" in caught.value.fix


def test_a_sign_in_service_that_is_not_there_is_tried_later(tmp_path):
    with answering() as (issuer, _):
        pass
    with pytest.raises(OSError, match="sign-in service"):
        Delegated(key_file(tmp_path, issuer.token_url), USER).access()


def test_a_key_file_that_is_cut_short_is_said(tmp_path):
    path = tmp_path / "key.json"
    path.write_text('{"type": "service_account"}', encoding="utf-8")
    with pytest.raises(MailError, match="not a whole key file"):
        Delegated(path, USER).access()


def test_the_file_that_engage_toml_names_decides_who_signs_in(tmp_path, authority, monkeypatch):
    monkeypatch.setattr("tests.mail.servers.Hooks", Bearer)
    with answering(good("t1")) as (issuer, _), serving(Plan(), authority) as settings:
        file = key_file(tmp_path, issuer.token_url)
        smtp = replace(settings, user=USER, sign_in="google", client_file=file)
        way = service_for(Mail(tmp_path, from_address=SENDER, transport="smtp", smtp=smtp))
        way.listen_seconds = 0.1
        assert way.send(envelope()).result == "sent"
        way.close()

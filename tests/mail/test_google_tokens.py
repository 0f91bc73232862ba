"""Signing in at Google: a local server makes the tokens, a real mail server takes them by XOAUTH2."""

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
from engage.mail import google_tokens
from engage.mail.choosing import service_for
from engage.mail.google_tokens import is_service_account, of_person, of_service_account
from engage.mail.smtp import SmtpTransport
from engage.mail.xoauth2 import sign_in_with_token

from .servers import SENDER, USER, Hooks, Plan, new_authority, serving
from .test_smtp import envelope


@contextmanager
def answering(*answers: tuple[int, dict[str, object]]) -> Iterator[tuple[str, list[dict[str, str]]]]:
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
        yield url, asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def good(token: str = "t1", **more: object) -> tuple[int, dict[str, object]]:
    return 200, {"access_token": token, "expires_in": 3600, **more}


# --- as a person -------------------------------------------------------------------------------------------


@pytest.fixture
def client_file(tmp_path: Path) -> Path:
    file = tmp_path / "client.json"
    file.write_text(json.dumps({"installed": {"client_id": "our-app", "client_secret": "s"}}), "utf-8")
    return file


@contextmanager
def google_says(monkeypatch, *answers: tuple[int, dict[str, object]]) -> Iterator[list[dict[str, str]]]:
    """Google's token service, which gives these answers; what it was asked."""
    monkeypatch.setattr("time.sleep", lambda _: None)  # google-auth asks thrice
    with answering(*answers) as (url, asked):
        monkeypatch.setattr(google_tokens, "TOKENS", url)
        yield asked


def test_a_persons_token_is_asked_for_once_and_kept(client_file, monkeypatch):
    with google_says(monkeypatch, good("t1")) as asked:
        tokens = of_person(client_file, lambda: "r1")
        assert [tokens.access(), tokens.access()] == ["t1", "t1"]
    (form,) = asked
    assert (form["refresh_token"], form["client_id"]) == ("r1", "our-app")
    assert form["scope"] == "https://mail.google.com/"


def test_a_refresh_token_that_is_no_longer_good_says_what_to_do(client_file, monkeypatch):
    with google_says(monkeypatch, (400, {"error": "invalid_grant"})), pytest.raises(MailError) as caught:
        of_person(client_file, lambda: "secret-r1").access()
    assert "engage mail password" in caught.value.message
    assert "secret-r1" not in caught.value.message


@pytest.mark.parametrize("code", [429, 500, 503])
def test_a_token_service_in_trouble_is_asked_again_later(client_file, monkeypatch, code):
    with google_says(monkeypatch, *[(code, {})] * 3), pytest.raises(OSError, match="does not answer"):
        of_person(client_file, lambda: "r1").access()


def test_a_file_that_is_no_client_is_said(client_file):
    client_file.write_text("{}", "utf-8")
    with pytest.raises(MailError, match="OAuth client"):
        of_person(client_file, lambda: "r1").access()


# --- at a mail server --------------------------------------------------------------------------------------


class Bearer(Hooks):
    """A server's side of XOAUTH2: it takes one token, and says no as Microsoft and Google do."""

    wanted = f"user={USER}\x01auth=Bearer t1\x01\x01"

    async def auth_XOAUTH2(self, server, args):  # noqa: N802
        if base64.b64decode(args[1]).decode() == self.wanted:
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
    ("answers", "result"),
    [([(400, {"error": "invalid_grant"})], "configuration"), ([(503, {})] * 3, "temporary")],
)
def test_a_sign_in_without_a_token_is_an_outcome_like_any_other(
    authority, client_file, monkeypatch, answers, result
):
    monkeypatch.setenv("ENGAGE_MAIL_PASSWORD", "r1")
    plan = Plan()
    with serving(plan, authority) as settings, google_says(monkeypatch, *answers):
        smtp = replace(settings, user=USER, sign_in="google", client_file=client_file)
        attempt = service_for(Mail(Path(), from_address=SENDER, transport="smtp", smtp=smtp)).send(envelope())
    assert (attempt.result, attempt.ends_run, plan.taken) == (result, True, [])


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
    with answering(good("t1")) as (url, asked):
        file = key_file(tmp_path, url)
        account = of_service_account(file, USER)
        assert [account.access(), account.access()] == ["t1", "t1"]
    assert is_service_account(file)
    assert (claims(asked[0])["sub"], claims(asked[0])["scope"]) == (USER, "https://mail.google.com/")


def test_one_that_may_not_act_for_the_sender_is_the_configuration(tmp_path):
    with answering((401, {"error": "unauthorized_client"})) as (url, _):
        account = of_service_account(key_file(tmp_path, url), USER)
        with pytest.raises(MailError, match="does not let the service account send") as caught:
            account.access()
    assert "domain-wide delegation" in caught.value.fix


def test_a_sign_in_service_that_is_not_there_is_tried_later(tmp_path):
    with answering() as (url, _):
        pass
    with pytest.raises(OSError, match="sign-in service"):
        of_service_account(key_file(tmp_path, url), USER).access()


def test_a_key_file_that_is_cut_short_is_said(tmp_path):
    path = tmp_path / "key.json"
    path.write_text('{"type": "service_account"}', encoding="utf-8")
    with pytest.raises(MailError, match="not a whole key file"):
        of_service_account(path, USER).access()


def test_the_file_that_engage_toml_names_decides_who_signs_in(tmp_path, authority, monkeypatch):
    monkeypatch.setattr("tests.mail.servers.Hooks", Bearer)
    with answering(good("t1")) as (url, _), serving(Plan(), authority) as settings:
        file = key_file(tmp_path, url)
        smtp = replace(settings, user=USER, sign_in="google", client_file=file)
        way = service_for(Mail(tmp_path, from_address=SENDER, transport="smtp", smtp=smtp))
        way.listen_seconds = 0.1
        assert way.send(envelope()).result == "sent"
        way.close()

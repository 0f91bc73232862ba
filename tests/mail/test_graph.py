"""Microsoft Graph's sendMail, played by a server on this machine: what each answer means."""

from __future__ import annotations

import base64
import json
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
import requests
from urllib3.connectionpool import HTTPSConnectionPool
from urllib3.exceptions import MaxRetryError, SSLError

from engage.errors import MailError
from engage.mail.graph import GraphTransport

from .servers import free_port
from .test_smtp import envelope


@contextmanager
def graph(status: int, code: str = "") -> Iterator[tuple[GraphTransport, list[tuple[str, str, bytes]]]]:
    """A Graph that answers so (0: it hangs up instead), and what it was sent: path, token, message."""
    got: list[tuple[str, str, bytes]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            assert self.headers["Content-Type"] == "text/plain"
            got.append((self.path, self.headers["Authorization"], base64.b64decode(body)))
            if not status:
                self.connection.shutdown(socket.SHUT_RDWR)
                self.close_connection = True
                return
            answer = json.dumps({"error": {"code": code}}).encode() if code else b""
            self.send_response(status)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield GraphTransport(lambda: "t1", base=f"http://127.0.0.1:{server.server_port}/v1.0"), got
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_graph_gets_our_whole_message_with_its_headers():
    with graph(202) as (way, got):
        assert way.send(envelope()).result == "sent"
    assert got == [("/v1.0/me/sendMail", "Bearer t1", envelope().message.as_bytes())]


def test_a_netrc_of_the_account_never_takes_the_place_of_our_token(tmp_path, monkeypatch):
    netrc = tmp_path / "netrc"
    netrc.write_text("default login ruth password secret\n")
    monkeypatch.setenv("NETRC", str(netrc))
    with graph(202) as (way, got):
        assert way.send(envelope()).result == "sent"
    assert [token for _, token, _ in got] == ["Bearer t1"]


@pytest.mark.parametrize(
    ("status", "code", "result", "dead"),
    [
        (400, "ErrorInvalidRecipients", "permanent", True),
        (400, "ErrorMimeContentInvalid", "permanent", False),
        (413, "", "permanent", False),
        (401, "InvalidAuthenticationToken", "configuration", False),
        (403, "ErrorSendAsDenied", "configuration", False),
        (404, "ResourceNotFound", "configuration", False),
        (302, "", "configuration", False),
        (429, "ApplicationThrottled", "temporary", False),
        (503, "ServiceUnavailable", "temporary", False),
        (500, "InternalServerError", "unknown", False),
        (504, "", "unknown", False),
        (0, "", "unknown", False),
    ],
)
def test_what_an_answer_of_graph_means(status, code, result, dead):
    with graph(status, code) as (way, got):
        attempt = way.send(envelope())
    assert (attempt.result, attempt.dead) == (result, dead)
    assert len(got) == 1  # nothing is ever sent again by the library beneath
    assert code in attempt.why


def test_a_graph_that_cannot_be_reached_is_tried_later():
    attempt = GraphTransport(lambda: "t1", base=f"http://127.0.0.1:{free_port()}").send(envelope())
    assert (attempt.result, attempt.ends_run) == ("temporary", True)


@pytest.mark.parametrize(
    ("error", "result"), [(MailError("gone"), "configuration"), (OSError("down"), "temporary")]
)
def test_without_a_token_nothing_is_sent(error, result):
    def token() -> str:
        raise error

    with graph(202) as (_, got):
        attempt = GraphTransport(token).send(envelope())
        assert GraphTransport(token).check() == attempt
    assert (attempt.result, attempt.ends_run, got) == (result, True, [])


@pytest.mark.parametrize(
    ("broken", "result"),
    [(ssl.SSLCertVerificationError("self-signed"), "configuration"), (ssl.SSLError("bad mac"), "unknown")],
)
def test_a_line_that_breaks_in_its_encryption_may_have_taken_the_message(broken, result, monkeypatch):
    def post(*_: object, **__: object) -> None:
        error = MaxRetryError(HTTPSConnectionPool("graph"), "/me/sendMail", SSLError(broken))
        raise requests.exceptions.SSLError(error)

    monkeypatch.setattr(requests, "post", post)
    assert GraphTransport(lambda: "token").send(envelope()).result == result

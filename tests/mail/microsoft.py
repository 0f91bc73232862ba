"""A server on this machine that answers as login.microsoftonline.com and Graph do, over TLS.

It checks what is signed (client assertions, RFC 7523), knows apps, secrets, consent and refresh tokens, and
refuses with the status, `error` and `error_codes` of Microsoft's published pages.
"""

from __future__ import annotations

import base64
import binascii
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import jwt
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives import serialization as form

from .servers import Authority

TENANT, CLIENT = "0b6f0a3c-1111-4222-8333-944445555666", "11112222-3333-4444-5555-666677778888"
SECRET = "Zt8~the.value.of.the.secret"
PERSON = "digest@harwick.example"
DEVICE = "urn:ietf:params:oauth:grant-type:device_code"
ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
LONG = "r" * 1700  # about as long as Microsoft's refresh tokens are

Answer = tuple[int, dict[str, Any], dict[str, str]]


@dataclass
class Tenant:
    """What stands in the tenant, and what was asked. says: answers given first, whatever is asked.

    secrets: value → whether it has run out. refresh: token → the AADSTS number it fails with, 0 for none.
    """

    secrets: dict[str, bool] = field(default_factory=lambda: {SECRET: False})
    certificates: list[x509.Certificate] = field(default_factory=list)
    consented: bool = True
    may_send: bool = True
    mailboxes: tuple[str, ...] = (PERSON,)
    refresh: dict[str, int] = field(default_factory=lambda: {LONG + "0": 0})
    typed: list[str] = field(default_factory=lambda: ["yes"])
    code_lasts: int = 900
    pause: int = 0
    wanted: str = ""
    says: list[Answer] = field(default_factory=list)
    graph_says: list[Answer] = field(default_factory=list)
    asked: list[dict[str, str]] = field(default_factory=list)
    sent: list[tuple[str, bytes]] = field(default_factory=list)
    tokens: dict[str, dict[str, str]] = field(default_factory=dict)


def refusal(status: int, error: str, number: int, **more: Any) -> Answer:
    """As the token endpoint refuses; the description names things that must not be repeated."""
    words = f"AADSTS{number}: told of {PERSON} and {SECRET}. Trace ID: 0f-1 Timestamp: 2026-11-22 09:00:00Z"
    return status, {"error": error, "error_description": words, "error_codes": [number], **more}, {}


def busy(status: int, seconds: int) -> Answer:
    return status, {"error": {"code": "TooManyRequests"}}, {"Retry-After": str(seconds)}


class AtMicrosoft:
    """base: where it is. tenant: what it answers from, to be changed by a test."""

    def __init__(self, base: str) -> None:
        self.base, self.tenant = base, Tenant()

    def answer(self, method: str, path: str, body: bytes, headers: Any) -> Answer:
        """What one request gets."""
        tenant = self.tenant
        if path.startswith("/v1.0/"):
            says = tenant.graph_says
            return says.pop(0) if says else self._graph(path.removeprefix("/v1.0/"), body, headers)
        if tenant.says:
            return tenant.says.pop(0)
        named, rest = path.strip("/").split("/", 1)
        if named not in (TENANT, "organizations"):
            return refusal(400, "invalid_tenant", 90002)
        if method == "GET":
            return 200, self._endpoints(named), {}
        form = {key: value[0] for key, value in parse_qs(body.decode()).items()}
        tenant.asked.append(form)
        return self._code(form) if rest.endswith("devicecode") else self._granted(form)

    def _granted(self, form: dict[str, str]) -> Answer:
        if form.get("client_id") != CLIENT:
            return refusal(400, "unauthorized_client", 700016)
        grants = {"client_credentials": self._app, "refresh_token": self._refreshed, DEVICE: self._typed}
        return grants[form["grant_type"]](form)

    def _code(self, form: dict[str, str]) -> Answer:
        self.tenant.wanted = form["scope"]
        known = {"user_code": "ABC-DEF", "device_code": "d1", "verification_uri": "https://x.example"}
        lasts = {"interval": self.tenant.pause, "expires_in": self.tenant.code_lasts}
        return 200, {**known, "message": "Type ABC-DEF", **lasts}, {}

    def _endpoints(self, named: str) -> dict[str, str]:
        base = f"{self.base}/{named}/oauth2/v2.0"
        ends = {"token_endpoint": "token", "authorization_endpoint": "authorize"}
        ends["device_authorization_endpoint"] = "devicecode"
        return {name: f"{base}/{end}" for name, end in ends.items()} | {"issuer": f"{self.base}/{named}/v2.0"}

    def _app(self, form: dict[str, str]) -> Answer:
        if form.get("client_assertion_type") == ASSERTION:
            if not self._signed(form["client_assertion"]):
                return refusal(401, "invalid_client", 700027)
        elif form.get("client_secret") not in self.tenant.secrets:
            return refusal(401, "invalid_client", 7000215)
        elif self.tenant.secrets[form["client_secret"]]:
            return refusal(401, "invalid_client", 7000222)
        return self._token("app", form["scope"])

    def _signed(self, assertion: str) -> bool:
        """Whether a certificate that was uploaded signed this, for us, now."""
        header = jwt.get_unverified_header(assertion)
        for certificate in self.tenant.certificates:
            printed = base64.urlsafe_b64encode(certificate.fingerprint(hashes.SHA256())).decode()
            if header.get("x5t#S256", "").rstrip("=") == printed.rstrip("="):
                audience = f"{self.base}/{TENANT}/oauth2/v2.0/token"
                claims = jwt.decode(assertion, certificate.public_key(), ["PS256"], audience=audience)
                return bool(claims["iss"] == claims["sub"] == CLIENT and claims["exp"] > time.time())
        return False

    def _refreshed(self, form: dict[str, str]) -> Answer:
        number = self.tenant.refresh.get(form["refresh_token"], 70008)
        if number:
            return refusal(400, "invalid_grant", number)
        return self._persons(form["scope"])

    def _typed(self, form: dict[str, str]) -> Answer:
        typed = self.tenant.typed.pop(0) if self.tenant.typed else "authorization_pending"
        if typed != "yes":
            return refusal(400, typed, {"authorization_pending": 70016}.get(typed, 70018))
        return self._persons(self.tenant.wanted)

    def _persons(self, scope: str) -> Answer:
        if not self.tenant.consented:
            return refusal(400, "invalid_grant", 65001, suberror="consent_required")
        newer = f"{LONG}{len(self.tenant.refresh)}"
        self.tenant.refresh[newer] = 0
        status, answer, headers = self._token("person", scope)
        claims = {"aud": CLIENT, "iss": "i", "sub": "s", "oid": "o1", "tid": TENANT, "name": "The digest"}
        claims |= {"preferred_username": PERSON, "exp": int(time.time()) + 600, "iat": int(time.time())}
        info = base64.urlsafe_b64encode(json.dumps({"uid": "o1", "utid": TENANT}).encode()).decode()
        more = {"id_token": jwt.encode(claims, "k" * 32), "refresh_token": newer, "client_info": info}
        return status, {**answer, **more}, headers

    def _token(self, who: str, scope: str) -> Answer:
        token = f"secret-token-{len(self.tenant.tokens)}"
        self.tenant.tokens[token] = {"who": who, "scope": scope}
        return 200, {"access_token": token, "token_type": "Bearer", "expires_in": 3599, "scope": scope}, {}

    def _graph(self, path: str, body: bytes, headers: Any) -> Answer:
        token = self.tenant.tokens.get(headers["Authorization"].removeprefix("Bearer "))
        whose = PERSON if path == "me/sendMail" else unquote(path.split("/")[1])
        if token is None or "graph.microsoft.com" not in token["scope"]:
            return 401, {"error": {"code": "InvalidAuthenticationToken"}}, {}
        if path == "me/sendMail" and token["who"] == "app":
            return 400, {"error": {"code": "BadRequest"}}, {}  # "me" is nobody where no person signed in
        if not self.tenant.may_send:
            return 403, {"error": {"code": "ErrorAccessDenied"}}, {}
        return self._taken(whose, body)

    def _taken(self, whose: str, body: bytes) -> Answer:
        if whose not in self.tenant.mailboxes:
            return 404, {"error": {"code": "ErrorInvalidUser"}}, {}
        try:
            self.tenant.sent.append((whose, base64.b64decode(body, validate=True)))
        except binascii.Error:
            return 400, {"error": {"code": "ErrorMimeContentInvalidBase64String"}}, {}
        return 202, {}, {}


@contextmanager
def at_microsoft(authority: Authority) -> Iterator[AtMicrosoft]:
    """The server, while a block lasts."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            status, answer, more = ours.answer(self.command, urlsplit(self.path).path, body, self.headers)
            content = answer["page"].encode() if "page" in answer else json.dumps(answer).encode()
            self.send_response(status)
            for name, value in {**more, "Content-Length": str(len(content))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.socket = authority.context("localhost").wrap_socket(server.socket, server_side=True)
    ours = AtMicrosoft(f"https://localhost:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield ours
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def pem(folder: Path, key: Any, *, days: int = 300, words: bytes = b"") -> Path:
    """The .pem of an app: its key, then its certificate, good for so many days from now."""
    name, now = x509.Name([]), datetime.now(UTC)
    built = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    built = built.serial_number(1).not_valid_before(now - timedelta(days=400))
    certificate = built.not_valid_after(now + timedelta(days=days)).sign(key, hashes.SHA256())
    lock: Any = form.BestAvailableEncryption(words) if words else form.NoEncryption()
    private = key.private_bytes(form.Encoding.PEM, form.PrivateFormat.PKCS8, lock)
    path = folder / "engage-mail.pem"
    path.touch(0o600)
    path.write_bytes(private + certificate.public_bytes(form.Encoding.PEM))
    return path

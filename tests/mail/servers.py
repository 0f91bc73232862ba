"""Real mail servers on this machine for tests: aiosmtpd with TLS and a login, told how to behave."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword

from engage.config import Smtp
from engage.mail.passwords import sign_in_with_password
from engage.mail.smtp import SmtpTransport

USER, PASSWORD = "engage", "correct horse"
SENDER = "digest@harwick.example"


@dataclass
class Plan:
    """How the server behaves. A reply stands for a stage; "hang up" there cuts the line.

    taken: (recipients, message) of all it has taken, an answer given or not. before: called when a message
    has arrived whole, before the answer.
    """

    connect: str = ""
    mail: str = ""
    rcpt: dict[str, str] = field(default_factory=dict)
    data: str = ""
    body: str = ""
    dot: str = ""
    auth: bool = True
    taken: list[tuple[list[str], bytes]] = field(default_factory=list)
    connections: int = 0
    before: Callable[[], None] = lambda: None


class Server(SMTP):
    """aiosmtpd, but for the stages that the plan plays."""

    plan: Plan

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        if self.plan.data == "hang up":
            self.transport.abort()
        elif self.plan.data:
            await self.push(self.plan.data)
        elif self.plan.body:
            await self.push("354 go on")
            await self._reader.readline()
            if self.plan.body != "hang up":
                await self.push(self.plan.body)
                await asyncio.sleep(0.05)
            self.transport.abort()
        else:
            await super().smtp_DATA(arg)


class Hooks:
    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    async def handle_MAIL(self, server: Any, _s: Any, envelope: Envelope, address: str, _o: Any) -> str:  # noqa: N802
        if self.plan.mail:
            return self.plan.mail
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server: Any, _s: Any, envelope: Envelope, address: str, _o: Any) -> str:  # noqa: N802
        reply = self.plan.rcpt.get(address, "")
        if reply == "hang up":
            server.transport.abort()
        elif reply:
            return reply
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, _s: Any, envelope: Envelope) -> str:  # noqa: N802
        self.plan.before()
        if self.plan.dot and self.plan.dot != "hang up":
            return self.plan.dot
        self.plan.taken.append((list(envelope.rcpt_tos), envelope.content or b""))
        if self.plan.dot == "hang up":
            server.transport.abort()
        return "250 2.0.0 queued"


class Host(Controller):
    def __init__(self, plan: Plan, **how: Any) -> None:
        self.plan, self.how = plan, how
        self.lines: list[Server] = []
        super().__init__(
            Hooks(plan), hostname="127.0.0.1", port=free_port(), ssl_context=how.pop("wrap", None)
        )

    def factory(self) -> SMTP:
        self.plan.connections += 1
        server = Server(self.handler, **self.how)
        server.plan = self.plan
        if self.plan.connect:
            server.__ident__ = ""
        self.lines.append(server)
        return server

    def stop(self, no_assert: bool = False) -> None:
        """Every line closed before its loop ends: one left open is found as unclosed in some later test."""
        asyncio.run_coroutine_threadsafe(self._hang_up(), self.loop).result(10)
        super().stop(no_assert)

    async def _hang_up(self) -> None:
        for line in self.lines:
            if line.transport is not None:
                line.transport.abort()
        await asyncio.sleep(0.01)  # the loop closes a line a turn after its end, in TLS two


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def check_login(_server: Any, _session: Any, _envelope: Any, _mechanism: str, given: Any) -> AuthResult:
    right = isinstance(given, LoginPassword) and given == LoginPassword(USER.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=right)  # not handled: aiosmtpd says 535


@dataclass
class Authority:
    """A certificate authority of ours: file is what a client trusts."""

    ca: trustme.CA
    file: Path

    def context(self, name: str = "127.0.0.1") -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.ca.issue_cert(name).configure_cert(context)
        return context


def new_authority(folder: Path) -> Authority:
    ca = trustme.CA()
    ca.cert_pem.write_to_path(str(folder / "ca.pem"))
    return Authority(ca, folder / "ca.pem")


@contextmanager
def serving(
    plan: Plan, authority: Authority, *, security: str = "starttls", name: str = "127.0.0.1"
) -> Iterator[Smtp]:
    """A server that plays the plan; what to write into engage.toml to reach it."""
    context = authority.context(name)
    login: dict[str, Any] = {"authenticator": check_login, "auth_required": True} if plan.auth else {}
    if security == "tls":
        host = Host(plan, wrap=context, auth_require_tls=False, **login)
    elif security == "starttls":
        host = Host(plan, tls_context=context, require_starttls=True, **login)
    else:
        host = Host(plan)
    host.start()
    try:
        reached = "tls" if security == "tls" else "starttls"
        yield Smtp("127.0.0.1", host.port, reached, USER if login else "", ca_file=authority.file)
    finally:
        host.stop()


def transport(settings: Smtp, *, password: str = PASSWORD) -> SmtpTransport:
    def sign_in(line: Any) -> None:
        sign_in_with_password(settings, line, {settings.password_env: password})

    return SmtpTransport(
        settings, SENDER, sign_in if settings.user else None, patience_seconds=10, listen_seconds=0.1
    )

"""Faults, played on request: by name, at the n-th matching request, before or after the change is made."""

from __future__ import annotations

import re
import select
import socket
import struct
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from werkzeug import Response

from .bodies import failure, html, token_failure

API, TOKEN = r"^\w+ /(v4|drive|service_accounts)/", r"^POST /token"
LONGEST_SLOW_SECONDS = 20.0


class Dropped(ConnectionResetError):
    """The connection was cut: there is nothing left to answer on."""


def unauthenticated() -> Response:
    return failure(
        401,
        "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or "
        "other valid authentication credential. See "
        "https://developers.google.com/identity/sign-in/web/devconsole-project.",
    )


BEFORE: dict[str, Callable[[], Response]] = {
    "401": unauthenticated,
    "403": lambda: failure(403, "The caller does not have permission"),
    "404": lambda: failure(404, "Requested entity was not found."),
    "408": lambda: failure(408, "Request timeout"),
    "429": lambda: failure(429, "Quota exceeded for quota metric 'Read requests'."),
    "429-retry-after": lambda: failure(429, "Quota exceeded.", {"Retry-After": "7"}),
    "500": lambda: failure(500, "Internal error encountered."),
    "503": lambda: failure(503, "The service is currently unavailable."),
    "502-html": lambda: html(502, "502. That’s an error. The server encountered a temporary error"),
    "302": lambda: Response("", 302, {"Location": "https://portal.example/sign-in"}),
    "307": lambda: Response("", 307, {"Location": "https://portal.example/sign-in"}),
    "200-html": lambda: html(200, "Welcome. Please sign in to use this network."),
    "token-400": lambda: token_failure(400, "invalid_grant", "Invalid JWT Signature."),
    "token-401": lambda: token_failure(401, "unauthorized_client", "Client is unauthorized."),
    "token-403": lambda: token_failure(403, "admin_policy_enforced", "Blocked by the administrator."),
    "token-503": lambda: html(503, "Service unavailable"),
}
# These come when the change has been made already: the client cannot know.
AFTER: dict[str, Callable[[], Response]] = {
    "503-after": lambda: failure(503, "The service is currently unavailable."),
    "500-after": lambda: failure(500, "Internal error encountered."),
    "502-html-after": lambda: html(502, "502. That’s an error."),
    "408-after": lambda: failure(408, "Request timeout"),
}
# "late": the connection is cut, and the change is made only after the client has looked (front.py plays it).
CUTS = ("reset-before", "reset-after", "late", "token-refused")
OTHERS = ("slow", "cut-short", "lag", "edit-before", "edit-after")
NAMES = (*BEFORE, *AFTER, *CUTS, *OTHERS)


@dataclass(slots=True)
class Planned:
    """A fault to come. on: a pattern over "METHOD /path?query"; nth: which match, from 1; times: how many."""

    name: str
    nth: int = 1
    on: str = API
    times: int = 1
    do: Callable[[], object] | None = None
    met: int = 0
    played: int = 0

    def meets(self, call: str) -> bool:
        """Count this request if it matches; True if the fault is due on it."""
        if not re.search(self.on, call):
            return False
        self.met += 1
        due = self.nth <= self.met < self.nth + self.times
        self.played += due
        return due


@dataclass(slots=True)
class Faults:
    """What is to go wrong. Safe between threads."""

    planned: list[Planned] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _stuck: dict[str, str] = field(default_factory=dict)

    def plan(
        self, name: str, *, nth: int = 1, on: str = "", times: int = 1, do: Callable[[], object] | None = None
    ) -> Planned:
        """Have it happen at the nth request that matches, and so many times in a row.

        do: what a person does meanwhile ("edit-before", "edit-after"). KeyError for a name not in NAMES.
        """
        if name not in NAMES:
            raise KeyError(f"no fault is called {name}; there are {', '.join(NAMES)}")
        fault = Planned(name, nth, on or (TOKEN if name.startswith("token-") else API), times, do)
        with self._lock:
            self.planned.append(fault)
        return fault

    def clear(self) -> None:
        """Nothing goes wrong any more."""
        with self._lock:
            self.planned.clear()
            self._stuck.clear()

    def due(self, call: str) -> list[Planned]:
        """The faults that happen on this request; every plan counts it."""
        with self._lock:
            return [fault for fault in self.planned if fault.meets(call)]

    def before(self, due: list[Planned], environ: dict[str, Any]) -> Response | None:
        """What comes in place of an answer, nothing having been done. Raises Dropped."""
        for fault in due:
            if fault.name in ("reset-before", "token-refused"):
                cut(environ)
            if fault.name == "edit-before" and fault.do:
                fault.do()
            if fault.name in BEFORE:
                return BEFORE[fault.name]()
        return None

    def after(self, due: list[Planned], environ: dict[str, Any], answer: Response) -> Response:
        """What comes in place of the answer, everything having been done. Raises Dropped."""
        for fault in due:
            if fault.name == "reset-after":
                cut(environ)
            if fault.name == "edit-after" and fault.do:
                fault.do()
            answer = self._changed(fault.name, environ, answer)
        return answer

    def _changed(self, name: str, environ: dict[str, Any], answer: Response) -> Response:
        if name in AFTER:
            return AFTER[name]()
        if name == "slow":
            answer.response = slowly(answer.get_data(), environ["werkzeug.socket"])
        if name == "cut-short":
            body = answer.get_data()
            answer.set_data(body[: len(body) // 2])
        if name == "lag":
            with self._lock:
                answer.set_data(
                    _as_first_seen(answer.get_data(as_text=True), environ["PATH_INFO"], self._stuck)
                )
        return answer


def cut(environ: dict[str, Any]) -> None:
    """Reset the connection, as a network does: no end of the answer, no polite close. Raises Dropped."""
    connection: socket.socket = environ["werkzeug.socket"]
    at_once = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, at_once)
    socket.close(connection.detach())
    raise Dropped


def slowly(body: bytes, connection: socket.socket) -> Iterator[bytes]:
    """Half of it, then nothing until the client has hung up (or for twenty seconds), then the rest."""
    yield body[: len(body) // 2]
    select.select([connection], [], [], LONGEST_SLOW_SECONDS)
    yield body[len(body) // 2 :]


def _as_first_seen(text: str, path: str, stuck: dict[str, str]) -> str:
    """Drive's modifiedTime stays what it was when the lag began: later than this it never is on Google."""
    found = re.search(r'("modifiedTime":\s*)("[^"]*")', text)
    if not found:
        return text
    first = stuck.setdefault(path, found[2])
    return text.replace(found[0], found[1] + first, 1)

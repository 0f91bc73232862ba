"""The wires: every single request is paced, counted, sent where it belongs, and logged by ids alone."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import requests
from google.auth import exceptions as auth
from google.auth.transport import DEFAULT_RETRYABLE_STATUS_CODES
from google.auth.transport.requests import Request as AuthRequest
from requests.adapters import HTTPAdapter

from .pacing import Kind, Timing

log = logging.getLogger(__name__)

DRIVE_HOST = "www.googleapis.com"
SIGN_IN_TIMEOUT_SECONDS = (10.0, 60.0)
_READS = ("batchGet", "batchGetByDataFilter", "getByDataFilter")
# These log tokens, the code of a sign-in, or names of tabs in links, below warnings.
_TALKATIVE = (
    "google.auth",
    "google.oauth2",
    "google_auth_oauthlib",
    "oauthlib",
    "requests_oauthlib",
    "urllib3",
)


@dataclass(slots=True)
class Requests:
    """How many requests left so far, repeats included; the sign-in's own are not counted."""

    read: int = 0
    write: int = 0
    drive: int = 0
    key: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.read + self.write + self.drive + self.key


class Transport(HTTPAdapter):
    """A requests adapter. endpoint: "" for Google. before: called with its kind before a request leaves."""

    def __init__(self, endpoint: str, before: Callable[[Kind], object], timing: Timing) -> None:
        super().__init__()
        self._endpoint, self._before, self._timing = endpoint, before, timing
        self.requests = Requests()

    def send(self, request: requests.PreparedRequest, *args: Any, **options: Any) -> requests.Response:
        """Pace, count, send, log."""
        kind, label = kind_of(request.method or "", request.url or ""), label_of(request.url or "")
        if self._endpoint:
            request.url = self._endpoint + request.path_url
            options["proxies"] = None
        self._before(kind)
        setattr(self.requests, kind, getattr(self.requests, kind) + 1)
        started, ending = self._timing.now(), "no answer"
        try:
            response = super().send(request, *args, **options)
            ending = str(response.status_code)
            return response
        finally:
            taken = self._timing.now() - started
            size = request.headers.get("Content-Length", "0")
            log.info("google %s %s: %s, %s bytes sent, %.2f s", request.method, label, ending, size, taken)


class TimedAdapter(HTTPAdapter):
    """A requests adapter for libraries that set no time-out: connect, and between bytes of an answer."""

    def send(self, request: requests.PreparedRequest, *args: Any, **options: Any) -> requests.Response:
        """As requests does, never waiting for ever."""
        options["timeout"] = options.get("timeout") or SIGN_IN_TIMEOUT_SECONDS
        return super().send(request, *args, **options)


class SignInRequest(AuthRequest):  # type: ignore[misc] # google-auth is skipped by mypy (pyproject.toml)
    """How google-auth reaches the token endpoint: once an attempt, since the client's own loop waits.

    google-auth repeats by itself, and sleeps in between, what it is told was 429 or 5xx: it is told of a
    retryable failure in place of that. With an endpoint of this machine, nothing may leave the machine:
    google-auth would also ask iamcredentials.googleapis.com where the key may be used from.
    """

    def __init__(self, endpoint: str, session: requests.Session) -> None:
        super().__init__(session)
        self._endpoint = endpoint

    def __call__(self, url: str, *args: Any, **options: Any) -> Any:
        """One request. Raises TransportError or RefreshError."""
        if self._endpoint and not url.startswith(self._endpoint + "/"):
            raise auth.RefreshError("only the server on this machine may be asked")
        response = super().__call__(url, *args, **options)
        if response.status in DEFAULT_RETRYABLE_STATUS_CODES or response.status >= 500:
            raise auth.RefreshError(f"the token endpoint answered {response.status}", retryable=True)
        return response


def kind_of(method: str, url: str) -> Kind:
    """Which quota a request counts against, and whether it only reads."""
    parts = urlsplit(url)
    if parts.hostname == DRIVE_HOST:
        return "key" if parts.path.startswith("/service_accounts/") else "drive"
    return "read" if method.upper() == "GET" or parts.path.rpartition(":")[2] in _READS else "write"


def only_reads(method: str, url: str) -> bool:
    """True if sending it twice does what sending it once does, and nothing was changed by either."""
    return method.upper() in ("GET", "HEAD") or kind_of(method, url) == "read"


def label_of(url: str) -> str:
    """A link for the log: ids and the method, never a range, which holds the name of a tab."""
    path = re.sub(r"(/values/)[^:]*", r"\1…", urlsplit(url).path)
    return re.sub(r"(/service_accounts/v1/metadata/x509/).*", r"\1…", path)


def hush_libraries() -> None:
    """Keep what other libraries would log of tokens, codes and links out of every log."""
    for name in _TALKATIVE:
        logger = logging.getLogger(name)
        logger.setLevel(max(logger.level, logging.WARNING))

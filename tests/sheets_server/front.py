"""What stands between a client and the spreadsheets: faults, tokens, scopes, quota; and a list of calls."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from werkzeug import Request, Response

from .accounts import PROJECT_NUMBER, App, Person, ServiceAccount, private_key
from .bodies import JSON, failure, service_disabled, too_few_scopes
from .faults import Dropped, Faults, Planned, cut, unauthenticated
from .quota import Quota
from .token import Bearer, Office

SCOPE = "https://www.googleapis.com/auth/"
TO_READ = {
    SCOPE + name
    for name in ("spreadsheets", "spreadsheets.readonly", "drive", "drive.readonly", "drive.file")
}
TO_WRITE = {SCOPE + name for name in ("spreadsheets", "drive", "drive.file")}
DRIVE_READ = {
    SCOPE + f"drive{name}" for name in ("", ".readonly", ".file", ".metadata", ".metadata.readonly")
}
DRIVE_WRITE = {SCOPE + name for name in ("drive", "drive.file")}
CERTIFICATES = "/service_accounts/v1/metadata/x509/"
READING_POSTS = (":batchGetByDataFilter", ":getByDataFilter")
RECORDED = Bearer("service-account@example.iam.gserviceaccount.com", "recordings", frozenset(TO_WRITE), 0)

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


@dataclass(slots=True)
class Call:
    """One request, listed as it comes in. status: 0 until it is answered, or if the connection was cut."""

    method: str
    path: str
    caller: str = ""
    status: int = 0


@dataclass(slots=True)
class Front:
    """A WSGI application around the one that knows the spreadsheets.

    recordings: True accepts the token of the recorded requests, whose caller may do anything, without quota.
    switched_off: APIs that the callers' project has not enabled, such as "sheets.googleapis.com".
    """

    inner: Application
    office: Office = field(default_factory=Office)
    quota: Quota = field(default_factory=Quota)
    faults: Faults = field(default_factory=Faults)
    recordings: bool = False
    switched_off: set[str] = field(default_factory=set)
    held: list[dict[str, Any]] = field(default_factory=list)
    calls: deque[Call] = field(default_factory=lambda: deque(maxlen=100_000))

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        request = Request(environ)
        call = Call(request.method, request.path)
        self.calls.append(call)
        due = self.faults.due(f"{request.method} {request.full_path.rstrip('?')}")
        try:
            answer = self._answer(request, environ, due)
            call.status = answer.status_code
        finally:
            call.caller = environ.get("engage.caller", "")
        return answer(environ, start_response)

    def _answer(self, request: Request, environ: dict[str, Any], due: list[Planned]) -> Response:
        if any(fault.name == "late" for fault in due):
            self._hold(request, environ)
        answer = self.faults.before(due, environ) or self._in_order(request, environ)
        self._do_what_is_held(request)
        return self.faults.after(due, environ, answer)

    def _hold(self, request: Request, environ: dict[str, Any]) -> None:
        """Cut the connection now, and do what was asked only when the next request has been answered."""
        bearer = self._bearer(request)
        if bearer and self._refusal(request, bearer) is None:
            environ["engage.caller"] = bearer.address
            self.held.append(dict(environ))
        cut(environ)

    def _do_what_is_held(self, request: Request) -> None:
        while self.held and request.path.startswith(("/v4/", "/drive/")):
            Response.from_app(self.inner, self.held.pop(0), buffered=True)

    def _in_order(self, request: Request, environ: dict[str, Any]) -> Response:
        if request.path == "/token":
            return self.office.token(request)
        if request.path == "/o/oauth2/auth":
            return self.office.consent(request)
        if request.path.startswith(CERTIFICATES):
            return self._certificates(request.path.removeprefix(CERTIFICATES))
        bearer = self._bearer(request)
        if bearer is None:
            return unauthenticated()
        environ["engage.caller"] = bearer.address
        return self._refusal(request, bearer) or Response.from_app(self.inner, environ, buffered=True)

    def _bearer(self, request: Request) -> Bearer | None:
        heading = request.headers.get("Authorization", "")
        if self.recordings and heading == "Bearer <ACCESS_TOKEN>":
            return RECORDED
        return self.office.bearer(heading)

    def _refusal(self, request: Request, bearer: Bearer) -> Response | None:
        """403 for an API that is off or a scope that is missing, 429 for too many requests."""
        if bearer is RECORDED:
            return None
        drive = request.path.startswith("/drive/") or request.path.startswith("/upload/drive/")
        api = "drive.googleapis.com" if drive else "sheets.googleapis.com"
        if api in self.switched_off:
            return service_disabled(api, f"Google {'Drive' if drive else 'Sheets'} API", bearer.project)
        reading = request.method == "GET" or request.path.endswith(READING_POSTS)
        needed = (DRIVE_READ if reading else DRIVE_WRITE) if drive else (TO_READ if reading else TO_WRITE)
        if not bearer.scopes & needed:
            return too_few_scopes()
        kind = "Read" if reading else "Write"
        return None if drive else self.quota.refusal(bearer.address, bearer.project, kind)

    def _certificates(self, address: str) -> Response:
        account = self.office.services.get(address)
        if account is None:
            return failure(404, "Requested entity was not found.")
        return Response(json.dumps(account.certificates()), 200, content_type=JSON)


def front(inner: Application, *, recordings: bool = False) -> Front:
    """A front with one service account, one person and one app that may sign in."""
    account = ServiceAccount(keys={"key-1": private_key()})
    office = Office({account.address: account}, [Person("priya@tameside.example")], App())
    return Front(inner, office, recordings=recordings)


__all__ = ["PROJECT_NUMBER", "Call", "Dropped", "Front", "front"]

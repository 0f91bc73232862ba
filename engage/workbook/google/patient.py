"""The base of the client: gspread's, with time-outs, pacing, bounded retries, no blind repeat of a change."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from google.auth.transport.requests import AuthorizedSession
from gspread.http_client import HTTPClient
from requests import PreparedRequest, Response, Session

from .faults import EXPECTED, Answered, fate_of, told
from .messages import Place, lost
from .pacing import REAL_TIME, SHARED, Kind, Pacer, Timing
from .retrying import Fate, Retrying, retry_after_seconds
from .transport import Requests, SignInRequest, Transport, hush_libraries, only_reads

log = logging.getLogger(__name__)

T = TypeVar("T")
# Google ends a request after 180 seconds; a client that hangs up first only learns less.
TIMEOUT_SECONDS = (10.0, 185.0)
# Google sends gzip only to those who also call themselves so (workspace/sheets/api/guides/performance).
USER_AGENT = "engage-register (gzip)"


class PatientClient(HTTPClient):  # type: ignore[misc] # gspread is skipped by mypy (pyproject.toml)
    """gspread's client under our rules; gspread.Client works on it unchanged. For one thread.

    endpoint: "" for Google (see config.Google). timeout: seconds to connect, and between bytes of an answer.
    Raises EngageErrors in plain words in place of gspread's; a change whose answer is lost raises
    EffectUnknown and is never sent again from here.
    """

    def __init__(
        self,
        auth: Any,
        session: Session | None = None,
        *,
        endpoint: str = "",
        timeout: tuple[float, float] = TIMEOUT_SECONDS,
        retrying: Retrying | None = None,
        pacer: Pacer = SHARED,
        timing: Timing = REAL_TIME,
    ) -> None:
        hush_libraries()
        self._endpoint, self._pacer, self._timing = endpoint, pacer, timing
        self._retrying = retrying or Retrying()
        super().__init__(auth, session or self._authorized(auth))
        self.auth = auth
        self.set_timeout(timeout)
        self._transport = Transport(endpoint, self._pace, timing)
        self.session.mount("https://", self._transport)

    @property
    def requests(self) -> Requests:
        """How many requests this client has sent so far, by quota."""
        return self._transport.requests

    @property
    def caller(self) -> str:
        """The address that Google knows us by, to share spreadsheets with; "" if it is not known."""
        return str(getattr(self.auth, "service_account_email", "") or getattr(self.auth, "account", "") or "")

    def request(
        self,
        method: str,
        endpoint: str,
        params: Any = None,
        data: Any = None,
        json: Any = None,
        files: Any = None,
        headers: Any = None,
    ) -> Response:
        """One request of gspread's everyday methods, under the same rules."""
        options = {"params": params, "data": data, "json": json, "files": files, "headers": headers}
        return self.patiently(lambda: self.send_once(method, endpoint, **options), method, endpoint, "")

    def send_once(self, method: str, url: str, **options: Any) -> Response:
        """One request. Never redirected: what it carries is for Google alone. Raises Answered."""
        answer = self.session.request(method, url, timeout=self.timeout, allow_redirects=False, **options)
        if 200 <= answer.status_code < 300:
            return answer  # type: ignore[no-any-return]
        raise Answered(answer)

    def patiently(
        self, attempt: Callable[[], T], method: str, url: str, where: str, attempts: int | None = None
    ) -> T:
        """Try until it works, is refused, is lost, or it has been long enough.

        attempts: fewer than usual.
        """
        reading, started, failures = only_reads(method, url), self._timing.now(), 0
        place = Place(where, self.caller, writing=not reading)
        retrying = replace(self._retrying, attempts=attempts or self._retrying.attempts)
        while True:
            try:
                return attempt()
            except EXPECTED as error:
                failures += 1
                self._again_or_raise(error, place, failures, self._timing.now() - started, retrying)

    def _again_or_raise(
        self, error: Exception, place: Place, failures: int, elapsed: float, retrying: Retrying
    ) -> None:
        """Wait for another attempt if there should be one; else raise what to tell a person."""
        fate = fate_of(error)
        if fate is Fate.UNKNOWN and place.writing:
            self._timing.sleep(retrying.settling_seconds)
            raise lost(place) from error
        wait = retrying.wait_seconds(failures, _asked_seconds(error), self._timing.dice())
        if fate is Fate.REFUSED or not retrying.goes_on(failures, elapsed, wait):
            raise told(error, place) from error
        log.info("google: attempt %d failed (%s), next in %.1f s", failures, type(error).__name__, wait)
        self._timing.sleep(wait)

    def _pace(self, kind: Kind) -> None:
        waited = self._pacer.wait(kind, user=self.caller or str(id(self.auth)), project=self._project)
        if waited:
            log.info("google: waited %.1f s for the quota of %ss", waited, kind)

    @property
    def _project(self) -> str:
        named = getattr(self.auth, "project_id", None) or getattr(self.auth, "client_id", None)
        return str(named or "")

    def _authorized(self, auth: Any) -> Session:
        inner = Session()
        made: Session = AuthorizedSession(auth, auth_request=SignInRequest(self._endpoint, inner))
        made.headers["User-Agent"] = USER_AGENT
        made.auth = inner.auth = _as_it_is
        if self._endpoint:
            made.trust_env = inner.trust_env = False
        return made


def _as_it_is(request: PreparedRequest) -> PreparedRequest:
    """Keep requests from putting a password of ~/.netrc in the token's place."""
    return request


def _asked_seconds(error: Exception) -> float | None:
    return retry_after_seconds(error.retry_after) if isinstance(error, Answered) else None

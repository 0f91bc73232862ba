"""The client: gspread's, with time-outs, pacing, bounded retries and no blind repeat of a change."""

from __future__ import annotations

import json as jsonlib
import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from google.auth.transport.requests import AuthorizedSession
from gspread.exceptions import APIError
from gspread.http_client import HTTPClient
from gspread.urls import DRIVE_FILES_API_V3_URL, SPREADSHEET_BATCH_UPDATE_URL, SPREADSHEET_URL
from requests import Session

from .faults import EXPECTED, fate_of, told
from .pacing import REAL_TIME, SHARED, Kind, Pacer, Timing
from .refusals import Place, lost
from .retrying import Fate, Retrying, retry_after_seconds
from .settings import GOOGLE
from .transport import Requests, SignInRequest, Transport, hush_libraries, only_reads

log = logging.getLogger(__name__)

T = TypeVar("T")
# Google ends a request after 180 seconds; a client that hangs up first only learns less.
TIMEOUT_SECONDS = (10.0, 185.0)
# Google advises at most 2 MB a request (workspace/sheets/api/limits).
LARGEST_BODY_BYTES = 2_000_000
CERTIFICATES_URL = "https://www.googleapis.com/service_accounts/v1/metadata/x509"
FILE_FIELDS = "id,name,trashed,explicitlyTrashed,modifiedTime,version,ownedByMe,owners(emailAddress),driveId"


class GoogleClient(HTTPClient):  # type: ignore[misc] # gspread is skipped by mypy (pyproject.toml)
    """Sheets and Drive for one thread. Works under gspread.Client too.

    endpoint: "" for Google (see settings.py). timeout: seconds to connect, and between bytes of an answer.
    Every method that asks Google raises an EngageError in plain words; `where` is the workbook as people call
    it. A change whose answer is lost raises EffectUnknown and is never sent again from here.
    """

    def __init__(
        self,
        auth: Any,
        session: Session | None = None,
        *,
        endpoint: str = GOOGLE,
        timeout: tuple[float, float] = TIMEOUT_SECONDS,
        retrying: Retrying | None = None,
        pacer: Pacer = SHARED,
        timing: Timing = REAL_TIME,
    ) -> None:
        hush_libraries()
        self._endpoint, self._retrying, self._pacer, self._timing = (
            endpoint,
            retrying or Retrying(),
            pacer,
            timing,
        )
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

    def get_spreadsheet(
        self,
        spreadsheet_id: str,
        *,
        ranges: Sequence[str] = (),
        fields: str = "",
        include_grid_data: bool = False,
        where: str = "",
    ) -> dict[str, Any]:
        """spreadsheets.get. Google ignores include_grid_data where fields are named."""
        params: dict[str, Any] = {"includeGridData": "true" if include_grid_data else "false"}
        params |= {"ranges": list(ranges)} if ranges else {}
        params |= {"fields": fields} if fields else {}
        return self._json("get", SPREADSHEET_URL % spreadsheet_id, params=params, where=where)

    def batch_update(
        self, id: str, body: Mapping[str, Any] | None, *, fields: str = "", where: str = ""
    ) -> dict[str, Any]:
        """spreadsheets.batchUpdate: all of it or nothing. Raises EffectUnknown if the answer is lost."""
        params = {"fields": fields} if fields else {}
        url = SPREADSHEET_BATCH_UPDATE_URL % id
        return self._json("post", url, params=params, body=body or {}, where=where)

    def create_spreadsheet(
        self, body: Mapping[str, Any], *, fields: str = "", where: str = ""
    ) -> dict[str, Any]:
        """spreadsheets.create, in the caller's own Drive. Raises EffectUnknown if the answer is lost."""
        params = {"fields": fields} if fields else {}
        return self._json("post", SPREADSHEET_URL.rpartition("/")[0], params=params, body=body, where=where)

    def get_file(self, file_id: str, *, fields: str = FILE_FIELDS, where: str = "") -> dict[str, Any]:
        """Drive files.get: what the Sheets API does not say, such as whether the file is in the bin."""
        params = {"fields": fields, "supportsAllDrives": "true"}
        return self._json("get", f"{DRIVE_FILES_API_V3_URL}/{file_id}", params=params, where=where)

    def create_file(
        self, body: Mapping[str, Any], *, fields: str = "id,name", where: str = ""
    ) -> dict[str, Any]:
        """Drive files.create, in a folder or shared drive (body["parents"]). Raises EffectUnknown if lost."""
        params = {"fields": fields, "supportsAllDrives": "true"}
        return self._json("post", DRIVE_FILES_API_V3_URL, params=params, body=body, where=where)

    def get_permissions(self, file_id: str, *, where: str = "") -> list[dict[str, Any]]:
        """Drive permissions.list, every page: id, type, role, emailAddress, domain."""
        fields = "nextPageToken,permissions(id,type,role,emailAddress,domain)"
        url, found, token = f"{DRIVE_FILES_API_V3_URL}/{file_id}/permissions", [], ""
        while True:
            params = {"fields": fields, "supportsAllDrives": "true"} | ({"pageToken": token} if token else {})
            page = self._json("get", url, params=params, where=where)
            found += page.get("permissions", [])
            token = page.get("nextPageToken", "")
            if not token:
                return found

    def get_certificates(self, account: str) -> dict[str, str]:
        """Key id → PEM certificate, as Google publishes them for a service account."""
        return self._json("get", f"{CERTIFICATES_URL}/{account}", params={}, where="")

    def request(self, method: str, endpoint: str, *args: Any, **options: Any) -> Any:
        """One request of gspread's everyday methods, under the same rules."""
        ask = super().request
        return self._attempts(lambda: ask(method, endpoint, *args, **options), method, endpoint, "")

    def _json(
        self,
        method: str,
        url: str,
        *,
        params: Mapping[str, Any],
        where: str,
        body: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        data = None if body is None else encoded(body)
        headers = None if body is None else {"Content-Type": "application/json"}
        ask = super().request

        def attempt() -> dict[str, Any]:
            answer: dict[str, Any] = ask(method, url, params=params, data=data, headers=headers).json()
            return answer

        return self._attempts(attempt, method, url, where)

    def _attempts(self, attempt: Callable[[], T], method: str, url: str, where: str) -> T:
        """Try until it works, is refused, is lost, or it has been long enough."""
        reading, started, failures = only_reads(method, url), self._timing.now(), 0
        place = Place(where, self.caller, writing=not reading)
        while True:
            try:
                return attempt()
            except EXPECTED as error:
                failures += 1
                self._again_or_raise(error, place, failures, self._timing.now() - started)

    def _again_or_raise(self, error: Exception, place: Place, failures: int, elapsed: float) -> None:
        """Wait for another attempt if there should be one; else raise what to tell a person."""
        fate = fate_of(error)
        if fate is Fate.UNKNOWN and place.writing:
            raise lost(place) from error
        wait = self._retrying.wait_seconds(failures, _asked_seconds(error), self._timing.dice())
        if fate is Fate.REFUSED or not self._retrying.goes_on(failures, elapsed, wait):
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
        if self._endpoint:
            made.trust_env = inner.trust_env = False
        return made


def encoded(body: Mapping[str, Any]) -> bytes:
    """A body as it is sent: compact JSON in UTF-8."""
    return jsonlib.dumps(body, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def size_of(body: Mapping[str, Any]) -> int:
    """Bytes that a body takes on its way; LARGEST_BODY_BYTES is what Google advises at most."""
    return len(encoded(body))


def _asked_seconds(error: Exception) -> float | None:
    headers = error.response.headers if isinstance(error, APIError) else {}
    return retry_after_seconds(headers.get("Retry-After"))

"""The client: what the adapter asks of Sheets and Drive, in its own words."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from gspread.urls import DRIVE_FILES_API_V3_URL, SPREADSHEET_BATCH_UPDATE_URL, SPREADSHEET_URL
from requests import JSONDecodeError

from .patient import PatientClient

# Google advises at most 2 MB a request (workspace/sheets/api/limits).
LARGEST_BODY_BYTES = 2_000_000
CERTIFICATES_URL = "https://www.googleapis.com/service_accounts/v1/metadata/x509"
FILE_FIELDS = "id,name,trashed,explicitlyTrashed,modifiedTime,version,ownedByMe,owners(emailAddress),driveId"


class GoogleClient(PatientClient):
    """Sheets and Drive for one thread.

    where: the workbook as people call it, for errors. Every method raises EngageErrors in plain words.
    """

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

    def get_file(
        self, file_id: str, *, fields: str = FILE_FIELDS, where: str = "", attempts: int | None = None
    ) -> dict[str, Any]:
        """Drive files.get: what the Sheets API does not say, such as whether the file is in the bin.

        attempts: where the answer is not worth waiting long for.
        """
        params = {"fields": fields, "supportsAllDrives": "true"}
        url = f"{DRIVE_FILES_API_V3_URL}/{file_id}"
        return self._json("get", url, params=params, where=where, attempts=attempts)

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

    def _json(
        self,
        method: str,
        url: str,
        *,
        params: Mapping[str, Any],
        where: str,
        body: Mapping[str, Any] | None = None,
        attempts: int | None = None,
    ) -> dict[str, Any]:
        data = None if body is None else encoded(body)
        headers = None if body is None else {"Content-Type": "application/json"}

        def attempt() -> dict[str, Any]:
            answer = self.send_once(method, url, params=params, data=data, headers=headers).json()
            if not isinstance(answer, dict):
                raise JSONDecodeError("not an object", "", 0)
            return answer

        return self.patiently(attempt, method, url, where, attempts)


def encoded(body: Mapping[str, Any]) -> bytes:
    """A body as it is sent: compact JSON in UTF-8."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def size_of(body: Mapping[str, Any]) -> int:
    """Bytes that a body takes on its way; LARGEST_BODY_BYTES is what Google advises at most."""
    return len(encoded(body))

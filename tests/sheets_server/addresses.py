"""Google's addresses: which method of which API a request asks for, with what, and who asks."""

from __future__ import annotations

import json

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request

from . import schema
from .cells import Json
from .errors import Refused, not_played
from .world import ALL_POWERFUL

CALLER = "engage.caller"
"""Where the token front says who calls; without it, who bears a literal <ACCESS_TOKEN> may do anything."""

BOOK = "/v4/spreadsheets/<book_id>"
FILE = "/drive/v3/files/<file_id>"
ROUTES = Map(
    [
        Rule("/v4/spreadsheets", methods=["POST"], endpoint="sheets.spreadsheets.create"),
        Rule(BOOK, methods=["GET"], endpoint="sheets.spreadsheets.get"),
        Rule(f"{BOOK}:batchUpdate", methods=["POST"], endpoint="sheets.spreadsheets.batchUpdate"),
        Rule(
            f"{BOOK}/sheets/<int:sheet_id>:copyTo",
            methods=["POST"],
            endpoint="sheets.spreadsheets.sheets.copyTo",
        ),
        Rule(f"{BOOK}/values:batchGet", methods=["GET"], endpoint="sheets.spreadsheets.values.batchGet"),
        Rule(
            f"{BOOK}/values:batchUpdate", methods=["POST"], endpoint="sheets.spreadsheets.values.batchUpdate"
        ),
        Rule(f"{BOOK}/values:batchClear", methods=["POST"], endpoint="sheets.spreadsheets.values.batchClear"),
        Rule(
            f"{BOOK}/values/<path:range_>:append",
            methods=["POST"],
            endpoint="sheets.spreadsheets.values.append",
        ),
        Rule(
            f"{BOOK}/values/<path:range_>:clear",
            methods=["POST"],
            endpoint="sheets.spreadsheets.values.clear",
        ),
        Rule(f"{BOOK}/values/<path:range_>", methods=["GET"], endpoint="sheets.spreadsheets.values.get"),
        Rule(f"{BOOK}/values/<path:range_>", methods=["PUT"], endpoint="sheets.spreadsheets.values.update"),
        Rule("/drive/v3/files", methods=["POST"], endpoint="drive.files.create"),
        Rule("/drive/v3/files", methods=["GET"], endpoint="drive.files.list"),
        Rule(FILE, methods=["GET"], endpoint="drive.files.get"),
        Rule(FILE, methods=["PATCH"], endpoint="drive.files.update"),
        Rule(FILE, methods=["DELETE"], endpoint="drive.files.delete"),
        Rule(f"{FILE}/copy", methods=["POST"], endpoint="drive.files.copy"),
        Rule(f"{FILE}/export", methods=["GET"], endpoint="drive.files.export"),
        Rule(f"{FILE}/comments", methods=["GET"], endpoint="drive.comments.list"),
        Rule(f"{FILE}/permissions", methods=["GET"], endpoint="drive.permissions.list"),
        Rule(f"{FILE}/permissions", methods=["POST"], endpoint="drive.permissions.create"),
        Rule(f"{FILE}/permissions/<key>", methods=["PATCH"], endpoint="drive.permissions.update"),
        Rule(f"{FILE}/permissions/<key>", methods=["DELETE"], endpoint="drive.permissions.delete"),
        Rule("/upload/drive/v2/files/<file_id>", methods=["PUT"], endpoint="drive.v2.upload"),
    ],
    merge_slashes=False,
)


def caller_of(request: Request) -> str:
    """Who calls, or 401."""
    named = request.environ.get(CALLER)
    if named:
        return str(named)
    if request.headers.get("Authorization") == "Bearer <ACCESS_TOKEN>":
        return ALL_POWERFUL
    raise Refused(
        "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or "
        "other valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.",
        code=401,
    )


def route_of(request: Request) -> tuple[str, Json]:
    """The method of the API and the parts of its address; refused by name where there is none."""
    try:
        endpoint, arguments = ROUTES.bind_to_environ(request.environ).match()
    except HTTPException as error:
        raise Refused(
            f"The local server does not know {request.method} {request.path}", status="UNIMPLEMENTED"
        ) from error
    if ":" in arguments.get("book_id", "") or ":" in arguments.get("file_id", ""):
        raise Refused(
            f"The local server does not know {request.method} {request.path}", status="UNIMPLEMENTED"
        )
    return str(endpoint), dict(arguments)


UPLOAD = {"uploadType", "convert", "supportsAllDrives", "fields"}
EVERYWHERE = {"fields", "alt", "prettyPrint", "quotaUser", "key", "supportsAllDrives", "supportsTeamDrives"}
PLAYED_ON_DRIVE = EVERYWHERE | {
    "includeItemsFromAllDrives",
    "q",
    "pageSize",
    "pageToken",
    "mimeType",
    "sendNotificationEmail",
    "emailMessage",
    "transferOwnership",
    "includeDeleted",
}


def query_of(endpoint: str, request: Request) -> Json:
    """Query parameters, each known to Google and played here."""
    given = {name: request.args.getlist(name) for name in request.args}
    if given.get("alt", ["json"]) not in (
        ["json"],
        ["media"] if endpoint == "drive.files.export" else ["json"],
    ):
        raise not_played(f"alt={given['alt'][0]}")
    if not endpoint.startswith("drive."):
        return schema.query(endpoint, given)
    played = UPLOAD if endpoint == "drive.v2.upload" else PLAYED_ON_DRIVE
    for name in given:
        if name not in played:
            raise not_played(f"the query parameter {name!r} of {endpoint}")
    if endpoint == "drive.v2.upload":
        return {name: texts[-1] for name, texts in given.items()}
    for name in ("includeItemsFromAllDrives", "supportsTeamDrives"):
        given.pop(name, None)  # gspread sends them to methods that do not have them, and Drive lets it
    return schema.query(endpoint, given)


def body_of(endpoint: str, request: Request) -> Json:
    """The JSON that came along, each name and type known to Google."""
    method = schema.METHODS.get(endpoint, {})
    data = request.get_data() if "request" in method else b""
    if not data:
        return {}
    try:
        given = json.loads(data)
    except ValueError as error:
        raise Refused(f"Invalid JSON payload received. {error}") from error
    if given is None:
        return {}
    return schema.checked(given, method["request"], schema.BODY_OF.get(endpoint, ""))  # type: ignore[no-any-return]

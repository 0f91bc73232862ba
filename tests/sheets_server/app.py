"""The WSGI application: Google's addresses to the functions that answer them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from werkzeug.wrappers import Request, Response

from . import batch, copying, csvs, drive, gridget, masks, permissions, schema, values
from .addresses import body_of, caller_of, query_of, route_of
from .cells import Json
from .errors import Refused
from .spreadsheet import Spreadsheet
from .world import World

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
WRITES = {"create", "batchUpdate", "copyTo", "batchClear", "append", "clear", "update"}


def application(world: World) -> Wsgi:
    """The whole of Sheets and Drive over one world, as a WSGI callable."""
    return Application(world)


class Application:
    """Answers one request at a time, under the world's lock."""

    def __init__(self, world: World) -> None:
        self.world = world

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        return self.answer(Request(environ))(environ, start_response)

    def answer(self, request: Request) -> Response:
        """What Google would answer."""
        for hook in list(self.world.before_request):
            hook(self.world, request.method, request.path)
        try:
            return self._answered(request)
        except Refused as refused:
            return _json(refused.body(), refused.code)

    def _answered(self, request: Request) -> Response:
        caller = caller_of(request)
        endpoint, arguments = route_of(request)
        query = query_of(endpoint, request)
        body = body_of(endpoint, request)
        with self.world.lock:
            call = Call(self.world, caller, query, body, arguments, request)
            answer = call.drive(endpoint) if endpoint.startswith("drive.") else call.sheets(endpoint)
            if isinstance(answer, Response):
                return answer
            return Response(status=204) if answer is None else _json(answer, 200)


class Call:
    """One request with what it brought."""

    def __init__(
        self, world: World, caller: str, query: Json, body: Json, arguments: Json, request: Request
    ) -> None:
        self.world, self.caller, self.query, self.body = world, caller, query, body
        self.arguments, self.request = arguments, request

    def sheets(self, endpoint: str) -> Json:
        """The Sheets API."""
        if endpoint == "sheets.spreadsheets.create":
            return self._masked(copying.create(self.world, self.body, self.caller), "Spreadsheet")
        need = "write" if endpoint.rpartition(".")[2] in WRITES else "read"
        book = self.world.allowed(self.arguments["book_id"], self.caller, need)
        if endpoint == "sheets.spreadsheets.get":
            return gridget.get(book, self.query, self.caller)
        if endpoint == "sheets.spreadsheets.batchUpdate":
            return batch.update(self.world, book, self.body, self.query, self.caller)
        if endpoint == "sheets.spreadsheets.sheets.copyTo":
            answer = copying.copy_tab(self.world, book, self.arguments["sheet_id"], self.body, self.caller)
        else:
            answer = self._values(endpoint.rpartition(".")[2], book)
        return self._masked(answer, schema.METHODS[endpoint]["response"])

    def _values(self, name: str, book: Spreadsheet) -> Json:
        query, body, range_ = self.query, self.body, self.arguments.get("range_", "")
        plays: dict[str, Callable[[], Json]] = {
            "get": lambda: values.get(book, range_, query),
            "batchGet": lambda: values.batch_get(book, query),
            "update": lambda: values.update(book, range_, body, query, self.caller),
            "batchUpdate": lambda: values.batch_update(book, body, self.caller),
            "append": lambda: values.append(book, range_, body, query, self.caller),
            "clear": lambda: values.clear(book, range_, self.caller),
            "batchClear": lambda: values.batch_clear(book, body.get("ranges", []), self.caller),
        }
        return plays[name]()

    def drive(self, endpoint: str) -> Json | Response | None:
        """The Drive API."""
        world, query, caller, body = self.world, self.query, self.caller, self.body
        file_id, key = self.arguments.get("file_id", ""), self.arguments.get("key", "")
        if endpoint == "drive.files.export":
            kind, text = drive.export(world, file_id, query, caller)
            return Response(text, content_type=kind)
        plays: dict[str, Callable[[], Json | None]] = {
            "drive.files.create": lambda: drive.create(world, body, query, caller),
            "drive.files.list": lambda: drive.list_files(world, query, caller),
            "drive.files.get": lambda: drive.get(world, file_id, query, caller),
            "drive.files.update": lambda: drive.update(world, file_id, body, query, caller),
            "drive.files.delete": lambda: drive.delete(world, file_id, caller),
            "drive.files.copy": lambda: drive.copy(world, file_id, body, query, caller),
            "drive.comments.list": lambda: drive.comments(world, file_id, caller),
            "drive.permissions.list": lambda: permissions.list_all(world, file_id, query, caller),
            "drive.permissions.create": lambda: permissions.create(world, file_id, body, query, caller),
            "drive.permissions.update": lambda: permissions.change(world, file_id, key, body, query, caller),
            "drive.permissions.delete": lambda: permissions.change(world, file_id, key, None, query, caller),
            "drive.v2.upload": self._upload,
        }
        return plays[endpoint]()

    def _upload(self) -> Json:
        book = drive.allowed(self.world, self.arguments["file_id"], self.caller, "write")
        csvs.read_over(book, self.request.get_data(as_text=True), self.world.new_number())
        return {"kind": "drive#file", "id": book.id, "title": book.title, "mimeType": drive.SHEET}

    def _masked(self, answer: Json, name: str) -> Json:
        if not self.query.get("fields"):
            return answer
        return masks.applied(masks.parsed(self.query["fields"], name), answer)  # type: ignore[no-any-return]


def _json(document: Json, code: int) -> Response:
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return Response(text, status=code, content_type="application/json; charset=UTF-8")

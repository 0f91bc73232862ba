"""Requests to the application without a port: for tests of the server, and quick ones of anything else."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from werkzeug.test import Client

from .addresses import CALLER
from .app import application
from .spreadsheet import Spreadsheet
from .world import ALL_POWERFUL, World


@dataclass(frozen=True, slots=True)
class Answer:
    """status and the JSON document; None where there is no body."""

    status: int
    body: Any

    @property
    def message(self) -> str:
        """The words of a refusal."""
        return str(self.body["error"]["message"])


class Asker:
    """One caller of one world. caller: an address."""

    def __init__(self, world: World, caller: str = ALL_POWERFUL) -> None:
        self.client = Client(application(world))
        self.caller = caller

    def ask(self, method: str, path: str, body: Any = None, **query: Any) -> Answer:
        """One request; query values may be lists."""
        given = {
            name: str(value).lower() if isinstance(value, bool) else value for name, value in query.items()
        }
        answer = self.client.open(
            path, method=method, json=body, query_string=given, environ_overrides={CALLER: self.caller}
        )
        text = answer.get_data(as_text=True)
        return Answer(answer.status_code, json.loads(text) if text else None)


class Book:
    """One spreadsheet through the API."""

    def __init__(self, world: World, book: Spreadsheet, caller: str | None = None) -> None:
        self.asker = Asker(world, caller or ALL_POWERFUL)
        self.path = f"/v4/spreadsheets/{book.id}"
        self.id = book.id

    def get(self, **query: Any) -> Answer:
        """spreadsheets.get."""
        return self.asker.ask("GET", self.path, **query)

    def batch(self, *requests: Any, **rest: Any) -> Answer:
        """spreadsheets.batchUpdate."""
        return self.asker.ask("POST", f"{self.path}:batchUpdate", {"requests": list(requests), **rest})

    def read(self, range_: str, **query: Any) -> Answer:
        """values.get."""
        return self.asker.ask("GET", f"{self.path}/values/{range_}", **query)

    def write(self, range_: str, rows: Any, option: str = "RAW", **query: Any) -> Answer:
        """values.update."""
        return self.asker.ask(
            "PUT", f"{self.path}/values/{range_}", {"values": rows}, valueInputOption=option, **query
        )

    def append(self, range_: str, rows: Any, option: str = "RAW", **query: Any) -> Answer:
        """values.append."""
        return self.asker.ask(
            "POST", f"{self.path}/values/{range_}:append", {"values": rows}, valueInputOption=option, **query
        )

    def values(self, range_: str, **query: Any) -> list[list[Any]]:
        """The rows of values.get, [] where there are none."""
        answer = self.read(range_, **query)
        assert answer.status == 200, answer.body
        return list(answer.body.get("values", []))

"""The smallest thing that can stand behind the front: it counts the changes that were made."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from werkzeug import Request, Response


@dataclass(slots=True)
class Notebook:
    """A WSGI application. changes: requests that were not for reading; padding: how big an answer is."""

    changes: int = 0
    reads: int = 0
    padding: int = 0
    modified: str = "2026-11-20T10:00:00.000Z"

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        request = Request(environ)
        if request.method == "GET":
            self.reads += 1
        else:
            self.changes += 1
        body = {
            "changes": self.changes,
            "caller": environ["engage.caller"],
            "modifiedTime": self.modified,
            "ranges": request.args.getlist("ranges"),
            "sent": request.get_data(as_text=True),
            "padding": "x" * self.padding,
        }
        return Response(json.dumps(body), content_type="application/json")(environ, start_response)

"""Google's addresses led to the local server: mount it on the session of a client that knows no other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import requests
from requests.adapters import HTTPAdapter


class ToServer(HTTPAdapter):
    """Takes https://sheets.googleapis.com/… and www.googleapis.com to the server. url: http://127.0.0.1:PORT."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = urlsplit(url)

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        """The same request to the server; the host that was meant goes along as X-Forwarded-Host."""
        asked = urlsplit(request.url or "")
        request.headers["X-Forwarded-Host"] = asked.netloc
        request.url = urlunsplit((self.url.scheme, self.url.netloc, asked.path, asked.query, ""))
        return super().send(request, *args, **kwargs)


def redirected(session: requests.Session, url: str) -> Callable[[], None]:
    """Mount it; call what is returned to close its connections."""
    adapter = ToServer(url)
    session.mount("https://", adapter)
    return adapter.close

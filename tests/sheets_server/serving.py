"""The server on a port of this machine: threads, HTTP/1.1, connections kept open as Google keeps them."""

from __future__ import annotations

import contextlib
import io
import sys
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler

from . import accounts
from .faults import Dropped
from .front import Application, Front, front


class Handler(WSGIRequestHandler):
    """Werkzeug's, but for the connection, which stays open: its own closes after every answer."""

    protocol_version = "HTTP/1.1"
    timeout = 30
    disable_nagle_algorithm = True
    wbufsize = -1

    def run_wsgi(self) -> None:
        """One request to one answer; a cut connection ends it in silence."""
        environ = self.make_environ()
        environ["wsgi.input"] = io.BytesIO(self.rfile.read(int(self.headers.get("Content-Length") or 0)))
        began: list[Any] = []
        try:
            body = self.server.app(environ, lambda status, headers, _=None: began.extend((status, headers)))  # type: ignore[arg-type]
            self._send(began[0], began[1], body)
        except (Dropped, ConnectionError, TimeoutError):
            self.close_connection = True

    def _send(self, status: str, headers: list[tuple[str, str]], body: Iterable[bytes]) -> None:
        code, _, words = status.partition(" ")
        pieces = body if any(name.lower() == "content-length" for name, _ in headers) else [b"".join(body)]
        self.send_response(int(code), words)
        for name, value in headers:
            self.send_header(name, value)
        if isinstance(pieces, list) and pieces is not body:
            self.send_header("Content-Length", str(len(pieces[0])))
        self.end_headers()
        for piece in pieces:
            self.wfile.write(piece)
            self.wfile.flush()
        self.wfile.flush()

    def log(self, type: str, message: str, *args: Any) -> None:
        """Say nothing: the front keeps its own list of calls."""


@dataclass(slots=True)
class Served:
    """A running server. url: http://127.0.0.1:PORT, the endpoint for engage.toml."""

    url: str
    front: Front

    def key_file(self, folder: Path, *, name: str = "key.json") -> Path:
        """The key file of the service account, whose token_uri is this server."""
        account = next(iter(self.front.office.services.values()))
        return accounts.write_key(folder, account, self.url, name=name)

    def client_secrets(self, folder: Path) -> Path:
        """The app's secrets, for signing in as a person."""
        return accounts.write_client_secrets(folder, self.front.office.app, self.url)


@contextlib.contextmanager
def serving(inner: Application, *, port: int = 0, recordings: bool = False) -> Iterator[Served]:
    """Serve on this machine until the end of the block. port 0: any that is free."""
    made = front(inner, recordings=recordings)
    server = ThreadedWSGIServer("127.0.0.1", port, made, handler=Handler)
    server.daemon_threads = True
    server.block_on_close = False
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield Served(f"http://127.0.0.1:{server.server_port}", made)
    finally:
        if not sys.is_finalizing():  # a server kept until the process ends: its thread has stopped already
            server.shutdown()
            thread.join()
        server.server_close()

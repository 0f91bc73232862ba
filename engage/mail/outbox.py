"""The outbox: a transport that leaves each message in a folder, as .eml to send and .html to look at."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from engage.ledger import Send
from engage.mail.transport import Attempt, Envelope
from engage.mail.wire import as_bytes
from engage.model import fingerprint
from engage.own_files import put_private

PREVIEW = "preview"


@dataclass(frozen=True, slots=True)
class Outbox:
    """A folder. The .eml is swapped in whole and last: where it stands, the message was written."""

    folder: Path

    def send(self, envelope: Envelope) -> Attempt:
        """Write the page, then the message; what cannot be written leaves nothing behind."""
        path = self._path(envelope.send)
        try:
            write_file(path.with_suffix(".html"), envelope.html.encode("utf-8"))
            write_file(path, as_bytes(envelope.message))
        except OSError as error:
            why = f"{self.folder} cannot be written: {error.strerror or error}"
            return Attempt("temporary", why, ends_run=True)
        return Attempt("sent", path=path)

    def trace(self, send: Send) -> Attempt | None:
        """A message that stands there may have been sent on by somebody: it is not written again."""
        path = self._path(send)
        return Attempt("sent", path=path) if path.exists() else None

    def close(self) -> None:
        """Nothing is open."""

    def _path(self, send: Send) -> Path:
        return self.folder / f"{file_stem(send)}.eml"


def file_stem(send: Send) -> str:
    """A file name that every system takes, and no two sends share: "2026-W47-weekly-ruth.hale-9f3c…"."""
    local = re.sub(r"[^a-z0-9._-]+", "_", send.key[0].partition("@")[0]).strip("._")[:40]
    return f"{send.period}-{send.edition}-{local or 'reader'}-{fingerprint('|'.join(send.key))}"


def write_file(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, for its owner's eyes alone; its folder is made. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    put_private(path, content)

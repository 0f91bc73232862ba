"""The outbox: a transport that leaves each message in a folder, as .eml to send and .html to look at."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Literal

from engage.errors import MailError
from engage.ledger import FAILED, SENDING, SENT, Ledger, Send
from engage.model import fingerprint

PREVIEW = "preview"


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of one message. path: the .eml ("already" and "held": where it stands or would).

    "held": an earlier run was cut off while it wrote this one; a person looks, nothing is repeated by itself.
    """

    send: Send
    status: Literal["sent", "already", "held"]
    path: Path


def deliver(
    message: EmailMessage, html: str, send: Send, *, folder: Path, ledger: Ledger, now: datetime
) -> Delivery:
    """Put a message and its page into the outbox, once ever for (address, edition, period).

    The ledger's row is on the disk before the first byte. Raises MailError if the folder cannot be written,
    which leaves nothing behind and may be tried again.
    """
    path = folder / f"{file_stem(send)}.eml"
    if not ledger.claim(send, now):
        return _earlier(send, path, ledger, now)
    if path.exists():  # of a ledger that was lost: what stands there may have been sent
        ledger.settle(send, SENT, now)
        return Delivery(send, "already", path)
    try:
        write_file(path.with_suffix(".html"), html.encode("utf-8"))
        write_file(path, message.as_bytes())
    except OSError as error:
        ledger.settle(send, FAILED, now)
        raise MailError(
            f"a message cannot be written: {error.strerror or error}",
            where=str(folder),
            fix="make room or ask for the right to write there, then run it again",
        ) from error
    ledger.settle(send, SENT, now)
    return Delivery(send, "sent", path)


def _earlier(send: Send, path: Path, ledger: Ledger, now: datetime) -> Delivery:
    """Sent before; or cut off: then the .eml, swapped in whole and last, is there or it did not leave."""
    if ledger.status(send) == SENDING:
        if not path.exists():
            return Delivery(send, "held", path)
        ledger.settle(send, SENT, now)
    return Delivery(send, "already", path)


def release(send: Send, ledger: Ledger, now: datetime) -> None:
    """A person has looked: this held message did not leave and may be written."""
    if ledger.status(send) == SENDING:
        ledger.settle(send, FAILED, now)


def file_stem(send: Send) -> str:
    """A file name that every system takes, and no two sends share: "2026-W47-weekly-ruth.hale-9f3c…"."""
    local = re.sub(r"[^a-z0-9._-]+", "_", send.key[0].partition("@")[0]).strip("._")[:40]
    return f"{send.period}-{send.edition}-{local or 'reader'}-{fingerprint('|'.join(send.key))}"


def write_file(path: Path, content: bytes) -> None:
    """Write a file whole or not at all; its folder is made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(path.name + ".part")
    try:
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)

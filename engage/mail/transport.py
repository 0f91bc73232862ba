"""What a mail transport is: one message in, one outcome out. A transport is one file of this room."""

from __future__ import annotations

from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Literal, Protocol

from engage.ledger import Send

Result = Literal["sent", "temporary", "permanent", "configuration", "unknown"]


@dataclass(frozen=True, slots=True)
class Envelope:
    """One message for one address, that of `send`. html: its page, where one is left to look at."""

    send: Send
    message: EmailMessage
    html: str


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came of one attempt, which is exactly one of:

    "sent": it was taken. "temporary": it certainly was not, and may be tried again. "permanent": it was
    refused for this person. "configuration": it was refused whoever it is for (sign-in, certificate, sender).
    "unknown": nobody knows; never to be repeated by itself.
    why: in words, with what the server said. fix: what to do about it, "" if that is said. ends_run: the next
    person would fare no better now. dead: the address itself was refused, so that nothing should go there
    again. path: the file it became.
    """

    result: Result
    why: str = ""
    ends_run: bool = False
    dead: bool = False
    path: Path | None = None
    fix: str = ""


class Transport(Protocol):
    """A way for messages to leave. Raises nothing that an Attempt can say."""

    def send(self, envelope: Envelope) -> Attempt:
        """Try once to hand over one message."""
        ...

    def trace(self, send: Send) -> Attempt | None:
        """What can be proved of an earlier attempt: "sent", or None, which proves nothing."""
        ...

    def close(self) -> None:
        """Let go of what is open; may be called twice."""
        ...

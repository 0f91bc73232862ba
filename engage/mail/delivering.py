"""One message, once ever: the ledger's row first, then one attempt, then what came of it."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from engage.errors import MailError
from engage.ledger import FAILED, HELD, REFUSED, SENT, UNKNOWN, Ledger, Send
from engage.mail.transport import Attempt, Envelope, Result, Transport

STATUS: dict[Result, str] = {
    "sent": SENT,
    "temporary": FAILED,
    "configuration": FAILED,
    "permanent": REFUSED,
    "unknown": UNKNOWN,
}
Status = Literal["sent", "already", "held", "waits", "refused", "misconfigured"]
CALLED: dict[Result, Status] = {
    "sent": "sent",
    "temporary": "waits",
    "configuration": "misconfigured",
    "permanent": "refused",
    "unknown": "held",
}


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of one message.

    status: "sent" now; "already" before; "held": nobody knows whether it left, a person looks; "waits": it
    did not leave and may be tried again; "refused" for this person, now or before; "misconfigured": it did
    not leave, nor would any other. path: its file, if any. ends_run: no use in trying the next person now.
    tried: whether this run tried it. fix: what to do about it, "" if nothing is known.
    """

    send: Send
    status: Status
    path: Path | None = None
    why: str = ""
    ends_run: bool = False
    tried: bool = False
    fix: str = ""


def deliver(
    envelope: Envelope,
    *,
    transport: Transport,
    ledger: Ledger,
    now: datetime,
    allowed: Set[str],
    asked: str = "",
) -> Delivery:
    """Try once to send a message, if nobody has for this (address, edition, period).

    allowed: mail domains, lower-case. asked: what its reader asks for, kept with it. Raises MailError, before
    anything is claimed, for an address in any other, or if the message is addressed to anybody else.
    """
    send = envelope.send
    check_address(envelope, allowed)
    if not ledger.claim(send, now, asked):
        return _earlier(send, transport, ledger, now)
    seen = transport.trace(send)
    if seen is not None:  # of a ledger that was lost: what stands there may have been sent
        ledger.settle(send, SENT, now)
        return Delivery(send, "already", seen.path)
    attempt = transport.send(envelope)
    ledger.settle(send, STATUS[attempt.result], now, why=attempt.why, dead=attempt.dead)
    return delivery_of(send, attempt)


def delivery_of(send: Send, attempt: Attempt) -> Delivery:
    """An attempt as it is told."""
    ends_run = attempt.ends_run or attempt.result == "configuration"
    return Delivery(
        send, CALLED[attempt.result], attempt.path, attempt.why, ends_run, tried=True, fix=attempt.fix
    )


def check_address(envelope: Envelope, allowed: Set[str]) -> None:
    """The last gate. Raises MailError for a stranger's address, or a message that is not for this one."""
    address = envelope.send.address
    named = [one.addr_spec for one in envelope.message["To"].addresses]
    if address.rpartition("@")[2].lower() not in allowed or named != [address]:
        raise MailError(
            "this address is not in a mail domain that may be written to",
            where="engage.toml, [mail] allowed_domains",
            fix="add its domain there if digests may go to it",
        )
    if any(envelope.message[name] is not None for name in ("Cc", "Bcc")):
        raise MailError("a digest is for one person, and this one names others")


def _earlier(send: Send, transport: Transport, ledger: Ledger, now: datetime) -> Delivery:
    """Sent or refused before; or nobody knows, unless the transport can prove that it left."""
    entry = ledger.entry(send)
    status, why = (entry.status, entry.why) if entry else ("", "")
    if status == REFUSED:
        return Delivery(send, "refused", why=why)
    seen = transport.trace(send)
    path = seen.path if seen else None
    if status in HELD:
        if seen is None:
            return Delivery(send, "held", why=why or "a run was cut off while it sent this")
        ledger.settle(send, SENT, now)
    return Delivery(send, "already", path)

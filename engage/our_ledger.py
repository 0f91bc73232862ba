"""The ledger of what was sent, held against what the hub has seen of it.

The hub remembers which ledger it is and how many times it was sent from, the turn. A turn is taken before
anything leaves: first in the ledger, then in the hub. So a ledger that is behind the hub is an old copy of
itself, and what was sent since is not in it; one that is ahead belongs to a sending that was cut off before
the hub was told, and nothing had left then. The Digest list is asked too, for the hub's memory can be lost.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from .built.as_read import read_rows
from .config import HUB, Config
from .coordinators import TITLE as DIGEST_LIST
from .desk import Desk
from .digest.due import MONTHLY, WEEKLY
from .errors import DigestError
from .lease import read_stamp, write_memory
from .ledger import LEDGER_FILE, Ledger, Send
from .model import Snapshot
from .recipients import span_of
from .state import State
from .undoing import SENDING

FIX = "put its newest backup in its place; or run engage digest adopt, and see what will count as sent"


def our_ledger(desk: Desk) -> Ledger:
    """The ledger that the hub names, with all that was sent. Raises DigestError if it is not here."""
    state = desk.night.intake.pulled[HUB].state
    ledger = ledger_named(desk.config, state)
    shown, known = last_sent_in(desk.night.intake.hub), ledger.newest
    if shown is not None and (known is None or shown > known.replace(second=0)):  # the list says no seconds
        raise _old(ledger, f"by the Digest list one went out on {shown:%d/%m/%Y} at {shown:%H:%M}")
    return ledger


def ledger_named(config: Config, state: State) -> Ledger:
    """The same by the hub's memory alone. Raises DigestError."""
    path = config.state / LEDGER_FILE
    if not state.ledger:
        raise DigestError("the hub does not name a ledger of what was sent yet", fix="run: engage sync")
    if not path.exists() or Ledger(path).name != state.ledger:
        raise DigestError(
            "the ledger of what was sent is not here, so somebody could get a digest twice",
            where=str(path),
            fix=FIX,
        )
    ledger = Ledger(path)
    if ledger.turn < state.turn:
        raise _old(ledger, "digests have gone out that it does not know of")
    return ledger


def _old(ledger: Ledger, how: str) -> DigestError:
    return DigestError(f"the ledger of what was sent is an old copy: {how}", where=str(ledger.path), fix=FIX)


def last_sent_in(hub: Snapshot) -> datetime | None:
    """The newest Last sent of the Digest list (local time), None if it says none that can be read."""
    rows = read_rows(hub.tab(DIGEST_LIST), ("Record", "Last sent"))
    stamps = [read_stamp(row.get("Last sent", "")) for row in rows]
    return max((stamp for stamp in stamps if stamp is not None), default=None)


def take_turn(desk: Desk, ledger: Ledger, *, holder: str = "") -> None:
    """Tell the ledger, then the hub, that it is about to be sent from.

    holder: the machine that takes the lease over, "" leaves it where it is.
    Raises WorkbookError if the hub cannot be told: then nothing may leave.
    """
    state = desk.night.intake.pulled[HUB].state
    turn = ledger.take_turn(state.turn)
    now = replace(state, ledger=ledger.name, turn=turn, turned=desk.night.now)
    if holder:
        now = replace(now, holder=holder, only_syncs=False)
    write_memory(now, desk.night.intake, desk.hub, desk.cache, run=f"{SENDING}{desk.night.run}")


def adopt(desk: Desk, sends: Iterable[Send], machine: str) -> None:
    """Sync and send from this machine, by its ledger as it stands, from now on; these digests count as sent.

    Nobody else gets one of the last whole week and month either: who reads them may have been another on the
    day they went out. A machine that sent before finds another's name in the hub, and refuses.
    Raises WorkbookError if the hub cannot be told: then nothing has changed hands.
    """
    ledger, now = Ledger(desk.config.state / LEDGER_FILE), desk.night.now
    shown = last_sent_in(desk.night.intake.hub)
    periods = [(edition, span_of(desk, edition).label) for edition in (WEEKLY, MONTHLY)]
    ledger.adopt(sends, periods, now, known=max(now, shown or now))
    take_turn(desk, ledger, holder=machine)


def said_of(desk: Desk) -> dict[str, str]:
    """Address → what the Digest list says was last sent there: "23/11/2026 07:00, sent"."""
    rows = read_rows(desk.night.intake.hub.tab(DIGEST_LIST), ("Record", "Last sent"))
    return {
        row.get("Email", "").lower(): f"{row['Last sent']}, {row.get('Last status', '')}"
        for row in rows
        if row.get("Last sent", "")
    }

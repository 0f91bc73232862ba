"""The ledger of what was sent, held against what the hub has seen of it.

The hub remembers which ledger it is and how many times it was sent from, the turn. A turn is taken before
anything leaves: first in the ledger, then in the hub. So a ledger that is behind the hub is an old copy of
itself, and what was sent since is not in it; one that is ahead belongs to a sending that was cut off before
the hub was told, and nothing had left then.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from .config import HUB
from .desk import Desk
from .errors import DigestError
from .lease import write_memory
from .ledger import LEDGER_FILE, Ledger, Send
from .undoing import SENDING

FIX = "put its newest backup in its place; or run engage digest adopt, and see what will count as sent"


def our_ledger(desk: Desk) -> Ledger:
    """The ledger that the hub names, with all that was sent. Raises DigestError if it is not here."""
    path, state = desk.config.state / LEDGER_FILE, desk.night.intake.pulled[HUB].state
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
        raise DigestError(
            "the ledger of what was sent is an old copy: digests have gone out that it does not know of",
            where=str(path),
            fix=FIX,
        )
    return ledger


def take_turn(desk: Desk, ledger: Ledger) -> None:
    """Tell the ledger, then the hub, that it is about to be sent from.

    Raises WorkbookError if the hub cannot be told: then nothing may leave.
    """
    state = desk.night.intake.pulled[HUB].state
    turn = ledger.take_turn(state.turn)
    now = replace(state, ledger=ledger.name, turn=turn)
    write_memory(now, desk.night.intake, desk.hub, desk.cache, run=f"{SENDING}{desk.night.run}")


def adopt(desk: Desk, sends: Iterable[Send]) -> None:
    """Send by the ledger of this machine, as it stands, from now on, these digests counted as sent.

    Raises LeaseHeld if another machine sends, WorkbookError if the hub cannot be told.
    """
    if desk.held_by:
        raise desk.held_by
    ledger = Ledger(desk.config.state / LEDGER_FILE)
    for send in sends:
        ledger.adopt(send, desk.night.now)
    take_turn(desk, ledger)

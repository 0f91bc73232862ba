"""One writer: the hub names the machine that syncs and sends, and until when nobody else may.

The holder stands in the hub's _engage; the time stamp of its last sync, in Start here, renews the lease.
One that only syncs, as at a CI service, makes way at once for the machine with the ledger of what was sent.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from .cache import Cache
from .config import HUB, Config
from .errors import LeaseHeld, MailError, WorkbookBusy
from .intake import Intake
from .ledger import LEDGER_FILE, Ledger
from .memory_tab import memory_intent
from .model import Grid, Snapshot
from .ports import Workbook
from .pushing import carry_out
from .state import TAB, State

STAMP_TAB, STAMP_LABEL = "Start here", "Last sync"
STAMP_FORMAT = "%d/%m/%Y %H:%M"
FIX_SENDING = "run engage digest adopt on the machine that is to send: it then syncs and sends for all"


def last_sync(hub: Snapshot) -> datetime | None:
    """The time stamp of the last sync (local time, no zone), or None if there is none that can be read."""
    tab = hub.tab(STAMP_TAB)
    return stamp_in(tab.rows if tab else ())


def stamp_in(rows: Grid) -> datetime | None:
    """The same, from the rows of Start here."""
    stamps = [row[1] for row in rows if len(row) > 1 and row[0] == STAMP_LABEL]
    return read_stamp(stamps[0]) if stamps else None


def read_stamp(text: str) -> datetime | None:
    """A time stamp as we write it, or in ISO: so it stood at first, and so a true date in a cell reads."""
    with suppress(ValueError):
        return datetime.strptime(text, STAMP_FORMAT)  # noqa: DTZ007 - local time, which has no zone here
    with suppress(ValueError):
        return datetime.fromisoformat(text).replace(tzinfo=None)
    return None


@dataclass(frozen=True, slots=True)
class Asker:
    """A machine that wants to write or to send. sends: whether digests ever leave from it."""

    machine: str
    config: Config
    sends: bool = True


def check_lease(intake: Intake, asker: Asker, now: datetime) -> None:
    """Raise LeaseHeld if another machine synced this hub within the lease's hours. now: local, no zone."""
    held = lease_held(intake, asker, now)
    if held:
        raise held


def lease_held(intake: Intake, asker: Asker, now: datetime) -> LeaseHeld | None:
    """Why this machine may not write or send now, None if it may."""
    return held_elsewhere(intake.pulled[HUB].state, last_sync(intake.hub), asker, now)


def held_elsewhere(state: State, stamp: datetime | None, asker: Asker, now: datetime) -> LeaseHeld | None:
    """The same, for the hub's memory and its time stamp."""
    if state.holder in ("", asker.machine) or stamp is None or _makes_way(state, asker):
        return None
    until = stamp + timedelta(hours=asker.config.lease_hours)
    if now >= until:
        return None
    what = f'another machine, "{state.holder}", syncs this partnership until {until:%d/%m/%Y %H:%M}'
    if state.only_syncs and asker.sends:
        return LeaseHeld(f"{what}, and never sends", where="hub", fix=FIX_SENDING)
    fix = "run this on that machine, or wait until then and sync here to take over"
    return LeaseHeld(what, where="hub", fix=fix)


def _makes_way(state: State, asker: Asker) -> bool:
    """Whether the machine in the hub, which only syncs, gives up its place to the one that sends.

    It has sent nothing, so that the ledger which the hub names still says all that was.
    """
    return state.only_syncs and asker.sends and _is_ours(state.ledger, asker.config.state / LEDGER_FILE)


def _is_ours(named: str, path: Path) -> bool:
    try:
        return not named or (path.exists() and Ledger(path).name == named)
    except MailError:  # damaged: sending will say so
        return False


def take_lease(intake: Intake, hub: Workbook, cache: Cache, *, asker: Asker, run: str) -> bool:
    """Write this machine's name into the hub's memory if another's, or none, stands there.

    Returns whether it was written. Raises WorkbookBusy if another machine was quicker.
    """
    state = intake.pulled[HUB].state
    ours = replace(state, holder=asker.machine, only_syncs=not asker.sends)
    if state == ours:
        return False
    write_memory(ours, intake, hub, cache, run=run)
    return True


def write_memory(state: State, intake: Intake, hub: Workbook, cache: Cache, *, run: str) -> None:
    """Put this state into the hub's _engage. Raises WorkbookBusy if it has changed since it was read."""
    intent = memory_intent(state, HUB, intake.hub.tab(TAB), keep_typed=True)
    if any(outcome.status == "moved" for outcome in carry_out([intent], hub, cache, run)):
        raise WorkbookBusy(
            "another machine began a sync at the same moment", where=hub.title, fix="run this again later"
        )

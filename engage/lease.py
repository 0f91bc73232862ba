"""One writer: the hub names the machine that syncs and sends, and until when nobody else may.

The holder stands in the hub's _engage; the time stamp of its last sync, in Start here, renews the lease.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

from .cache import Cache
from .config import HUB
from .errors import LeaseHeld, WorkbookBusy
from .intake import Intake
from .memory_tab import memory_intent
from .model import Grid, Snapshot
from .ports import Workbook
from .pushing import carry_out
from .state import TAB, State

STAMP_TAB, STAMP_LABEL = "Start here", "Last sync"
STAMP_FORMAT = "%d/%m/%Y %H:%M"


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


def check_lease(intake: Intake, machine: str, now: datetime, hours: int) -> None:
    """Raise LeaseHeld if another machine synced this hub within the lease's hours. now: local, no zone."""
    held = lease_held(intake, machine, now, hours)
    if held:
        raise held


def lease_held(intake: Intake, machine: str, now: datetime, hours: int) -> LeaseHeld | None:
    """Why this machine may not write or send now, None if it may."""
    return held_elsewhere(intake.pulled[HUB].state.holder, last_sync(intake.hub), machine, now, hours)


def held_elsewhere(
    holder: str, stamp: datetime | None, machine: str, now: datetime, hours: int
) -> LeaseHeld | None:
    """The same, for the machine that stands in the hub and the hub's time stamp."""
    if not holder or holder == machine or stamp is None or now >= stamp + timedelta(hours=hours):
        return None
    until = stamp + timedelta(hours=hours)
    return LeaseHeld(
        f'another machine, "{holder}", syncs this partnership until {until:%d/%m/%Y %H:%M}',
        where="hub",
        fix="run this on that machine, or wait until then and sync here to take over",
    )


def take_lease(intake: Intake, hub: Workbook, cache: Cache, *, machine: str, run: str) -> bool:
    """Write this machine's name into the hub's memory if another's, or none, stands there.

    Returns whether it was written. Raises WorkbookBusy if another machine was quicker.
    """
    state = intake.pulled[HUB].state
    if state.holder == machine:
        return False
    write_memory(replace(state, holder=machine), intake, hub, cache, run=run)
    return True


def write_memory(state: State, intake: Intake, hub: Workbook, cache: Cache, *, run: str) -> None:
    """Put this state into the hub's _engage. Raises WorkbookBusy if it has changed since it was read."""
    intent = memory_intent(state, HUB, intake.hub.tab(TAB), keep_typed=True)
    if any(outcome.status == "moved" for outcome in carry_out([intent], hub, cache, run)):
        raise WorkbookBusy(
            "another machine began a sync at the same moment", where=hub.title, fix="run this again later"
        )

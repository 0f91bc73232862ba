"""One writer: the hub names the machine that syncs and sends, and until when nobody else may.

The holder stands in the hub's _engage; the time stamp of its last sync, in Start here, renews the lease.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from .errors import LeaseHeld
from .model import Snapshot

STAMP_TAB, STAMP_LABEL = "Start here", "Last sync"
STAMP_FORMAT = "%Y-%m-%d %H:%M"


def last_sync(hub: Snapshot) -> datetime | None:
    """The time stamp of the last sync (local time, no zone), or None if there is none that can be read."""
    tab = hub.tab(STAMP_TAB)
    stamps = [row[1] for row in (tab.rows if tab else ()) if len(row) > 1 and row[0] == STAMP_LABEL]
    try:
        return datetime.fromisoformat(stamps[0]).replace(tzinfo=None) if stamps else None
    except ValueError:
        return None


def check_lease(holder: str, stamp: datetime | None, *, machine: str, now: datetime, hours: int) -> None:
    """Raise LeaseHeld if another machine synced this hub within the lease's hours. now: local, no zone."""
    if not holder or holder == machine or stamp is None:
        return
    until = stamp + timedelta(hours=hours)
    if now < until:
        raise LeaseHeld(
            f'another machine, "{holder}", syncs this partnership; its turn lasts until {until:{STAMP_FORMAT}}',
            where="hub",
            fix="run the sync on that machine, or wait until then and run it here to take over",
        )

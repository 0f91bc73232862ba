"""An agency that left is taken in again: the hub forgets that it left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from engage.config import HUB
from engage.lease import check_lease, write_memory
from engage.night import run_id
from engage.pipeline import Partnership, pull
from engage.state import TAB, Left, decode
from engage.undoing import RETURNING


def take_back(partnership: Partnership, name: str, *, now: datetime) -> bool:
    """Whether the hub had a mark that an agency of this name left; it has none any more.

    Call it before engage.toml counts the agency in. Raises LeaseHeld, WorkbookBusy, or what a sync raises.
    """
    hub = partnership.workbooks[HUB]
    if not _marks(decode(hub.peek(TAB), HUB).left, name):
        return False
    intake = pull(partnership, now, allow_deletions=True)
    check_lease(intake, partnership.asker, now)
    state = intake.pulled[HUB].state
    gone = _marks(state.left, name)
    left = {key: mark for key, mark in state.left.items() if key not in gone}
    write_memory(replace(state, left=left), intake, hub, partnership.cache, run=f"{RETURNING}{run_id(now)}")
    return True


def _marks(left: Mapping[str, Left], name: str) -> frozenset[str]:
    """The keys of the marks of this agency, by its key or its name."""
    wanted = name.casefold()
    return frozenset(key for key, one in left.items() if wanted in (key.casefold(), one.agency.casefold()))

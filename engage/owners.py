"""Whose file each workbook is: when that changes it is said once, and then the new owner is the known one.

A mark is remembered, no address: who may open a workbook sees its owner there.
"""

from __future__ import annotations

from collections.abc import Iterable

from .config import HUB
from .intake import Intake
from .state import mark

NEW_OWNER = "It has a new owner (Share shows who): ask whether they know that Engage reads and writes there"


def owners_now(intake: Intake) -> dict[str, str]:
    """What to remember: workbook → mark of its owner, as last known."""
    before = intake.pulled[HUB].state.owners
    if intake.blind:
        return dict(before)  # the Sync log waits, so that nothing has been said tonight
    read = {key: each.snapshot.owner for key, each in intake.pulled.items() if each.snapshot}
    now = {key: mark(owner) for key, owner in read.items() if owner}
    return {key: was for key, was in {**before, **now}.items() if key in intake.pulled}


def with_new_owners(intake: Intake) -> Iterable[str]:
    """The workbooks that had another owner when that was last known."""
    before = intake.pulled[HUB].state.owners
    return (key for key, now in owners_now(intake).items() if before.get(key, now) != now)

"""The clock: what is due now, and doing it; `engage tick` does so once, `engage run` every few minutes.

What is due is decided from the hub's Start here alone: its time stamp says when the last sync ran, whoever
ran it, and its box says whether somebody wants one at once. So a machine that was off at night makes up for
it once when it wakes, and two programs that tick never find the same night due.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Literal, Protocol

import schedule

from .config import HUB
from .errors import EngageError, LeaseHeld, UnsafePlan, WorkbookError
from .lease import STAMP_FORMAT, held_elsewhere, stamp_in
from .model import Grid
from .pipeline import Partnership, Report, Say, sync
from .ports import SetCell, Workbook
from .start_here import SYNC_NOW, SYNC_SAID, TITLE
from .state import TAB as MEMORY
from .state import decode

log = logging.getLogger(__name__)

Reason = Literal["asked", "night"]
YES = frozenset({"yes", "y", "true", "x", "1"})
AGAIN = timedelta(hours=1)  # a night that failed is tried again no sooner
# Local time goes back by an hour in autumn; a stamp further ahead than that is a slip, and counts as none.
AHEAD = timedelta(hours=2)
A_MOMENT_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Start:
    """What Start here says. last: time stamp of the last sync, local; box: the cell beside Sync now."""

    last: datetime | None = None
    box: str = ""

    @property
    def is_ticked(self) -> bool:
        """Whether somebody wants a sync now."""
        return self.box.strip().casefold() in YES


@dataclass(frozen=True, slots=True)
class Ticked:
    """What one look came to. due: why to sync; report: of the sync; problem: why there is none."""

    due: tuple[Reason, ...] = ()
    report: Report | None = None
    problem: EngageError | None = None


class Stop(Protocol):
    """Somebody may want us to end (threading.Event)."""

    def wait(self, timeout: float) -> bool:
        """Wait so many seconds, or less; whether to stop."""
        ...


# --- deciding ----------------------------------------------------------------------------------------------


def read_start(rows: Grid) -> Start:
    """The rows of Start here."""
    boxes = [row[1] if len(row) > 1 else "" for row in rows if row and row[0] == SYNC_NOW]
    return Start(stamp_in(rows), boxes[0] if boxes else "")


def what_is_due(start: Start, now: datetime, at: time, tried: datetime | None = None) -> tuple[Reason, ...]:
    """Why to sync now; () if there is no reason.

    now, at: local time, no zone. tried: when this program last tried and failed. A night is due from its hour
    on until a sync has run since: once if the clocks go back over it, late if they jump over it or if the
    machine was off, and once however many nights were missed.
    """
    night = _is_night_due(start.last, now, at) and (tried is None or now - tried >= AGAIN)
    reasons: list[tuple[Reason, bool]] = [("asked", start.is_ticked), ("night", night)]
    return tuple(reason for reason, holds in reasons if holds)


def _is_night_due(last: datetime | None, now: datetime, at: time) -> bool:
    slot = datetime.combine(now.date(), at)
    slot = slot if slot <= now else slot - timedelta(days=1)
    return last is None or last < slot or last > now + AHEAD


# --- doing -------------------------------------------------------------------------------------------------


def tick(
    partnership: Partnership,
    *,
    now: datetime,
    tried: datetime | None = None,
    say: Say = lambda _: None,
) -> Ticked:
    """Look once, and do what is due. Under the lock of this machine.

    The box is emptied before the sync begins: one tick, one sync, whatever becomes of it. Raises LeaseHeld,
    with the box left as it is, if another machine syncs this partnership; WorkbookError if the hub cannot be
    looked at, or the box not be emptied.
    """
    hub = partnership.workbooks[HUB]
    start = look_at_start(hub)
    due = what_is_due(start, now, partnership.config.schedule.at, tried)
    if due:
        _check_lease(partnership, start, now)
    asked = "asked" in due and take_tick(hub, start, now)
    if not asked:
        due = tuple(reason for reason in due if reason != "asked")
    if not due:
        return Ticked()
    log.info("due: %s", ", ".join(due))
    ticked = _synced(partnership, now, due, say)
    if asked:
        answer_tick(hub, now, came_to(ticked))
    return ticked


def _synced(partnership: Partnership, now: datetime, due: tuple[Reason, ...], say: Say) -> Ticked:
    try:
        return Ticked(due, sync(partnership, now=now, say=say))
    except EngageError as error:
        return Ticked(due, problem=error)


def look_at_start(hub: Workbook) -> Start:
    """One small look; the whole workbook only where people have renamed the tab. Raises WorkbookError."""
    rows = hub.peek(TITLE)
    if not rows:
        tab = hub.read().tab(TITLE)
        rows = tab.rows if tab else ()
    return read_start(rows)


def _check_lease(partnership: Partnership, start: Start, now: datetime) -> None:
    holder = ""
    with suppress(UnsafePlan):  # a memory that cannot be read is for the sync to tell of
        holder = decode(partnership.workbooks[HUB].peek(MEMORY), HUB).holder
    held = held_elsewhere(holder, start.last, partnership.machine, now, partnership.config.lease_hours)
    if held:
        raise LeaseHeld(held.what, where=held.where, fix=held.fix)


def take_tick(hub: Workbook, start: Start, now: datetime) -> bool:
    """Empty the box; whether that was done, so that nobody else has taken the same tick.

    Raises WorkbookError if the hub cannot be written to: then the box is left for the next look.
    """
    off = False if start.box == "TRUE" else ""
    began = f"{now.strftime(STAMP_FORMAT)}: began. What came of it will stand here."
    outcomes = hub.apply([SetCell(TITLE, SYNC_NOW, off), SetCell(TITLE, SYNC_SAID, began)])
    return outcomes[0].status == "done"


def answer_tick(hub: Workbook, now: datetime, words: str) -> None:
    """Say beside the box what became of the sync that was asked for."""
    try:
        hub.apply([SetCell(TITLE, SYNC_SAID, f"{now.strftime(STAMP_FORMAT)}: {words}")])
    except WorkbookError as error:
        log.warning("what Sync now did could not be written down: %s", type(error).__name__)


def came_to(ticked: Ticked) -> str:
    """A sync in a line: how much it changed, and which workbooks it could not use; or why it stopped."""
    if ticked.report is None:
        return f"not done. {in_a_line(ticked.problem)}" if ticked.problem else "not done."
    cells = ticked.report.cells_written
    done = (
        f"done, {cells:,} cell{'s' * (cells != 1)} brought up to date"
        if cells
        else "done, nothing had changed"
    )
    problems = [in_a_line(problem) for problem in ticked.report.problems.values()]
    return f"{done}. But: {' '.join(problems)}" if problems else f"{done}."


def in_a_line(error: EngageError) -> str:
    """An error as a sentence or two."""
    head = f"{error.where}: {error.what}" if error.where else error.what
    return f"{head}. What to do: {error.fix}." if error.fix else f"{head}."


# --- going on ----------------------------------------------------------------------------------------------


def keep_running(check: Callable[[], None], every_minutes: int, stop: Stop) -> None:
    """Check now, and every so many minutes until told to stop; a check in hand is finished first.

    What was missed while the machine slept is one check when it wakes.
    """
    clock = schedule.Scheduler()
    clock.every(every_minutes).minutes.do(check)
    check()
    while not stop.wait(A_MOMENT_SECONDS):
        if (clock.idle_seconds or 0.0) > every_minutes * 60:  # the clocks went back: it counts in local time
            clock.clear()
            clock.every(every_minutes).minutes.do(check)
        clock.run_pending()

"""The hub's Start here: when the last sync ran, and the box by which people ask for one at once."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime

from .errors import EngageError, WorkbookError
from .lease import STAMP_FORMAT, stamp_in
from .model import Grid
from .pipeline import Report
from .ports import SetCell, Workbook
from .start_here import SYNC_NOW, SYNC_SAID, TITLE, look_in

log = logging.getLogger(__name__)
YES = frozenset({"yes", "y", "true", "x", "1"})


@dataclass(frozen=True, slots=True)
class Start:
    """What Start here says. last: time stamp of the last sync, local; box: the cell beside Sync now; look:
    what somebody should look at, as the last sync saw it."""

    last: datetime | None = None
    box: str = ""
    look: str = ""

    @property
    def is_ticked(self) -> bool:
        """Whether somebody wants a sync now."""
        return self.box.strip().casefold() in YES


def read_start(rows: Grid) -> Start:
    """The rows of Start here."""
    boxes = [row[1] if len(row) > 1 else "" for row in rows if row and row[0] == SYNC_NOW]
    return Start(stamp_in(rows), boxes[0] if boxes else "", look_in(rows))


def look_at_start(hub: Workbook) -> Start:
    """One small look; the whole workbook only where people have renamed the tab. Raises WorkbookError."""
    rows = hub.peek(TITLE)
    if not rows:
        tab = hub.read().tab(TITLE)
        rows = tab.rows if tab else ()
    return read_start(rows)


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


def came_to(report: Report | None, problem: EngageError | None) -> str:
    """A sync in a line: how much it changed, and which workbooks it could not use; or why it stopped."""
    if report is None:
        return f"not done. {in_a_line(problem)}" if problem else "not done."
    cells = report.cells_written
    done = (
        f"done, {cells:,} cell{'s' * (cells != 1)} brought up to date"
        if cells
        else "done, nothing had changed"
    )
    problems = [in_a_line(each) for each in report.problems.values()]
    return f"{done}. But: {' '.join(problems)}" if problems else f"{done}."


def in_a_line(error: EngageError) -> str:
    """An error as a sentence or two."""
    head = f"{error.where}: {error.what}" if error.where else error.what
    return f"{head}. What to do: {error.fix}." if error.fix else f"{head}."

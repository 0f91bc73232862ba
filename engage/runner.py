"""The clock: what is due now, and doing it; `engage tick` does so once, `engage run` every few minutes.

Whether a sync is due is decided from the hub's Start here alone: its time stamp says when the last one ran,
whoever ran it, and its box says whether somebody wants one at once. So a machine that was off at night makes
up for it once when it wakes, and two programs that tick never find the same night due. Digests come by slots
(slots.py); the book of slots remembers what was begun, what failed, and what was missed.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Literal

from .config import HUB
from .errors import (
    EXIT_DECISIONS_WAIT,
    EXIT_DONE,
    EXIT_FAILED,
    EXIT_UNSAFE,
    EXIT_USAGE,
    EngageError,
    LeaseHeld,
    UnsafePlan,
    WorkbookError,
)
from .late_digests import digests_wanted
from .lease import held_elsewhere
from .mail.transport import Transport
from .notices import tell_deputy
from .pinging import SILENT, Ping
from .pipeline import Partnership, Report, Say, sync
from .rounds import Round, round_due, send_round
from .slot_book import SlotBook
from .slots import (
    DONE,
    ELSEWHERE,
    FAILED,
    LONGEST_WAIT,
    MISSED,
    SYNC,
    Mark,
    Slot,
    digests_missed,
    is_night_due,
    may_try,
    night_slot,
    nights_missed,
)
from .state import TAB as MEMORY
from .state import State, decode
from .sync_now import Start, answer_tick, came_to, in_a_line, look_at_start, take_tick

log = logging.getLogger(__name__)

Reason = Literal["asked", "night", "digests"]
# Of a sync and a round of digests the worse one is what the tick came to.
WORSE = (EXIT_DONE, EXIT_DECISIONS_WAIT, EXIT_FAILED, EXIT_USAGE, EXIT_UNSAFE)


@dataclass(frozen=True, slots=True)
class Ticked:
    """What one look came to. due: what was to be done; report: of the sync; problem: why there is none.

    round: of digests, None if none was due. left: why what is due is left to another machine, by one that
    never sends.
    """

    due: tuple[Reason, ...] = ()
    report: Report | None = None
    problem: EngageError | None = None
    round: Round | None = None
    left: LeaseHeld | None = None

    @property
    def exit_code(self) -> int:
        """As engage sync and engage digest send end, the worse of the two; 0 if nothing was due."""
        codes = [each.exit_code for each in (self.report, self.problem, self.round) if each is not None]
        return max(codes, key=WORSE.index, default=EXIT_DONE)

    @property
    def is_fine(self) -> bool:
        """What a watcher is told: whether all went well, and no digests are left lying elsewhere."""
        late = self.report.night.late if self.report else ()
        return self.exit_code in (EXIT_DONE, EXIT_DECISIONS_WAIT) and not late


@dataclass(frozen=True, slots=True)
class Means:
    """What a tick works with besides the partnership.

    stop: whether somebody wants us to end after the step in hand. ping: the watcher elsewhere. transport:
    another way for mail than that of engage.toml.
    """

    say: Say = lambda _: None
    stop: Callable[[], bool] = lambda: False
    ping: Ping = SILENT
    transport: Transport | None = None


USUAL = Means()


@dataclass(frozen=True, slots=True)
class Look:
    """One look at a partnership. now: local time, no zone. start: what its Start here says."""

    partnership: Partnership
    book: SlotBook
    now: datetime
    start: Start
    means: Means

    @property
    def night(self) -> Slot:
        """The night that is on, or was last."""
        return night_slot(self.now, self.partnership.config.schedule.at)


def what_is_due(start: Start, now: datetime, at: time, mark: Mark | None = None) -> tuple[Reason, ...]:
    """Why to sync now; () if there is no reason.

    now, at: local time, no zone. mark: of this night, if it was tried. A night is due from its hour on until
    a sync has run since: once if the clocks go back over it, late if they jump over it or if the machine was
    off, and once however many nights were missed.
    """
    night = is_night_due(start.last, now, at) and may_try(mark, now, LONGEST_WAIT[SYNC])
    reasons: list[tuple[Reason, bool]] = [("asked", start.is_ticked), ("night", night)]
    return tuple(reason for reason, holds in reasons if holds)


def tick(partnership: Partnership, book: SlotBook, *, now: datetime, means: Means = USUAL) -> Ticked:
    """Look once, and do what is due. Under the lock of this machine. now: local time, no zone.

    The box is emptied before the sync begins: one tick, one sync, whatever becomes of it. Digests follow the
    sync that is due with them, and wait if it fails. Raises LeaseHeld, with the box left as it is, if another
    machine syncs this partnership and this one might send; WorkbookError if the hub cannot be looked at, or
    the box not be emptied.
    """
    look = _look(partnership, book, now, means)
    due = what_is_due(look.start, now, partnership.config.schedule.at, book.marks.get(look.night.key))
    slots = round_due(partnership, book, now)
    if due or slots:
        state = _memory(look)
        held = held_elsewhere(state, look.start.last, partnership.asker, now)
        if held and due:
            return _left(partnership, held)
        slots = _by_lease(look, state, held, slots)
    asked = "asked" in due and take_tick(partnership.workbooks[HUB], look.start, now)
    due = tuple(reason for reason in due if reason != "asked" or asked)
    if not due and not slots:
        return Ticked()
    log.info("due: %s", ", ".join((*due, *(slot.label for slot in slots))))
    ticked = _pinging(means.ping, lambda: _do(look, due, slots))
    if asked:
        answer_tick(partnership.workbooks[HUB], now, came_to(ticked.report, ticked.problem))
    return ticked


def _look(partnership: Partnership, book: SlotBook, now: datetime, means: Means) -> Look:
    book.watch(now)
    try:
        start = look_at_start(partnership.workbooks[HUB])
    except WorkbookError as error:
        means.ping("fail")
        _tell_deputy(Look(partnership, book, now, Start(), means), error)
        raise
    book.saw_sync(start.last)
    return Look(partnership, book, now, start, means)


def _by_lease(look: Look, state: State, held: LeaseHeld | None, slots: tuple[Slot, ...]) -> tuple[Slot, ...]:
    """The digests that are this machine's to send. held: why it may do nothing now, None if it may."""
    if state.only_syncs:  # nobody else sends them: either they leave from here, or it is said why not
        return slots
    if held:
        look.book.end(slots, ELSEWHERE, look.now, held.what)
        return ()
    if state.holder != look.partnership.machine:  # what was missed until now was another's to do
        look.book.watch_anew(look.now)
    return slots


def _left(partnership: Partnership, held: LeaseHeld) -> Ticked:
    """A sync that is another machine's to do: no failure for one that stands by and never sends."""
    if partnership.sends:
        raise held
    return Ticked(left=held)


def _memory(look: Look) -> State:
    """What the hub remembers of who syncs and sends."""
    with suppress(UnsafePlan):  # a memory that cannot be read is for the sync to tell of
        return decode(look.partnership.workbooks[HUB].peek(MEMORY), HUB)
    return State()


def _pinging(ping: Ping, do: Callable[[], Ticked]) -> Ticked:
    """Do it, with a ping before and after."""
    ping("start")
    ticked = None
    try:
        ticked = do()
    finally:
        fine = ticked is not None and ticked.is_fine
        ping("success" if fine else "fail")
    return ticked


def _do(look: Look, due: tuple[Reason, ...], slots: tuple[Slot, ...]) -> Ticked:
    means = look.means
    ticked = _synced(look, due) if due else Ticked()
    if not slots or ticked.problem is not None or means.stop():
        return ticked
    done = send_round(
        look.partnership,
        slots,
        look.book,
        now=look.now,
        say=means.say,
        stop=means.stop,
        transport=means.transport,
    )
    return replace(ticked, due=(*ticked.due, "digests"), round=done)


def _synced(look: Look, due: tuple[Reason, ...]) -> Ticked:
    partnership, book, now = look.partnership, look.book, look.now
    nights = [look.night] if "night" in due else []
    _note_missed(look)
    book.begin(nights, now)
    try:
        report = sync(partnership, now=now, say=look.means.say)
    except EngageError as error:
        book.end(nights, FAILED, now, error.what)
        _tell_deputy(look, error)
        return Ticked(due, problem=error)
    book.end(nights, DONE, now)
    book.saw_sync(now.replace(second=0, microsecond=0))
    book.expect(digests_wanted(report.night, partnership.config))
    return Ticked(due, report)


def _note_missed(look: Look) -> None:
    """Write down what was missed, for the sync that follows to say it."""
    times, book, now = look.partnership.config.schedule, look.book, look.now
    since = book.since or now
    nights = nights_missed(look.start.last, now, times.at, since)
    missed = [night for night in nights if book.status(night) != MISSED]
    if times.send_at is not None:
        missed += digests_missed(now, times.send_at, book.marks, since, book.expected)
    book.miss(missed, now)


def _tell_deputy(look: Look, error: EngageError) -> None:
    last = look.book.last_sync or look.book.since or look.now
    why, way = in_a_line(error), look.means.transport
    tell_deputy(look.partnership, last, why, now=look.now, transport=way)

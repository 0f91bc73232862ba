"""A round of digests: what the clock calls for is sent by the same road as engage digest send.

A round sends to everybody whose digest is due and has not gone; the ledger of what was sent holds it to once.
So the slots that are open together are one round, and a round that is begun again repeats nothing.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from .desk import Desk, open_desk
from .editions import Posted, post
from .errors import EXIT_DONE, EXIT_FAILED, EXIT_USAGE, EngageError
from .late_digests import day_of
from .ledger import LEDGER_FILE, Ledger
from .mail.transport import Transport
from .pipeline import Partnership, Say, sync
from .slot_book import SlotBook
from .slots import DONE, FAILED, Slot, digests_due
from .wording import counted

log = logging.getLogger(__name__)
LEFT = "{} could not leave; engage digest status says why"


@dataclass(frozen=True, slots=True)
class Round:
    """What came of one. problem: why nothing of it was sent."""

    slots: tuple[Slot, ...]
    posted: tuple[Posted, ...] = ()
    problem: EngageError | None = None

    @property
    def left(self) -> dict[Slot, int]:
        """How many digests of each slot should go out and have certainly not gone; slots without any, not.

        Whoever has a day that is not in this round (is back from a pause, say) is counted with the last.
        """
        open_ones = [one.reader for one in self.posted if one.is_open]
        by_day = {(slot.job, slot.day): slot for slot in self.slots}
        return Counter(by_day.get((r.edition, day_of(r)), self.slots[-1]) for r in open_ones)

    @property
    def counts(self) -> Counter[str]:
        """How many digests were sent, already, held, refused, …, "not tried" or "none"."""
        return Counter(
            one.delivery.status if one.delivery else "not tried" if one.later else "none"
            for one in self.posted
        )

    @property
    def exit_code(self) -> int:
        """As engage digest send ends: 1 if a message is held, refused or has to wait, 2 if none can leave."""
        if self.problem is not None:
            return self.problem.exit_code
        counts = self.counts
        if counts["misconfigured"]:
            return EXIT_USAGE
        return EXIT_FAILED if counts.keys() & {"held", "refused", "waits", "not tried"} else EXIT_DONE

    def came_to(self, slot: Slot) -> tuple[str, str]:
        """What became of one of its slots, and why without a name."""
        if self.problem is not None:
            return FAILED, self.problem.what
        left = self.left.get(slot, 0)
        return (FAILED, LEFT.format(counted(left, "digest"))) if left else (DONE, "")


def round_due(partnership: Partnership, book: SlotBook, now: datetime) -> tuple[Slot, ...]:
    """The slots to be done in a round now; () where digests are sent by hand, or never.

    A first look sends nothing: what it wrote down must be there at the second, so that a runner without a
    disk that lasts never sends.
    """
    send_at = partnership.config.schedule.send_at
    if send_at is None or not partnership.sends or book.is_new:
        return ()
    path = partnership.config.state / LEDGER_FILE
    return digests_due(now, send_at, book.marks, Ledger(path).unsent() if path.exists() else {})


def send_round(
    partnership: Partnership,
    slots: tuple[Slot, ...],
    book: SlotBook,
    *,
    now: datetime,
    say: Say = lambda _: None,
    stop: Callable[[], bool] = lambda: False,
    transport: Transport | None = None,
) -> Round:
    """Send what is due, and write down what became of it. now: local time, no zone.

    stop: whether to leave the rest for later. transport: another way than that of engage.toml.
    """
    log.info("digests: %s", ", ".join(slot.label for slot in slots))
    book.begin(slots, now)
    try:
        say("Reading the workbooks for the digests")
        desk = _fresh_desk(partnership, now, say)
        say("Sending the digests")
        found = Round(slots, post(desk, stop=stop, transport=transport))
    except EngageError as error:
        found = Round(slots, problem=error)
    for slot in slots:
        status, why = found.came_to(slot)
        book.end([slot], status, now, why)
    return found


def _fresh_desk(partnership: Partnership, now: datetime, say: Say) -> Desk:
    """The desk, with a sync before it if people have typed since the night."""
    desk = open_desk(partnership, now=now)
    if not desk.stale or desk.held_by:
        return desk
    sync(partnership, now=now, say=say)
    return open_desk(partnership, now=now)

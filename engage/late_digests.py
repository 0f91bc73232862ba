"""Digests that nobody sends: seen by a machine that syncs, when whoever sends has fallen silent.

Each time somebody begins to send, the moment is written into the hub's memory, whatever leaves then. So a day
of digests that is over, with no such moment since, is one on which nobody sent.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from .config import HUB, Config
from .digest.due import DAYS
from .digest.readers import Reader, readers, stopped_addresses
from .insight.newcomers import first_days
from .night import Night
from .slots import digest_slots

DAY_IS_OVER = time(23, 59)  # whoever sends by hand has the whole day
PATIENCE = timedelta(days=2)  # as the formula of Start here has it for syncs
FIX = (
    "Whoever looks after Engage: is the machine that sends on, and engage run or its task alive? Ask engage "
    "status there. If it never will be again: engage digest adopt on another"
)
BY_HAND = "Whoever sends them by hand: engage digest send; those of the last whole week are still sent"


def late_digests(night: Night, config: Config, *, sends: bool = False) -> tuple[str, ...]:
    """Since when nobody has sent what people want, in a sentence; () if none is late.

    sends: whether this machine sends by the clock: then its own book of slots says what it has missed. Where
    people send by hand, they must have begun to, once: until then nobody waits for anything.
    """
    send_at, began = config.schedule.send_at, min(first_days(night.facts[HUB]).values(), default="")
    sent = night.intake.pulled[HUB].state.turned
    if not began or (sends if send_at else sent is None):
        return ()
    since = max(date.fromisoformat(began) + timedelta(days=1), sent.date() if sent else date.min)
    late = first_late(digests_wanted(night, config), since, night.now, send_at or DAY_IS_OVER)
    return (late_words(late, sent, by_hand=send_at is None),) if late else ()


def first_late(
    wanted: Collection[tuple[str, str]], since: date, now: datetime, send_at: time
) -> datetime | None:
    """When the first digests were due that are two days late; None if none are.

    wanted: (edition, day) that somebody gets. since: the day on which a machine sent last, whose own digests
    have then been seen to, or the first that counts.
    """
    due = [slot.due for slot in digest_slots(now.date(), send_at) if (slot.job, slot.day) in wanted]
    return next((one for one in due if one.date() > since and now - one > PATIENCE), None)


def late_words(due: datetime, sent: datetime | None, *, by_hand: bool = False) -> str:
    """What is said of it; the same words every night until somebody sends again."""
    last = f"since {sent:%d/%m/%Y %H:%M}" if sent else "yet"
    if by_hand:
        return f"Nobody has sent digests {last}, and some were due on {due:%d/%m/%Y}. {BY_HAND}"
    return f"No machine has sent digests {last}, and some were due on {due:%d/%m/%Y} at {due:%H:%M}. {FIX}"


def digests_wanted(night: Night, config: Config) -> frozenset[tuple[str, str]]:
    """(edition, day) of every digest that somebody gets, as of a night."""
    found, _ = readers(
        night.facts[HUB],
        allowed_domains=frozenset(config.mail.allowed_domains),
        stopped=stopped_addresses(night.intake.hub.tab("Mail stops")),
    )
    return frozenset((one.edition, day_of(one)) for one in found)


def day_of(reader: Reader) -> str:
    """The day on which a reader's digest comes."""
    return reader.day if reader.day in DAYS else DAYS[0]

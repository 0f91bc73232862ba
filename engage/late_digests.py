"""Digests that nobody sends: seen by a machine that only syncs, when the one that sends has fallen silent.

Each time a machine begins to send it writes the moment into the hub's memory, whatever leaves then. So a day
of digests that is over, with no such moment since, is one on which no machine was there to send.
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

PATIENCE = timedelta(days=2)  # as the formula of Start here has it for syncs
FIX = (
    "Whoever looks after Engage: is the machine that sends on, and engage run or its task alive? Ask engage "
    "status there. If it never will be again: engage digest adopt on another"
)


def late_digests(night: Night, config: Config) -> tuple[str, ...]:
    """Since when no machine has sent what people want, in a sentence; () if none is late, or people send by
    hand."""
    send_at, began = config.schedule.send_at, min(first_days(night.facts[HUB]).values(), default="")
    if send_at is None or not began:
        return ()
    sent = night.intake.pulled[HUB].state.turned
    since = max(date.fromisoformat(began) + timedelta(days=1), sent.date() if sent else date.min)
    late = first_late(digests_wanted(night, config), since, night.now, send_at)
    return (late_words(late, sent),) if late else ()


def first_late(
    wanted: Collection[tuple[str, str]], since: date, now: datetime, send_at: time
) -> datetime | None:
    """When the first digests were due that are two days late; None if none are.

    wanted: (edition, day) that somebody gets. since: the day on which a machine sent last, whose own digests
    have then been seen to, or the first that counts.
    """
    due = [slot.due for slot in digest_slots(now.date(), send_at) if (slot.job, slot.day) in wanted]
    return next((one for one in due if one.date() > since and now - one > PATIENCE), None)


def late_words(due: datetime, sent: datetime | None) -> str:
    """What is said of it; the same words every night until a machine sends again."""
    last = f"since {sent:%d/%m/%Y %H:%M}" if sent else "yet"
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

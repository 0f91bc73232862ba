"""What is due when: the slots of nights and digests, worked out from the calendar and from what was done.

Pure, and in local time without a zone: what the partnership's clock shows decides, wherever the machine
stands. A slot is known by its day and not by its moment, so that an hour which the clocks repeat, or a clock
that somebody sets back, brings nothing a second time, and one that they skip takes nothing away.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from .digest.due import DAYS, MONTHLY, MOST_DAYS_LATE, WEEKLY, due_day
from .insight.weeks import Month, Period, Week, last_complete_month, last_complete_week

SYNC = "sync"
# What became of a slot. MISSED: nobody did it while it could be done. ELSEWHERE: another machine's affair.
BEGUN, DONE, FAILED, MISSED, ELSEWHERE = "begun", "done", "failed", "missed", "elsewhere"
FIRST_WAIT = timedelta(minutes=5)
LONGEST_WAIT = {SYNC: timedelta(hours=1), WEEKLY: timedelta(hours=4), MONTHLY: timedelta(hours=4)}
# Local time goes back by an hour in autumn; a moment further ahead than that was written by a wrong clock.
AHEAD = timedelta(hours=2)
PERIODS_BACK = {WEEKLY: 5, MONTHLY: 2}  # a machine that was off for longer is told of its nights only
MOST_NIGHTS = 366
Key = tuple[str, str]


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """Something to be done once, from `due` on and before `until`.

    job: "sync", "weekly" or "monthly". label: its name among those of the job ("2026-W47 Monday"). period,
    day: what a digest is about, and for whom. about: the same in words ("16 to 22 November 2026").
    """

    due: datetime
    until: datetime
    job: str
    label: str
    period: str = ""
    day: str = ""
    about: str = ""

    @property
    def key(self) -> Key:
        """What it is known by."""
        return self.job, self.label


@dataclass(frozen=True, slots=True)
class Mark:
    """What became of a slot so far. tries: how often it was begun. when: of the last change."""

    status: str
    tries: int
    when: datetime
    why: str = ""


Marks = Mapping[Key, Mark]


# --- nights ------------------------------------------------------------------------------------------------


def night_slot(now: datetime, at: time) -> Slot:
    """The night that is on, or was last. It may be made up for until the next one begins."""
    start = datetime.combine(now.date(), at)
    start = start if start <= now else start - timedelta(days=1)
    return _night(start)


def is_night_due(last: datetime | None, now: datetime, at: time) -> bool:
    """Whether no sync has run since the last night began. last: time stamp of the last sync, or None."""
    return last is None or last < night_slot(now, at).due or last > now + AHEAD


def nights_missed(last: datetime | None, now: datetime, at: time, since: datetime) -> tuple[Slot, ...]:
    """The nights that were over before any sync had run in them, oldest first. since: we keep watch."""
    if last is None or last > now + AHEAD:
        return ()
    night, found = night_slot(now, at).due - timedelta(days=1), list[Slot]()
    while night > last and night >= since and len(found) < MOST_NIGHTS:
        found.append(_night(night))
        night -= timedelta(days=1)
    return tuple(reversed(found))


def _night(start: datetime) -> Slot:
    return Slot(start, start + timedelta(days=1), SYNC, start.date().isoformat())


# --- digests -----------------------------------------------------------------------------------------------


def digest_slots(today: date, send_at: time) -> tuple[Slot, ...]:
    """The slots of either edition around a day, the coming period's included, the first due first.

    One for each day on which a coordinator may want it. It may be made up for as long as engage digest send
    would send it: while its week or month is the last whole one, and for 13 days at most.
    """
    return _slots_around(last_complete_week(today), last_complete_month(today), send_at)


@lru_cache(maxsize=8)
def _slots_around(week: Week, month: Month, send_at: time) -> tuple[Slot, ...]:
    periods: tuple[tuple[str, Period], ...] = ((WEEKLY, week), (MONTHLY, month))
    found = (
        _digest_slot(edition, period.back(back), day, send_at)
        for edition, period in periods
        for back in range(-1, PERIODS_BACK[edition] + 1)
        for day in DAYS
    )
    return tuple(sorted(found))


def _digest_slot(edition: str, period: Period, day: str, send_at: time) -> Slot:
    due = due_day(period, day)
    end = min(due + timedelta(days=MOST_DAYS_LATE), period.back(-1).last) + timedelta(days=1)
    return Slot(
        datetime.combine(due, send_at),
        datetime.combine(end, time()),
        edition,
        f"{period.label} {day}",
        period.label,
        day,
        period.words,
    )


def digests_due(
    now: datetime, send_at: time, marks: Marks, reopened: Mapping[Key, datetime] | None = None
) -> tuple[Slot, ...]:
    """The slots of digests to be done now; waiting after a failure, they are not.

    None before `send_at`, whatever is late: nobody's digest comes in the night, nor those of today too early.
    reopened: (edition, period) → when a person last said that one of its digests may go out after all.
    """
    if now.time() < send_at:
        return ()
    due = [slot for slot in digest_slots(now.date(), send_at) if slot.due <= now < slot.until]
    found = {slot for slot in due if _is_open(marks.get(slot.key), now, LONGEST_WAIT[slot.job])}
    return tuple(sorted(found | set(_reopened(due, marks, reopened or {}))))


def _is_open(mark: Mark | None, now: datetime, longest: timedelta) -> bool:
    return (mark is None or mark.status not in (DONE, ELSEWHERE)) and may_try(mark, now, longest)


def _reopened(due: Sequence[Slot], marks: Marks, reopened: Mapping[Key, datetime]) -> Iterator[Slot]:
    """The last slot of each period that was wholly done before a person said that it was not."""
    for (edition, period), when in reopened.items():
        mine = [slot for slot in due if (slot.job, slot.period) == (edition, period)]
        done = [mark for slot in mine if (mark := marks.get(slot.key)) and mark.status == DONE]
        if mine and len(done) == len(mine) and when > max(mark.when for mark in done):
            yield mine[-1]


def may_try(mark: Mark | None, now: datetime, longest: timedelta) -> bool:
    """Whether to try again now: five minutes after a failure, then ten, twenty …, at most `longest`."""
    if mark is None or mark.status not in (BEGUN, FAILED) or mark.when > now + AHEAD:
        return True
    return now >= mark.when + wait_after(mark.tries, longest)


def wait_after(tries: int, longest: timedelta) -> timedelta:
    """How long to wait after so many failures."""
    return min(FIRST_WAIT * (1 << min(tries - 1, 10)), longest)


def digests_missed(
    now: datetime, send_at: time, marks: Marks, since: datetime, expected: Collection[tuple[str, str]]
) -> tuple[Slot, ...]:
    """The slots that are over and were not done, and for which nobody has said so yet.

    since: we keep watch. expected: (edition, day) that somebody gets, so that the rest is missed by nobody.
    """
    settled = (DONE, ELSEWHERE, MISSED)
    return tuple(
        slot
        for slot in digest_slots(now.date(), send_at)
        if slot.until <= now
        and slot.due >= since
        and (slot.job, slot.day) in expected
        and (slot.key not in marks or marks[slot.key].status not in settled)
    )


def next_digest(
    now: datetime, send_at: time, marks: Marks, expected: Collection[tuple[str, str]]
) -> Slot | None:
    """The digest that comes next, or is late; None if nobody gets any."""
    return next(
        (
            slot
            for slot in digest_slots(now.date(), send_at)
            if now < slot.until
            and (slot.job, slot.day) in expected
            and (slot.key not in marks or marks[slot.key].status not in (DONE, ELSEWHERE))
        ),
        None,
    )

"""When a digest is due: the chosen day after its week or month has ended, and not for ever after that.

Pure: a caller says what day it is and asks the ledger what has gone out.
"""

from __future__ import annotations

from datetime import date, timedelta

from engage.insight.weeks import Month, Period, last_complete_month, last_complete_week

WEEKLY, MONTHLY = "weekly", "monthly"
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
MOST_DAYS_LATE = 13  # a digest missed for longer is stale: it is left out, not caught up


def last_period(edition: str, today: date) -> Period:
    """What an edition is about today: the last whole month, or the last whole week."""
    return last_complete_month(today) if edition == MONTHLY else last_complete_week(today)


def due_day(period: Period, day: str) -> date:
    """The day on which a period's digest comes: the first chosen weekday after it, else Monday."""
    start = period.last + timedelta(days=1)
    wanted = DAYS.index(day) if day in DAYS else 0
    return start + timedelta(days=(wanted - start.weekday()) % 7)


def is_due(period: Period, day: str, today: date) -> bool:
    """Whether a period's digest may go out today: its day has come, and is not too long past."""
    return 0 <= (today - due_day(period, day)).days <= MOST_DAYS_LATE


def next_due(day: str, today: date, *, sent: bool, edition: str = WEEKLY) -> date:
    """When an edition is due next; a day gone by means that it is late.

    sent: whether the one about the last whole period has gone out.
    """
    period = last_period(edition, today)
    due = due_day(period, day)
    late = (today - due).days > MOST_DAYS_LATE
    return due_day(period.back(-1), day) if sent or late else due


def when_words(period: Period, day: str, today: date) -> str:
    """Why a period's digest does not go out today, in words; "" if it does."""
    due = due_day(period, day)
    if is_due(period, day, today):
        return ""
    words = f"{due:%A} {due.day} {due:%B}"
    kind = "month" if isinstance(period, Month) else "week"
    return f"comes on {words}" if today < due else f"too late: this {kind}'s was due on {words}"

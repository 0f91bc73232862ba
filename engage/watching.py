"""Keeping watch: a check every few minutes until told to stop. The clock of `engage run`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import schedule

A_MOMENT_SECONDS = 1.0


class Stop(Protocol):
    """Somebody may want us to end (threading.Event)."""

    def wait(self, timeout: float) -> bool:
        """Wait so many seconds, or less; whether to stop."""
        ...


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

"""Never more requests a minute than Google allows: one pacer for all clients of this process.

Google: 60 a minute a user and 300 a minute a project, reads and writes apart; a batch counts as one
(https://developers.google.com/workspace/sheets/api/limits). We keep a log of the last minute rather than a
bucket that fills: a full bucket lets twice its content through in one minute.
"""

from __future__ import annotations

import random
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["read", "write", "drive", "key"]

PER_USER = 60
PER_PROJECT = 300
# A request is counted when it leaves and again by Google when it comes in: a second between the two.
WINDOW_SECONDS = 61.0


@dataclass(frozen=True, slots=True)
class Timing:
    """The clock, the sleep and the dice, so that a test needs none of them. now: seconds, never back."""

    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    dice: Callable[[], float] = random.random


REAL_TIME = Timing()


@dataclass(slots=True)
class Pacer:
    """Waits so that no user and no project ever passes its limit in any minute. Safe between threads."""

    timing: Timing = REAL_TIME
    per_user: int = PER_USER
    per_project: int = PER_PROJECT
    _sent: dict[tuple[str, ...], deque[float]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def wait(self, kind: Kind, *, user: str, project: str) -> float:
        """Seconds waited before this request may leave; it counts as sent from then on.

        Requests to Drive and for keys have quotas of their own, far above ours: they never wait.
        """
        if kind not in ("read", "write"):
            return 0.0
        limits = {("user", project, user, kind): self.per_user, ("project", project, kind): self.per_project}
        waited = 0.0
        while pause := self._take(limits):
            self.timing.sleep(pause)
            waited += pause
        return waited

    def _take(self, limits: dict[tuple[str, ...], int]) -> float:
        """0 if the request may leave now (and is counted), else seconds until it is worth asking again."""
        with self._lock:
            now = self.timing.now()
            logs = {key: self._sent.setdefault(key, deque(maxlen=limit)) for key, limit in limits.items()}
            pause = max(_pause(log, limits[key], now) for key, log in logs.items())
            if pause <= 0:
                for log in logs.values():
                    log.append(now)
            return max(pause, 0.0)


def _pause(log: deque[float], limit: int, now: float) -> float:
    """Seconds until one of the last `limit` requests is more than a minute old; 0 or less: none."""
    return log[0] + WINDOW_SECONDS - now if len(log) >= limit else 0.0


SHARED = Pacer()

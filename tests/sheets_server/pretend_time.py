"""A clock that moves when somebody sleeps: for client and server alike, so that no test waits."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from engage.workbook.google.pacing import Pacer, Timing


@dataclass(slots=True)
class PretendTime:
    """seconds: now. naps: every sleep so far. dice: what the jitter is made of, 0..1."""

    seconds: float = 1000.0
    dice: float = 1.0
    naps: list[float] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def now(self) -> float:
        """Seconds, never back."""
        return self.seconds

    def sleep(self, seconds: float) -> None:
        """Later, at once."""
        with self._lock:
            self.naps.append(seconds)
            self.seconds += seconds

    @property
    def timing(self) -> Timing:
        """For a GoogleClient."""
        return Timing(self.now, self.sleep, lambda: self.dice)

    def pacer(self) -> Pacer:
        """A pacer that nobody else shares."""
        return Pacer(self.timing)

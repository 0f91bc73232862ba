"""Google's quota: so many requests in any minute, a user and a project, reads and writes apart."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from werkzeug import Response

from .bodies import failure, reason

MINUTE_SECONDS = 60.0


@dataclass(slots=True)
class Quota:
    """now: seconds, never back; a test that does not wait gives the same clock to the client."""

    per_user: int = 60
    per_project: int = 300
    now: Callable[[], float] = time.monotonic
    most_in_a_minute: int = 0
    _sent: dict[tuple[str, ...], deque[float]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def refusal(self, user: str, project: str, kind: str) -> Response | None:
        """Count a "Read" or "Write" request; the 429 if it is one too many, which then does not count."""
        with self._lock:
            now = self.now()
            logs = {who: self._recent((*who, kind), now) for who in (("user", user), ("project", project))}
            for (level, _), log in logs.items():
                if len(log) >= (self.per_user if level == "user" else self.per_project):
                    return exceeded(kind, level, project)
            for log in logs.values():
                log.append(now)
            self.most_in_a_minute = max(self.most_in_a_minute, len(logs["user", user]))
        return None

    def forget(self) -> None:
        """As if nobody had asked for anything yet."""
        with self._lock:
            self._sent.clear()
            self.most_in_a_minute = 0

    def _recent(self, key: tuple[str, ...], now: float) -> deque[float]:
        log = self._sent.setdefault(key, deque())
        while log and now - log[0] >= MINUTE_SECONDS:
            log.popleft()
        return log


def exceeded(kind: str, level: str, project: str) -> Response:
    """Google's 429, in its words."""
    limit = f"{kind} requests per minute" + (" per user" if level == "user" else "")
    message = (
        f"Quota exceeded for quota metric '{kind} requests' and limit '{limit}' of service "
        f"'sheets.googleapis.com' for consumer 'project_number:{project}'."
    )
    return failure(429, message, details=reason("RATE_LIMIT_EXCEEDED", service="sheets.googleapis.com"))

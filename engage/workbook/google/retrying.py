"""Which failed request may be sent again, and after how long. Pure: values in, values out.

A change is only ever repeated when Google is known not to have made it. Google documents 429 as a refusal
before anything is done ("the additional 50 requests exceed the quota", workspace/sheets/api/limits). It
documents 503 as "unavailable or when the complexity of the request … is high", and that a large batch "might
trigger a timeout" (workspace/sheets/api/troubleshoot-api-errors): a batch that timed out may have been made.
So 408 and every 5xx leave the effect of a change unknown, body or no body, and so does a lost answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import Enum


class Fate(Enum):
    """What a failed request did, as far as can be known."""

    REFUSED = "nothing was done, and asking again would not help"
    NOT_NOW = "nothing was done, and asking again may help"
    UNKNOWN = "it may have been done: the answer is lost"


@dataclass(frozen=True, slots=True)
class Retrying:
    """How often and how long. Waits double from first_wait_seconds up to longest_wait_seconds.

    give_up_after_seconds: no attempt starts later than this after the first. Eight attempts wait 63 to 127
    seconds in all, so that they outlast a quota that is refilled every minute. settling_seconds: before it is
    said that a change's effect is unknown: it may be running still, and whoever looks now would not see it.
    """

    attempts: int = 8
    first_wait_seconds: float = 1.0
    longest_wait_seconds: float = 64.0
    give_up_after_seconds: float = 600.0
    settling_seconds: float = 5.0

    def wait_seconds(self, failures: int, asked: float | None, dice: float) -> float:
        """Seconds to wait after so many failures (1 up). asked: Retry-After, never undercut; dice: 0..1."""
        full = min(self.first_wait_seconds * 2.0 ** (failures - 1), self.longest_wait_seconds)
        return max(full * (0.5 + dice / 2), asked or 0.0)

    def goes_on(self, failures: int, elapsed: float, wait: float) -> bool:
        """True if another attempt is due after waiting so long."""
        return failures < self.attempts and elapsed + wait <= self.give_up_after_seconds


def fate_of_status(status: int, *, rate_limited: bool = False) -> Fate:
    """What an answer other than 2xx says was done. rate_limited: a 403 of Drive that is about quota."""
    if status == 429 or rate_limited:
        return Fate.NOT_NOW
    if status == 408 or status >= 500:
        return Fate.UNKNOWN
    return Fate.REFUSED


def retry_after_seconds(value: str | None, now: datetime | None = None) -> float | None:
    """Seconds that a Retry-After heading asks for: a number, or a date (RFC 9110, 10.2.3); None: nothing."""
    if not value:
        return None
    if value.strip().isdigit():
        return float(value.strip())
    try:
        when = parsedate_to_datetime(value)
    except ValueError:
        return None
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max((when - (now or datetime.now(UTC))).total_seconds(), 0.0)

"""No more messages a minute than the server takes: a transport around another."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from engage.ledger import Send
from engage.mail.transport import Attempt, Envelope, Transport


@dataclass(slots=True)
class Paced:
    """Sends by `inner`, each message at least 60 / per_minute seconds after the one before."""

    inner: Transport
    per_minute: int
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    _next: float = field(default=0.0)

    def send(self, envelope: Envelope) -> Attempt:
        """Wait until it is this message's turn, then send it."""
        wait = self._next - self.clock()
        if wait > 0:
            self.sleep(wait)
        self._next = self.clock() + 60 / self.per_minute
        return self.inner.send(envelope)

    def trace(self, send: Send) -> Attempt | None:
        """What the inner one can prove."""
        return self.inner.trace(send)

    def close(self) -> None:
        """Close the inner one."""
        self.inner.close()

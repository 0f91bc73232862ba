"""A ping: a watcher elsewhere is told that a run began, went well or did not. It learns nothing else.

The watcher's own address for a job is asked for (GET), with /start or /fail behind it: the way of
healthchecks.io, which others have taken up. What becomes of a ping never matters to the run.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from typing import Literal

log = logging.getLogger(__name__)
PATIENCE_SECONDS = 10.0
What = Literal["start", "success", "fail"]


@dataclass(frozen=True, slots=True)
class Ping:
    """url: of the job at the watcher, "" for no watcher. patience_seconds: for all of one ping."""

    url: str = ""
    patience_seconds: float = PATIENCE_SECONDS

    def __call__(self, what: What) -> None:
        """Tell the watcher. Returns after its patience at the latest, and raises nothing."""
        if not self.url:
            return
        address = self.url if what == "success" else f"{self.url}/{what}"
        # In a thread, for a socket is patient with each byte anew, and a name server in its own way.
        asking = threading.Thread(target=_ask, args=(address, self.patience_seconds), daemon=True)
        asking.start()
        asking.join(self.patience_seconds)


SILENT = Ping()


def _ask(address: str, patience_seconds: float) -> None:
    from urllib.request import Request, urlopen  # noqa: PLC0415 - only where there is a watcher

    try:
        with urlopen(Request(address, headers={"User-Agent": "engage"}), timeout=patience_seconds):
            pass
    except Exception as error:  # a watcher's trouble is not the run's, whatever it is
        log.warning("the ping did not arrive: %s", type(error).__name__)

"""Being told to stop: the step in hand is finished first."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import click

STOPPING = ("SIGTERM", "SIGINT", "SIGBREAK")  # Windows has the last one and never sends the first


@contextmanager
def stopped_by_signals() -> Iterator[threading.Event]:
    """An event that SIGTERM or Ctrl-C sets; a second one then ends the program as it always does."""
    stop = threading.Event()
    numbers = [getattr(signal, name) for name in STOPPING if hasattr(signal, name)]
    usual = {number: signal.getsignal(number) for number in numbers}

    def asked(number: int, _: FrameType | None) -> None:
        click.echo("Stopping after the step in hand …", err=True)
        stop.set()
        as_usual()

    def as_usual() -> None:
        for each, handler in usual.items():
            signal.signal(each, handler)

    for number in usual:
        signal.signal(number, asked)
    try:
        yield stop
    finally:
        as_usual()

"""One run at a time on this machine: a file lock in the state folder (Windows and POSIX alike)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from .errors import LeaseHeld


@contextmanager
def one_at_a_time(state: Path) -> Iterator[None]:
    """Hold the lock of a partnership's state folder. Raises LeaseHeld if another run has it."""
    state.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(state / "running.lock", timeout=0):
            yield
    except Timeout as error:
        raise LeaseHeld(
            "another run of Engage is at work on this partnership on this machine",
            where=str(state),
            fix="wait until it has finished, then run this again",
        ) from error

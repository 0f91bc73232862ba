"""One run at a time on this machine: a file lock in the state folder (Windows and POSIX alike)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from .errors import EngageError, LeaseHeld
from .own_files import make_folder


@contextmanager
def one_at_a_time(state: Path) -> Iterator[None]:
    """Hold the lock of a partnership's state folder. Raises LeaseHeld if another run has it."""
    make_folder(state)
    lock = FileLock(state / "running.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        raise LeaseHeld(
            "another run of Engage is at work on this partnership on this machine",
            where=str(state),
            fix="wait until it has finished, then run this again",
        ) from error
    except OSError as error:
        raise EngageError(
            f"the folder for the system's own files cannot be used: {error.strerror or error}",
            where=str(state),
            fix="make room on the disk, or ask for the right to write there, then run this again",
        ) from error
    try:
        yield
    finally:
        lock.release()

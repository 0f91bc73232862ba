"""The system's own files in its state folder: what goes wrong with them, in plain words."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from .errors import EngageError


def make_folder(folder: Path) -> None:
    """Make a folder of the system's own, if it is not there. Raises EngageError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise EngageError(
            f"the folder for the system's own files cannot be made: {error.strerror or error}",
            where=str(folder),
            fix="see that this account may write there and that no file of that name is in the way",
        ) from error


def write_private(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, for its owner's eyes alone; its folder is made.

    On Windows the folder's rights decide, as they do for every file there. Raises EngageError.
    """
    make_folder(path.parent)
    try:
        put_private(path, content)
    except OSError as error:
        raise EngageError(
            f"this file cannot be written: {error.strerror or error}",
            where=str(path),
            fix="make room on the disk, see that this account may write there, then run again",
        ) from error


def put_private(path: Path, content: bytes) -> None:
    """The same in a folder that is there. Raises OSError, with nothing left behind."""
    beside = path.with_name(path.name + ".part")
    try:
        beside.unlink(missing_ok=True)
        with os.fdopen(
            os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _AS_BYTES, 0o600), "wb"
        ) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)


_AS_BYTES = getattr(os, "O_BINARY", 0)  # Windows alone would change line ends


@contextmanager
def open_database(
    path: Path, damaged: Callable[[sqlite3.DatabaseError], EngageError]
) -> Iterator[sqlite3.Connection]:
    """One transaction on a SQLite file, on the disk when it is over; made if it is not there.

    Raises EngageError if it cannot be used (no room, no right, in use), or what `damaged` says of it.
    """
    try:
        with closing(sqlite3.connect(path, timeout=30)) as database, database:
            yield database
    except sqlite3.OperationalError as error:
        raise _unusable(error, path) from error
    except sqlite3.DatabaseError as error:
        raise damaged(error) from error


def _unusable(error: sqlite3.OperationalError, path: Path) -> EngageError:
    return EngageError(
        f"this file cannot be used: {error}",
        where=str(path),
        fix="make room on the disk, see that this account may write there, then run again",
    )

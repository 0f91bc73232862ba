"""The system's own files in its state folder: what goes wrong with them, in plain words."""

from __future__ import annotations

import sqlite3
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


def unusable(error: sqlite3.OperationalError, path: Path) -> EngageError:
    """What the database says when it is not damaged and still cannot be used: no room, no right, in use."""
    return EngageError(
        f"this file cannot be used: {error}",
        where=str(path),
        fix="make room on the disk, see that this account may write there, then run again",
    )

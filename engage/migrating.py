"""The formats of our databases: a number in the file, and a step from each to the next.

A file that an older version wrote is brought up when it is opened, all steps or none; one that a newer
version wrote is left alone. A step is never changed once a version with it was handed out: one is added.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from .errors import EngageError, UnsafePlan

Step = Callable[[sqlite3.Connection], None]


def bring_up(database: sqlite3.Connection, steps: Sequence[Step], path: Path) -> None:
    """Bring a database to the newest format, number len(steps); 0 is a file from before there were numbers.

    Raises UnsafePlan if a newer version of Engage wrote it.
    """
    if _number(database, steps, path) == len(steps):
        return
    database.execute("BEGIN IMMEDIATE")
    for number, step in enumerate(
        steps[_number(database, steps, path) :], _number(database, steps, path) + 1
    ):
        step(database)
        database.execute(f"PRAGMA user_version = {number}")


def _number(database: sqlite3.Connection, steps: Sequence[Step], path: Path) -> int:
    found = int(database.execute("PRAGMA user_version").fetchone()[0])
    if found > len(steps):
        raise UnsafePlan(
            f"a newer version of Engage wrote this file (format {found}; this version knows {len(steps)})",
            where=str(path),
            fix="install the newest version of Engage on this machine, as on the one that wrote it",
        )
    return found


def format_of(path: Path) -> int:
    """The number in a database that is not opened for writing. Raises EngageError if it is none."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as database:
            return int(database.execute("PRAGMA user_version").fetchone()[0])
    except sqlite3.Error as error:
        raise EngageError(
            f"this file cannot be read: {error}", where=str(path), fix="put its newest backup in its place"
        ) from error

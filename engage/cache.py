"""The cache: last good snapshots and the journal of every write. It may be deleted at any time.

Deleting it changes no cell of any sheet at the next sync; what is lost is the ability to undo a past run
and to show an unreadable workbook's rows as they last were.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .errors import EngageError
from .migrating import Step, bring_up
from .model import Grid, Snapshot, Tab
from .own_files import make_folder, open_database
from .ports import Change

TABLES = (
    "CREATE TABLE IF NOT EXISTS snapshots "
    "(workbook TEXT PRIMARY KEY, taken TEXT NOT NULL, content BLOB NOT NULL)",
    "CREATE TABLE IF NOT EXISTS journal ("
    "number INTEGER PRIMARY KEY, run TEXT NOT NULL, workbook TEXT NOT NULL, kind TEXT NOT NULL, "
    "tab TEXT NOT NULL, record TEXT NOT NULL, heading TEXT NOT NULL, content BLOB NOT NULL)",
    "CREATE INDEX IF NOT EXISTS journal_run ON journal (run)",
)
CACHE_FILE = "cache.sqlite"
ERASED = "Erased"  # the kind of an accepted suggestion whose old text nobody may bring back
COLUMNS = "run, workbook, kind, tab, record, heading, content"


def _to_1(database: sqlite3.Connection) -> None:
    for statement in TABLES:
        database.execute(statement)


STEPS: tuple[Step, ...] = (_to_1,)


@dataclass(frozen=True, slots=True)
class Entry:
    """One intent that was carried out.

    kind: the intent's name ("GiveId", "PublishTab", …). record, heading: "" for a whole tab.
    changes: the cells. before: the whole tab as it was, for a published tab; key: the heading of its keys.
    """

    run: str
    workbook: str
    kind: str
    tab: str
    record: str
    heading: str
    header_row: int
    changes: tuple[Change, ...]
    before: Grid = ()
    key: str = ""


class Cache:
    """Snapshots and journal in one SQLite file; each call is a transaction of its own.

    Any of them may raise EngageError: no room, no right to write, a damaged file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        make_folder(path.parent)
        with self._open() as database:
            bring_up(database, STEPS, path)

    def keep(self, snapshot: Snapshot, taken: str) -> None:
        """Remember a workbook as it was read."""
        tabs = [[tab.title, tab.sheet_id, tab.hidden, tab.rows] for tab in snapshot.tabs]
        with self._open() as database:
            database.execute(
                "INSERT OR REPLACE INTO snapshots VALUES (?, ?, ?)", (snapshot.workbook, taken, _packed(tabs))
            )

    def last(self, workbook: str) -> tuple[Snapshot, str] | None:
        """The workbook as it was last read, and when; None if the cache does not know."""
        with self._open() as database:
            row = database.execute(
                "SELECT content, taken FROM snapshots WHERE workbook = ?", (workbook,)
            ).fetchone()
        if row is None:
            return None
        tabs = tuple(
            Tab(title, _grid(rows), sheet_id, hidden) for title, sheet_id, hidden, rows in _unpacked(row[0])
        )
        return Snapshot(workbook, tabs, writable=False), row[1]

    def write_down(self, entries: Sequence[Entry]) -> None:
        """Add entries to the journal, all or none."""
        rows = [
            (
                e.run,
                e.workbook,
                e.kind,
                e.tab,
                e.record,
                e.heading,
                _content(e),
            )
            for e in entries
        ]
        with self._open() as database:
            database.executemany(
                f"INSERT INTO journal ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)",
                rows,
            )

    def runs(self) -> tuple[str, ...]:
        """The runs that wrote something, oldest first."""
        with self._open() as database:
            rows = database.execute("SELECT run FROM journal GROUP BY run ORDER BY min(number)").fetchall()
        return tuple(row[0] for row in rows)

    def entries(self, run: str) -> tuple[Entry, ...]:
        """What a run wrote, in order."""
        with self._open() as database:
            rows = database.execute(
                f"SELECT {COLUMNS} FROM journal WHERE run = ? ORDER BY number", (run,)
            ).fetchall()
        return tuple(_entry(row) for row in rows)

    def snapshots(self) -> tuple[tuple[Snapshot, str], ...]:
        """Every workbook as it was last read, and when."""
        with self._open() as database:
            names = database.execute("SELECT workbook FROM snapshots ORDER BY workbook").fetchall()
        return tuple(found for (name,) in names if (found := self.last(name)) is not None)

    def expire(self, before: str) -> int:
        """Delete the journal of runs older than this one (their ids are moments); how many entries went.

        What is deleted is overwritten in the file at once. An undo goes with the run that it took back.
        """
        with self._open() as database:
            database.execute("PRAGMA secure_delete = ON")
            began = "substr(run, instr(run, ' ') + 1)"  # "undo 20261116T020000" → the run
            gone = f"{began} < ? AND {began} GLOB '2[0-9][0-9][0-9][0-9][0-9][0-9][0-9]T*'"
            return database.execute(f"DELETE FROM journal WHERE {gone}", (before,)).rowcount

    def forget(self, workbook: str) -> None:
        """A workbook as it was read, and the whole journal, for its texts stand in other workbooks' too.

        The file is then written anew, so that nothing of it is left in its free pages.
        """
        with self._open() as database:
            database.execute("DELETE FROM snapshots WHERE workbook = ?", (workbook,))
            database.execute("DELETE FROM journal")
        with self._open() as database:
            database.execute("VACUUM")

    def rewrite(
        self, snapshot: Callable[[Snapshot], Snapshot], entry: Callable[[Entry], Entry], *, since: int = 0
    ) -> int:
        """Everything that is kept, as these make it; returns how many pieces were changed.

        since: the number of the last entry that needs no look. The file is then written anew, so that nothing
        of what it held before is left in its free pages.
        """
        changed = 0
        for found, taken in self.snapshots():
            now = snapshot(found)
            if now != found:
                self.keep(now, taken)
                changed += 1
        with self._open() as database:
            rows = database.execute(f"SELECT number, {COLUMNS} FROM journal WHERE number > ?", (since,))
            for number, *row in rows.fetchall():
                before = _entry(tuple(row))
                after = entry(before)
                if after != before:
                    database.execute(
                        "UPDATE journal SET kind = ?, content = ? WHERE number = ?",
                        (after.kind, _content(after), number),
                    )
                    changed += 1
        with self._open() as database:
            database.execute("VACUUM")
        return changed

    @property
    def newest(self) -> int:
        """The number of the newest entry of the journal; 0 if there is none."""
        with self._open() as database:
            return int(database.execute("SELECT coalesce(max(number), 0) FROM journal").fetchone()[0])

    def _open(self) -> AbstractContextManager[sqlite3.Connection]:
        return open_database(self.path, self._damaged)

    def _damaged(self, error: sqlite3.DatabaseError) -> EngageError:
        return EngageError(
            f"the cache is damaged: {error}",
            where=str(self.path),
            fix="delete that file and run again; no sheet changes by that, only past runs cannot be "
            "undone any more",
        )


def _entry(row: tuple[Any, ...]) -> Entry:
    run, workbook, kind, tab, record, heading, content = row
    header_row, changes, before, key = _unpacked(content)
    cells = tuple(Change(*change) for change in changes)
    return Entry(run, workbook, kind, tab, record, heading, header_row, cells, _grid(before), key)


def _content(entry: Entry) -> bytes:
    return _packed([entry.header_row, _plain(entry.changes), entry.before, entry.key])


def _plain(changes: Sequence[Change]) -> list[list[Any]]:
    return [[c.tab, c.row, c.column, c.before, c.after] for c in changes]


def _packed(content: object) -> bytes:
    return zlib.compress(json.dumps(content, ensure_ascii=False).encode("utf-8"))


def _unpacked(content: bytes) -> Any:
    return json.loads(zlib.decompress(content))


def _grid(rows: Sequence[Sequence[str]]) -> Grid:
    return tuple(tuple(row) for row in rows)

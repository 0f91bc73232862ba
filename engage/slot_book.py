"""What became of each slot, on the disk before anything is done about it and after.

Not the ledger of what was sent: that alone says who gets a digest, and losing this book sends nobody a second
one. It may be deleted; then no more is known of what was missed and what has failed how often.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Collection, Iterable
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime, timedelta
from pathlib import Path
from sqlite3 import Connection, DatabaseError

from .errors import EngageError
from .migrating import Step, bring_up
from .missed import missed_words
from .own_files import make_folder, open_database
from .slots import AHEAD, BEGUN, MISSED, Key, Mark, Slot

log = logging.getLogger(__name__)
BOOK_FILE = "clock.sqlite"
TABLES = (
    "CREATE TABLE IF NOT EXISTS slots ("
    "job TEXT NOT NULL, label TEXT NOT NULL, status TEXT NOT NULL, tries INTEGER NOT NULL, "
    '"when" TEXT NOT NULL, why TEXT NOT NULL, PRIMARY KEY (job, label))',
    "CREATE TABLE IF NOT EXISTS notes (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
)
PUT = (
    'INSERT INTO slots (job, label, status, tries, "when", why) VALUES (?, ?, ?, ?, ?, ?) '
    "ON CONFLICT (job, label) DO UPDATE SET status = excluded.status, tries = excluded.tries, "
    '"when" = excluded."when", why = excluded.why'
)
READ = 'SELECT job, label, status, tries, "when", why FROM slots ORDER BY "when" DESC LIMIT 500'
NOTE = "INSERT INTO notes VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
SINCE, LOOKED, LAST_SYNC, EXPECTED = "watching since", "looked", "last sync", "digests wanted"
TOLD_FOR = timedelta(days=7)


def _to_1(database: Connection) -> None:
    for statement in TABLES:
        database.execute(statement)


STEPS: tuple[Step, ...] = (_to_1,)


class _Damaged(EngageError):
    """The file is no database."""


def _damaged(error: DatabaseError) -> EngageError:
    return _Damaged(f"the book of slots is damaged: {error}")


class SlotBook:
    """The marks of slots, and what the runner has noticed; each change is on the disk when the call returns.

    path: None keeps it in memory only, for rehearsals. A damaged file is set aside and a new one begun.
    is_new: there was none before this one, so that nobody knows yet whether this disk lasts.
    """

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.marks: dict[Key, Mark] = {}
        self._notes: dict[str, str] = {}
        if path is not None:
            make_folder(path.parent)
            self._load(path)
        self.is_new = SINCE not in self._notes

    def _load(self, path: Path) -> None:
        try:
            self._read()
        except _Damaged:
            log.warning("%s is damaged: set aside, begun anew", path.name)
            path.replace(path.with_name(f"{path.name}.damaged"))
            self._read()

    def _read(self) -> None:
        with self._open() as database:
            assert database is not None
            bring_up(database, STEPS, self.path or Path(BOOK_FILE))
            rows = database.execute(READ).fetchall()
            self._notes = dict(database.execute("SELECT name, value FROM notes").fetchall())
        self.marks = {(row[0], row[1]): Mark(row[2], row[3], _moment(row[4]), row[5]) for row in rows}

    # --- what was noticed ----------------------------------------------------------------------------------

    def watch(self, now: datetime) -> None:
        """Note that we look now."""
        self._note(LOOKED, _iso(now))
        if self.since is None or self.since > now + AHEAD:  # written by a wrong clock
            self._note(SINCE, _iso(now))

    @property
    def since(self) -> datetime | None:
        """Since when we keep watch, None before the first look."""
        return self._moment(SINCE)

    def watch_anew(self, now: datetime) -> None:
        """From now on it is this machine that keeps watch."""
        self._note(SINCE, _iso(now))

    @property
    def looked(self) -> datetime | None:
        """When the runner last looked."""
        return self._moment(LOOKED)

    @property
    def last_sync(self) -> datetime | None:
        """The newest time stamp of a sync that was seen in the hub."""
        return self._moment(LAST_SYNC)

    def saw_sync(self, when: datetime | None) -> None:
        """Remember the hub's time stamp, for a day on which the hub cannot be looked at."""
        if when is not None and when != self.last_sync:
            self._note(LAST_SYNC, _iso(when))

    @property
    def expected(self) -> frozenset[tuple[str, str]]:
        """(edition, day) of the digests that somebody gets, as of the last sync."""
        return frozenset((edition, day) for edition, day in json.loads(self._notes.get(EXPECTED, "[]")))

    def expect(self, wanted: Collection[tuple[str, str]]) -> None:
        """Remember which digests somebody gets."""
        if frozenset(wanted) != self.expected:
            self._note(EXPECTED, json.dumps(sorted(wanted)))

    # --- what became of slots ------------------------------------------------------------------------------

    def begin(self, slots: Iterable[Slot], now: datetime) -> None:
        """Mark slots as begun, before anything is done."""
        self._put({slot.key: Mark(BEGUN, self._tries(slot) + 1, now) for slot in slots})

    def end(self, slots: Iterable[Slot], status: str, now: datetime, why: str = "") -> None:
        """Write down what became of slots. why: in words, without names, for it is shown in the hub."""
        self._put({slot.key: Mark(status, self._tries(slot), now, why) for slot in slots})

    def miss(self, slots: Collection[Slot], now: datetime) -> None:
        """Write down that these were missed, with the sentence that says so."""
        said = missed_words(slots, self.marks)
        self._put({slot.key: Mark(MISSED, self._tries(slot), now, words) for slot, words in said})

    def missed(self, now: datetime, within: timedelta = TOLD_FOR) -> tuple[str, ...]:
        """What was missed of late, in sentences, the oldest first."""
        found = [m for m in self.marks.values() if m.status == MISSED and m.why and m.when >= now - within]
        return tuple(mark.why for mark in sorted(found, key=lambda mark: (mark.when, mark.why)))

    def status(self, slot: Slot) -> str:
        """What became of a slot, "" if it was never begun."""
        return self.marks[slot.key].status if slot.key in self.marks else ""

    def _tries(self, slot: Slot) -> int:
        return self.marks[slot.key].tries if slot.key in self.marks else 0

    def _put(self, marks: dict[Key, Mark]) -> None:
        rows = [(*key, m.status, m.tries, _iso(m.when), m.why) for key, m in marks.items()]
        if rows:
            with self._open() as database:
                if database is not None:
                    database.executemany(PUT, rows)
            self.marks |= marks

    def _note(self, name: str, value: str) -> None:
        with self._open() as database:
            if database is not None:
                database.execute(NOTE, (name, value))
        self._notes[name] = value

    def _moment(self, name: str) -> datetime | None:
        return _moment(self._notes[name]) if name in self._notes else None

    def _open(self) -> AbstractContextManager[Connection | None]:
        return nullcontext(None) if self.path is None else open_database(self.path, _damaged)


def book_of(state: Path) -> SlotBook:
    """The book in a partnership's state folder, begun if there is none."""
    return SlotBook(state / BOOK_FILE)


def missed_of_late(state: Path, now: datetime) -> tuple[str, ...]:
    """What the book of this machine says was missed, in sentences; () where no runner has ever looked."""
    try:
        return book_of(state).missed(now) if (state / BOOK_FILE).exists() else ()
    except EngageError as error:  # a sync needs no book
        log.warning("the book of slots was not read: %s", type(error).__name__)
        return ()


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)

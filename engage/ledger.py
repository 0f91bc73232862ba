"""The ledger: which digest went to whom for which week. Not a cache: losing it could mail somebody twice.

A row is committed as "sending" before anything leaves. Found so later, nobody knows whether it left: such a
digest is held for a person and never sent again by itself.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from .errors import MailError
from .migrating import Step, bring_up
from .own_files import make_folder, open_database
from .wording import ENGAGE

TABLE = """
CREATE TABLE IF NOT EXISTS sends (
    address TEXT NOT NULL, edition TEXT NOT NULL, period TEXT NOT NULL,
    status TEXT NOT NULL, "when" TEXT NOT NULL, why TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (address, edition, period)
)
"""
# Addresses that nothing goes to, until Mail stops in the hub says so: told is 1 then.
STOPS = """
CREATE TABLE IF NOT EXISTS stops (
    address TEXT PRIMARY KEY, "when" TEXT NOT NULL, why TEXT NOT NULL, who TEXT NOT NULL,
    told INTEGER NOT NULL DEFAULT 0
)
"""
ADD_ASKED = "ALTER TABLE sends ADD COLUMN asked TEXT NOT NULL DEFAULT ''"
ADD_WHY = "ALTER TABLE sends ADD COLUMN why TEXT NOT NULL DEFAULT ''"
NAME = "CREATE TABLE IF NOT EXISTS ledger (name TEXT NOT NULL)"
TURN = "CREATE TABLE IF NOT EXISTS turns (turn INTEGER PRIMARY KEY)"
# Of these nobody gets one, but whom the ledger says it did not reach.
ADOPTIONS = """
CREATE TABLE IF NOT EXISTS adoptions (
    edition TEXT NOT NULL, period TEXT NOT NULL, "when" TEXT NOT NULL, PRIMARY KEY (edition, period)
)
"""
# Which digest says to whom that an earlier one told a merge otherwise, which was taken back since.
CORRECTIONS = """
CREATE TABLE IF NOT EXISTS corrections (
    address TEXT NOT NULL, split TEXT NOT NULL, edition TEXT NOT NULL, period TEXT NOT NULL,
    PRIMARY KEY (address, split)
)
"""
ADOPTED = "adopted"
LEDGER_FILE = "ledger.sqlite"
SENDING, SENT, FAILED = "sending", "sent", "failed"
REFUSED, UNKNOWN = "refused", "unknown"
HELD = frozenset({SENDING, UNKNOWN})  # nobody knows whether it left: a person looks
# Table → its columns that may name somebody, the address first.
PERSONAL = {"sends": ("address", "why"), "stops": ("address", "why", "who"), "corrections": ("address",)}
STATUS_WORDS = {
    SENT: "sent",
    FAILED: "not sent yet: it did not leave",
    SENDING: "held: nobody knows whether it left",
    UNKNOWN: "held: nobody knows whether it arrived",
    REFUSED: "refused by the mail server",
    ADOPTED: "counted as sent",
}
NEW = 'INSERT OR IGNORE INTO sends (address, edition, period, status, "when") VALUES (?, ?, ?, ?, ?)'
CLAIM = (
    'INSERT OR IGNORE INTO sends (address, edition, period, status, "when", asked) SELECT ?, ?, ?, ?, ?, ? '
    "WHERE NOT EXISTS (SELECT 1 FROM adoptions WHERE edition = ? AND period = ?)"
)
KEY = "address = ? AND edition = ? AND period = ?"
# For somebody of whom the ledger has no row, in a period that was adopted as a whole.
RELEASE = (
    'INSERT OR IGNORE INTO sends (address, edition, period, status, "when", why) SELECT ?, ?, ?, ?, ?, ? '
    "WHERE EXISTS (SELECT 1 FROM adoptions WHERE edition = ? AND period = ?)"
)


@dataclass(frozen=True, slots=True)
class Send:
    """One digest for one address and period ("weekly", "2026-W47"); at most one ever leaves."""

    address: str
    edition: str
    period: str

    @property
    def key(self) -> tuple[str, str, str]:
        """Its unique row; capitals do not make another address."""
        return self.address.strip().lower(), self.edition, self.period


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the ledger.

    status: "sending", "sent", "failed" (certain not to have left), "refused" (for good, by the server),
    "unknown" (it may have left), or "adopted": a person said that it counts as sent. why: in words. asked:
    what its reader asked for when it left, as the caller wrote it; "" if nobody did.
    """

    send: Send
    status: str
    when: str
    why: str = ""
    asked: str = ""


@dataclass(frozen=True, slots=True)
class Stop:
    """An address that nothing should go to. when: local time, ISO. who: who asked, or Engage."""

    address: str
    when: str
    why: str
    who: str = ENGAGE


def _to_1(database: sqlite3.Connection) -> None:
    """Everything; of a ledger from before it was numbered, whatever it lacked."""
    for table in (TABLE, NAME, TURN, ADOPTIONS, STOPS):
        database.execute(table)
    if "why" not in {row[1] for row in database.execute("PRAGMA table_info(sends)")}:
        database.execute(ADD_WHY)
    if not database.execute("SELECT name FROM ledger").fetchone():
        database.execute("INSERT INTO ledger VALUES (?)", (uuid4().hex,))


def _to_2(database: sqlite3.Connection) -> None:
    """Corrections."""
    database.execute(CORRECTIONS)


def _to_3(database: sqlite3.Connection) -> None:
    """What a digest's reader had asked for when it left."""
    database.execute(ADD_ASKED)


STEPS: tuple[Step, ...] = (_to_1, _to_2, _to_3)


class Ledger:
    """Sends in one SQLite file; each call is a transaction of its own, on the disk when it returns."""

    def __init__(self, path: Path) -> None:
        self.path = path
        make_folder(path.parent)
        with self._open() as database:
            bring_up(database, STEPS, path)

    @property
    def name(self) -> str:
        """What tells this ledger from any other: the hub remembers it, so that its loss is noticed."""
        with self._open() as database:
            return str(database.execute("SELECT name FROM ledger").fetchone()[0])

    @property
    def turn(self) -> int:
        """How many times it was sent from, which never goes down: an old copy is known by a smaller one."""
        with self._open() as database:
            return int(database.execute("SELECT coalesce(max(turn), 0) FROM turns").fetchone()[0])

    def take_turn(self, past: int) -> int:
        """Begin a sending; returns its turn, above the last one here and above `past`."""
        with self._open() as database:
            new = "INSERT INTO turns SELECT max(coalesce(max(turn), 0), ?) + 1 FROM turns"
            return int(database.execute(new, (past,)).lastrowid or 0)

    @property
    def newest(self) -> datetime | None:
        """When it last learned of anything (local time): what was sent after that, it does not know of."""
        with self._open() as database:
            both = 'SELECT max("when") FROM (SELECT "when" FROM sends UNION ALL SELECT "when" FROM adoptions)'
            found = database.execute(both).fetchone()[0]
        return datetime.fromisoformat(found) if found else None

    def adopt(
        self, sends: Iterable[Send], periods: Iterable[tuple[str, str]], now: datetime, *, known: datetime
    ) -> None:
        """Count sends as done, those apart that the ledger knows of already: they never leave.

        periods: (edition, period) of which nobody else gets one either. known: until when a person has seen
        what was sent.
        """
        rows = [(*send.key, ADOPTED, _stamp(now)) for send in sends]
        closed = [(*period, _stamp(known)) for period in periods]
        with self._open() as database:
            database.executemany(NEW, rows)
            database.executemany("INSERT OR REPLACE INTO adoptions VALUES (?, ?, ?)", closed)

    def adopted(self) -> tuple[tuple[str, str], ...]:
        """(edition, period) of which nobody gets one but whom the ledger says it did not reach."""
        with self._open() as database:
            rows = database.execute("SELECT edition, period FROM adoptions ORDER BY period, edition")
            return tuple((edition, period) for edition, period in rows.fetchall())

    def unsent(self) -> dict[tuple[str, str], datetime]:
        """(edition, period) → when one of its digests was last found not to have left, for certain."""
        with self._open() as database:
            found = 'SELECT edition, period, max("when") FROM sends WHERE status = ? GROUP BY edition, period'
            rows = database.execute(found, (FAILED,)).fetchall()
        return {(edition, period): datetime.fromisoformat(when) for edition, period, when in rows}

    def claim(self, send: Send, now: datetime, asked: str = "") -> bool:
        """Whether the caller may send this now; it is then marked "sending", and nobody else may.

        asked: what its reader asks for, to be known later; nobody's name in it.
        False if it was sent, may have been sent, or is being sent. One that certainly failed may be claimed.
        """
        values = (*send.key, SENDING, _stamp(now), asked)
        with self._open() as database:
            new = database.execute(CLAIM, (*values, *send.key[1:]))
            if new.rowcount:
                return True
            again = f'UPDATE sends SET status = ?, "when" = ?, asked = ? WHERE {KEY} AND status = ?'
            return bool(database.execute(again, (SENDING, _stamp(now), asked, *send.key, FAILED)).rowcount)

    def settle(self, send: Send, status: str, now: datetime, *, why: str = "", dead: bool = False) -> None:
        """Write down how a claimed send ended: SENT, FAILED (it certainly did not leave), REFUSED or UNKNOWN.

        dead: nothing should go to this address again; noted in the same breath.
        """
        with self._open() as database:
            change = f'UPDATE sends SET status = ?, "when" = ?, why = ? WHERE {KEY}'
            database.execute(change, (status, _stamp(now), why, *send.key))
            if dead:
                _stop(database, Stop(send.key[0], _stamp(now), why))

    def carry(self, send: Send, splits: Iterable[str]) -> None:
        """Note which corrections a digest brings, before it is claimed."""
        rows = [(send.key[0], split, *send.key[1:]) for split in splits]
        with self._open() as database:
            database.executemany("INSERT OR REPLACE INTO corrections VALUES (?, ?, ?, ?)", rows)

    def brought(self) -> tuple[tuple[Send, str], ...]:
        """Every digest that was to bring a correction, and of which split."""
        with self._open() as database:
            rows = database.execute("SELECT address, edition, period, split FROM corrections ORDER BY rowid")
            return tuple((Send(*row[:3]), row[3]) for row in rows.fetchall())

    def corrected(self) -> frozenset[tuple[str, str]]:
        """(address, split) of every correction that left, or may have left."""
        found = (
            "SELECT address, split FROM corrections JOIN sends USING (address, edition, period) "
            "WHERE status IN (?, ?, ?, ?)"
        )
        with self._open() as database:
            rows = database.execute(found, (SENT, ADOPTED, *sorted(HELD))).fetchall()
        return frozenset((address, split) for address, split in rows)

    def resolve(self, send: Send, status: str, now: datetime, *, why: str) -> bool:
        """What a person found out about a send that is held, was refused, or counts as sent because somebody
        adopted it: SENT, or FAILED to try again.

        False, and nothing changed, if it is none of these (any more).
        """
        with self._open() as database:
            change = (
                f'UPDATE sends SET status = ?, "when" = ?, why = ? WHERE {KEY} AND status IN (?, ?, ?, ?)'
            )
            values = (status, _stamp(now), why, *send.key, *sorted(HELD), REFUSED, ADOPTED)
            if database.execute(change, values).rowcount:
                return True
            return bool(
                database.execute(RELEASE, (*send.key, status, _stamp(now), why, *send.key[1:])).rowcount
            )

    def stop(self, stop: Stop) -> None:
        """Note that nothing should go to an address, until the hub says so too."""
        with self._open() as database:
            _stop(database, stop)

    def untold_stops(self) -> tuple[Stop, ...]:
        """The stops that the hub does not know of yet."""
        with self._open() as database:
            rows = database.execute(
                'SELECT address, "when", why, who FROM stops WHERE told = 0 ORDER BY rowid'
            )
            return tuple(Stop(*row) for row in rows.fetchall())

    def stops(self) -> tuple[Stop, ...]:
        """Every stop that was ever noted here, told to the hub or not."""
        with self._open() as database:
            rows = database.execute('SELECT address, "when", why, who FROM stops ORDER BY rowid')
            return tuple(Stop(*row) for row in rows.fetchall())

    def rename(self, now: Callable[[str], str]) -> int:
        """Every address and word as `now` makes it; what would be blank is "erased" and a number.

        For people who were erased: that a digest was sent stays, to whom goes; nothing more is told of their
        stops. Returns how many rows changed.
        The file is then written anew, so that nothing of what it held before is left in its free pages.
        """
        changed = 0
        with self._open() as database:
            for table, columns in PERSONAL.items():
                rows = database.execute(f"SELECT rowid, {', '.join(columns)} FROM {table}").fetchall()
                for number, *texts in rows:
                    renamed = [now(text) for text in texts]
                    renamed[0] = renamed[0] or f"erased {number}"
                    if renamed != texts:
                        sets = ", ".join(f"{column} = ?" for column in columns)
                        database.execute(f"UPDATE {table} SET {sets} WHERE rowid = ?", (*renamed, number))
                        changed += 1
            database.execute("UPDATE stops SET told = 1 WHERE address LIKE 'erased %'")
            database.execute("UPDATE sends SET asked = '' WHERE address LIKE 'erased %'")
        with self._open() as database:
            database.execute("VACUUM")
        return changed

    def tell_stops(self, addresses: Iterable[str]) -> None:
        """The hub knows of these stops now; from here on its tab decides."""
        with self._open() as database:
            database.executemany("UPDATE stops SET told = 1 WHERE address = ?", [(one,) for one in addresses])

    def entry(self, send: Send) -> Entry | None:
        """The row of a send, None if it was never tried."""
        with self._open() as database:
            found = f'SELECT status, "when", why, asked FROM sends WHERE {KEY}'
            row = database.execute(found, send.key).fetchone()
            adopted = "SELECT ?, \"when\", '' FROM adoptions WHERE edition = ? AND period = ?"
            row = row or database.execute(adopted, (ADOPTED, *send.key[1:])).fetchone()
        return Entry(send, *row) if row else None

    def status(self, send: Send) -> str:
        """The status of a send, "" if it was never tried."""
        entry = self.entry(send)
        return entry.status if entry else ""

    def entries(self) -> tuple[Entry, ...]:
        """Everything that was ever tried, oldest first."""
        with self._open() as database:
            rows = database.execute(
                'SELECT address, edition, period, status, "when", why, asked FROM sends '
                'ORDER BY "when", rowid'
            ).fetchall()
        return tuple(Entry(Send(*row[:3]), *row[3:]) for row in rows)

    def _open(self) -> AbstractContextManager[sqlite3.Connection]:
        return open_database(self.path, self._damaged)

    def _damaged(self, error: sqlite3.DatabaseError) -> MailError:
        return MailError(
            f"the ledger of what was sent is damaged, so nothing was sent: {error}",
            where=str(self.path),
            fix="put its latest backup in its place; without it somebody could get a digest twice",
        )


def _stop(database: sqlite3.Connection, stop: Stop) -> None:
    change = (
        'INSERT INTO stops (address, "when", why, who) VALUES (?, ?, ?, ?) ON CONFLICT (address) DO UPDATE '
        'SET "when" = excluded."when", why = excluded.why, who = excluded.who, told = 0'
    )
    database.execute(change, (stop.address.strip().lower(), stop.when, stop.why, stop.who))


def _stamp(now: datetime) -> str:
    return now.isoformat(timespec="seconds")

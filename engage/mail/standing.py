"""What went to whom, and what waits for a person: the ledger, read for people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from engage.errors import UsageError
from engage.ledger import FAILED, HELD, REFUSED, SENT, Entry, Ledger


@dataclass(frozen=True, slots=True)
class Standing:
    """held: nobody knows whether they arrived, of every week. shown: the rows of the weeks asked for."""

    held: tuple[Entry, ...]
    shown: tuple[Entry, ...]


def standing(entries: Iterable[Entry], *, weeks: int = 1, period: str = "") -> Standing:
    """The newest weeks of the ledger, or one period ("2026-W47"), newest first; held ones from all of it."""
    rows = sorted(entries, key=lambda entry: (entry.send.period, entry.send.key[0]))
    newest = sorted({entry.send.period for entry in rows}, reverse=True)
    wanted = [period] if period else newest[:weeks]
    shown = tuple(entry for week in wanted for entry in rows if entry.send.period == week)
    return Standing(tuple(entry for entry in rows if entry.status in HELD), shown)


def resolve(
    ledger: Ledger, address: str, *, arrived: bool, now: datetime, period: str = "", by: str = "a person"
) -> Entry:
    """Settle the one digest for this address that is held, or was refused, as a person found it.

    arrived: it counts as sent; else it may be sent again. period: which, if several wait.
    Raises UsageError if none waits, or several do.
    """
    waiting = _waiting(ledger.entries(), address, period)
    if not waiting:
        raise UsageError(
            f"nothing for {address} waits to be settled{f' for {period}' if period else ''}",
            fix="run engage digest status; it lists what does",
        )
    if len(waiting) > 1:
        weeks = ", ".join(entry.send.period for entry in waiting)
        raise UsageError(f"several digests for {address} wait: {weeks}", fix="say which with --week")
    entry = waiting[0]
    why = f"{by} looked: it {'arrived' if arrived else 'did not arrive'}"
    ledger.resolve(entry.send, SENT if arrived else FAILED, now, why=why)
    return entry


def _waiting(entries: Iterable[Entry], address: str, period: str) -> Sequence[Entry]:
    """The held ones; the refused only where none is held, for nobody has to settle them."""
    wanted = address.strip().lower()
    mine = [e for e in entries if e.send.key[0] == wanted and period in ("", e.send.period)]
    held = [entry for entry in mine if entry.status in HELD]
    return held or [entry for entry in mine if entry.status == REFUSED]

"""What went to whom, and what waits for a person: the ledger, read for people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from engage.errors import UsageError
from engage.insight.weeks import period_named
from engage.ledger import ADOPTED, FAILED, HELD, REFUSED, SENT, Entry, Ledger, Send


@dataclass(frozen=True, slots=True)
class Standing:
    """held: nobody knows whether they arrived, of any time. shown: the rows of the periods asked for."""

    held: tuple[Entry, ...]
    shown: tuple[Entry, ...]


def standing(entries: Iterable[Entry], *, most: int = 1, period: str = "") -> Standing:
    """The newest periods of each edition, or one period ("2026-W47", "2026-11"), newest first; held ones of
    any time. most: how many periods of an edition."""
    rows = sorted(entries, key=lambda entry: (entry.send.edition, entry.send.key[0]))
    rows.sort(key=_ended, reverse=True)
    shown = tuple(entry for entry in rows if period in ("", entry.send.period))
    if not period:
        newest = {edition: _newest(rows, edition)[:most] for edition in {row.send.edition for row in rows}}
        shown = tuple(entry for entry in rows if entry.send.period in newest[entry.send.edition])
    return Standing(tuple(entry for entry in rows if entry.status in HELD), shown)


def _newest(rows: Iterable[Entry], edition: str) -> list[str]:
    """An edition's periods, as the rows have them: newest first."""
    return list(dict.fromkeys(entry.send.period for entry in rows if entry.send.edition == edition))


def _ended(entry: Entry) -> tuple[date, str]:
    """When a row's period was over; a label that is none comes last."""
    try:
        return period_named(entry.send.period).last, entry.send.period
    except ValueError:
        return date.min, entry.send.period


def resolve(
    ledger: Ledger, address: str, *, arrived: bool, now: datetime, period: str = "", by: str = "a person"
) -> Entry:
    """Settle the one digest for this address that is held, was refused or was adopted, as a person found it.

    arrived: it counts as sent; else it may be sent again. period: which, if several wait.
    Raises UsageError if none waits, or several do.
    """
    entry = to_settle(ledger, address, period)
    why = f"{by} looked: it {'arrived' if arrived else 'did not arrive'}"
    ledger.resolve(entry.send, SENT if arrived else FAILED, now, why=why)
    return entry


def to_settle(ledger: Ledger, address: str, period: str = "") -> Entry:
    """The one digest for this address that `resolve` would settle. Raises UsageError if none waits, or
    several do."""
    waiting = _waiting(ledger, address, period)
    if not waiting:
        raise UsageError(
            f"nothing for {address} waits to be settled{f' for {period}' if period else ''}",
            fix="run engage digest status; it lists what does",
        )
    if len(waiting) > 1:
        which = ", ".join(f"{entry.send.edition} {entry.send.period}" for entry in waiting)
        fix = "say which with --week, or --month"
        raise UsageError(f"several digests for {address} wait: {which}", fix=fix)
    return waiting[0]


def _waiting(ledger: Ledger, address: str, period: str) -> Sequence[Entry]:
    """The held ones; else the refused, else the adopted of the newest period: they need not be settled."""
    wanted = address.strip().lower()
    mine = [e for e in ledger.entries() if e.send.key[0] == wanted and period in ("", e.send.period)]
    held = [entry for entry in mine if entry.status in HELD]
    return held or [entry for entry in mine if entry.status == REFUSED] or _adopted(ledger, wanted, period)


def _adopted(ledger: Ledger, address: str, period: str) -> Sequence[Entry]:
    """What counts as sent there by an adoption alone, of the newest period.

    Where the adoption closed the period and did not name the address, the period must be: it may be misspelt.
    """
    rows = [e for e in ledger.entries() if e.send.key[0] == address and e.status == ADOPTED]
    named = sorted((e for e in rows if period in ("", e.send.period)), key=_ended, reverse=True)
    newest = {edition: _newest(named, edition)[:1] for edition in {e.send.edition for e in named}}
    found = [e for e in named if e.send.period in newest[e.send.edition]]
    closed = (
        ledger.entry(Send(address, edition, label)) for edition, label in ledger.adopted() if label == period
    )
    return found or [entry for entry in closed if entry is not None and entry.status == ADOPTED]

"""Headings that somebody renamed since last night, known again by the cells below them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engage.register.read import TabReading
from engage.register.record import STRAY
from engage.state import KnownTab, Remembered, mark

LIKENESS = 0.7  # at least this share of the cells below must be what they were
FEWEST_CELLS = 3


def confirmed_by_cells(
    readings: Iterable[TabReading], tabs: Mapping[str, KnownTab], known: Mapping[str, Remembered]
) -> dict[str, dict[str, str]]:
    """Sheet title → new heading → the schema heading whose cells stand below it.

    Only headings that were understood at the last sync and are not any more are looked for, and only in
    columns that are not understood now; records are matched by their Record ID.
    """
    found = {}
    for reading in readings:
        past = tabs.get(reading.tab.title)
        if past is None or reading.spec is None:
            continue
        lost = [heading for heading in past.headings if heading not in reading.columns]
        unread = (*reading.unknown, *reading.doubtful)
        renamed = {new: old for old in lost if (new := _same_cells(old, unread, reading, known))}
        if renamed:
            found[reading.tab.title] = renamed
    return found


def broken_headings(reading: TabReading, past: KnownTab, known: Mapping[str, Remembered]) -> tuple[str, ...]:
    """Schema headings that were understood at the last sync and whose loss would read as cells gone blank.

    Those that every row needs; and those whose cells still stand, below a heading cell that is now blank.
    """
    assert reading.spec is not None
    lost = [heading for heading in past.headings if heading not in reading.columns]
    needed = {column.heading for column in reading.spec.columns if column.required}
    strays = {name for record in reading.records for name in record.typed if name.startswith(STRAY)}
    return tuple(h for h in lost if h in needed or _same_cells(h, sorted(strays), reading, known))


def _same_cells(old: str, unread: Iterable[str], reading: TabReading, known: Mapping[str, Remembered]) -> str:
    """The unread heading whose cells are those that stood below `old`; "" if none is clearly so."""
    return next((new for new in unread if _likeness(old, new, reading, known) >= LIKENESS), "")


def _likeness(old: str, new: str, reading: TabReading, known: Mapping[str, Remembered]) -> float:
    pairs = [
        (known[record.record_id].marks[old], mark(record.typed.get(new, "")))
        for record in reading.records
        if record.record_id in known and old in known[record.record_id].marks
    ]
    same = sum(1 for before, now in pairs if before == now)
    return same / len(pairs) if len(pairs) >= FEWEST_CELLS else 0.0

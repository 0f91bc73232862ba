"""What is remembered of every record from night to night: its cells' marks, first seen, changed, gone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from .model import Record
from .permitted import HEADING, permissions_now
from .register.identity import marks_of
from .state import Remembered

STAGE, RUNGS = "Stage", frozenset("123456")
DAYS_GONE_REMEMBERED = 92  # a row cut one quarter and pasted back the next is still the same row


def remember(
    records: Sequence[Record], known: Mapping[str, Remembered], today: date, *, unread: frozenset[str]
) -> dict[str, Remembered]:
    """What to remember of every record tonight.

    known: as they were remembered. unread: workbooks that were not read tonight; theirs stay as they were.
    """
    memory = {key: _missing(past, today, unread) for key, past in known.items()}
    for record in records:
        if record.place.workbook not in unread or record.record_id not in known:
            memory[record.record_id] = _seen(record, known.get(record.record_id), today)
    return {key: past for key, past in memory.items() if not _forgotten(past, today)}


def _seen(record: Record, past: Remembered | None, today: date) -> Remembered:
    marks = marks_of(record)
    place = record.place
    now = today.isoformat()
    if past is None:
        rungs = _climbed((), _rung(record), now)
        said = permissions_now(record, None, now)
        return Remembered(place.workbook, place.tab, record.tab, now, marks, rungs=rungs, permissions=said)
    differ = {heading for heading in {*marks, *past.marks} if marks.get(heading) != past.marks.get(heading)}
    changed = {**past.changed, **dict.fromkeys(differ, now)}
    since = now if past.rungs else changed.get(STAGE, past.first_seen)
    return Remembered(
        place.workbook,
        place.tab,
        record.tab,
        past.first_seen,
        marks,
        changed,
        rungs=_climbed(past.rungs, _rung(record), since),
        permissions=permissions_now(
            record, past, now if past.permissions else changed.get(HEADING, past.first_seen)
        ),
    )


def _rung(record: Record) -> str:
    """The rung that an employer's Stage names: "3" of "3 Met"; "" for none."""
    named = record[STAGE][:1] if record.tab == "Employers" else ""
    return named if named in RUNGS else ""


def _climbed(known: tuple[tuple[str, str], ...], rung: str, since: str) -> tuple[tuple[str, str], ...]:
    """The rungs with this one at their end; of one day, the last that was read."""
    if rung == (known[-1][1] if known else ""):
        return known
    return (*(one for one in known if one[0] < since), (since, rung))


def _missing(past: Remembered, today: date, unread: frozenset[str]) -> Remembered:
    if past.gone or past.workbook in unread:
        return past
    return replace(past, gone=today.isoformat())


def _forgotten(past: Remembered, today: date) -> bool:
    return bool(past.gone) and (today - date.fromisoformat(past.gone)).days > DAYS_GONE_REMEMBERED

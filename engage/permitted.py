"""The history of "May we email news?": what each row has said since when, for an agency to show it later.

It is part of what is remembered of a row, and goes with that: when the row has been gone for a quarter, when
the person is erased, when the agency leaves.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from .model import ON_NEWS, Record, Stretch
from .state import Permission, Remembered

HEADING = ON_NEWS


def permissions_now(record: Record, past: Remembered | None, since: str) -> tuple[Permission, ...]:
    """What a row has said up to tonight. since: ISO date from which it says what it says now.

    A row whose column is gone, or has a heading that nobody understands, has taken nothing back.
    """
    known = past.permissions if past else ()
    if HEADING not in record.typed:
        return known
    before = tuple(one for one in known if one.since < since)
    now = Permission(since, record[HEADING], record.agency)
    if known and (known[-1].said, known[-1].agency) == (now.said, now.agency):
        return known
    return _tidy((*before, now))


def _tidy(permissions: Iterable[Permission]) -> tuple[Permission, ...]:
    """Without a silence that comes first or follows another."""
    kept: list[Permission] = []
    for one in permissions:
        if one.said or (kept and kept[-1].said):
            kept.append(one)
    return tuple(kept)


def stretches(permissions: tuple[Permission, ...]) -> tuple[Stretch, ...]:
    """Each answer with its days, oldest first; the last is until "" if it stands."""
    ends = (*(one.since for one in permissions[1:]), "")
    told = zip(permissions, ends, strict=False)
    return tuple(Stretch(one.said, one.since, end, one.agency) for one, end in told if one.said)


def forget_permissions(
    remembered: Mapping[str, Remembered], *, rows: Collection[str] = (), agencies: Collection[str] = ()
) -> dict[str, Remembered]:
    """The same memory, without what these records answered, and what any did while it was these agencies'."""

    def left(key: str, past: Remembered) -> tuple[Permission, ...]:
        said = () if key in rows else past.permissions
        return _tidy(Permission(p.since, "", "") if p.agency in agencies else p for p in said)

    return {key: replace(past, permissions=left(key, past)) for key, past in remembered.items()}


def expire_permissions(remembered: Mapping[str, Remembered], before: str) -> dict[str, Remembered]:
    """The same memory, without the answers that ended before this day (ISO date); one that stands stays."""

    def left(permissions: tuple[Permission, ...]) -> tuple[Permission, ...]:
        ends = (*(one.since for one in permissions), "")[1:]
        told = zip(permissions, ends, strict=True)
        return _tidy(one for one, end in told if not one.said or not end or end >= before)

    return {key: replace(past, permissions=left(past.permissions)) for key, past in remembered.items()}

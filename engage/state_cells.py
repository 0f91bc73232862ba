"""The rows of _engage as cells hold them: many short digests in one text, a long text in several rows."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Mapping

from .model import Row

CELL_LIMIT = 30_000  # Excel holds 32,767 characters in a cell, Google 50,000
MARK_BYTES = 6


def pack(marks: Mapping[str, str]) -> str:
    """fingerprint(row key) → row mark, as base64 of the two digests side by side."""
    pairs = (bytes.fromhex(key) + bytes.fromhex(row) for key, row in sorted(marks.items()))
    return base64.b64encode(b"".join(pairs)).decode("ascii")


def unpack(value: str) -> dict[str, str]:
    """fingerprint(row key) → row mark."""
    raw, width = base64.b64decode(value, validate=True), 2 * MARK_BYTES
    pairs = (raw[at : at + width] for at in range(0, len(raw), width))
    return {pair[:MARK_BYTES].hex(): pair[MARK_BYTES:].hex() for pair in pairs}


def chunked(row: tuple[str, str, str]) -> Iterator[tuple[str, str, str]]:
    """A value too long for a cell stands in several rows, keyed key|000, key|001, …"""
    kind, key, value = row
    if len(value) <= CELL_LIMIT:
        yield row
        return
    for number, at in enumerate(range(0, len(value), CELL_LIMIT)):
        yield kind, f"{key}|{number:03d}", value[at : at + CELL_LIMIT]


def joined(rows: Iterable[Row]) -> list[tuple[str, str, str]]:
    """(kind, key, value) of the rows of _engage, the long values in one piece again.

    A row that somebody copied counts once.
    """
    whole: dict[tuple[str, str], str] = {}
    for kind, key, value in sorted({_three(row) for row in rows}):
        whole[kind, _unnumbered(key)] = whole.get((kind, _unnumbered(key)), "") + value
    return [(kind, key, value) for (kind, key), value in whole.items()]


def _three(row: Row) -> tuple[str, str, str]:
    kind, key, value = (*row, "", "", "")[:3]
    return kind, key, value


def _unnumbered(key: str) -> str:
    head, bar, number = key.rpartition("|")
    return head if bar and len(number) == 3 and number.isdigit() else key

"""Rows that stay, go and come in a keyed tab: one new employer does not rewrite all rows below it. Pure.

The rows that stay are a longest run of keys that both orders share (the increasing subsequence of Fredman
1975, found by bisection).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from engage.model import Grid, Row

MOST_MOVED = 0.5  # of the rows; beyond that writing them anew is as cheap


@dataclass(frozen=True, slots=True)
class Alignment:
    """Rows count from 1, headings included.

    stays: row as wanted → row as it stands now. gone: rows as they stand, as ranges with their ends.
    come: rows as wanted, as ranges with their ends.
    """

    stays: Mapping[int, int]
    gone: tuple[tuple[int, int], ...]
    come: tuple[tuple[int, int], ...]


def align(stands: Grid, wanted: Sequence[Row], key: int) -> Alignment | None:
    """How the tab as it stands becomes the wanted one; None where its rows cannot be told by their keys.

    key: the column that names a row, from 1. Both have their headings in row 1, read alike.
    """
    if not key or not stands or stands[0] != wanted[0]:
        return None
    old, new = _keys(stands, key), _keys(wanted, key)
    if not (_tell_apart(old) and _tell_apart(new)):
        return None
    at = {name: row for row, name in enumerate(old, 2)}
    shared = [(row, at[name]) for row, name in enumerate(new, 2) if name in at]
    stays = dict([(1, 1), *_longest_rising(shared)])
    if len(stays) < (1 - MOST_MOVED) * max(len(stands), len(wanted)):
        return None
    gone = set(range(1, len(stands) + 1)) - set(stays.values())
    come = set(range(1, len(wanted) + 1)) - set(stays)
    return Alignment(stays, tuple(_ranges(sorted(gone))), tuple(_ranges(sorted(come))))


def _keys(rows: Sequence[Row], key: int) -> list[str]:
    return [row[key - 1] if len(row) >= key else "" for row in rows[1:]]


def _tell_apart(keys: Sequence[str]) -> bool:
    return all(keys) and len(set(keys)) == len(keys)


def _longest_rising(pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs, first numbers rising, in which the second rise too."""
    ends: list[int] = []
    last: list[tuple[int, int]] = []
    before: dict[tuple[int, int], tuple[int, int] | None] = {}
    for pair in pairs:
        place = bisect_left(ends, pair[1])
        before[pair] = last[place - 1] if place else None
        ends[place : place + 1] = [pair[1]]
        last[place : place + 1] = [pair]
    found: list[tuple[int, int]] = []
    step = last[-1] if last else None
    while step is not None:
        found.append(step)
        step = before[step]
    return found[::-1]


def _ranges(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Neighbouring numbers as (first, last)."""
    start = None
    for at, number in enumerate(numbers):
        start = number if start is None else start
        if at + 1 == len(numbers) or numbers[at + 1] != number + 1:
            yield start, number
            start = None

"""Which mentions carry the same sign: a phone, a domain, a name at a place. Two columns, however many."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Signs = npt.NDArray[np.uint64]
Positions = npt.NDArray[np.int64]


def sign(*texts: str) -> int:
    """A number that stands for these texts, in every process and on every machine."""
    said = "\x1f".join(texts).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(said, digest_size=8).digest(), "big")


@dataclass(frozen=True, slots=True)
class Carried:
    """Signs and the numbers of the mentions that carry them, position by position."""

    signs: Signs
    numbers: npt.NDArray[np.int32]


def carried(found: Iterable[tuple[int, int]]) -> Carried:
    """(sign, number) of some mentions."""
    pairs = list(found)
    signs = np.fromiter((one for one, _ in pairs), np.uint64, len(pairs))
    return Carried(signs, np.fromiter((number for _, number in pairs), np.int32, len(pairs)))


_NOTHING = np.uint64(sign())


def by_number(parts: Iterable[Carried]) -> Signs:
    """The sign of each mention by its number; each carries one."""
    every = list(parts)
    most = max((int(part.numbers.max(initial=-1)) for part in every), default=-1)
    found = np.full(most + 1, _NOTHING)
    for part in every:
        found[part.numbers] = part.signs
    return found


class Index:
    """Sign → the mentions that carry it."""

    def __init__(self, parts: Iterable[Carried]) -> None:
        every = [Carried(np.empty(0, np.uint64), np.empty(0, np.int32)), *parts]
        signs = np.concatenate([part.signs for part in every])
        numbers = np.concatenate([part.numbers for part in every])
        order = np.lexsort((numbers, signs))
        self._signs, self._numbers = signs[order], numbers[order]

    def of(self, one: int) -> list[int]:
        """The numbers of the mentions that carry this sign, in order."""
        wanted = np.uint64(one)
        start = np.searchsorted(self._signs, wanted, "left")
        found: list[int] = self._numbers[start : np.searchsorted(self._signs, wanted, "right")].tolist()
        return found

    def groups(self) -> Iterator[tuple[int, list[int]]]:
        """(sign, numbers) for every sign."""
        return self._spread(*self._spans())

    def of_unlike(self, kinds: Signs) -> Iterator[tuple[int, list[int]]]:
        """(sign, numbers) for every sign that mentions of two kinds carry, or two mentions of no kind.

        kinds: of the mentions by number, sign() of nothing for none.
        """
        starts, ends = self._spans()
        if len(starts):
            kind = kinds[self._numbers]
            least, most = np.minimum.reduceat(kind, starts), np.maximum.reduceat(kind, starts)
            unlike = (ends - starts > 1) & ((least != most) | (least == _NOTHING))
            yield from self._spread(starts[unlike], ends[unlike])

    def _spans(self) -> tuple[Positions, Positions]:
        """Where the mentions of each sign start and end."""
        if not len(self._signs):
            return np.empty(0, np.int64), np.empty(0, np.int64)
        starts = np.flatnonzero(np.r_[True, self._signs[1:] != self._signs[:-1]])
        return starts, np.r_[starts[1:], len(self._signs)]

    def _spread(self, starts: Positions, ends: Positions) -> Iterator[tuple[int, list[int]]]:
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
            yield int(self._signs[start]), self._numbers[start:end].tolist()


def in_chunks(groups: Iterable[tuple[int, list[int]]], at_once: int) -> Iterator[list[tuple[int, list[int]]]]:
    """Groups in lists of about so many mentions."""
    chunk: list[tuple[int, list[int]]] = []
    count = 0
    for one, numbers in groups:
        chunk.append((one, numbers))
        count += len(numbers)
        if count >= at_once:
            yield chunk
            chunk, count = [], 0
    if chunk:
        yield chunk


def spans(count: int, at_once: int) -> Sequence[range]:
    """The numbers 0 to count - 1, so many at once."""
    return [range(first, min(first + at_once, count)) for first in range(0, count, at_once)]

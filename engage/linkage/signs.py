"""Which mentions carry the same sign: a phone, a domain, a name at a place. Two columns, however many."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Signs = npt.NDArray[np.uint64]


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

    def shared(self) -> Iterator[tuple[int, list[int]]]:
        """(sign, numbers) for every sign that two mentions or more carry."""
        return ((one, numbers) for one, numbers in self.groups() if len(numbers) > 1)

    def groups(self) -> Iterator[tuple[int, list[int]]]:
        """(sign, numbers) for every sign."""
        if len(self._signs):
            starts = np.flatnonzero(np.r_[True, self._signs[1:] != self._signs[:-1]])
            ends = np.r_[starts[1:], len(self._signs)]
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

"""Where mentions are kept while they are compared: in memory, or, when there are too many, in a file.

A mention goes by its number, its place in the order of keys, so that pairs of them are plain numbers. Not
every number need be somebody's: a row may name nobody.
"""

from __future__ import annotations

import pickle
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO, Generic, Protocol, TypeVar

import numpy as np
import numpy.typing as npt

M = TypeVar("M")
M_co = TypeVar("M_co", covariant=True)


class Shelf(Protocol[M_co]):
    """Mentions by number. It can be sent to another process."""

    def take(self, numbers: Iterable[int]) -> Mapping[int, M_co]:
        """These mentions by their numbers; a number that is nobody's is left out."""


@dataclass(frozen=True, slots=True)
class Held(Generic[M]):
    """Mentions in memory."""

    mentions: Sequence[M]

    def take(self, numbers: Iterable[int]) -> Mapping[int, M]:
        """These mentions by their numbers."""
        return {number: self.mentions[number] for number in numbers}


@dataclass(frozen=True, slots=True)
class Filed(Generic[M]):
    """Mentions in a file, read when they are asked for."""

    path: Path

    def take(self, numbers: Iterable[int]) -> Mapping[int, M]:
        """These mentions by their numbers; a number that is nobody's is left out."""
        starts, file = _opened(self.path)
        found: dict[int, M] = {}
        for number in numbers:
            if number not in found and starts[number] >= 0:
                file.seek(starts[number])
                found[number] = pickle.load(file)
        return found


class Filing(Generic[M]):
    """Makes a file of mentions, in whatever order they come. Use done() before anything is taken from it."""

    def __init__(self, path: Path, mentions: int) -> None:
        self._path = path
        self._starts = np.full(mentions, -1, np.int64)
        self._file = path.open("wb")
        self._at = 0

    def put(self, number: int, packed: bytes) -> None:
        """File a mention that was packed by pack()."""
        self._starts[number] = self._at
        self._at += self._file.write(packed)

    def done(self) -> tuple[Filed[M], npt.NDArray[np.int64]]:
        """The file, and the numbers that are somebody's."""
        self._file.close()
        np.save(_starts_beside(self._path), self._starts)
        return Filed(self._path), np.flatnonzero(self._starts >= 0)


def pack(mention: object) -> bytes:
    """A mention as it stands in a file."""
    return pickle.dumps(mention, pickle.HIGHEST_PROTOCOL)


def number_of(keys: Sequence[str], key: str) -> int:
    """The number of a mention among sorted keys, -1 if it is not there."""
    at = bisect_left(keys, key)
    return at if at < len(keys) and keys[at] == key else -1


def _starts_beside(path: Path) -> Path:
    return path.with_suffix(".starts.npy")


@lru_cache(maxsize=4)
def _opened(path: Path) -> tuple[list[int], BinaryIO]:
    """Kept open: a process takes from a file some thousand times."""
    return np.load(_starts_beside(path)).tolist(), path.open("rb", buffering=0)

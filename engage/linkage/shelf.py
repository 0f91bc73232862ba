"""Where mentions are kept while they are compared: in memory, or, when there are too many, in a file.

A mention goes by its number, its place in the order of keys, so that pairs of them are plain numbers. Not
every number need be somebody's: a row may name nobody.
"""

from __future__ import annotations

import pickle
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Generic, Protocol, TypeVar

import numpy as np
import numpy.typing as npt

M = TypeVar("M")
Numbers = npt.NDArray[np.int64]
M_co = TypeVar("M_co", covariant=True)
REMEMBERED = 8_000  # mentions of one file in each process, 15 MB: two lots of pairs that are judged together


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

    @staticmethod
    def close_all() -> None:
        """Close the files of this process, so that their folder can be removed on every system."""
        for _, file, _ in _OPEN.values():
            file.close()
        _OPEN.clear()

    def take(self, numbers: Iterable[int]) -> Mapping[int, M]:
        """These mentions by their numbers; a number that is nobody's is left out."""
        starts, file, lately = _opened(self.path)
        found: dict[int, M] = {}
        for number in numbers:
            if number not in found and (start := int(starts[number])) >= 0:
                if number not in lately:
                    file.seek(start)
                    lately[number] = pickle.load(file)
                found[number] = lately[number]
        if len(lately) > REMEMBERED:
            lately.clear()
        return found


class Filing(Generic[M]):
    """Makes a file of mentions, in whatever order they come. Nothing is taken from it before it is closed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = path.open("wb")
        self._at = 0
        self._places, self._starts = array("q"), array("q")

    def put(self, place: int, packed: bytes) -> None:
        """File a mention that was packed by pack(). place: its number, or what puts it in order."""
        self._places.append(place)
        self._starts.append(self._at)
        self._at += self._file.write(packed)

    def by_number(self, numbers: int) -> tuple[Filed[M], Numbers]:
        """The file, closed, of mentions put in their numbers' places; and which of so many are somebody's."""
        places = np.array(self._places, np.int64)
        starts = np.full(numbers, -1, np.int64)
        starts[places] = np.array(self._starts, np.int64)
        return self._close(starts), np.sort(places)

    def in_order(self) -> tuple[Filed[M], Numbers]:
        """The file, closed, and the places of its mentions: their order makes the numbers, from 0."""
        places = np.array(self._places, np.int64)
        order = np.argsort(places, kind="stable")
        return self._close(np.array(self._starts, np.int64)[order]), places[order]

    def _close(self, starts: Numbers) -> Filed[M]:
        self._file.close()
        np.save(_starts_beside(self._path), starts)
        return Filed(self._path)


def pack(mention: object) -> bytes:
    """A mention as it stands in a file."""
    return pickle.dumps(mention, pickle.HIGHEST_PROTOCOL)


def number_of(keys: Sequence[str], key: str) -> int:
    """The number of a mention among sorted keys, -1 if it is not there."""
    at = bisect_left(keys, key)
    return at if at < len(keys) and keys[at] == key else -1


def _starts_beside(path: Path) -> Path:
    return path.with_suffix(".starts.npy")


def _opened(path: Path) -> tuple[Numbers, BinaryIO, dict[int, Any]]:
    """Kept open, with what was read of it lately: a process takes from a file some thousand times, and a
    mention as often as it has pairs.
    """
    if path not in _OPEN:
        _OPEN[path] = np.load(_starts_beside(path)), path.open("rb"), {}
    return _OPEN[path]


_OPEN: dict[Path, tuple[Numbers, BinaryIO, dict[int, Any]]] = {}

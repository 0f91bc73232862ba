"""An id for every row of somebody's own list, made from what the row says."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import overload

import numpy as np
import numpy.typing as npt

from engage.model import Row, mention


def row_said(row: Row, header: Sequence[str]) -> int:
    """A number for the cells of a row, whatever order the columns have."""
    names = [*header, *[""] * (len(row) - len(header))]
    cells = sorted((names[at], text) for at, text in enumerate(row) if text and not text.isspace())
    text = "\x1e".join(f"{name}\x1f{cell}" for name, cell in cells)
    said = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8)
    return int.from_bytes(said.digest(), "big")


class RowIds:
    """The ids of a list's rows: the same wherever a row stands, and whatever other rows are there.

    Of rows that say the same, the second has -2 behind it, and so on. A row's number is the place of its id
    among them all. widest: cells of the longest row.
    """

    def __init__(self, rows: Iterable[Row], header: Sequence[str]) -> None:
        self.widest = 0
        said = np.fromiter((self._said_by(row, header) for row in rows), np.uint64)
        order = np.argsort(said, kind="stable")
        self._said = said[order]
        first = np.flatnonzero(np.r_[True, self._said[1:] != self._said[:-1]]) if len(said) else order
        repeats = np.diff(np.r_[first, len(said)])
        self._nth = np.arange(len(said)) - np.repeat(first, repeats) + 1
        self._numbers = np.empty(len(said), np.int32)
        self._numbers[order] = np.arange(len(said), dtype=np.int32)

    def _said_by(self, row: Row, header: Sequence[str]) -> int:
        self.widest = max(self.widest, len(row))
        return row_said(row, header)

    def __len__(self) -> int:
        return len(self._said)

    @property
    def numbers(self) -> npt.NDArray[np.int32]:
        """The number of each row, in the order of the rows."""
        return self._numbers

    def id(self, number: int) -> str:
        """The id of the row with this number."""
        nth = int(self._nth[number])
        return f"L-{int(self._said[number]):016x}" + (f"-{nth}" if nth > 1 else "")

    def keys(self) -> MentionKeys:
        """The keys of the employers that the rows name, by the rows' numbers."""
        return MentionKeys(self)

    def numbered(self, rows: Iterable[Row]) -> Iterator[tuple[int, str, Row]]:
        """(number, id, row) of the same rows, read once more."""
        for number, row in zip(self._numbers.tolist(), rows, strict=True):
            yield number, self.id(number), row


class MentionKeys(Sequence[str]):
    """The key of each row's employer, by the row's number; made when it is asked for."""

    def __init__(self, ids: RowIds) -> None:
        self._ids = ids

    def __len__(self) -> int:
        return len(self._ids)

    @overload
    def __getitem__(self, number: int) -> str: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[str]: ...

    def __getitem__(self, number: int | slice) -> str | Sequence[str]:
        if isinstance(number, slice):
            return [self[one] for one in range(*number.indices(len(self)))]
        return mention(self._ids.id(number))

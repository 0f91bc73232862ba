"""A list that was understood: what its columns mean, and its rows, as often as they are wanted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from engage.model import Row

from .columns import Columns


@dataclass(frozen=True, slots=True)
class Listing:
    """The rows below the headings, one by one, again each time. rows: all of them, from the top.

    country: whose phones and postcodes they hold, "GB".
    """

    rows: Iterable[Row]
    columns: Columns
    country: str = "GB"

    def __iter__(self) -> Iterator[Row]:
        return islice(iter(self.rows), self.columns.header_row, None)

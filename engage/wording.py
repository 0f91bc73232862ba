"""Counts in words, as every report and tab says them."""

from __future__ import annotations


def counted(count: int, one: str, many: str = "") -> str:
    """ "1 cell", "1,204 cells"; many: the plural where it takes more than an s."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"

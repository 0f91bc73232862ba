"""Shares that a target may count, and what is said while there is nothing to share."""

from __future__ import annotations

NOTHING_YET = "Nothing to judge by yet"


class NothingYet(Exception):
    """A share of nothing so far: not known, and never 0. Nobody has to mend it."""


def share(part: int, whole: int, of_what: str) -> float:
    """A whole per cent, rounded down. Raises NothingYet where there is none of it."""
    if not whole:
        raise NothingYet(f"{NOTHING_YET}: no {of_what}")
    return part * 100 // whole

"""Words that several rooms share: counts and lists, as every report and tab says them; what we are called."""

from __future__ import annotations

from collections.abc import Sequence

ENGAGE = "Engage"  # who did it, in a column that else names a person


def counted(count: int, one: str, many: str = "") -> str:
    """ "1 cell", "1,204 cells"; many: the plural where it takes more than an s."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def in_a_row(parts: Sequence[str]) -> str:
    """ "a, b and c"; "" if there is none."""
    return " and ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))

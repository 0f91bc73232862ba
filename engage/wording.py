"""Words that several rooms share: counts, as every report and tab says them; what we call ourselves."""

from __future__ import annotations

ENGAGE = "Engage"  # who did it, in a column that else names a person


def counted(count: int, one: str, many: str = "") -> str:
    """ "1 cell", "1,204 cells"; many: the plural where it takes more than an s."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"

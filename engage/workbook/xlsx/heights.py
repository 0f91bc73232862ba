"""How tall a built row must be for its wrapped texts to be read.

LibreOffice gives a row without a height the default one, however much its cells wrap; Excel keeps the
height that the file has until somebody edits the row. So a built row carries a fair estimate.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

_MOST_LINES = 20  # beyond this the row would fill the screen: the rest is read in the cell itself


def lines_in(text: str, width: float) -> int:
    """Lines that a text takes in a column of this width.

    width: in digits of the default font, as the file states it; words run a little narrower than digits.
    """
    characters = max(3, int(width * 1.05))
    return sum(
        len(textwrap.wrap(line, characters)) or 1 if len(line) > characters else 1
        for line in text.split("\n")
    )


def row_height(wrapped: Iterable[tuple[str, float]], line_height: float) -> float | None:
    """Points for a row with these wrapped texts, each with its column's width; None for one line."""
    lines = max((lines_in(text, width) for text, width in wrapped), default=1)
    return min(lines, _MOST_LINES) * line_height if lines > 1 else None

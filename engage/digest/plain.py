"""Cells as they may stand in a digest: one line, not too long, without anybody's phone or email."""

from __future__ import annotations

import re
import unicodedata

LEFT_OUT = "(contact details left out)"
_EMAIL = re.compile(r"(?:mailto:)?[^\s@<>(),;:]+@[^\s@<>(),;:]+\.[A-Za-z]{2,}")
# A UK number as people type it: +44 or 0, then at least nine more digits with spaces, brackets or dashes.
_PHONE = re.compile(r"(?<![\w./-])(?:\+44|0044|\(?0)(?:[ ().-]*\d){9,11}(?!\d)")


def plain(text: str, most: int = 160) -> str:
    """A cell's text for a digest: control characters gone, spaces single, phones and emails left out,
    cut with an ellipsis after `most` characters. Names of employers and counts are what a digest tells."""
    line = " ".join(
        "".join(
            " " if unicodedata.category(char) in {"Cc", "Cf", "Zl", "Zp"} else char for char in text
        ).split()
    )
    masked = _PHONE.sub(LEFT_OUT, _EMAIL.sub(LEFT_OUT, line))
    return masked if len(masked) <= most else masked[: most - 1].rstrip() + "…"

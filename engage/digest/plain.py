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
    return _cut(_PHONE.sub(LEFT_OUT, _EMAIL.sub(LEFT_OUT, _line(text))), most)


def one_line(text: str, most: int = 160) -> str:
    """The same with its phones and emails: only for details that a reader asked for and may see."""
    return _cut(_line(text), most)


def _line(text: str) -> str:
    control = {"Cc", "Cf", "Zl", "Zp"}
    return " ".join("".join(" " if unicodedata.category(char) in control else char for char in text).split())


def _cut(line: str, most: int) -> str:
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"

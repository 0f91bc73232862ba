"""Cells as they may stand in a digest: one line, not too long, without anybody's phone or email."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

OFTEN = 200  # characters: names and the like, which are told to many readers, are remembered
MOST_READ = 5_000  # characters of a cell: far more than is ever shown
LEFT_OUT = "(contact details left out)"
# Each word is tried once, from its beginning: a cell may hold 50,000 characters without a space.
_EMAIL = re.compile(r"(?<![^\s@<>(),;:])(?:mailto:)?[^\s@<>(),;:]+@[^\s@<>(),;:]+\.[A-Za-z]{2,}")
# A UK number as people type it: +44 or 0, then at least nine more digits with spaces, brackets or dashes.
_PHONE = re.compile(r"(?<![\w./-])(?:\+44|0044|\(?0)(?:[ ().-]*\d){9,11}(?!\d)")


def plain(text: str, most: int = 160) -> str:
    """A cell's text for a digest: control characters gone, spaces single, phones and emails left out,
    cut with an ellipsis after `most` characters. Names of employers and counts are what a digest tells."""
    return _known(text, most) if len(text) < OFTEN else _plain(text, most)


def _plain(text: str, most: int) -> str:
    return _cut(_PHONE.sub(LEFT_OUT, _EMAIL.sub(LEFT_OUT, _line(text))), most)


_known = lru_cache(maxsize=32768)(_plain)


def one_line(text: str, most: int = 160) -> str:
    """The same with its phones and emails: only for details that a reader asked for and may see."""
    return _cut(_line(text), most)


def _line(text: str) -> str:
    """On one line, without what cannot be seen, which could hide part of an address or turn a line round."""
    seen = text[:MOST_READ] if text.isprintable() else "".join(map(_seen, text[:MOST_READ]))
    return " ".join(seen.split())


def _seen(char: str) -> str:
    category = unicodedata.category(char)
    if category in {"Cc", "Zl", "Zp"}:
        return " "
    return "" if category in {"Cf", "Cs"} or _is_no_character(ord(char)) else char


def _is_no_character(code: int) -> bool:
    """U+FFFE and its like, which no text may hold (Unicode 23.7) and no HTML page shows."""
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF


def _cut(line: str, most: int) -> str:
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"

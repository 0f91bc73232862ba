"""Text as people type it, made comparable: spaces, dashes and quotes of every make become one of each."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SAME = str.maketrans(
    {
        "\u2018": "'", "\u2019": "'", "\u02bc": "'", "\u00b4": "'", "`": "'",
        "\u201c": '"', "\u201d": '"',
        "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2212": "-",
        "\u200b": None, "\u200c": None, "\u200d": None, "\u2060": None, "\ufeff": None, "\u00ad": None,
    }
)  # fmt: skip
_LINES = re.compile(r"\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")


def squash(text: str) -> str:
    """The text on one line, one space between words, plain quotes and dashes, accents as one character."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text.translate(_SAME))
    return " ".join(text.replace("`", "'").split())


def squash_lines(text: str) -> str:
    """The text with its lines kept, each squashed, blank lines at the ends left out."""
    if "\n" not in text and "\r" not in text:
        return squash(text)
    return "\n".join(squash(line) for line in _LINES.sub("\n", text).split("\n")).strip("\n")


def word_key(text: str) -> str:
    """Lower-case words and nothing else: two spellings with one key are the same words."""
    folded = squash(text).replace("&", " and ").casefold()
    return " ".join(re.findall(r"\w+", folded.replace("'", "")))


def is_blank(text: str, blanks: frozenset[str]) -> bool:
    """Whether a cell says nothing: empty, or one of the words that mean unknown ("n/a", "tbc", "?")."""
    squashed = squash(text).casefold()
    return not squashed or squashed in blanks or squashed.rstrip(".!:") in blanks


def join_several(parts: tuple[str, ...] | list[str]) -> str:
    """Several values in one cell as the register keeps them: "a; b", each once, in order."""
    return "; ".join(dict.fromkeys(part for part in parts if part))


@lru_cache(maxsize=16384)  # the same few values stand in tens of thousands of rows
def split_several(cell: str) -> tuple[str, ...]:
    """The values of a cell that holds several, as join_several put them together; blanks left out."""
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def word_set(words: str) -> frozenset[str]:
    """A word list written as text."""
    return frozenset(words.split())

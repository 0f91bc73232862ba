"""Text folded for comparing: lower case, no accents, no punctuation."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i"})
_APOSTROPHES = re.compile(r"['’‘`´ʼ]")
_DOTTED = re.compile(r"\b(?:[a-z]\.){2,}(?:[a-z]\b)?")
_WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Lower case, accents off, apostrophes closed up (O'Connor → oconnor), "&" → and; punctuation stays."""
    if text.isascii():
        plain = text.lower()
    else:
        decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
        plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return _APOSTROPHES.sub("", plain).replace("&", " and ").replace("+", " and ")


# Where an umlaut is written with an "e" by whoever has no such key (DIN 5007-2: "Müller" is "Mueller").
_GERMAN = frozenset({"DE", "AT", "CH", "LI"})
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "\u0308": "e"})


def writes_umlauts(country: str) -> bool:
    """Whether a country's names have umlauts that are also written out."""
    return country in _GERMAN


def without_umlauts(text: str) -> str:
    """A text with its umlauts written out."""
    return text if text.isascii() else text.translate(_UMLAUTS)


@lru_cache(maxsize=65536)
def words(text: str) -> tuple[str, ...]:
    """The words of a text, folded; "U.K." is one word."""
    folded = fold(text)
    if "." in folded:
        folded = _DOTTED.sub(lambda match: match.group().replace(".", ""), folded)
    return tuple(_WORD.findall(folded))


def squash(parts: tuple[str, ...] | list[str]) -> str:
    """Words written as one: "Green Line" and "Greenline" are the same."""
    return "".join(parts)


def same_text(text: str) -> str:
    """What makes two typings identical: case, accents, spaces and end punctuation do not count."""
    return " ".join(words(text)) if text else ""


def within_one_edit(one: str, other: str) -> bool:
    """True if two words are the same but for one letter left out, added or changed, or two swapped."""
    if one == other:
        return True
    if abs(len(one) - len(other)) > 1:
        return False
    at = next(
        (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    rest, left = one[at:], other[at:]
    swapped = rest[:2] == left[1::-1] and rest[2:] == left[2:]
    return rest[1:] == left[1:] or rest[1:] == left or rest == left[1:] or (len(rest) > 1 and swapped)

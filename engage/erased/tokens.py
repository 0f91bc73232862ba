"""What in a text can name a person: mail addresses, phone numbers and words, with where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from engage.linkage.normalise.text import words

_LETTER = r"(?:[^\W\d_]|[\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff])"
_MAIL = re.compile(r"[\w!#$%&'*+/=?^`{|}~.-]+@(?:[\w-]+\.)+[\w-]*\w")
_WORD = re.compile(rf"{_LETTER}+(?:['’‘`´ʼ](?!s\b){_LETTER}+)*")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_RUN = re.compile(r"\d[\d\s().+/-]{6,}\d")
_DIGITS = re.compile(r"\d+")
_BEGINS = re.compile(r"(?:(?:00)?44)?0?\d?|00\d{1,4}|[1-9]\d{1,3}")  # of one number, not the end of another
_GAP = re.compile(r"[\s,.\-_'’/]{0,3}")
PHONE_DIGITS = 9  # the end of a number, which +44, 0044, (0) and a lost 0 leave as it is
LONGEST_PHONE = 15
LONGEST_NAME = 4  # words


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a text in its plain form: an address in lower case, the last digits of a phone number, a
    folded word. start, end: where it stands in the text."""

    text: str
    start: int
    end: int


@lru_cache(maxsize=65536)
def mails_in(text: str) -> tuple[Token, ...]:
    """The mail addresses, lower-case."""
    if "@" not in text:
        return ()
    found = ((match[0].lstrip(".'"), match) for match in _MAIL.finditer(text))
    return tuple(Token(mail.lower(), match.end() - len(mail), match.end()) for mail, match in found)


@lru_cache(maxsize=65536)
def phones_in(text: str) -> tuple[Token, ...]:
    """Every stretch of digits that could be one phone number, however it is spaced."""
    return tuple(_phones(text))


def _phones(text: str) -> Iterator[Token]:
    for run in _RUN.finditer(text):
        groups = [(run.start() + g.start(), run.start() + g.end()) for g in _DIGITS.finditer(run[0])]
        for first, (start, _) in enumerate(groups):
            digits = ""
            for begin, end in groups[first:]:
                digits += text[begin:end]
                if len(digits) > LONGEST_PHONE:
                    break
                if len(digits) >= PHONE_DIGITS and _BEGINS.fullmatch(digits[:-PHONE_DIGITS]):
                    yield Token(digits[-PHONE_DIGITS:], _with_sign(text, start), end)


def _with_sign(text: str, start: int) -> int:
    """Where a number begins whose + or bracket is to go with it."""
    while start and text[start - 1] in "+(":
        start -= 1
    return start


@lru_cache(maxsize=65536)
def words_in(text: str) -> tuple[Token, ...]:
    """The words, folded; a possessive 's is no part of one."""
    found = []
    for match in _WORD.finditer(text):
        folded = "".join(words(_INVISIBLE.sub("", match[0])))
        if folded:
            found.append(Token(folded, match.start(), match.end()))
    return tuple(found)


def adjacent(text: str, one: Token, other: Token) -> bool:
    """Whether a word follows on the other with no more than a space, a comma or a dot between."""
    return bool(_GAP.fullmatch(text[one.end : other.start]))

"""The marks by which a person is known in any text, each with how much it says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

SURE = "sure"  # a mailbox or a line of the person's own
NAME = "name"  # the full name, in any of its forms
RARE = "rare"  # a word of the name that nobody and nothing else in the register has
HINT = "hint"  # an initial or a title with the surname: says who, where the rest of the row does
WORD = "word"  # a first or a last name alone: says who, where the person is named beside it
FIRM = "firm"  # the employer's name
PART = "part"  # a word of one of the others: without it no stretch of words needs a look
GIVEN, FAMILY = "given", "family"  # which of the names a word is, to tell "Zyxandra Jones" from her
STRENGTH = (SURE, NAME, RARE, HINT, WORD, FIRM, PART, GIVEN, FAMILY)
Known = tuple[str, str]
"""Whose mark it is ("ERA-7K2M9", or "" of the one who is looked for), and what it says."""


def mail(address: str) -> str:
    """The token of a mail address."""
    return f"m:{address.strip().lower()}"


def phone(last_digits: str) -> str:
    """The token of a phone number, by its last nine digits."""
    return f"p:{last_digits}"


def named(parts: Iterable[str]) -> str:
    """The token of words in a row, folded."""
    return f"n:{' '.join(parts)}"


def role(word: str, which: str) -> str:
    """The token that says that a word is a given or a family name of theirs."""
    return f"{which[0]}:{word}"


def part(word: str) -> str:
    """The token that says that a word is one of some name."""
    return f"x:{word}"


@dataclass(frozen=True, slots=True)
class Marks:
    """Tokens and whose they are. spell: how `known` has a token: itself, or its keyed hash."""

    known: Mapping[str, frozenset[Known]] = field(default_factory=dict)
    spell: Callable[[str], str] = str

    def of(self, token: str) -> frozenset[Known]:
        """Whose token it is; empty if nobody's."""
        return self.known.get(self.spell(token), frozenset())

    def __bool__(self) -> bool:
        return bool(self.known)


def marks_of(graded: Mapping[str, str], whose: str = "") -> Marks:
    """The marks of one person, in the clear. graded: token → grade."""
    return Marks({token: frozenset({(whose, grade)}) for token, grade in graded.items()})

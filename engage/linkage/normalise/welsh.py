"""Welsh names as their English ones: "Cyngor Cymuned Llanbedr" is Llanbedr Community Council."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from .text import squash, words
from .words import read_toml

_LONGEST = 3  # words of a kind of body


@dataclass(frozen=True, slots=True)
class WelshWords:
    """What welsh_words.toml says. kinds: a kind of body's words → in English; towns: squashed → English."""

    kinds: dict[tuple[str, ...], tuple[str, ...]]
    towns: dict[str, str]


@cache
def welsh_words() -> WelshWords:
    """Kinds of body and towns with two names."""
    raw = read_toml("welsh_words.toml")
    return WelshWords({words(one): words(other) for one, other in raw["kinds"].items()}, raw["towns"])


def in_english(said: tuple[str, ...]) -> tuple[str, ...]:
    """A name's words in English order, its kind of body and its town translated; English ones as they are."""
    welsh, kind = welsh_words(), kind_in_front(said)
    if not kind:
        return said
    whose = said[len(kind) :]
    town = welsh.towns.get(squash(whose), "")
    return (*(words(town) or whose), *welsh.kinds[kind])


def kind_in_front(said: tuple[str, ...]) -> tuple[str, ...]:
    """The Welsh kind of body that a name begins with, () if none: what follows says whose it is."""
    begins = (said[:length] for length in range(min(_LONGEST, len(said) - 1), 0, -1))
    return next((begin for begin in begins if begin in welsh_words().kinds), ())


def town_in_english(town: str) -> str:
    """A town by its English name, as words: "caerdydd" is "cardiff"."""
    return welsh_words().towns.get(squash(words(town)), town)

"""The letters that a body's members write for its name, or for its last words: "Overton PC"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .core import core_words, key_of
from .text import squash, words
from .welsh import in_english
from .words import organisation_words

_DASH = re.compile(r"\s+[-–—]\s+|\s*:\s+")


def without_initials(base: str, others: list[str]) -> tuple[str, list[str]]:
    """A name without its own initials before or behind a dash, which are another name of it: "CSTG - Central
    Scotland Training Group".
    """
    parts = _DASH.split(base)
    if len(parts) != 2:
        return base, others
    short, whole = sorted(parts, key=len)
    fits = len(words(short)) == 1 and key_of(short) in acronyms(whole)
    return (whole, [*others, short]) if fits else (base, others)


def acronyms(name: str) -> tuple[str, ...]:
    """First letters of the words, with and without legal words and noise, when there are three or more; and
    of a body's last words behind the others, as its members write it: "Overton PC", "Calderdale MBC".
    """
    full = in_english(words(name))
    core, _ = core_words(name)
    lists = organisation_words()
    candidates = [
        full,
        core,
        tuple(word for word in full if word not in lists.noise),
        tuple(word for word in full if word not in lists.noise and word != "nhs"),
    ]
    long = {candidate for candidate in candidates if len(candidate) >= 3}
    ends = {
        squash(candidate[:at]) + _letters(candidate[at:])
        for candidate in (*long, *_other_ways(core))
        if candidate[-1] in lists.initialled
        for at in range(1, len(candidate) - 1)
    }
    return tuple(sorted({*map(_letters, long), *map(_with_initials, long), *ends}))


def _other_ways(core: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """A name with its kind of place as others write it: "Somerton Council" is Somerton BC's."""
    lists = organisation_words()
    one = lists.kind_at_the_end(core)
    whose = core[: len(core) - len(one)]
    if whose and one and lists.kinds[one] == one and one[-1] in lists.initialled:
        yield from ((*whose, *way) for way, kind in lists.kinds.items() if kind == one)


def _letters(said: tuple[str, ...]) -> str:
    return "".join([word[0] for word in said])


def _with_initials(said: tuple[str, ...]) -> str:
    """The letters of a name with those of initials that end it: HCFE is Hyde College of F.E."""
    last = said[-1]
    initials = len(last) == 2 and last.isalpha() and organisation_words().rarity(last) > 3
    return _letters(said[:-1]) + (last if initials else last[0])

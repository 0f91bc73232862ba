"""The words of a name that say whose it is, without its legal form and what says nothing."""

from __future__ import annotations

from functools import lru_cache

from .broken_and import mended_and
from .legal_form import legal_end, unjoined
from .text import squash, words
from .welsh import in_english
from .words import organisation_words


def core_words(name: str) -> tuple[tuple[str, ...], str]:
    """The words that say who it is, abbreviations written out, and the legal form at the end ("" if none)."""
    core, legal, _ = name_parts(name)
    return core, legal


@lru_cache(maxsize=65536)
def name_parts(name: str) -> tuple[tuple[str, ...], str, str]:
    """As core_words, and the kind of place at the end as it is written ("nursing home"), "" if it is none."""
    lists = organisation_words()
    parts = _without_n(_as_one_word(unjoined(words(name))))
    legal: list[str] = []
    while found := legal_end(parts):
        legal.insert(0, " ".join(found))
        parts = parts[: len(parts) - len(found)]
    parts = in_english(parts)
    if len(parts) > 1 and parts[0] in lists.leading:
        parts = parts[1:]
    core = tuple(lists.written(part) for part in mended_and(parts) if part not in lists.noise)
    if kind := lists.kind_at_the_end(core):
        core = (*core[: -len(kind)], *lists.kinds[kind])
    return (core or words(name)), " ".join(legal), " ".join(kind)


def _without_n(parts: tuple[str, ...]) -> tuple[str, ...]:
    """ "Zip 'n' Stitch" has an "and", which no name keeps."""
    between = parts[1:-1]
    if "n" not in between:
        return parts
    return (*parts[:1], *(part for part in between if part != "n"), *parts[-1:])


def key_of(name: str) -> str:
    """A name's core words as one."""
    return squash(core_words(name)[0]) if words(name) else ""


def _as_one_word(parts: tuple[str, ...]) -> tuple[str, ...]:
    """ "Co-op", "Co-operative" and "coop" are "cooperative"."""
    if "co" not in parts:
        return parts
    said: list[str] = []
    for part in parts:
        if said[-1:] == ["co"] and part in {"op", "ops", "operative", "operatives"}:
            said[-1] = "cooperative"
        else:
            said.append(part)
    return tuple(said)

"""People's names: several in a cell, titles, surname first, initials, pet forms; and what is no person."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from .text import fold, words
from .words import person_words

if TYPE_CHECKING:
    from nicknames import NickNamer

_SEVERAL = re.compile(r"\s*[;/\n|]\s*|\s+(?:&|and|\+)\s+", re.IGNORECASE)
_INITIALS = re.compile(r"^(?:[a-z]\.?){1,3}$")


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name taken apart, folded. given: given names in order, an initial as one letter; () if only a surname.

    surname: its words written as one (oconnorreid); parts: a double-barrelled surname's halves.
    """

    typed: str
    given: tuple[str, ...] = ()
    surname: str = ""
    parts: frozenset[str] = frozenset()

    @property
    def first(self) -> str:
        """The first given name, or its initial, or ""."""
        return self.given[0] if self.given else ""

    @property
    def initial_only(self) -> bool:
        """True when no given name is written out."""
        return all(len(name) == 1 for name in self.given)


def split_people(cell: str) -> tuple[str, ...]:
    """The names in one cell: "Priya Nair / Colin Webb" holds two; "Ann and Bob Lee" is left as typed."""
    if is_agent(cell):
        return ()
    pieces = [piece.strip(" ,") for piece in _SEVERAL.split(cell) if piece.strip(" ,")]
    if len(pieces) > 1 and re.search(r"\s(?:&|and|\+)\s", cell, re.IGNORECASE):
        if any(len(words(piece)) < 2 for piece in pieces):
            return (cell.strip(),)
    return tuple(pieces)


def is_person(name: str) -> bool:
    """False for a job, a team, a mailbox or an agent ("The Manager", "c/o Ledgerpoint"), and for blanks."""
    lists = person_words()
    lowered = fold(name).strip()
    if any(lowered.startswith(mark + " ") for mark in lists.agents) or "@" in name:
        return False
    said = [word for word in words(name) if word not in lists.titles]
    return bool(said) and not any(word in lists.roles for word in said) and not any(c.isdigit() for c in name)


def is_agent(name: str) -> bool:
    """True when the cell says that somebody else answers for the employer ("c/o Ledgerpoint")."""
    lowered = fold(name).strip()
    return any(lowered.startswith(mark + " ") for mark in person_words().agents)


@lru_cache(maxsize=65536)
def read_person(typed: str, given: str = "", surname: str = "") -> PersonName:
    """A name as typed, or given and surname when the sheet keeps them apart (they win)."""
    if given or surname:
        names = tuple(_drop(words(given)))
        return _named(typed or f"{given} {surname}".strip(), names, tuple(_drop(words(surname))), surname)
    before, comma, after = typed.partition(",")
    if comma and words(after):
        late, early = _drop(words(before)), _drop(words(after))
        if late and early:
            return _named(typed, tuple(early), tuple(late), before)
    return _in_order(typed)


def _in_order(typed: str) -> PersonName:
    said = _drop(words(typed))
    if len(said) < 2:
        return _named(typed, (), tuple(said), typed)
    lists = person_words()
    start = len(said) - 1
    last = typed.split()[-1] if typed.split() else ""
    halves = tuple(_drop(words(last)))
    if len(halves) > 1 and said[-len(halves) :] == list(halves) and len(said) > len(halves):
        start = len(said) - len(halves)
    while start > 1 and said[start - 1] in lists.particles:
        start -= 1
    return _named(typed, tuple(said[:start]), tuple(said[start:]), last)


def _drop(said: tuple[str, ...]) -> list[str]:
    lists = person_words()
    kept = [word for word in said if word not in lists.titles]
    while len(kept) > 1 and kept[-1] in lists.suffixes:
        kept.pop()
    return kept


def _named(typed: str, given: tuple[str, ...], surname: tuple[str, ...], written: str) -> PersonName:
    parts = frozenset(
        part for piece in re.split(r"[-\s]+", fold(written)) for part in words(piece) if len(part) > 2
    )
    together = "".join(surname)
    halves = frozenset(part for part in parts if part in together) or frozenset(surname)
    return PersonName(
        typed,
        _apart(given),
        together,
        halves if len(surname) > 1 or len(halves) > 1 else frozenset([together]),
    )


def _apart(given: tuple[str, ...]) -> tuple[str, ...]:
    """Given names; "jp" for two initials is left alone, "j" stays an initial."""
    return tuple(name for name in given if name)


@cache
def _nicknamer() -> NickNamer:
    from nicknames import NickNamer  # noqa: PLC0415 - reads a file of its own: only when people are compared

    return NickNamer()


@lru_cache(maxsize=65536)
def given_forms(name: str) -> frozenset[str]:
    """What a given name may stand for: itself, the names it is short for, our own lists' lines."""
    if len(name) < 2:
        return frozenset()
    own = {f"~{line}" for line in person_words().variants.get(name, ())}
    return frozenset({name, *own, *(form.casefold() for form in _nicknamer().canonicals_of(name))})


def surname_rarity(surname: str) -> float:
    """About how large a share of people carry this surname (grades of person_words.toml)."""
    lists = person_words()
    if surname in lists.common:
        return 0.005
    return 0.0008 if surname in lists.known else 0.00005

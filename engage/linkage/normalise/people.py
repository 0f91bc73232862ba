"""People's names: several in a cell, titles, surname first, initials, pet forms; and what is no person."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from engage.register import names

from .packed import Packed
from .text import words
from .words import person_words

if TYPE_CHECKING:
    from nicknames import NickNamer


@dataclass(frozen=True, slots=True)
class PersonName(Packed):
    """A name taken apart, folded. given: given names in order, an initial as one letter; () if unknown.

    surname: its words written as one (oconnorreid); parts: a double-barrelled surname's halves.
    generation: what tells father and son apart ("jr", "sr"), "" if nothing does.
    """

    typed: str
    given: tuple[str, ...] = ()
    surname: str = ""
    parts: frozenset[str] = frozenset()
    generation: str = ""

    @property
    def first(self) -> str:
        """The first given name, or its initial, or ""."""
        return self.given[0] if self.given else ""

    @property
    def initial_only(self) -> bool:
        """True when no given name is written out."""
        return all(len(name) == 1 for name in self.given)


# A remark in brackets is no part of a name; "(Jnr)" is.
_BRACKETED = re.compile(r"\(\s*(jnr|jr|junior|snr|sr|senior)\.?\s*\)", re.IGNORECASE)


@lru_cache(maxsize=65536)
def people_of(cell: str) -> tuple[PersonName, ...]:
    """Everybody a cell names, in order; () for a job, a team, an agent ("c/o Ledgers") or nobody."""
    found = names.read_people(_BRACKETED.sub(r" \1 ", cell))
    return tuple(person_name(person.as_typed or person.full, person.first, person.last) for person in found)


def is_agent(cell: str) -> bool:
    """True when the cell says that somebody else answers for the employer ("c/o Ledgers")."""
    return names.is_care_of(cell)


@lru_cache(maxsize=65536)
def person_name(typed: str, given: str, surname: str) -> PersonName:
    """A name for comparing, from given names and surname as written."""
    lists = person_words()
    first = tuple(word for word in words(given) if word not in lists.titles)
    last = words(surname)
    if len(first) == len(last) == 1 and _is_surname_first(first[0], last[0]):
        first, last = last, first
    if len(first) > 1 and last and last[0] in _GENERATIONS:  # "James Kerr III", read from the left
        first, last = first[:-1], (first[-1], *last)
    last, generation = _generation(words(typed), first, last)
    halves = frozenset(part for part in last if len(part) > 2 and part not in lists.particles)
    return PersonName(typed, first, "".join(last), halves or frozenset(last), generation)


def _is_surname_first(first: str, last: str) -> bool:
    """True when a name was typed surname first, or each half in the other's column: "Wragg Anthony".

    What stands first is no given name and what stands last is one and no surname, so that "Thomas James",
    "Taylor James", "Zhang Wei" and "Farah Cooper" stay as they are: Farah is a surname, too, as Cooper is.
    """
    if min(len(first), len(last)) < 2 or person_words().is_surname(last):
        return False
    return is_given(last) and not is_given(first)


def in_order(name: PersonName, mailboxes: Iterable[str]) -> PersonName:
    """The name with given name and surname in each other's place, if its mailbox says so: "Zhang Wei" whose
    address is w.zhang@. Not where the words say themselves which is which.
    """
    first, last = name.first, name.surname
    one_each = len(name.given) == len(name.parts) == 1 and min(len(first), len(last)) > 1
    if not one_each or (is_given(first) and not is_given(last)):
        return name
    boxes = {re.sub(r"[\W\d_]", "", mailbox.partition("@")[0]) for mailbox in mailboxes}
    if boxes & {first + last, first[0] + last} or not boxes & {last + first, last[0] + first}:
        return name
    return replace(name, given=(last,), surname=first, parts=frozenset({first}))


def is_given(name: str) -> bool:
    """Whether people are known to be given this name."""
    lists = person_words()
    return name in lists.variants or name in lists.given_too or any(_nicknames(name))


# Written behind a name to tell the generations apart; no part of it (British and American usage).
_GENERATIONS = {
    **dict.fromkeys(("jr", "jnr", "junior"), "jr"),
    **dict.fromkeys(("sr", "snr", "senior"), "sr"),
    "ii": "ii",
    "iii": "iii",
}


def _generation(
    typed: tuple[str, ...], given: tuple[str, ...], surname: tuple[str, ...]
) -> tuple[tuple[str, ...], str]:
    """The surname without "Jnr" or "Snr", and which of them the name has; Junior may be a name of its own."""
    if len(surname) > 1 and surname[-1] in _GENERATIONS:
        return surname[:-1], _GENERATIONS[surname[-1]]
    said = (word for word in typed if word in _GENERATIONS and word not in {*given, *surname})
    return surname, _GENERATIONS.get(next(said, ""), "")


@cache
def _nicknamer() -> NickNamer:
    from nicknames import NickNamer  # noqa: PLC0415 - reads a file of its own: only when people are compared

    return NickNamer()


@lru_cache(maxsize=65536)
def given_forms(name: str) -> frozenset[str]:
    """What a given name may stand for: itself, the names it is short for, our own lists' lines.

    The nicknames package has Bill short for William and William short for Bill, and so for Robert: such a
    pair is one form ("bill|william"), lest William and Robert be forms of one name by way of Bill.
    """
    if len(name) < 2:
        return frozenset()
    long, short = _nicknames(name)
    pairs = {"|".join(sorted((name, other))) for other in long & short}
    return frozenset({name, *listed_forms(name), *(long - short), *pairs})


def listed_forms(name: str) -> frozenset[str]:
    """The lines of our own list that a given name stands in: names on one line are one name."""
    return frozenset(f"~{line}" for line in person_words().variants.get(name, ()))


@lru_cache(maxsize=65536)
def initials_of(name: str) -> frozenset[str]:
    """The letters that a given name may be shortened to, by its pet forms too: "r" and "b" of Robert."""
    long, short = _nicknames(name)
    lines = person_words().variants
    listed = (other for other, found in lines.items() if found & lines.get(name, frozenset()))
    return frozenset(form[0] for form in {name, *long, *short, *listed} if form)


def other_forms(name: str) -> frozenset[str]:
    """What else somebody of this given name may be called: Jo for Joanna, Joanna for Jo."""
    if len(name) < 2:
        return frozenset()
    lines = person_words().variants
    mine = lines.get(name, frozenset())
    long, short = _nicknames(name)
    return (long | short | {other for other, found in lines.items() if found & mine}) - {name}


def _nicknames(name: str) -> tuple[frozenset[str], frozenset[str]]:
    """(the names that this one is short for, the names that are short for this one)."""
    known = _nicknamer()
    return (
        frozenset(form.casefold() for form in known.canonicals_of(name)),
        frozenset(form.casefold() for form in known.nicknames_of(name)),
    )


def surname_rarity(surname: str) -> float:
    """About how large a share of people carry this surname, by the lists of models/."""
    lists = person_words()
    if surname in lists.common:
        return 0.005
    if surname in lists.known:
        return 0.0008
    return 0.0002 if surname in lists.met else 0.00005

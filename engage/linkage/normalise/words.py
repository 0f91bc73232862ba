"""The word lists of models/*.toml, read once: legal forms, abbreviations, how rare a word is, nicknames."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from engage.register.names import PARTICLES, TITLES

from .text import within_one_edit


def read_toml(name: str) -> dict[str, Any]:
    """A file of engage/linkage/models as a dictionary."""
    text = (files("engage.linkage") / "models" / name).read_text(encoding="utf-8")
    return tomllib.loads(text)


_LONGEST_KIND = 5  # words


@dataclass(frozen=True, slots=True)
class OrganisationWords:
    """What organisation_words.toml says; legal_forms: last word → forms that end with it, longest first.

    kinds: the words of a kind of place, as written → as compared. opposed: word → its group, its side of it.
    """

    noise: frozenset[str]
    legal_forms: dict[str, list[tuple[str, ...]]]
    structure: frozenset[str]
    bodies: frozenset[str]
    unlike: frozenset[str]
    opposed: dict[str, tuple[int, int]]
    regions: frozenset[str]
    family: frozenset[str]
    trading_as: tuple[str, ...]
    formerly: tuple[str, ...]
    renamed: tuple[str, ...]
    notes: tuple[str, ...]
    labels: frozenset[str]
    leading: frozenset[str]
    kinds: dict[tuple[str, ...], tuple[str, ...]]
    abbreviations: dict[str, str]
    numbers: dict[str, str]
    common: frozenset[str]
    known: frozenset[str]
    everyday: frozenset[str]
    places: frozenset[str]
    counties: frozenset[str]
    placeholders: frozenset[str]
    beside: frozenset[str]
    departments: frozenset[str]
    own_departments: frozenset[str]
    outlets: frozenset[str]
    own_outlets: frozenset[str]
    streets: frozenset[str]
    institutions: frozenset[str]
    premises: frozenset[str]
    initialled: frozenset[str]
    tiers: dict[str, int]
    sectors: dict[str, frozenset[int]]
    any_trade: frozenset[str]
    wholes: frozenset[str]
    franchised: frozenset[str]

    def forms_ending(self, word: str) -> list[tuple[str, ...]]:
        """Legal forms whose last word this is, the longest first."""
        return self.legal_forms.get(word, [])

    def written(self, word: str) -> str:
        """A word written out in full, a number in figures: "eng" → "engineering", "seventh" → "7th"."""
        return self.abbreviations.get(word) or self.numbers.get(word, word)

    def kind_at_the_end(self, said: tuple[str, ...]) -> tuple[str, ...]:
        """The kind of place that these words end with, the longest, without its slips; () if none."""
        ends = (said[-length:] for length in range(min(len(said), _LONGEST_KIND), 0, -1))
        return next((kind for end in ends if (kind := self._kind(end))), ())

    def _kind(self, said: tuple[str, ...]) -> tuple[str, ...]:
        if said in self.kinds:
            return said
        alike = _kinds_of(len(said), said[-1][0])
        return next((kind for kind in alike if all(map(_but_for_a_slip, said, kind))), ())

    def rarity(self, word: str) -> int:
        """1: half the trade uses the word; 2: it is met, as a place is; 3: all know it; 4: it is rare."""
        if word in self.common:
            return 1
        people = person_words()
        if word[:1].isdigit() or word in self.known or word in self.places or word in people.common:
            return 2
        owners = (
            len(word) > 3 and word.endswith("s") and self._known_to_all(word[:-1])
        )  # "St Mary's", "Naylors"
        return 3 if owners or self._known_to_all(word) else 4

    def _known_to_all(self, word: str) -> bool:
        people = person_words()
        return (
            people.is_surname(word) or word in people.variants or word in self.everyday or word in self.places
        )


@dataclass(frozen=True, slots=True)
class PersonWords:
    """What person_words.toml says; variants: given name → the lines it stands in; met: rarer surnames.

    given_too: surnames that are given names as well.
    """

    titles: frozenset[str]
    particles: frozenset[str]
    given_too: frozenset[str]
    variants: dict[str, frozenset[str]]
    common: frozenset[str]
    known: frozenset[str]
    met: frozenset[str]

    def is_surname(self, word: str) -> bool:
        """Whether people are known to have this surname, be it a rare one."""
        return word in self.common or word in self.known or word in self.met


@cache
def organisation_words() -> OrganisationWords:
    """The words of organisations' names."""
    raw = read_toml("organisation_words.toml")
    forms: dict[str, list[tuple[str, ...]]] = {}
    for form in sorted(
        (tuple(form.split()) for form in raw["legal_forms"]), key=lambda form: (-len(form), form)
    ):
        forms.setdefault(form[-1], []).append(form)
    return OrganisationWords(
        noise=frozenset(raw["noise"]),
        legal_forms=forms,
        structure=frozenset((*raw["structure"], *raw["regions"])),
        bodies=frozenset(raw["bodies"]),
        unlike=frozenset(raw["unlike"]),
        opposed={
            word: (group, side)
            for group, sides in enumerate(raw["opposed"])
            for side, said in enumerate(sides)
            for word in said.split()
        },
        regions=frozenset(raw["regions"]),
        family=frozenset(raw["family"]),
        trading_as=tuple(raw["trading_as"]),
        formerly=tuple(raw["formerly"]),
        renamed=tuple(raw["renamed"]),
        notes=tuple(raw["notes"]),
        labels=frozenset(raw["labels"]),
        leading=frozenset(raw["leading"]),
        kinds=_kinds(raw["kinds"]),
        abbreviations=raw["abbreviations"],
        numbers=raw["numbers"],
        common=frozenset(raw["grades"]["common"]),
        known=frozenset(raw["grades"]["known"]),
        everyday=frozenset(" ".join(read_toml("everyday_words.toml")["words"].values()).split()),
        places=frozenset(raw["places"]["towns"].split()),
        counties=frozenset(raw["places"]["counties"]),
        placeholders=frozenset(raw["nobody"]["words"]),
        beside=frozenset(raw["nobody"]["beside"]),
        departments=frozenset(raw["departments"]),
        own_departments=frozenset(raw["own_departments"]),
        outlets=frozenset(raw["outlets"]),
        own_outlets=frozenset(raw["own_outlets"]),
        streets=frozenset(raw["streets"]),
        institutions=frozenset(raw["institutions"]),
        premises=frozenset(raw["premises"]),
        initialled=frozenset(raw["initialled"]),
        sectors=_sectors(raw["sectors"]),
        any_trade=frozenset(raw["any_trade"]),
        wholes=frozenset(raw["wholes"]),
        tiers={word: tier for tier, said in enumerate(raw["tiers"]) for word in said.split()},
        franchised=frozenset(raw["franchised"]),
    )


def _sectors(raw: list[str]) -> dict[str, frozenset[int]]:
    """A trade word → the numbers of the trades that it is of."""
    found: dict[str, set[int]] = {}
    for number, said in enumerate(raw):
        for word in said.split():
            found.setdefault(word, set()).add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


@cache
def _kinds_of(length: int, letter: str) -> tuple[tuple[str, ...], ...]:
    """The kinds of so many words whose last begins with this letter."""
    kinds = organisation_words().kinds
    return tuple(kind for kind in kinds if len(kind) == length and kind[-1][0] == letter)


def _but_for_a_slip(word: str, other: str) -> bool:
    return word == other or (len(other) > 5 and within_one_edit(word, other))


def _kinds(raw: dict[str, list[str]]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """A kind of place as written → as compared, without the "and" that no name keeps."""
    ways = ((way, one) for one, others in raw.items() for way in (one, *others))
    return {tuple(way.replace(" and ", " ").split()): tuple(one.split()) for way, one in ways}


@cache
def person_words() -> PersonWords:
    """The words of people's names."""
    raw = read_toml("person_words.toml")
    variants: dict[str, set[str]] = {}
    for line in raw["variants"]:
        for name in line.split():
            variants.setdefault(name, set()).add(line.split()[0])
    return PersonWords(
        titles=frozenset([*TITLES, *raw["titles"]]),
        particles=PARTICLES | frozenset(raw["particles"]),
        given_too=frozenset(raw["given_too"]),
        variants={name: frozenset(lines) for name, lines in variants.items()},
        common=frozenset(raw["surnames"]["common"].split()),
        known=frozenset(raw["surnames"]["known"].replace("'", "").split()),
        met=frozenset(read_toml("everyday_words.toml")["surnames"]["met"].split()),
    )

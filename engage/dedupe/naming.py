"""What a column of names holds, whatever its heading: organisations' names, people's, their titles."""

from __future__ import annotations

from collections.abc import Sequence

from engage.linkage.normalise.core import name_parts
from engage.linkage.normalise.people import is_given, people_of
from engage.linkage.normalise.text import words
from engage.linkage.normalise.words import organisation_words, person_words
from engage.register.text import word_set

_MOST = 0.5  # of the values must be known for names: many a name has no word that we know
_TITLES = 0.8
FEWEST = 3  # values, to say anything
# Most rows have a name of their own, of so many words: a category is met often, an adviser's name stands on
# many rows, and a street has a number. As (share of the values that differ, fewest words on average, most).
_FIRMS = (0.6, 2.0, 5.0)
_PEOPLE = (0.5, 1.5, 3.5)
_DIGITS = 0.15  # of the values have one
# Headings of what is written in words as names are, and names nobody.
_NO_NAMES = word_set(
    """
    notes note comments comment remarks description area title type sector category status subject course
    vacancy event session address street premises property location activity objects services role job post
    position
    """
)


def names_held(heading: str, values: Sequence[str]) -> str:
    """ "Employer" for organisations' names, "Contact name" for people's, "" for anything else."""
    if len(values) < FEWEST or not _NO_NAMES.isdisjoint(words(heading)):
        return ""
    if _share([any(map(str.isdigit, text)) or "@" in text for text in values]) > _DIGITS:
        return ""
    seem = [(_is_a_firms(text), _is_a_persons(text)) for text in values]
    kinds = (("Employer", 0, _FIRMS), ("Contact name", 1, _PEOPLE))
    own, length = len(set(values)) / len(values), sum(len(words(text)) for text in values) / len(values)
    for kind, at, (differ, least, most) in kinds:
        if (
            own >= differ
            and least <= length <= most
            and _share([one[at] and not one[1 - at] for one in seem]) >= _MOST
        ):
            return kind
    return ""


def are_titles(values: Sequence[str]) -> bool:
    """Whether these are "Mr", "Mrs", "Dr"."""
    titles = person_words().titles
    return len(values) >= FEWEST and _share([titles.issuperset(words(text)) for text in values]) >= _TITLES


def _share(true: Sequence[bool]) -> float:
    return sum(true) / len(true)


def _is_a_firms(text: str) -> bool:
    """True for a name of its own with a legal form, a kind of place, or a word of a trade."""
    lists, (core, legal, kind) = organisation_words(), name_parts(text)
    telling = (lists.common, lists.structure, lists.institutions, lists.sectors, lists.bodies, lists.premises)
    says_what = legal or kind or any(lists.written(word) in some for word in words(text) for some in telling)
    return bool(says_what) and any(lists.rarity(word) > 1 for word in core)


def _is_a_persons(text: str) -> bool:
    """True for a name with a title, a given name or a surname that we know."""
    lists, people = person_words(), people_of(text)
    titled = not lists.titles.isdisjoint(words(text)[:1])
    return bool(people) and (
        titled or any(is_given(one.first) or lists.is_surname(one.surname) for one in people)
    )

"""Names that differ by letters: when that is a slip of the pen, and when two words or two surnames."""

from __future__ import annotations

from difflib import SequenceMatcher

from .normalise.organisations import OrganisationName
from .normalise.people import given_forms, is_given
from .normalise.text import within_one_edit
from .normalise.words import organisation_words, person_words

_LEAST_WITH_A_SLIP = 4  # letters
_ALIKE = 0.6  # of their letters, in order


def one_slip(one: OrganisationName, other: OrganisationName) -> bool:
    """True when one letter of one long word differs, or a space strayed; its first one only where that leaves
    no word. Two surnames that people have are two: Johnson and Johnston.
    """
    wrong = _that_differ(one, other)
    if len(one.core) != len(other.core) or len(wrong) > 1:
        return min(len(one.key), len(other.key)) > 9 and within_one_edit(one.key, other.key)
    return len(wrong) == 1 and all(
        (not _two_surnames(a, b) if a[0] == b[0] else _no_word(a, b))
        and min(len(a), len(b)) > 4
        and within_one_edit(a, b)
        for a, b in wrong
    )


def are_two_words(one: OrganisationName, other: OrganisationName) -> bool:
    """True when the letter that differs makes another word: "Hyde Baking", "Hyde Banking"."""
    return any(_are_words(a, b) for a, b in _that_differ(one, other))


def only_slips(one: OrganisationName, other: OrganisationName) -> bool:
    """True when two names are one but for a letter in each word, or a space that strayed; not two words, two
    surnames, or two that begin otherwise: "Garside", "Barside".
    """
    if len(one.core) != len(other.core):
        return one_slip(one, other)
    return all(
        _in_other_number(a, b) or (within_one_edit(a, b) and not _are_two(a, b))
        for a, b in _that_differ(one, other)
    )


def _are_two(a: str, b: str) -> bool:
    if max(len(a), len(b)) < _LEAST_WITH_A_SLIP:  # "FC" and "RFC", "CE" and "RC" are two
        return True
    begin_otherwise = _another_letter(a, b) and a[0] != b[0]
    return _are_words(a, b) or _two_surnames(a, b) or begin_otherwise


def has_another_word(one: OrganisationName, other: OrganisationName) -> bool:
    """True when a word of one name is no slip of the one in its place: "Wootton Fen", "Wootton Bank", nor a
    form of the given name there: "Ryan", "Ron".
    """
    unlike = _that_differ(one, other) if len(one.core) == len(other.core) else []
    if any(_are_two_people(a, b) for a, b in unlike):
        return True
    return any(_are_words(a, b) and SequenceMatcher(None, a, b).ratio() < _ALIKE for a, b in unlike)


def _are_two_people(a: str, b: str) -> bool:
    return is_given(a) and is_given(b) and not given_forms(a) & given_forms(b)


def plain_slip(one: OrganisationName, other: OrganisationName) -> bool:
    """True for one slip that makes no other word: "claening"; not "baking" and "banking", nor one letter in
    another's place, which may: "packing", "parking".
    """
    if not one_slip(one, other) or len(one.core) != len(other.core):
        return one_slip(one, other)
    return not any(_are_words(a, b) or _another_letter(a, b) for a, b in _that_differ(one, other))


def _that_differ(one: OrganisationName, other: OrganisationName) -> list[tuple[str, str]]:
    """The words of two names that stand in one place and are not the same."""
    return [(a, b) for a, b in zip(one.core, other.core, strict=False) if a != b]


def _another_letter(a: str, b: str) -> bool:
    """True when a letter stands in another's place; not one lost, doubled or strayed."""
    return len(a) == len(b) and sorted(a) != sorted(b)


def _no_word(a: str, b: str) -> bool:
    """True when one of two words is a word, and the other is none, for its first letter was lost or strayed:
    "payroll", "ayroll"; not "bell", "dell", and not two names, "Noakes" and "Oakes".
    """
    names, known = person_words(), [_is_word(a), _is_word(b)]
    return known.count(True) == 1 and not (names.is_surname(a) or names.is_surname(b))


def _two_surnames(a: str, b: str) -> bool:
    names = person_words()
    return names.is_surname(a) and names.is_surname(b)


def _are_words(a: str, b: str) -> bool:
    owners = _is_owners(a, b) or _is_owners(b, a)
    return _is_word(a) and _is_word(b) and not owners and not _in_other_number(a, b)


def _in_other_number(a: str, b: str) -> bool:
    """True for "ferry", "ferries" and "window", "windows": a word, not a surname, that is one or many."""
    one, many = sorted((a, b), key=len)
    same = many == f"{one}s" or (one[-1] == "y" and many == f"{one[:-1]}ies")
    return same and not any(map(person_words().is_surname, (a, b)))


def _is_owners(owner: str, word: str) -> bool:
    """True for "jagger", "jaggers": a surname and whose it is; not two surnames, "wood" and "woods"."""
    names = person_words()
    return word == f"{owner}s" and names.is_surname(owner) and not names.is_surname(word)


def _is_word(word: str) -> bool:
    rarity = organisation_words().rarity
    return rarity(word) < 4 or rarity(word.removesuffix("s")) < 3

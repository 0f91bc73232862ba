"""What in two names tells two bodies apart, whatever else they share: sides, tiers, years, numbers, marks."""

from __future__ import annotations

import re

from .doubts import ANOTHER_YEAR, MARKS_DIFFER, OPPOSED, SAYS_TWO
from .normalise.organisations import OrganisationName
from .normalise.text import words
from .normalise.words import organisation_words


def told_apart(one: OrganisationName, other: OrganisationName, *, whole: bool = True) -> str:
    """What in two names says that they are two, "" if nothing does; whole: neither is initials or other."""
    if _says_two(one, other):
        return SAYS_TWO
    if _are_opposed(one.core, other.core) or _are_two_tiers(one, other):
        return OPPOSED
    if whole and one.key != other.key and _digits(one.core) != _digits(other.core):
        return "the numbers in the names differ"
    if _year_of_it(one) != _year_of_it(other):
        return ANOTHER_YEAR
    return MARKS_DIFFER if whole and _marks_differ(_marks(one.typed), _marks(other.typed)) else ""


def _says_two(one: OrganisationName, other: OrganisationName) -> bool:
    """True for "Dunn Pet Supplies (not the same as Dunn Pets)" beside another name."""
    said = {*words(one.typed)} ^ {*words(other.typed)}
    return not organisation_words().unlike.isdisjoint(said)


def _year_of_it(name: OrganisationName) -> str:
    """The year in a registered name, "Brindle Joinery (2021) Ltd": it followed another of the name."""
    found = _YEAR.search(name.typed)
    return found.group(1) if found else ""


_YEAR = re.compile(r"\(((?:19|20)\d\d)\)\s*(?:ltd|limited|llp|plc|cic)\b", re.IGNORECASE)


def _are_opposed(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """True for "St Hilda's CE" and "St Hilda's RC", "Mens" and "Womens Shed"; not for "CE" and "CofE"."""
    sides = organisation_words().opposed
    mine, theirs = ({sides[word] for word in core if word in sides} for core in (one, other))
    return any(x[0] == y[0] for x in mine - theirs for y in theirs - mine)


def _are_two_tiers(one: OrganisationName, other: OrganisationName) -> bool:
    """True for "Wold District Council" and "Wold County Council"; not for "Caerphilly County Borough Council"
    and "Caerphilly Borough Council".
    """
    tiers = organisation_words().tiers
    if one.core[-1:] != ("council",) or other.core[-1:] != ("council",):
        return False
    mine, theirs = ({tiers[word] for word in words(name.typed) if word in tiers} for name in (one, other))
    return bool(mine - theirs and theirs - mine)


def _marks(typed: str) -> set[str]:
    """What tells "Humber Wind I" from "II", and "D Thwaite" from "P Thwaite"."""
    return {word for word in words(typed) if word in _ROMAN or (len(word) == 1 and word.isalpha())}


def _marks_differ(one: set[str], other: set[str]) -> bool:
    """True when both have marks and neither has all of the other's, or one is numbered II or more."""
    apart = bool(one - other and other - one)
    return apart or bool((one ^ other) & _ROMAN)


_ROMAN = frozenset({"ii", "iii", "iv", "vi", "vii", "viii", "ix", "xi", "xii"})


def _digits(core: tuple[str, ...]) -> list[str]:
    return sorted(re.findall(r"\d+", " ".join(core)))

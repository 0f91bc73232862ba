"""What in two names tells two bodies apart, whatever else they share: sides, tiers, years, numbers, marks."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from .doubts import (
    ANOTHER_COMPANY,
    JOINED,
    MARKS_DIFFER,
    NUMBERS_DIFFER,
    OPPOSED,
    OTHER_COUNCIL,
    SAYS_TWO,
    TENANT,
)
from .normalise.core import key_of
from .normalise.organisations import OrganisationName
from .normalise.text import within_one_edit, words
from .normalise.words import organisation_words


def told_apart(one: OrganisationName, other: OrganisationName, *, whole: bool = True) -> str:
    """What in two names says that they are two, "" if nothing does; whole: neither is initials or other."""
    found = (doubt for doubt, sets_apart in _ALWAYS.items() if sets_apart(one, other))
    whole_names = (doubt for doubt, sets_apart in _OF_WHOLE_NAMES.items() if whole and sets_apart(one, other))
    return next(found, "") or next(whole_names, "")


def _says_two(one: OrganisationName, other: OrganisationName) -> bool:
    """True for "Dunn Pet Supplies (not the same as Dunn Pets)" beside another name."""
    said = {*words(one.typed)} ^ {*words(other.typed)}
    return not organisation_words().unlike.isdisjoint(said)


def _are_two_companies(one: OrganisationName, other: OrganisationName) -> bool:
    """True for "Brindle Joinery (2021) Ltd" beside another of the name, which it followed; and for "Kestrel
    Roofing (NW) Ltd" beside "Kestrel Roofing Ltd", where both were registered.
    """
    mine, theirs = (_registered_with(name) for name in (one, other))
    year = any(_YEAR.fullmatch(word) for word in mine | theirs)
    return mine != theirs and (year or bool(one.legal and other.legal and one.key == other.key))


def _registered_with(name: OrganisationName) -> frozenset[str]:
    """What stands in a bracket before the legal form, as words."""
    found = _BEFORE_ITS_FORM.search(name.typed)
    return frozenset(words(found.group(1))) - organisation_words().noise if found else frozenset()


_YEAR = re.compile(r"(?:19|20)\d\d")
_BEFORE_ITS_FORM = re.compile(r"\(([^()]+)\)\s*(?:ltd|limited|llp|plc|cic)\b", re.IGNORECASE)


def _one_is_at_the_others(one: OrganisationName, other: OrganisationName) -> bool:
    """True for "Thai @ The Fox Inn" and "The Fox Inn": a tenant, a concession."""
    return _is_at(one, other) or _is_at(other, one)


def _is_at(tenant: OrganisationName, house: OrganisationName) -> bool:
    at = _AT.split(tenant.typed)
    return len(at) == 2 and len(house.key) > 3 and key_of(at[1]).startswith(house.key)


_AT = re.compile(r"\s+(?:@|at)\s+", re.IGNORECASE)


def _are_opposed(one: OrganisationName, other: OrganisationName) -> bool:
    """True for "St Hilda's CE" and "St Hilda's RC", "Mens" and "Womens Shed"; not for "CE" and "CofE"."""
    sides = organisation_words().opposed
    mine, theirs = ({sides[word] for word in name.core if word in sides} for name in (one, other))
    return any(x[0] == y[0] for x in mine - theirs for y in theirs - mine)


def _are_councils(*names: OrganisationName) -> bool:
    return all(name.core[-1:] == ("council",) for name in names)


def _are_two_tiers(one: OrganisationName, other: OrganisationName) -> bool:
    """True for "Wold District Council" and "Wold County Council"; not for "Caerphilly County Borough Council"
    and "Caerphilly Borough Council".
    """
    tiers = organisation_words().tiers
    if not _are_councils(one, other):
        return False
    mine, theirs = ({tiers[word] for word in words(name.typed) if word in tiers} for name in (one, other))
    return bool(mine - theirs and theirs - mine)


def _are_two_councils(one: OrganisationName, other: OrganisationName) -> bool:
    """True for "Chulmere Parish Council" and "Chulmere St Mary Parish Council", whoever is clerk of both; not
    for one with a slip, nor for a council that is called by no more than its kind.
    """
    if not _are_councils(one, other):
        return False
    tiers = organisation_words().tiers.keys() | {"council"}
    mine, theirs = ([word for word in name.core if word not in tiers] for name in (one, other))
    return bool(mine and theirs) and not within_one_edit(" ".join(mine), " ".join(theirs))


def _one_has_joined(one: OrganisationName, other: OrganisationName) -> bool:
    return _has_joined(one, other) or _has_joined(other, one)


def _has_joined(whole: OrganisationName, part: OrganisationName) -> bool:
    """True for "Tilney & Walpole Tennis Club" beside "Tilney Tennis Club", and for schools and parishes; a
    firm's name is most often said without its second partner.
    """
    if whole.core[-1] not in organisation_words().initialled or whole.core[-1:] != part.core[-1:]:
        return False
    said, theirs = words(whole.typed), {*part.core}
    links = [at for at, word in enumerate(said[1:-1], start=1) if word == "and"]
    joined = {said[beside] for at in links for beside in (at - 1, at + 1)}
    return theirs < {*whole.core} and bool(joined & theirs) and not joined <= theirs


def _numbers_differ(one: OrganisationName, other: OrganisationName) -> bool:
    """True for "Unit 4 Gym" and "Unit 14 Gym"."""
    digits = [sorted(re.findall(r"\d+", " ".join(name.core))) for name in (one, other)]
    return one.key != other.key and digits[0] != digits[1]


def _marks_differ(one: OrganisationName, other: OrganisationName) -> bool:
    """True for "Humber Wind I" and "II", "D Thwaite" and "P Thwaite": both have marks and neither has all of
    the other's, or one is numbered II or more.
    """
    mine, theirs = (
        {word for word in words(name.typed) if word in _ROMAN or (len(word) == 1 and word.isalpha())}
        for name in (one, other)
    )
    return bool(mine - theirs and theirs - mine) or not _ROMAN.isdisjoint(mine ^ theirs)


_ROMAN = frozenset({"ii", "iii", "iv", "vi", "vii", "viii", "ix", "xi", "xii"})

SetsApart = Callable[[OrganisationName, OrganisationName], bool]
_ALWAYS: Mapping[str, SetsApart] = {
    SAYS_TWO: _says_two,
    OPPOSED: lambda one, other: _are_opposed(one, other) or _are_two_tiers(one, other),
    ANOTHER_COMPANY: _are_two_companies,
    TENANT: _one_is_at_the_others,
}
_OF_WHOLE_NAMES: Mapping[str, SetsApart] = {
    OTHER_COUNCIL: _are_two_councils,
    JOINED: _one_has_joined,
    NUMBERS_DIFFER: _numbers_differ,
    MARKS_DIFFER: _marks_differ,
}

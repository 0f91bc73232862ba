"""Names that say in other words what trade one firm plies: "Busy Owls Childcare", "Busy Owls Nursery"."""

from __future__ import annotations

from .bodies import each_alone
from .normalise.organisations import OrganisationName
from .normalise.words import organisation_words
from .support import Support


def is_one_trade(one: OrganisationName, other: OrganisationName, support: Support) -> bool:
    """True when two names that differ by words of one trade have one phone, and a place or people."""
    there = "phone" in support and support.any_of("place", "person") and not support.against
    return there and of_one_trade(one, other)


def of_one_trade(one: OrganisationName, other: OrganisationName) -> bool:
    """True when two names say whose it is in the same words, and differ by words of one trade alone."""
    lists = organisation_words()
    shared = {*one.core} & {*other.core}
    alone = each_alone(one.core, other.core)
    whose = [word for word in shared if lists.rarity(word) > 1 and word not in lists.sectors]
    anothers = shared & (lists.institutions | lists.premises)
    registered = one.legal and other.legal and all(alone)  # two names that were registered are two companies
    bare = not all(alone) and len(shared) < 2  # "Zarvek" may be what "Zarvek Spa" is a part of
    if not whose or anothers or registered or bare:
        return False
    said = {word for words in alone for word in words if len(word) > 1} - lists.any_trade
    return bool(said) and _have_one(said, shared & lists.sectors.keys())


def _have_one(said: set[str], shared: set[str]) -> bool:
    """Whether there is a trade that all of these words are of."""
    sectors = organisation_words().sectors
    return bool(frozenset.intersection(*(sectors.get(word, frozenset()) for word in said | shared)))


def ply_two_trades(one: OrganisationName, other: OrganisationName) -> bool:
    """True when each of two names says a trade, and not one that the other says, in whatever words."""
    lists = organisation_words()
    trades = (lists.common | lists.sectors.keys()) - lists.any_trade
    said = [{*name.core} & trades for name in (one, other)]
    sectors = [{number for word in words for number in lists.sectors.get(word, ())} for words in said]
    return all(said) and said[0].isdisjoint(said[1]) and sectors[0].isdisjoint(sectors[1])

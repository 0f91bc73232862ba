"""Names that say in other words what trade one firm plies: "Busy Owls Childcare", "Busy Owls Nursery"."""

from __future__ import annotations

from .bodies import each_alone
from .normalise.organisations import OrganisationName
from .normalise.words import organisation_words
from .support import Support


def is_one_trade(one: OrganisationName, other: OrganisationName, support: Support) -> bool:
    """True when two names that differ by words of one trade have one phone, and a place or people."""
    there = "phone" in support and support.any_of("place", "mailbox", "person") and not support.against
    return there and of_one_trade(one, other)


def of_one_trade(one: OrganisationName, other: OrganisationName) -> bool:
    """True when two names say whose it is in the same words, and differ by words of one trade alone."""
    lists = organisation_words()
    shared = {*one.core} & {*other.core}
    alone = each_alone(one.core, other.core)
    whose = [word for word in shared if lists.rarity(word) > 1 and word not in lists.sectors]
    if not whose or not lists.institutions.isdisjoint(shared) or not lists.premises.isdisjoint(shared):
        return False
    if one.legal and other.legal and all(alone):  # two names that were registered are two companies
        return False
    if not all(alone) and len(shared) < 2:  # "Zarvek" may be what "Zarvek Spa" is a part of
        return False
    said = [word for words in alone for word in words if len(word) > 1 and word not in lists.any_trade]
    trades = [
        lists.sectors.get(word) for word in (*said, *(word for word in shared if word in lists.sectors))
    ]
    return bool(said) and None not in trades and bool(frozenset.intersection(*(t for t in trades if t)))

"""One body under two wordings: another word for its trade, a word for what it is, an initial for a word."""

from __future__ import annotations

from .bodies import each_alone
from .normalise.organisations import OrganisationName
from .normalise.words import organisation_words
from .support import Support
from .trades import is_one_trade


def in_other_words(one: OrganisationName, other: OrganisationName, support: Support) -> bool:
    """True when two names are one body's by other words, and who answers there and where it is say so too."""
    if is_one_trade(one, other, support):
        return True
    there = "place" in support and support.any_of("phone", "mailbox", "person") and not support.against
    return there and (shortens_words(one, other) or (len(support) > 2 and says_what_it_is(one, other)))


def says_what_it_is(one: OrganisationName, other: OrganisationName) -> bool:
    """True for "Modbury Tennis" and "Modbury Tennis Club": one says besides what the other is called anyway.
    "Zarvek" and "Zarvek Hotel" may be two, and so may what stands in a register.
    """
    lists, alone, shared = organisation_words(), each_alone(one.core, other.core), {*one.core} & {*other.core}
    more = set.union(*alone)
    told = bool(more) and more <= lists.wholes and not all(alone)
    own = len(shared) > 1 and any(lists.rarity(word) > 1 for word in shared)
    another = shared & (lists.institutions | lists.structure | lists.bodies | lists.premises)
    return told and own and not another and not (one.legal and other.legal)


def shortens_words(one: OrganisationName, other: OrganisationName) -> bool:
    """True for "N. Abbot Winter Shelter" and "Newton Abbot Winter Shelter", where the word is a town's; a
    person's initial may be a brother's.
    """
    if len(one.core) != len(other.core) or (one.legal and other.legal):
        return False
    lists = organisation_words()
    unlike = [sorted(pair, key=len) for pair in zip(one.core, other.core, strict=True) if len({*pair}) > 1]
    shared = [word for word in one.core if word in other.core]
    fits = all(len(short) == 1 and word[0] == short and word in lists.places for short, word in unlike)
    return bool(unlike) and fits and sum(lists.rarity(word) > 1 for word in shared) > 1

"""Names that are not whole: cut off at the end, or first letters only; and what says that they are one."""

from __future__ import annotations

from .mentions import Employer
from .model_file import Score
from .normalise.contact import domain_label
from .normalise.organisations import OrganisationName
from .normalise.people import other_forms
from .normalise.text import within_one_edit, words
from .normalise.words import organisation_words
from .slips import one_slip
from .support import Support, in_two_houses

NEAR = frozenset({"same town", "same district"})


def short_form_fits(a: Employer, b: Employer, score: Score, support: Support) -> bool:
    """Whether a name and a short form of it are one employer's: two witnesses, one of them a place or a
    person; one who says more than the other's words do (see cut_off); a house; or a row that says no more
    than its beginning and the street. Letters behind that are no word ("UTD") are a damaged "Ltd".
    """
    if support.two_sources("place", "mailbox", "person") or cut_off(a, b, score, support):
        return True
    if support.against:
        return False
    if _is_damaged(a.name.core, b.name.core):
        return len(support) > 0
    if score.levels["phone"] == "differs":
        return False
    if shortened(a.name, b.name):
        return support.any_of("phone", "mailbox") or _lacks_a_word(a, b, score)
    return is_brand(a.name, b.name) and score.levels["place"] == "same building"


def ends_in_another(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """True for "Nails by Jo" and "Nails by Jodie", two people's, and for "Moor Farm" and "Moor Farm Foods",
    from which several may be run: neither is the other cut off.
    """
    shorter, longer = sorted((one, other), key=len)
    at = len(shorter) - 1
    if longer[:at] != shorter[:at]:
        return False
    last, theirs = shorter[-1], longer[at]
    if last == theirs:
        return len(longer) > len(shorter) and last in _SITES
    return theirs.startswith(last) and all(map(other_forms, (last, theirs)))


# What several businesses are run from, unlike a hall or a manor, which is most often one hotel or home.
_SITES = frozenset({"farm", "mill", "estate", "barn", "stables", "arcade", "park"})


def _lacks_a_word(a: Employer, b: Employer, score: Score) -> bool:
    """True when the shorter of two names lacks one word, and both are of one house; or of one street, where
    one row says no more, or the word is half the trade's ("Solutions") and makes no other body. "Phoenix
    Training" and "Phoenix Training Academy of Dance" may be two tenants, as "Moor Farm Holidays" is of Moor
    Farm.
    """
    lists = organisation_words()
    shorter, longer = sorted((a.name.core, b.name.core), key=len)
    last = longer[-1]
    if shorter[-1] in lists.premises:
        return False
    bodies = lists.structure | lists.bodies | lists.family
    plain = a.says_no_more or b.says_no_more or (lists.rarity(last) == 1 and last not in bodies)
    street = score.levels["place"] == "same postcode" and plain and not in_two_houses(a, b)
    here = score.levels["place"] == "same building" or street
    return here and abs(len(a.name.core) - len(b.name.core)) == 1


def shortened(one: OrganisationName, other: OrganisationName) -> bool:
    """True when one name is two words or more of the other from its beginning, and one of these says whose it
    is: "Lomax Precision", "Lomax Precision Engineering"; not where both have a legal form behind: two names
    that were registered are two companies until a person says otherwise, and a church's school is no church.
    """
    shorter, longer = sorted((one.core, other.core), key=len)
    lists = organisation_words()
    if (one.legal and other.legal) or not lists.institutions.isdisjoint(longer[len(shorter) :]):
        return False
    whose = any(lists.rarity(word) > 1 and word not in lists.places for word in shorter)
    return len(shorter) > 1 and whose and longer[: len(shorter)] == shorter


def is_brand(one: OrganisationName, other: OrganisationName) -> bool:
    """True when one name is a word that few have, and the other says a word more: "Costa", "Costa Coffee"."""
    shorter, longer = sorted((one.core, other.core), key=len)
    lists = organisation_words()
    few = len(shorter) == 1 and shorter[0] not in lists.places and lists.rarity(shorter[0]) > 2
    return few and len(longer) == 2 and longer[:1] == shorter and not (one.legal and other.legal)


def cut_off(a: Employer, b: Employer, score: Score, support: Support) -> bool:
    """True when one name plainly is the other without its end: it breaks off ("Naylor and"), and they have a
    phone, a person or a place; or the domain that both have spells the longer one, and they are in one town.
    """
    if support.against:
        return False
    here = score.levels["place"] in NEAR or not (a.is_somewhere and b.is_somewhere)
    if unfinished(a.name) or unfinished(b.name):
        witness = support.any_of("phone", "mailbox", "person", "place")
        return begins(a.name, b.name) and (witness or (_spelled(a, b) and here))
    return _spelled(a, b) and (len(support) >= 2 or here)


def unfinished(name: OrganisationName) -> bool:
    """True for a name of which the end was left off: "Naylor and", "Webb &"."""
    said = words(name.typed)
    return len(said) > 1 and said[-1] == "and"


def in_full(one: OrganisationName, other: OrganisationName) -> bool:
    """False when one of two unlike names is so short that it may be the other's initials or its beginning."""
    return min(len(one.core), len(other.core)) > 1


def letters_only(one: OrganisationName, other: OrganisationName) -> int:
    """How many letters of the shorter of two names stand for words of the other: 2 of "Overton PC"."""
    shorter, longer = sorted((one.key, other.key), key=len)
    unlike = (at for at, (a, b) in enumerate(zip(shorter, longer, strict=False)) if a != b)
    return len(shorter) - max(next(unlike, len(shorter)) - 1, 0)


def near(one: OrganisationName, other: OrganisationName) -> bool:
    """True when two names are one but for a letter, a space, or an unknown legal form, which is
    a word of its own: "Bay" and "Bayer" are two. A name of no word of its own is near none.
    """
    shorter, longer = sorted((one.core, other.core), key=len)
    more = len(shorter) > 0 and longer[:-1] == shorter
    return one_slip(one, other) or (more and len(longer[-1]) < 4)


def word_by_word(one: OrganisationName, other: OrganisationName) -> bool:
    """True when two words or more of one name begin the other, but for a letter in each: one has a slip, the
    other was cut off, and a third row may have the whole name.
    """
    shorter, longer = sorted((one.core, other.core), key=len)
    pairs = zip(shorter, longer, strict=False)
    return len(shorter) > 1 and all(a == b or (len(a) > 3 and within_one_edit(a, b)) for a, b in pairs)


def damaged_alike(one: OrganisationName, other: OrganisationName, support: Support) -> bool:
    """True when one name has a slip where the other lost its end, and three witnesses say they are one."""
    return len(support) > 2 and not support.against and word_by_word(one, other)


def begins(one: OrganisationName, other: OrganisationName) -> bool:
    """Whether the longer of two names begins with the shorter."""
    shorter, longer = sorted((one.key, other.key), key=len)
    return longer.startswith(shorter)


def unknown_form(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """True when the longer name has two or three letters more, which are no word: "UTD" for "LTD"."""
    shorter, longer = sorted((one, other), key=len)
    lists = organisation_words()
    bodies = lists.structure | lists.bodies | lists.family
    more = longer[len(shorter) :]
    form = len(more) == 1 and 1 < len(more[0]) < 4 and more[0].isalpha() and more[0] not in bodies
    return form and longer[:-1] == shorter and lists.rarity(more[0]) > 3


def _is_damaged(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """True when the letters that the longer name has more are a legal form with one wrong."""
    last = max(one, other, key=len)[-1]
    return unknown_form(one, other) and any(
        within_one_edit(last, form) for form in ("ltd", "llp", "plc", "cic")
    )


def _spelled(a: Employer, b: Employer) -> bool:
    """True when the domain that both have spells the longer of two names ("acorntoolinguk"), or its
    beginning: the shorter one was cut off.
    """
    shorter, longer = sorted((a.name.key, b.name.key), key=len)
    labels = {domain_label(domain) for domain in set(a.domains) & set(b.domains)}
    return longer.startswith(shorter) and any(
        label.startswith(longer) or (len(label) > len(shorter) and longer.startswith(label[:40]))
        for label in labels
    )

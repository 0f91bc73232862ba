"""How much the words of a name say of whose it is, and which place is enough beside it.

Asked of a name that one employer of the list has: "Zarvek Tooling" is one wherever it is met, "Smith
Plumbing" may be two in one town, "Hyde Cleaning" is anybody's.
"""

from __future__ import annotations

from .legal_names import registered
from .mentions import Employer
from .model_file import Score
from .normalise.contact import is_mobile
from .normalise.words import organisation_words, person_words
from .support import wrote_both
from .towns import slip_of_a_postcode


def enough_at_a_place(a: Employer, b: Employer, score: Score) -> bool:
    """True when a name is enough with a place, for nothing in the two rows differs: at one address; in one
    street, if it says whose it is, or is a company's as registered, on whatever line; in one town if it has a
    rare word, or says enough and two agencies give it.
    """
    place, differs = score.levels["place"], score.levels["phone"] == "differs"
    once = not wrote_both(a, b)
    if place in {"same building", "same address"}:
        return not differs or (place == "same building" and once)
    if place == "same postcode":
        return (once and not differs) or said_whose(a, b) or _is_one_body(a, b)
    if a.name.key != b.name.key:
        return False
    plain = once and not differs and (is_no_persons(a, b) or is_of_the_place(a))
    if slip_of_a_postcode(a, b) and (is_rare(a, b) or is_the_only(a) or plain):
        return True
    few = is_of_few(a, b) and not (differs and may_be_two_persons(a, b))
    alone = enough_in_town(a, b) or is_of_the_place(a)
    quiet = few or has_many_phones(a) or (alone and not differs)
    rare = is_rare(a, b) and not _on_two_mobiles(a, b)
    return place == "same town" and (rare or (once and quiet))


def may_be_two_persons(a: Employer, b: Employer) -> bool:
    """True for two phones of a sole trader's name, and for two mobiles: perhaps two of a family."""
    return is_sole_traders(a) or is_sole_traders(b) or _on_two_mobiles(a, b)


def _on_two_mobiles(a: Employer, b: Employer) -> bool:
    """True when each has a mobile of its own and no other phone: a mobile is one person's."""
    mobile = all(one.phones and all(map(is_mobile, one.phones)) for one in (a, b))
    return mobile and not {*a.phones} & {*b.phones}


def enough_in_town(a: Employer, b: Employer) -> bool:
    """True for a name that one employer of a town has: with a word of few, registered, or of one body."""
    return is_of_few(a, b) or _is_one_body(a, b)


def is_of_the_place(one: Employer) -> bool:
    """True for a place's name and a trade, in that place: "Stockport Architects"; not "Stockport Nursery"."""
    lists, core = organisation_words(), {*one.name.core}
    trade = core - {*one.town.split(), *lists.places}
    return trade < core and lists.franchised.isdisjoint(trade) and not one.name.kind


def _is_one_body(a: Employer, b: Employer) -> bool:
    return registered(a.name, b.name) or is_the_only(a)


def is_the_only(one: Employer) -> bool:
    """True for a body of which a place has one of a name: its council, its housing association."""
    return not organisation_words().institutions.isdisjoint(one.name.core)


def is_a_places_council(one: Employer) -> bool:
    """True for a borough's or a city's council, of which there is one of a name: "Calderdale MBC", not "Hyde
    Town Council" or "Youth Council".
    """
    lists, core = organisation_words(), one.name.core
    whose = core[:-1]
    places = lists.places | lists.regions
    named = all(word in places or lists.rarity(word) > 3 for word in whose)
    return bool(whose) and core[-1] == "council" and named and not set(whose) <= lists.regions


def has_many_phones(one: Employer) -> bool:
    """True for a body of which a place has one of a name, with a phone in each office; schools are not."""
    return is_the_only(one) and "school" not in one.name.core


def said_whose(a: Employer, b: Employer) -> bool:
    """True when a name has a word that says whose it is: not "Hyde Training Centre" in Hyde."""
    return _rarest(a, b) > 1


def is_no_brand(one: Employer) -> bool:
    """True when a name is a family's, or of a trade in which no two owners share one: "Verdor Timber"; not
    "Bright Stars Nursery".
    """
    lists, core = organisation_words(), {*one.name.core}
    return not lists.family.isdisjoint(core) or lists.franchised.isdisjoint(core)


def is_no_persons(a: Employer, b: Employer) -> bool:
    """True when a name says whose it is, or one of two rows no more than the name and a place, the other
    more; not of a usual surname and a trade: "Apex Security", "Smith & Sons Cars", not "Smith Cars".
    """
    core = {*a.name.core, *b.name.core}
    family = not organisation_words().family.isdisjoint(core)
    said = said_whose(a, b) or a.says_no_more != b.says_no_more
    return said and (family or person_words().common.isdisjoint(core))


def is_sole_traders(one: Employer) -> bool:
    """True for a surname and a trade, which two of one family may have in one town: "Naylor Roofing"; not
    "Naylor & Sons Roofing", nor a company.
    """
    lists, people = organisation_words(), person_words()
    rare = [word for word in one.name.core if lists.rarity(word) > 2]
    family = not lists.family.isdisjoint(one.name.core)
    return len(rare) < 2 and all(map(people.is_surname, rare)) and not (family or one.name.legal)


def is_of_few(a: Employer, b: Employer) -> bool:
    """True when a name has a word that few firms have: not "Smith Plumbing", who may be two Smiths."""
    return _rarest(a, b) > 2


def is_rare(a: Employer, b: Employer) -> bool:
    """True when a name has a rare word, or two surnames."""
    return _rarest(a, b) > 3 or (_are_two_surnames(a) and _are_two_surnames(b))


def is_met_once(one: Employer) -> bool:
    """True for a name that few lists have twice: of a rare word that is no initials ("WES Architects") and no
    family's ("Garside & Sons"), or of two surnames.
    """
    lists = organisation_words()
    strange = any(len(word) > 3 and lists.rarity(word) > 3 for word in one.name.core)
    return lists.family.isdisjoint(one.name.core) and (strange or _are_two_surnames(one))


def is_met_twice(a: Employer, b: Employer) -> bool:
    """True for a rare name that two give as a company's, or of which one of two rows says nothing more."""
    bare = a.says_no_more != b.says_no_more and not _is_of_two_letters(a)
    return is_rare(a, b) and (registered(a.name, b.name) or bare)


def _is_of_two_letters(one: Employer) -> bool:
    """True for "DS Dental Practice": many pairs of owners have these."""
    rarity = organisation_words().rarity
    return all(len(word) < 3 for word in one.name.core if rarity(word) > 2)


def _rarest(a: Employer, b: Employer) -> int:
    """How rare a name's rarest word is (1 to 4), 0 of none; of two names but for a slip, the commoner."""
    lists = organisation_words()
    here = {*a.town.split(), *b.town.split(), *lists.places}
    return min(max(map(lists.rarity, _telling(one, here)), default=0) for one in (a, b))


def _telling(one: Employer, here: set[str]) -> set[str]:
    """The words of a name but for places: "Kirkby & Sons" is a family, wherever Kirkby is."""
    core = {*one.name.core}
    return core if core & organisation_words().family else core - here


def _are_two_surnames(one: Employer) -> bool:
    """True for "Heaton & Khan": two surnames, one of them not everybody's."""
    surnames = [word for word in one.name.core if person_words().is_surname(word)]
    return len(surnames) > 1 and max(map(organisation_words().rarity, surnames)) > 2

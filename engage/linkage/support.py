"""What speaks for two employers beside their names, and what speaks against: places, domains, people.

Each kind of support comes from a source of its own (who answers the phone, whose web it is, where it is, who
works there), so that two kinds are two witnesses. A contact's mailbox and name are one: the same person.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from .legal_names import legal_forms, registered
from .mentions import Employer
from .model_file import Score
from .normalise.contact import answered_apart, domain_label, one_digit_apart
from .normalise.organisations import OrganisationName
from .normalise.text import squash, within_one_edit, words
from .normalise.words import organisation_words
from .slips import one_slip
from .towns import are_one_town, in_two_regions, slip_of_a_postcode, towns_known

AGREE = frozenset({"same", "same words", "alias", "slip", "short form", "spelling", "acronym"})
ALIKE = frozenset({"same", "same words"})
_IN_A_TOWN = frozenset({"same building", "same address", "same town"})
_ELSEWHERE = frozenset({"same district", "same town", "elsewhere"})


@dataclass(frozen=True, slots=True)
class Support:
    """kinds: of "domain", "phone", "place", "mailbox", "person", "desk" (a phone that others share) and
    "line" (a phone one digit from the other's).

    against: 0 to 3, how much places and domains speak for two employers.
    """

    kinds: frozenset[str]
    against: int

    def __contains__(self, kind: str) -> bool:
        return kind in self.kinds

    def __len__(self) -> int:
        return len(self.kinds)

    def any_of(self, *kinds: str) -> bool:
        """Whether one of these kinds speaks for the two."""
        return not self.kinds.isdisjoint(kinds)

    def two_sources(self, *kinds: str) -> bool:
        """Whether two kinds speak for the two, one of them of these."""
        return len(self.kinds) >= 2 and self.any_of(*kinds)


def support_of(a: Employer, b: Employer, score: Score) -> Support:
    """What speaks for and against a pair beside its names."""
    found = {name for name in ("domain", "phone") if score.levels[name] == "same"}
    # A number that both have is of one exchange: one house and street there is one building, whatever name
    # the town is given.
    alike = "phone" in found or not towns_known(a, b)
    near = {"same building", "same postcode"} | ({"same address"} if alike else set())
    if score.levels["place"] in near:
        found.add("place")
    if set(a.mailboxes) & set(b.mailboxes):
        found |= set() if _other_surnames(a, b) else {"mailbox"}
    elif score.levels["people"] == "same" and not (_is_owners_name(a) and _is_owners_name(b)):
        found.add("person")
    if set(a.desks) & set(b.desks) and not are_strangers(score):
        found.add("desk")
    if score.levels["phone"] != "same" and one_digit_apart(a.phones, b.phones):
        found.add("line")
    against = (score.levels["domain"] == "differs") + _place_conflict(a, b, score.levels["place"], found)
    return Support(frozenset(found), against)


def as_met(a: Employer, b: Employer, score: Score) -> Score:
    """The score, but for phones that differ and do not tell two firms of one name apart (a mobile and a
    landline), for two towns of one name, for one town in two spellings, and for the village that both are
    called after beside the town that it belongs to.
    """
    levels, met = score.levels, dict[str, str]()
    alike = levels["phone"] == "differs" and (levels["name"] in ALIKE or levels["name"] == "slip")
    if alike and not answered_apart(a.phones, b.phones):
        met["phone"] = ""
    if levels["place"] in _IN_A_TOWN and in_two_regions(a, b):
        met["place"] = "elsewhere"
    elif levels["place"] == "elsewhere" and not (a.outward and b.outward):
        if are_one_town(a.town, b.town):
            met["place"] = "same town"
        elif _answers_for_a_village(a, b, levels):
            met["place"] = ""
    return replace(score, levels={**levels, **met}) if met else score


def _answers_for_a_village(a: Employer, b: Employer, levels: Mapping[str, str]) -> bool:
    """True when one phone answers for two of one name, which has the town of one of them in it."""
    one = levels["name"] in ALIKE and levels["phone"] == "same" and a.name.key == b.name.key
    return one and any(town and squash(words(town)) in a.name.key for town in (a.town, b.town))


def are_strangers(score: Score) -> bool:
    """True when other people answer other phones. What such two share is no desk: it may be a provider's."""
    return score.levels["people"] == "differs" and score.levels["phone"] == "differs"


def _other_surnames(a: Employer, b: Employer) -> bool:
    """True when the people of two rows have other surnames: ann@ of a brand may be two people's."""
    one, other = ({contact.rpartition(" ")[0] for contact in row.contacts} for row in (a, b))
    return bool(one and other) and not any(_may_be_one(x, y) for x in one for y in other)


def _may_be_one(a: str, b: str) -> bool:
    """True for one surname, be it with a letter wrong, and for half of a double one: "Marple-Hyde"."""
    half, whole = sorted((a, b), key=len)
    return within_one_edit(a, b) or (len(half) > 3 and (whole.startswith(half) or whole.endswith(half)))


def _is_owners_name(one: Employer) -> bool:
    """True for "M Johnson" of Mark Johnson: who answers there is what the name says already."""
    core = {*one.name.core}
    people = (contact.rpartition(" ") for contact in one.contacts)
    return any(core <= {*surname.split(), given, given[:1]} for surname, _, given in people)


def enough(a: Employer, b: Employer, score: Score, support: Support) -> bool:
    """Enough evidence beside names that agree: so much more for the two than against."""
    if score.levels["name"] not in AGREE:
        return False
    count = len(support)
    if score.levels["place"] == "same town" and "phone" in support:
        count += 1  # one name, one number, one town: as good as one address
    quiet = score.levels["phone"] != "differs" and on_own_web(a, b, score)
    web = "domain" in support and (registered(a.name, b.name) or quiet)
    against = 0 if web else support.against
    distinct = _distinct(a.name, b.name, score, support) or _one_door(a, b, score)
    return count - against >= (1 if distinct else 2)


def _one_door(a: Employer, b: Employer, score: Score) -> bool:
    """True when two lists have one whole name in one street, or at one house, unless others answer other
    phones.
    """
    whole = a.name.key == b.name.key and max(len(a.name.core), len(b.name.core)) > 1
    here = score.levels["place"] in {"same building", "same postcode"} or at_one_house(a, b, score)
    return whole and here and not wrote_both(a, b) and not are_strangers(score)


def at_one_house(a: Employer, b: Employer, score: Score) -> bool:
    """True at one house of one street, where not both say in which town."""
    return score.levels["place"] == "same address" and not towns_known(a, b)


def wrote_both(a: Employer, b: Employer) -> bool:
    """True when one agency keeps both rows: it may mean two. A list that is nobody's says nothing of that."""
    return a.agency == b.agency != ""


def in_two_houses(a: Employer, b: Employer) -> bool:
    """True when two rows say in which house they are, or which suite of one, and it is not the same."""
    return bool(a.site and b.site) and a.site != b.site


def on_own_web(a: Employer, b: Employer, score: Score) -> bool:
    """True when two rows of one name have the web domain that spells it, and nothing else tells two owners:
    no other legal form, no other people. Two places of it, then, each with its phone.
    """
    names = {a.name.key, squash(words(a.name.typed))}  # the kind of place as it is written, too
    labels = {domain_label(domain).removesuffix("uk") for domain in {*a.domains} & {*b.domains}}
    labels = {label for label in labels if len(label) > 4}
    spelled = any(key.startswith(label) or label.startswith(key) for key in names for label in labels)
    whole = a.name.key == b.name.key and len(a.name.core) > 1 and len(legal_forms(a.name, b.name)) < 2
    return spelled and whole and score.levels["people"] != "differs" and not _other_surnames(a, b)


def _distinct(one: OrganisationName, other: OrganisationName, score: Score, support: Support) -> bool:
    """True when one thing beside the names is enough: a rare word; one line, domain or house of one name; or
    one postcode of a name that says whose it is.

    "Hyde Training Centre" may be two in one postcode, with one landlord; behind one phone it is one.
    """
    lists = organisation_words()
    shared = {*one.core} & {*other.core}
    rare = any(lists.rarity(word) > 3 for word in shared)
    sure = (
        support.any_of("phone", "domain", "desk", "line", "mailbox")
        or score.levels["place"] == "same building"
    )
    if one.key != other.key:  # one letter wrong in a long word: two firms of one street are not so alike
        near = sure or score.levels["place"] in {"same postcode", "same address"}
        return rare or near or len(support) > 1 or not one_slip(one, other)
    named = any(lists.rarity(word) > 1 and word not in lists.places and word.isalpha() for word in shared)
    return rare or ((named or sure) and len(one.core) > 1)


def _place_conflict(a: Employer, b: Employer, at: str, support: set[str]) -> int:
    """0, 1 or 2: how much two places speak for two firms. One name far away may be a branch, a namesake or
    another owner of the brand, unless one person works at both.

    In one town or district it is the postcodes that differ. Where a list gives none, two addresses do. A
    phone or domain that both have outweighs those: a house on a corner has two, and firms move about town.
    """
    if support & {"mailbox", "person"}:
        return 0
    if at == "elsewhere" and towns_known(a, b):
        return 2
    if at not in _ELSEWHERE or support & {"phone", "domain"}:
        return 0
    if at == "same district" and slip_of_a_postcode(a, b):
        return 0
    return int(bool(a.postcode and b.postcode) or bool(a.site and b.site))

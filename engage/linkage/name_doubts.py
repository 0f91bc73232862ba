"""What about the names of two employers only a person can settle."""

from __future__ import annotations

from .bodies import body_doubt, no_body
from .doubts import (
    ANOTHER_INITIAL,
    ANOTHER_KIND,
    BRACKET,
    FORMER,
    INITIALS,
    LOOK_ALIKE,
    NOT_THE_SAME,
    ONE_BRANCH,
    ONLY_ALIAS,
    OTHER_NAME,
    OTHER_PARENT,
    SHORT_FORM,
    TWO_BRANCHES,
)
from .legal_names import had_the_name, legal_forms, trades_as
from .marks import told_apart
from .mentions import Employer
from .model_file import Score
from .namesakes import Names
from .normalise.organisations import OrganisationName, read_name
from .normalise.words import organisation_words
from .own_web import is_own_office
from .short_forms import (
    NEAR,
    cut_off,
    damaged_alike,
    ends_in_another,
    letters_only,
    near,
    short_form_fits,
    unfinished,
    word_by_word,
)
from .slips import are_two_words, has_another_word, one_slip, only_slips
from .support import AGREE, ALIKE, Support, at_one_house, in_two_houses
from .whose import is_a_places_council
from .wordings import in_other_words


def name_doubt(
    a: Employer,
    b: Employer,
    score: Score,
    number: bool,
    support: Support,
    names: Names,
) -> str:
    """What about two names keeps the machine from merging them; "" when nothing does."""
    level = score.levels["name"]
    if had_the_name(a, b):
        # A company that becomes a plc keeps its number; an LLP never becomes a company.
        forms = not number and len(legal_forms(a.name, b.name)) > 1
        apart = forms or _branch_doubt(a.name, b.name, at_one=True)
        return "" if (_stayed(support) or names.alone_in_town(a, b, score, support)) and not apart else FORMER
    if number:
        same = level in AGREE or (_all_the_rest(support) and no_body(a.name, b.name))
        return "" if same else OTHER_NAME
    reworded = in_other_words(a.name, b.name, support)
    if doubt := _kind_doubt(a, b, score, support, reworded) or _bracket_doubt(a.name, b.name, support, names):
        return doubt
    if doubt := _owners_doubt(a, b, score, support, names):
        return doubt
    fits, doubt = _fit(a, b, score, support, names)
    return "" if fits or reworded else doubt


def _owners_doubt(a: Employer, b: Employer, score: Score, support: Support, names: Names) -> str:
    """What says that two of nearly one name are of two kinds, or another's."""
    councils = is_a_places_council(a) and is_a_places_council(b)
    if _are_of_two_kinds(a.name, b.name) and not (councils or _is_there(score, support)):
        return ANOTHER_KIND
    if names.has_another_initial(a.name, b.name):
        return ANOTHER_INITIAL
    return OTHER_PARENT if _changed_hands(a.parent, b.parent) else ""


def _changed_hands(one: str, other: str) -> bool:
    """True when both say which company's they are and the two have no word of their own in common."""
    owners, rarity = [read_name(owner) for owner in (one, other)], organisation_words().rarity
    mine, theirs = ({word for word in owner.core if rarity(word) > 1} for owner in owners)
    return all(owner.legal for owner in owners) and mine.isdisjoint(theirs)


def _all_the_rest(support: Support) -> bool:
    """True when web domain, place and whoever answers there are the same: a firm that took a new name, or is
    known by two, has kept all else.
    """
    answers = support.any_of("phone", "mailbox", "person")
    return not support.against and answers and "domain" in support and "place" in support


def _stayed(support: Support) -> bool:
    """True when a firm of which a row gives both names is where it was, or who answers there is the same."""
    return not support.against and support.any_of("phone", "place", "mailbox", "person")


def _fit(a: Employer, b: Employer, score: Score, support: Support, names: Names) -> tuple[bool, str]:
    """(whether names that stand so are one employer's with this support, the doubt if they are not)."""
    level = score.levels["name"]
    if level in ALIKE or (level == "alias" and same_names(a.name, b.name)):
        return True, ""
    if level == "alias":
        return _alias_fits(a, b, score, support, names), ONLY_ALIAS
    if level == "short form":
        another = ends_in_another(a.name.core, b.name.core)
        return not another and short_form_fits(a, b, score, support), SHORT_FORM
    if level == "acronym":
        letters = letters_only(a.name, b.name)
        return _initials_fit(letters, in_two_houses(a, b), score, support), INITIALS
    if level in {"slip", "spelling"}:
        return _slips_fit(a, b, score, support, names), LOOK_ALIKE
    look_alike = level != "unlike" and word_by_word(a.name, b.name)
    fits = damaged_alike(a.name, b.name, support) or names.declared(a.name.key, b.name.key)
    return fits, LOOK_ALIKE if look_alike else NOT_THE_SAME


def _alias_fits(a: Employer, b: Employer, score: Score, support: Support, names: Names) -> bool:
    """Whether a trading name, or one in brackets, is the other's with this support."""
    here = support.any_of("domain", "place") or score.levels["place"] in NEAR
    direct = support.any_of("phone", "mailbox", "person") and here
    one = names_other(a.name, b.name) or near(a.name, b.name)
    told = trades_as(a.name, b.name) and (_stayed(support) or names.alone_in_town(a, b, score, support))
    house = names_other(a.name, b.name) and _is_quiet(score, support, "same building")
    return told or house or (direct and one) or (len(support) > 0 and near(a.name, b.name))


def _slips_fit(a: Employer, b: Employer, score: Score, support: Support, names: Names) -> bool:
    """Whether names that differ by letters are one employer's: alone in their town, in one house or street
    where no other phone answers, or with two witnesses, one for a slip that makes no other word.
    """
    if has_another_word(a.name, b.name):
        return False
    # A mailbox of free mail or a whole sector's goes with a person, who may work for two that are alike.
    slip = score.levels["name"] == "slip" and one_slip(a.name, b.name) and support.kinds != {"mailbox"}
    slip = slip and (len(support) > 1 or not are_two_words(a.name, b.name))
    here = slip and names.alone_in_town(a, b, score, support)
    house = at_one_house(a, b, score) and score.levels["phone"] != "differs"
    quiet = house or _is_quiet(score, support, "same building", "same postcode")
    witness = support.any_of("phone", "domain") or quiet
    strayed = only_slips(a.name, b.name) and witness and not support.against
    # A phone and a place are often one witness: whoever is in that house answers there.
    enough = len(support) >= (1 if slip else 2) and (slip or not support.kinds <= {"phone", "place"})
    return here or strayed or enough


def _are_of_two_kinds(one: OrganisationName, other: OrganisationName) -> bool:
    """True when both say of what one kind of place they are, and not in the same words."""
    if not (one.kind and other.kind) or one.kind == other.kind:
        return False
    kinds = organisation_words().kinds
    return kinds[tuple(one.kind.split())] == kinds[tuple(other.kind.split())]


def _is_there(score: Score, support: Support) -> bool:
    """True when somebody or something answers for both, or they are in one house or street."""
    answers = support.any_of("phone", "domain", "mailbox", "person")
    return answers or _is_quiet(score, support, "same building", "same postcode", "same address")


def _is_quiet(score: Score, support: Support, *places: str) -> bool:
    """True when two rows are at one of these kinds of place, and no other phone answers there."""
    return score.levels["place"] in places and score.levels["phone"] != "differs" and not support.against


def _initials_fit(letters: int, two_houses: bool, score: Score, support: Support) -> bool:
    """Whether initials and the name that they may stand for are one employer's: behind one phone, on one web
    domain with one person's mailbox, at one place or in one town, or in one house where no other phone
    answers; four letters in one street, too, three of which may be another's there.
    """
    if support.against:
        return False
    at_hand = support.any_of("place", "mailbox") or score.levels["place"] in NEAR
    one = "phone" in support or ("domain" in support and at_hand)
    near = ("same building", "same postcode") if letters > 3 else ("same building",)
    return one or (_is_quiet(score, support, *near) and not two_houses)


def same_names(one: OrganisationName, other: OrganisationName) -> bool:
    """True when both give the same two names: "Hall Care t/a Ivy House", "Ivy House (Hall Care)"."""
    return len({one.key, *one.aliases} & {other.key, *other.aliases}) > 1


def names_other(one: OrganisationName, other: OrganisationName) -> bool:
    """True when one's other name is what the other is called. Two that trade under one third name may be two
    owners of one brand, or two firms of one house.
    """
    return one.key in other.aliases or other.key in one.aliases


def _kind_doubt(a: Employer, b: Employer, score: Score, support: Support, reworded: bool) -> str:
    """What in two names says that they may be two firms of one family. reworded: see wordings."""
    at_branch = _is_at(a, b.name.branch) or _is_at(b, a.name.branch)
    one = "place" in support or at_branch or support.any_of("phone", "mailbox", "person")
    one = one or is_own_office(a, b, support)
    if doubt := _branch_doubt(a.name, b.name, one):
        return doubt
    if reworded:
        return told_apart(a.name, b.name)
    short = score.levels["name"] == "short form"
    lost = short and (cut_off(a, b, score, support) or unfinished(a.name) or unfinished(b.name))
    return body_doubt(a.name, b.name, score.levels["name"], lost)


def _is_at(mention: Employer, branch: frozenset[str]) -> bool:
    """True when a mention without a branch in its name has the other's branch for its town."""
    return bool(branch) and not mention.name.branch and branch <= set(mention.town.split())


def _branch_doubt(one: OrganisationName, other: OrganisationName, at_one: bool) -> str:
    """at_one: they are at one place, or the same person answers there: no two owners."""
    if one.branch and other.branch and not one.branch & other.branch:
        return TWO_BRANCHES
    if bool(one.branch) != bool(other.branch) and not at_one:
        return ONE_BRANCH
    if one.key == other.key and one.aliases and other.aliases and not set(one.aliases) & set(other.aliases):
        return "what the names add in brackets differs: perhaps two branches"
    return ""


def _bracket_doubt(one: OrganisationName, other: OrganisationName, support: Support, names: Names) -> str:
    """Branches share a brand's domain: a bracket in one of two equal names may be a place unknown to us. It
    is none if other rows have it for a name.
    """
    bracketed = ["(" in name.typed and bool(name.aliases) for name in (one, other)]
    if one.key != other.key or bracketed[0] == bracketed[1] or not support.kinds <= {"domain"}:
        return ""
    return "" if any(map(names.is_a_name, (*one.aliases, *other.aliases))) else BRACKET

"""What no weight may outvote: vetoes (two employers, for sure) and doubts (only a person can say).

A veto or a doubt bars its two mentions from one automatic cluster, also by way of a third.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from . import asking
from .mentions import Employer
from .model_file import Score
from .namesakes import ALONE, ALONE_BITS, SAME_DESK, Names
from .normalise.organisations import OrganisationName
from .normalise.packed import Packed
from .normalise.text import within_one_edit
from .normalise.words import organisation_words
from .short_forms import begins, cut_off, in_full, near, short_form_fits, unfinished, word_by_word
from .support import AGREE, ALIKE, Support, enough, legal_forms, one_slip, registered, support_of

LOOK_ALIKE = "names that look alike may be two firms"
SHORT_FORM = "a short form may also be another firm's name"
INITIALS = "initials may be another firm's too"
ONLY_ALIAS = "only a trading name or a name in brackets is the same"
ONE_BRANCH = "one name is a branch's: perhaps another owner under the same brand"
TWO_BRANCHES = "the names are of two branches: perhaps two owners under one brand"
OTHER_NAME = "the same number under another name: perhaps a new name of the same firm"
LEGAL_FORMS = "the legal forms differ"
FAMILY = "a father's and a son's firm may be two"
ANOTHER_BODY = "one of them may be the group, the charity or a daughter of the other"
REGISTERED = "no two companies are registered under one name"
NUMBER_SLIP = "their numbers differ by one digit: perhaps a slip, perhaps two firms"
NOT_THE_SAME = "the names are not the same"
BRANDS_WEB = "the web domain is a brand's: perhaps another owner under the same brand"
# Doubts that say no more than that too little is known: a third row may know it.
LITTLE_KNOWN = frozenset({LOOK_ALIKE, SHORT_FORM, INITIALS, ONE_BRANCH, OTHER_NAME})
# Doubts about two places of one name. One company number settles them, one person who answers for both, and a
# row of that name in the very place.
YIELDING = frozenset({ONE_BRANCH, TWO_BRANCHES})
_OF_NAMES = frozenset({NOT_THE_SAME, ANOTHER_BODY, FAMILY})


@dataclass(frozen=True, slots=True)
class Judgement(Packed):
    """veto: why they are surely two. doubt: why only a person can say. supported: enough speaks for them.

    bars: the veto or doubt also keeps the two out of one automatic cluster when a third fits both; a doubt
    that only says that too little is known does not. bits: evidence of the list as a whole; told: in words.
    ask: a person could say, and answer either way. sure: they are one whatever else their rows say of places.
    """

    veto: str = ""
    doubt: str = ""
    supported: bool = False
    bars: bool = True
    bits: float = 0.0
    told: str = ""
    ask: bool = True
    sure: bool = False


def judge_employers(a: Employer, b: Employer, score: Score, names: Names) -> Judgement:
    """What may be decided about two listed employers without a person."""
    support = support_of(a, b, score)
    if veto := employer_veto(a, b):
        alike = score.levels["name"] in {*ALIKE, "slip"}
        slip = alike and len(support) > 0 and _one_digit_off(a, b)
        return Judgement(veto=NUMBER_SLIP if slip else veto, ask=slip or asking.ask_though_vetoed(support))
    number = score.levels["number"] == "same" or score.levels["charity"] == "same"
    if doubt := _name_doubt(a, b, score, number, support, names):
        ask = number or _worth_asking(doubt, score, support)
        return Judgement(doubt=doubt, bars=_bars(doubt, a, b, score, support, names), ask=ask)
    owner = names.one_owner(a, b, score, support)
    if not owner and not number and support.kinds == {"domain"} and names.of_a_brand(a, b):
        return Judgement(doubt=BRANDS_WEB, bars=False, ask=not support.against)
    supported = (number and score.levels["name"] in AGREE) or enough(a, b, score, support)
    supported = supported or (owner and names.alone(a, b, score))
    brand = bool(support.against) and names.of_a_brand(a, b)
    ask = supported or owner or (not brand and asking.ask_for_more(score, support))
    told = _told_besides(owner, registered(a.name, b.name), score, support) if supported else ""
    sure = supported and (number or (support.any_of("mailbox", "place") and score.levels["name"] in ALIKE))
    return Judgement(supported=supported, bits=ALONE_BITS if told else 0.0, told=told, ask=ask, sure=sure)


def _bars(doubt: str, a: Employer, b: Employer, score: Score, support: Support, names: Names) -> bool:
    """Whether a doubt keeps two out of one cluster also when a third fits both: a branch's name far from the
    other does, as two places of a brand may have two owners. Unlike names do not, where a row gives both as
    one employer's, or one is too short to say that it is another's: "NMC", "Newport Medical".
    """
    if doubt in _OF_NAMES and score.levels["name"] == "unlike":
        told = names.declared(a.name.key, b.name.key)
        return not told and (support.against > 0 or in_full(a.name, b.name))
    if doubt == ANOTHER_BODY and not support.against and len(support) and _no_body(a.name, b.name):
        return not begins(a.name, b.name) and not word_by_word(a.name, b.name)
    return doubt not in LITTLE_KNOWN or (doubt == ONE_BRANCH and support.against >= 2)


def _told_besides(owner: bool, registered: bool, score: Score, support: Support) -> str:
    """What no comparison of the two alone shows, in words; "" when nothing does."""
    if owner:
        return ALONE
    if support.against and "domain" in support and registered:
        return REGISTERED
    desk = "desk" in support and not support.against and score.levels["name"] in ALIKE
    return SAME_DESK if desk else ""


def _worth_asking(doubt: str, score: Score, support: Support) -> bool:
    """Whether a person who is asked about this doubt could answer either way."""
    if doubt in {ONE_BRANCH, TWO_BRANCHES}:
        return asking.ask_of_branches(support)
    if doubt in {ANOTHER_BODY, FAMILY, LEGAL_FORMS}:
        return asking.ask_of_another_body(score, support)
    if doubt == NOT_THE_SAME:
        return asking.ask_of_unlike_names(score, support)
    return asking.ask_for_more(score, support)


def employer_veto(a: Employer, b: Employer) -> str:
    """Two different valid company or charity numbers, else "". One that may be either's never vetoes."""
    if a.number.certain and b.number.certain and a.number.value != b.number.value:
        return "different company numbers"
    if a.charity.certain and b.charity.certain and a.charity.value != b.charity.value:
        return "different charity numbers"
    return ""


def _one_digit_off(a: Employer, b: Employer) -> bool:
    """True when a slip of the pen would make one company or charity number of the two."""
    numbers = ((a.number, b.number), (a.charity, b.charity))
    return all(
        within_one_edit(one.value, other.value) for one, other in numbers if one.certain and other.certain
    )


def _name_doubt(
    a: Employer,
    b: Employer,
    score: Score,
    number: bool,
    support: Support,
    names: Names,
) -> str:
    """What about two names keeps the machine from merging them; "" when nothing does."""
    level = score.levels["name"]
    if _former(a, b):
        return "one of them says that it had the other's name: perhaps a new name of the same firm"
    if number:
        return "" if level in AGREE else OTHER_NAME
    if doubt := _kind_doubt(a, b, score, support) or _bracket_doubt(a.name, b.name, support):
        return doubt
    fits, doubt = _fit(a, b, score, support, names)
    return "" if fits else doubt


def _fit(a: Employer, b: Employer, score: Score, support: Support, names: Names) -> tuple[bool, str]:
    """(whether names that stand so are one employer's with this support, the doubt if they are not)."""
    level = score.levels["name"]
    if level in ALIKE or (level == "alias" and _same_names(a.name, b.name)):
        return True, ""
    if level == "alias":
        direct = support.any_of("phone", "mailbox", "person") and support.any_of("domain", "place")
        one = _names_other(a.name, b.name) or near(a.name, b.name)
        return (direct and one) or (len(support) > 0 and near(a.name, b.name)), ONLY_ALIAS
    if level == "short form":
        return short_form_fits(a, b, score, support), SHORT_FORM
    if level == "acronym":
        return support.two_sources("place", "phone") and support.any_of("domain", "phone"), INITIALS
    if level in {"slip", "spelling"}:
        slip = level == "slip" and one_slip(a.name, b.name)
        return len(support) >= (1 if slip else 2), LOOK_ALIKE
    look_alike = level != "unlike" and word_by_word(a.name, b.name)
    return names.declared(a.name.key, b.name.key), LOOK_ALIKE if look_alike else NOT_THE_SAME


def _same_names(one: OrganisationName, other: OrganisationName) -> bool:
    """True when both give the same two names: "Hall Care t/a Ivy House", "Ivy House (Hall Care)"."""
    return len({one.key, *one.aliases} & {other.key, *other.aliases}) > 1


def _names_other(one: OrganisationName, other: OrganisationName) -> bool:
    """True when one's other name is what the other is called. Two that trade under one third name may be two
    owners of one brand, or two firms of one house.
    """
    return one.key in other.aliases or other.key in one.aliases


def _former(a: Employer, b: Employer) -> bool:
    names = ({a.name.key, *a.name.aliases}, {b.name.key, *b.name.aliases})
    if a.name.key == b.name.key:
        return False
    return bool(names[0].intersection(b.name.former) or names[1].intersection(a.name.former))


def _kind_doubt(a: Employer, b: Employer, score: Score, support: Support) -> str:
    """What in two names says that they may be two firms of one family."""
    at_branch = _is_at(a, b.name.branch) or _is_at(b, a.name.branch)
    one = "place" in support or at_branch or support.any_of("phone", "mailbox", "person")
    if doubt := _branch_doubt(a.name, b.name, one):
        return doubt
    short = score.levels["name"] == "short form"
    lost = short and (cut_off(a, b, score, support) or unfinished(a.name) or unfinished(b.name))
    return _body_doubt(a.name, b.name, score.levels["name"], lost)


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


def _bracket_doubt(one: OrganisationName, other: OrganisationName, support: Support) -> str:
    """Branches share a brand's domain: a bracket in one of two equal names may be a place unknown to us."""
    bracketed = ["(" in name.typed and bool(name.aliases) for name in (one, other)]
    if one.key == other.key and any(bracketed) and not all(bracketed) and support.kinds <= {"domain"}:
        return "what one name adds in brackets may be a branch"
    return ""


def _body_doubt(one: OrganisationName, other: OrganisationName, level: str, cut_off: bool) -> str:
    """cut_off: the shorter name is the longer one without its end."""
    if level in {"alias", "acronym"}:
        return _legal_doubt(one, other)
    if one.core != other.core and _digits(one.core) != _digits(other.core):
        return "the numbers in the names differ"
    if doubt := _legal_doubt(one, other):
        return doubt
    if one.key == other.key:
        return ""
    return _other_body(one.core, other.core, level, cut_off)


def _other_body(one: tuple[str, ...], other: tuple[str, ...], level: str, cut_off: bool) -> str:
    lists, extra = organisation_words(), _extra(one, other)
    if extra & lists.family and extra != {"son", "sons"} and not cut_off:
        return FAMILY
    # "Hyde Group" is what "Hyde Food Group Supplies" belongs to.
    ends = {core[-1] in lists.bodies for core in (one, other)}
    group = level == "short form" and len(ends) > 1
    extra |= {
        body for word in extra for body in lists.bodies if len(word) > 3 and within_one_edit(word, body)
    }
    body = group or (extra & lists.bodies and not (cut_off and not any(ends)))
    return ANOTHER_BODY if body or (extra & lists.structure and not cut_off) else ""


def _no_body(one: OrganisationName, other: OrganisationName) -> bool:
    """True when what two names differ by is in no way another body beside a firm: its group, its trust."""
    lists = organisation_words()
    return not _extra(one.core, other.core) & (lists.bodies | lists.family)


def _legal_doubt(one: OrganisationName, other: OrganisationName) -> str:
    return LEGAL_FORMS if len(legal_forms(one, other)) == 2 else ""


def _extra(one: tuple[str, ...], other: tuple[str, ...]) -> set[str]:
    """The words that only one of two names has; a word with one letter wrong is in both."""
    left, right = set(one) - set(other), set(other) - set(one)
    slips = {(a, b) for a in left for b in right if min(len(a), len(b)) > 3 and _one_word(a, b)}
    return (left | right) - {word for pair in slips for word in pair}


def _one_word(a: str, b: str) -> bool:
    """One letter wrong, or a space that strayed: "vehicle hire", "vehiclehire"."""
    return within_one_edit(a, b) or a in b or b in a


def _digits(core: tuple[str, ...]) -> list[str]:
    return sorted(re.findall(r"\d+", " ".join(core)))

"""What no weight may outvote: vetoes (two employers, for sure) and doubts (only a person can say).

A veto or a doubt bars its two mentions from one automatic cluster, also by way of a third.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from .mentions import Employer
from .model_file import Score
from .normalise.organisations import OrganisationName
from .normalise.text import within_one_edit
from .normalise.words import organisation_words

# One legal form, however it is written; two that differ are two legal persons until a person says otherwise.
_FORMS = {
    **dict.fromkeys(("ltd", "limited", "lmtd", "co ltd", "co limited", "limited company"), "ltd"),
    **dict.fromkeys(("plc", "public limited company"), "plc"),
    **dict.fromkeys(("llp", "limited liability partnership"), "llp"),
    **dict.fromkeys(("cic", "community interest company"), "cic"),
    **dict.fromkeys(("cio", "charitable incorporated organisation"), "cio"),
    **{form: form for form in ("gmbh", "ag", "bv", "nv", "srl", "sarl", "llc", "inc", "lp")},
}
_ELSEWHERE = frozenset({"same district", "same town", "elsewhere"})
LOOK_ALIKE = "names that look alike may be two firms"
_AGREE = frozenset({"same", "same words", "alias", "slip", "short form", "spelling"})


@dataclass(frozen=True, slots=True)
class Judgement:
    """veto: why they are surely two. doubt: why only a person can say. supported: enough speaks for them.

    bars: the veto or doubt also keeps the two out of one automatic cluster when a third fits both; a doubt
    that only says that too little is known does not.
    """

    veto: str = ""
    doubt: str = ""
    supported: bool = False
    bars: bool = True


def judge_employers(
    a: Employer, b: Employer, score: Score, declared: Callable[[str, str], bool]
) -> Judgement:
    """What may be decided about two listed employers without a person.

    declared: says whether some row gives two name keys as names of one employer.
    """
    veto = employer_veto(a, b)
    if veto:
        return Judgement(veto=veto)
    number = score.levels["number"] == "same" or score.levels["charity"] == "same"
    support = _support(a, b, score)
    doubt = _name_doubt(a, b, score, number, support, declared)
    needed = 1 if _distinct(a.name, b.name, score, support) else 2
    supported = not doubt and _supported(a, b, score, number, support, needed)
    return Judgement(
        doubt=doubt, supported=supported, bars=doubt != LOOK_ALIKE
    )  # a slip of the pen bars nobody


def employer_veto(a: Employer, b: Employer) -> str:
    """Two different valid company or charity numbers, else "". One that may be either's never vetoes."""
    if a.number.certain and b.number.certain and a.number.value != b.number.value:
        return "different company numbers"
    if a.charity.certain and b.charity.certain and a.charity.value != b.charity.value:
        return "different charity numbers"
    return ""


def _support(a: Employer, b: Employer, score: Score) -> set[str]:
    """What speaks for a pair beside its names: "domain", "phone", "place", "mailbox"."""
    found = {name for name in ("domain", "phone") if score.levels[name] == "same"}
    # A number that both have is of one exchange: one house and street there is one building, whatever name
    # the town is given.
    alike = "phone" in found or not _towns_known(a, b)
    near = {"same building", "same postcode"} | ({"same address"} if alike else set())
    if score.levels["place"] in near:
        found.add("place")
    if set(a.mailboxes) & set(b.mailboxes):
        found.add("mailbox")
    return found


def _towns_known(a: Employer, b: Employer) -> bool:
    """Whether both say in which town or district they are, so that these can differ."""
    return bool((a.town and b.town) or (a.outward and b.outward))


def _name_doubt(
    a: Employer,
    b: Employer,
    score: Score,
    number: bool,
    support: set[str],
    declared: Callable[[str, str], bool],
) -> str:
    """What about two names keeps the machine from merging them; "" when nothing does."""
    level = score.levels["name"]
    if _former(a, b):
        return "one of them says that it had the other's name: perhaps a new name of the same firm"
    if number:
        return (
            ""
            if level in _AGREE
            else "the same number under another name: perhaps a new name of the same firm"
        )
    if doubt := _kind_doubt(a, b, "place" in support) or _bracket_doubt(a.name, b.name, support):
        return doubt
    near = "place" in support and len(support) >= 2
    direct = bool(support & {"phone", "mailbox"}) and bool(support & {"domain", "place"})
    enough = {
        "same": (True, ""),
        "same words": (True, ""),
        "alias": (
            direct and _names_other(a.name, b.name),
            "only a trading name or a name in brackets is the same",
        ),
        "short form": (near, "a short form may also be another firm's name"),
        "slip": (len(support) >= 2 or (bool(support) and _one_slip(a.name, b.name)), LOOK_ALIKE),
        "spelling": (len(support) >= 2, LOOK_ALIKE),
    }
    unlike = (declared(a.name.key, b.name.key), "the names are not the same")
    fine, doubt = enough.get(level, unlike)
    return "" if fine else doubt


def _names_other(one: OrganisationName, other: OrganisationName) -> bool:
    """True when one's other name is what the other is called. Two that trade under one third name may be two
    owners of one brand, or two firms of one house.
    """
    return one.key in other.aliases or other.key in one.aliases


def _one_slip(one: OrganisationName, other: OrganisationName) -> bool:
    """True when the names differ by one letter of one long word, and not by the first one."""
    if len(one.core) != len(other.core):
        return False
    wrong = [(a, b) for a, b in zip(one.core, other.core, strict=True) if a != b]
    return len(wrong) == 1 and all(
        a[0] == b[0] and min(len(a), len(b)) > 4 and within_one_edit(a, b) for a, b in wrong
    )


def _distinct(one: OrganisationName, other: OrganisationName, score: Score, support: set[str]) -> bool:
    """True when one thing beside the names is enough: a rare word; one line, domain or house of one name; or
    one postcode of a name that says whose it is.

    "Hyde Training Centre" may be two in one postcode, with one landlord; behind one phone it is one.
    """
    lists = organisation_words()
    shared = {*one.core} & {*other.core}
    rare = any(lists.rarity(word) > 2 for word in shared)
    if one.key != other.key:
        return rare or len(support) > 1 or not _one_slip(one, other)
    named = any(lists.rarity(word) == 2 and word not in lists.places and word.isalpha() for word in shared)
    sure = bool(support & {"phone", "domain"}) or score.levels["place"] == "same building"
    return rare or ((named or sure) and len(one.core) > 1)


def _former(a: Employer, b: Employer) -> bool:
    names = ({a.name.key, *a.name.aliases}, {b.name.key, *b.name.aliases})
    if a.name.key == b.name.key:
        return False
    return bool(names[0].intersection(b.name.former) or names[1].intersection(a.name.former))


def _kind_doubt(a: Employer, b: Employer, same_place: bool) -> str:
    """What in two names says that they may be two firms of one family."""
    at_branch = _is_at(a, b.name.branch) or _is_at(b, a.name.branch)
    return _branch_doubt(a.name, b.name, same_place or at_branch) or _body_doubt(a.name, b.name)


def _is_at(mention: Employer, branch: frozenset[str]) -> bool:
    """True when a mention without a branch in its name has the other's branch for its town."""
    return bool(branch) and not mention.name.branch and branch <= set(mention.town.split())


def _branch_doubt(one: OrganisationName, other: OrganisationName, same_place: bool) -> str:
    if one.branch and other.branch and not one.branch & other.branch:
        return "the names are of two branches: perhaps two owners under one brand"
    if bool(one.branch) != bool(other.branch) and not same_place:
        return "one name is a branch's: perhaps another owner under the same brand"
    if one.key == other.key and one.aliases and other.aliases and not set(one.aliases) & set(other.aliases):
        return "what the names add in brackets differs: perhaps two branches"
    return ""


def _bracket_doubt(one: OrganisationName, other: OrganisationName, support: set[str]) -> str:
    """Branches share a brand's domain: a bracket in one of two equal names may be a place unknown to us."""
    bracketed = ["(" in name.typed and bool(name.aliases) for name in (one, other)]
    if one.key == other.key and any(bracketed) and not all(bracketed) and support <= {"domain"}:
        return "what one name adds in brackets may be a branch"
    return ""


def _body_doubt(one: OrganisationName, other: OrganisationName) -> str:
    if _digits(one.core) != _digits(other.core):
        return "the numbers in the names differ"
    if len({_FORMS[form] for form in (one.legal, other.legal) if form in _FORMS}) == 2:
        return "the legal forms differ"
    extra = set(one.core) ^ set(other.core)
    if one.key != other.key and extra & organisation_words().structure:
        return "one of them may be the group, the charity or a daughter of the other"
    return ""


def _digits(core: tuple[str, ...]) -> list[str]:
    return sorted(re.findall(r"\d+", " ".join(core)))


def _supported(a: Employer, b: Employer, score: Score, number: bool, support: set[str], needed: int) -> bool:
    """Enough evidence beside the names: the same number, or so much more for them than against."""
    if score.levels["name"] not in _AGREE:
        return False
    at = score.levels["place"]
    if at == "same town" and "phone" in support:
        support = support | {"town"}  # one name, one number, one town: as good as one address
    conflicts = (score.levels["domain"] == "differs") + _place_conflict(a, b, at, support)
    return number or len(support) - conflicts >= needed


def _place_conflict(a: Employer, b: Employer, at: str, support: set[str]) -> int:
    """0, 1 or 2: how much two places speak for two firms. One name far away may be a branch, a namesake or
    another owner of the brand.

    In one town or district it is the postcodes that differ. Where a list gives none, two addresses do, and a
    phone that both have outweighs those: a house on a corner has two, and firms move within their exchange.
    """
    if at == "elsewhere" and _towns_known(a, b):
        return 2
    if at not in _ELSEWHERE:
        return 0
    if a.postcode and b.postcode:
        return 1
    return int(bool(a.site and b.site) and "phone" not in support)

"""What no weight may outvote: vetoes (never the same by the machine's word) and doubts (a person must say).

A veto or a doubt bars its two mentions from one automatic cluster, also by way of a third.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass

from .mentions import Employer, Person
from .normalise.organisations import OrganisationName
from .normalise.people import surname_rarity
from .normalise.words import organisation_words
from .score import Score
from .shared import compatible

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
_AGREE = frozenset({"same", "same words", "alias", "short form", "spelling"})


@dataclass(frozen=True, slots=True)
class Judgement:
    """veto: why they are surely two. doubt: why only a person can say. supported: enough speaks for them."""

    veto: str = ""
    doubt: str = ""
    supported: bool = False


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
    rare = any(organisation_words().rarity(word) > 2 for word in {*a.name.core, *b.name.core})
    needed = (
        1 if rare or a.name.key != b.name.key else 2
    )  # "Hyde Training Centre" may be two with one landlord
    return Judgement(doubt=doubt, supported=not doubt and _supported(score, number, support, needed))


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
    if score.levels["place"] in {"same building", "same postcode"}:
        found.add("place")
    if set(a.mailboxes) & set(b.mailboxes):
        found.add("mailbox")
    return found


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
    if doubt := _kind_doubt(a, b, "place" in support):
        return doubt
    near = "place" in support and len(support) >= 2
    direct = bool(support & {"phone", "mailbox"}) and bool(support & {"domain", "place"})
    enough = {
        "same": (True, ""),
        "same words": (True, ""),
        "alias": (direct, "only a trading name or a name in brackets is the same"),
        "short form": (near, "a short form may also be another firm's name"),
        "spelling": (near, "names that look alike may be two firms"),
    }
    unlike = (declared(a.name.key, b.name.key), "the names are not the same")
    fine, doubt = enough.get(level, unlike)
    return "" if fine else doubt


def _former(a: Employer, b: Employer) -> bool:
    names = ({a.name.key, *a.name.aliases}, {b.name.key, *b.name.aliases})
    if a.name.key == b.name.key:
        return False
    return bool(names[0].intersection(b.name.former) or names[1].intersection(a.name.former))


def _kind_doubt(a: Employer, b: Employer, same_place: bool) -> str:
    """What in two names says that they may be two firms of one family."""
    return _branch_doubt(a.name, b.name, same_place) or _body_doubt(a.name, b.name)


def _branch_doubt(one: OrganisationName, other: OrganisationName, same_place: bool) -> str:
    if one.branch and other.branch and not one.branch & other.branch:
        return "the names are of two branches: perhaps two owners under one brand"
    if bool(one.branch) != bool(other.branch) and not same_place:
        return "one name is a branch's: perhaps another owner under the same brand"
    if one.key == other.key and one.aliases and other.aliases and not set(one.aliases) & set(other.aliases):
        return "what the names add in brackets differs: perhaps two branches"
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


def _supported(score: Score, number: bool, support: set[str], needed: int) -> bool:
    """Enough evidence beside the names: the same number, or so much more for them than against."""
    if score.levels["name"] not in _AGREE:
        return False
    conflicts = (score.levels["domain"] == "differs") + (score.levels["place"] in _ELSEWHERE)
    return number or len(support) - conflicts >= needed


def judge_people(a: Person, b: Person, score: Score, rivals: Collection[str]) -> Judgement:
    """What may be decided about two listed people without a person.

    rivals: given names, written out, of others with this surname at the same employer.
    """
    veto = person_veto(a, b)
    if veto:
        return Judgement(veto=veto)
    doubt = _person_doubt(a, b, score, rivals)
    return Judgement(doubt=doubt, supported=not doubt and _person_supported(a, b, score))


def person_veto(a: Person, b: Person) -> str:
    """Different first names that are no forms of each other, or mailboxes that a number tells apart."""
    if not a.name.initial_only and not b.name.initial_only and not _given_agree(a, b):
        return "different first names"
    if _middles_differ(a, b):
        return "different second names"
    if not set(a.mailboxes) & set(b.mailboxes) and _numbered_apart(a, b):
        return "a number tells their mailboxes apart"
    return ""


def _given_agree(a: Person, b: Person) -> bool:
    """The same, a variant, an initial that fits, a middle name in use, or one slip of the pen."""
    if compatible(a.name.first, b.name.first):
        return True
    return _middle_in_use(a, b) or _middle_in_use(b, a) or _one_slip(a.name.first, b.name.first)


def _middle_in_use(a: Person, b: Person) -> bool:
    """True when b's one given name is a later one of a's: "Mohammed Tariq Khan", "Tariq Khan"."""
    later = [name for name in a.name.given[1:] if len(name) > 1]
    return len(b.name.given) == 1 and any(
        compatible(name, b.name.first) for name in later if len(b.name.first) > 1
    )


def _middles_differ(a: Person, b: Person) -> bool:
    """True when both give a second name and they are not forms of one: "William G.", "William W."."""
    both = bool(a.name.given[1:]) and bool(b.name.given[1:])
    return both and not all(
        compatible(x, y) for x, y in zip(a.name.given[1:], b.name.given[1:], strict=False)
    )


def _one_slip(one: str, other: str) -> bool:
    """True if one letter was left out, doubled or swapped in a name of five letters or more."""
    if min(len(one), len(other)) < 5 or one[0] != other[0] or abs(len(one) - len(other)) > 1:
        return False
    if len(one) == len(other):
        wrong = [i for i, pair in enumerate(zip(one, other, strict=True)) if pair[0] != pair[1]]
        return len(wrong) == 2 and wrong[1] == wrong[0] + 1 and one[wrong[0]] == other[wrong[1]]
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    return any(longer[:i] + longer[i + 1 :] == shorter for i in range(1, len(longer)))


def _numbered_apart(a: Person, b: Person) -> bool:
    """True for david.smith@ and david.smith2@: somebody gave the second one its number to tell them apart."""
    one, other = _numbered(a), _numbered(b)
    return any(one[name] != other[name] for name in one.keys() & other.keys())


def _numbered(person: Person) -> dict[str, str]:
    """The letters of each mailbox → its digits."""
    boxes = [mailbox.partition("@")[0] for mailbox in person.mailboxes]
    return {re.sub(r"[\W\d_]", "", box): re.sub(r"\D", "", box) for box in boxes}


def _person_doubt(a: Person, b: Person, score: Score, rivals: Collection[str]) -> str:
    """What keeps the machine from saying that two people are one; "" when nothing does."""
    return _name_in_doubt(a, b, score, rivals) or _contact_in_doubt(a, b, score)


def _name_in_doubt(a: Person, b: Person, score: Score, rivals: Collection[str]) -> str:
    same_mailbox = score.levels["mailbox"] == "same"
    if score.levels["surname"] != "same":
        return "a surname may have changed, or they are two people"
    if not a.name.first or not b.name.first:
        return "one of them has no first name"
    if a.name.initial_only or b.name.initial_only:
        return _initial_doubt(a, b, same_mailbox, rivals)
    if score.levels["given"] not in {"same", "variant"} and not same_mailbox:
        return "the first names are not quite the same"
    return ""


def _contact_in_doubt(a: Person, b: Person, score: Score) -> str:
    same_mailbox, same_employer = score.levels["mailbox"] == "same", score.levels["employer"] == "same"
    if not same_employer and not same_mailbox:
        return "perhaps one person who changed jobs, perhaps two"
    if score.levels["mailbox"] == "differs" and not (same_employer and _same_mobile(a, b)):
        return "two mailboxes may be two people"
    return ""


def _initial_doubt(a: Person, b: Person, same_mailbox: bool, rivals: Collection[str]) -> str:
    if not same_mailbox:
        return "one of them is given by an initial only"
    initial = next((p.name.first for p in (a, b) if p.name.initial_only), "")
    fitting = sorted({name for name in rivals if name[0] == initial})
    if any(not compatible(one, other) for i, one in enumerate(fitting) for other in fitting[i + 1 :]):
        return "the initial fits another person of that surname there"
    return ""


def _same_mobile(a: Person, b: Person) -> bool:
    return any(phone.startswith("+447") for phone in set(a.phones) & set(b.phones))


def _person_supported(a: Person, b: Person, score: Score) -> bool:
    if score.levels["mailbox"] == "same" or score.levels["phone"] == "same line":
        return True
    uncommon = surname_rarity(a.name.surname) < 0.0005 and score.levels["given"] == "same"
    alike = score.levels["phone"] == "same number" or (bool(a.job) and a.job == b.job)
    return score.levels["employer"] == "same" and uncommon and alike

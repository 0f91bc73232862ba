"""What no weight may outvote between two people: vetoes and doubts, as in vetoes.py for employers."""

from __future__ import annotations

import re
from collections.abc import Collection

from .doubts import Judgement
from .mentions import Person
from .model_file import Score
from .normalise.contact import is_mobile, of_a_kind_apart
from .normalise.people import initials_of, listed_forms, surname_rarity
from .normalise.text import within_one_edit, words
from .normalise.words import person_words
from .shared import compatible


def judge_people(a: Person, b: Person, score: Score, rivals: Collection[str]) -> Judgement:
    """What may be decided about two listed people without a person.

    rivals: given names, written out, of others of this surname at one employer, mailbox, phone or home.
    """
    veto = person_veto(a, b)
    if veto:
        return Judgement(veto=veto, ask=_may_be_a_pet_name(a, b))
    if doubt := _name_in_doubt(a, b, score, rivals) or _contact_in_doubt(a, b, score):
        return Judgement(doubt=doubt)
    if doubt := _too_little(a, b, score):
        return Judgement(doubt=doubt, bars=False)
    return Judgement(supported=_person_supported(a, b, score))


def person_veto(a: Person, b: Person) -> str:
    """Different first names that are no forms of each other, or mailboxes that a number tells apart."""
    if a.name.generation and b.name.generation and a.name.generation != b.name.generation:
        return "one is called Senior, the other Junior"
    if not a.name.initial_only and not b.name.initial_only and not _given_agree(a, b):
        return "different first names"
    if _initial_unlike(a, b) or _initial_unlike(b, a):
        return "an initial that fits no form of the other's first name"
    if _middles_differ(a, b):
        return "different second names"
    if not set(a.mailboxes) & set(b.mailboxes) and _numbered_apart(a, b):
        return "a number tells their mailboxes apart"
    return ""


def _may_be_a_pet_name(a: Person, b: Person) -> bool:
    """True for "Olu" and "Oluwaseun", where one may be short for the other; not for a couple's."""
    return a.name.first[:1] == b.name.first[:1]


def _initial_unlike(a: Person, b: Person) -> bool:
    """True when a is given by an initial that begins none of b's given names, nor a form of one."""
    if not a.name.first or not b.name.first or not a.name.initial_only:
        return False
    begins = {letter for name in b.name.given for letter in (initials_of(name) if len(name) > 1 else name)}
    return a.name.first not in begins


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


def _name_in_doubt(a: Person, b: Person, score: Score, rivals: Collection[str]) -> str:
    same_mailbox = score.levels["mailbox"] == "same"
    one_box = same_mailbox and score.levels["phone"] != "differs"
    if a.name.generation != b.name.generation and not one_box:
        return "only one of them is called Junior or Senior"
    if score.levels["surname"] != "same" and not _slip_in_surname(a, b, score):
        return "a surname may have changed, or they are two people"
    if not a.name.first or not b.name.first:
        return "one of them has no first name"
    two = a.name.first != b.name.first or a.name.initial_only
    if two and _titles_differ(a, b):
        return "one is called Mr, the other Mrs or Miss"
    if a.name.initial_only or b.name.initial_only:
        return _rival_doubt(a, b, rivals)
    return _given_doubt(a, b, score)


def _titles_differ(a: Person, b: Person) -> bool:
    """True for Mr and Mrs C Hobb, who may have one mailbox."""
    one, other = {*words(a.name.typed)}, {*words(b.name.typed)}
    return any(bool(x & _MEN) and bool(y & _WOMEN) for x, y in ((one, other), (other, one)))


_MEN, _WOMEN = frozenset({"mr", "sir", "lord"}), frozenset({"mrs", "ms", "miss", "lady", "dame"})


def _given_doubt(a: Person, b: Person, score: Score) -> str:
    if score.levels["given"] not in {"same", "variant"} and score.levels["mailbox"] != "same":
        return "the first names are not quite the same"
    if score.levels["given"] != "same" and _may_be_family(a, b):
        return "two first names, two jobs, and nothing that is one person's own: perhaps two of one family"
    return ""


def _may_be_family(a: Person, b: Person) -> bool:
    """True when two who have other jobs ("HR" and "HR Manager" are one), or no jobs and one mailbox, share
    neither a mobile nor a mailbox that says a first name of theirs: William and Billy at tranters@ may be
    father and son, Mary and Marie at tullfamily@ two sisters.
    """
    jobs = bool(a.job and b.job)
    others = set(words(a.job)).isdisjoint(words(b.job)) if jobs else bool({*a.mailboxes} & {*b.mailboxes})
    own = any(_own(mailbox, one) for mailbox in {*a.mailboxes} & {*b.mailboxes} for one in (a, b))
    return others and not own and not _same_mobile(a, b)


def _own(mailbox: str, person: Person) -> bool:
    """True when a mailbox begins as a person's first name does, and is not the surname alone."""
    box = re.sub(r"[\W\d_]", "", mailbox.partition("@")[0])
    family = person.name.surname.replace(" ", "")
    return box[:1] in initials_of(person.name.first) and box not in {family, f"{family}s"}


def _slip_in_surname(a: Person, b: Person, score: Score) -> bool:
    """One letter of a long surname is wrong, and the first name is one, and the mailbox, the line or the
    address is, or at one employer the number, if the jobs do not differ. A phone is not enough for two
    surnames that people have: Johnson, Johnston.
    """
    mailbox, phone = score.levels["mailbox"] == "same", score.levels["phone"]
    there = score.levels["employer"] == "same" and phone == "same number"
    there = there and not (a.job and b.job and a.job != b.job)
    two_names = all(person_words().is_surname(person.name.surname) for person in (a, b))
    by_phone = (phone == "same line" or there) and not two_names
    near = mailbox or _same_home(a, b, score) or by_phone
    shorter = min(len(a.name.surname), len(b.name.surname))
    slip = within_one_edit(a.name.surname, b.name.surname) and shorter > (3 if mailbox else 5)
    slip = slip or _one_slip(a.name.surname, b.name.surname)
    given = score.levels["given"] == "same" or (mailbox and score.levels["given"] == "variant")
    return slip and near and given


def _contact_in_doubt(a: Person, b: Person, score: Score) -> str:
    """What in their contact details speaks for two people; "" when nothing does."""
    if score.levels["mailbox"] != "differs":
        return ""
    if score.levels["employer"] == "same" or not score.levels["employer"]:
        return "" if _same_mobile(a, b) else "two mailboxes may be two people"
    return "perhaps one person who changed jobs, perhaps two"


def _too_little(a: Person, b: Person, score: Score) -> str:
    """What is missing that would say that they are one; "" when nothing is."""
    if score.levels["mailbox"] == "same":
        return ""
    if a.name.initial_only or b.name.initial_only:
        return "one of them is given by an initial only"
    return "" if score.levels["employer"] in {"same", ""} else "their employers may be two"


def _rival_doubt(a: Person, b: Person, rivals: Collection[str]) -> str:
    """Says so when an initial fits somebody else of that surname there too."""
    initial = next((person.name.first for person in (a, b) if person.name.initial_only), "")
    fitting = sorted({name for name in rivals if initial and name[0] == initial})
    if any(not compatible(one, other) for i, one in enumerate(fitting) for other in fitting[i + 1 :]):
        return "the initial fits another person of that surname there"
    return ""


def _same_mobile(a: Person, b: Person) -> bool:
    return any(is_mobile(phone) for phone in set(a.phones) & set(b.phones))


def _person_supported(a: Person, b: Person, score: Score) -> bool:
    if score.levels["mailbox"] == "same" or score.levels["phone"] == "same line":
        return True
    if score.levels["home"] and _one_household_name(a, b, score):
        return True
    return score.levels["employer"] == "same" and _same_by_name(a, b, score)


def _one_household_name(a: Person, b: Person, score: Score) -> bool:
    """True for one full name at one address; for an uncommon one in one street, if nothing else differs.

    Forms of a first name may be a mother and a daughter (Ann, Anna): they need one phone too, and to stand in
    our own list, for by others Mary and Rose are forms of Rosemary.
    """
    forms = bool(listed_forms(a.name.first) & listed_forms(b.name.first))
    same = score.levels["given"] == "same" or (
        forms and score.levels["phone"] in {"same line", "same number"}
    )
    if not same or a.name.initial_only or b.name.initial_only:
        return False
    if _same_home(a, b, score):
        return True
    if score.levels["home"] != "same postcode" or score.levels["phone"] == "differs" or (a.house and b.house):
        return False
    return max(surname_rarity(a.name.surname), surname_rarity(b.name.surname)) < 0.0005


def _same_home(a: Person, b: Person, score: Score) -> bool:
    """One address, or one house and street where not both say in which district or town it is."""
    elsewhere = (a.outward and b.outward) or (a.town and b.town)
    return score.levels["home"] == "same address" or (score.levels["home"] == "same house" and not elsewhere)


def _same_by_name(a: Person, b: Person, score: Score) -> bool:
    """True when two agencies give one name in full at one employer and nothing differs; with a usual surname
    only if the number or the job is the same too, and with a form of the first name the number.

    One agency that lists a name twice may mean a father and a son: that is asked. A list that says nothing of
    agencies needs the number or the job as well where the surname is everybody's.
    """
    if a.name.initial_only or b.name.initial_only or (a.agency and a.agency == b.agency):
        return False
    number, job = score.levels["phone"] == "same number", bool(a.job) and a.job == b.job
    differs = (not job and of_a_kind_apart(a.phones, b.phones)) or bool(a.job and b.job and not job)
    uncommon = max(surname_rarity(a.name.surname), surname_rarity(b.name.surname)) < 0.0005
    if score.levels["given"] != "same":
        return score.levels["given"] == "variant" and number and job and not differs
    if not a.agency and not b.agency:
        return (number or job or not _is_everybodys(a, b)) and not differs
    if not uncommon or not a.agency or not b.agency:
        return (number or job) and not differs
    return number or job or not differs


def _is_everybodys(a: Person, b: Person) -> bool:
    """True for Smith, Khan, Evans: one in two hundred people has such a surname."""
    return max(surname_rarity(a.name.surname), surname_rarity(b.name.surname)) > 0.004

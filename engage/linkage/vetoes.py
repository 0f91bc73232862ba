"""What no weight may outvote: vetoes (two employers, for sure) and doubts (only a person can say).

A veto or a doubt bars its two mentions from one automatic cluster, also by way of a third.
"""

from __future__ import annotations

from . import asking
from .bodies import are_of_two_trades, ends_otherwise, is_beside, no_body
from .doubts import (
    ANOTHER_BODY,
    ANOTHER_KIND,
    BRACKET,
    BRANDS_WEB,
    COUNCIL,
    FAMILY,
    FORMER,
    LEGAL_FORMS,
    LITTLE_KNOWN,
    NOT_THE_SAME,
    NUMBER_SLIP,
    OF_NAMES,
    ONE_BRANCH,
    ONLY_ALIAS,
    SHORT_FORM,
    TWO_BRANCHES,
    Judgement,
)
from .hints import ONE_LINE, have_one_line, hint_of
from .mentions import Employer
from .model_file import Score
from .name_doubts import name_doubt, names_other
from .namesakes import Names
from .normalise.text import within_one_edit
from .own_web import are_colleagues, is_own_office
from .short_forms import NEAR, begins, damaged_alike, in_full, word_by_word
from .support import ALIKE, Support, are_strangers, as_met, enough, on_own_web, support_of
from .told import BITS, BITS_OF_A_REFERENCE, OWN_WEB, gives_both, told_besides
from .whose import is_met_once, is_rare
from .wordings import in_other_words


def judge_employers(a: Employer, b: Employer, score: Score, names: Names) -> Judgement:
    """What may be decided about two listed employers without a person."""
    score = as_met(a, b, score)
    support = support_of(a, b, score)
    if veto := employer_veto(a, b):
        return _vetoed(veto, a, b, score, support)
    number = score.levels["number"] == "same" or score.levels["charity"] == "same"
    if names.references and are_colleagues(a, b, score, support):
        return Judgement(supported=True, bits=BITS_OF_A_REFERENCE, told=OWN_WEB, sure=True)
    if doubt := name_doubt(a, b, score, number, support, names):
        known = _beside(doubt, a, b, support) or (doubt == FAMILY and names.both_are_met(a, b))
        hint = 0.0 if known else hint_of(doubt, a, b, score, support)
        referred = names.references and asking.ask_of_a_reference(doubt, score, support)
        ask = number or referred or hint > 0 or (_worth_asking(doubt, score, support) and not known)
        told = ONE_LINE if hint and have_one_line(a, b) else ""
        return Judgement(
            doubt=doubt, bars=_bars(doubt, a, b, score, support, names), ask=ask, hint=hint, told=told
        )
    return _undoubted(number, a, b, score, support, names)


def _vetoed(veto: str, a: Employer, b: Employer, score: Score, support: Support) -> Judgement:
    """Two numbers, or one with a slip of the pen, which is asked about."""
    alike = score.levels["name"] in {*ALIKE, "slip"}
    slip = alike and len(support) > 0 and _one_digit_off(a, b)
    return Judgement(veto=NUMBER_SLIP if slip else veto, ask=slip or asking.ask_though_vetoed(support))


def _undoubted(
    number: bool, a: Employer, b: Employer, score: Score, support: Support, names: Names
) -> Judgement:
    """What is to be decided of two whose names are one's. number: they have one company or charity number."""
    owner = names.one_owner(a, b, score, support)
    here = names.alone_in_town(a, b, score, support)
    office = is_own_office(a, b, support)
    if not (owner or here or number or office) and _is_of_a_brands_web(a, b, score, support, names):
        return Judgement(doubt=BRANDS_WEB, bars=False, ask=False)
    law = names.one_by_law(a, b, score)
    by_law = law == COUNCIL or (bool(law) and is_met_once(a))
    alone = here or by_law or office or (owner and names.alone(a, b, score))
    supported = number or alone or _is_supported(a, b, score, support, names)
    told = "" if by_law or not supported else told_besides(owner, here, a, b, score, support)
    told = told or law
    bits = BITS_OF_A_REFERENCE if names.meant_as_one(a, b) or law else BITS
    ask = supported or bool(law) or _is_open(owner, a, b, score, support, names)
    sure = supported and (number or _is_sure(a, b, score, support))
    return Judgement(supported=supported, bits=bits if told else 0.0, told=told, ask=ask, sure=sure)


def _is_of_a_brands_web(a: Employer, b: Employer, score: Score, support: Support, names: Names) -> bool:
    """True when nothing but a web domain joins two, in two places, and rows name branches of it."""
    alone = support.kinds == {"domain"} and score.levels["place"] not in NEAR
    return alone and names.of_a_brand(a, b)


def _is_open(owner: bool, a: Employer, b: Employer, score: Score, support: Support, names: Names) -> bool:
    """Whether a person who is asked about two of one name could answer either way."""
    if owner and not are_strangers(score) and not _may_be_anybodys(a, b, score):
        return True
    brand = bool(support.against) and names.of_a_brand(a, b)
    return not brand and asking.ask_for_more(score, support)


def _is_supported(a: Employer, b: Employer, score: Score, support: Support, names: Names) -> bool:
    """Whether enough speaks for two rows of names that fit, whoever else has the name."""
    if enough(a, b, score, support) or damaged_alike(a.name, b.name, support):
        return True
    web = on_own_web(a, b, score) and names.of_two_places(a, b)
    return web or in_other_words(a.name, b.name, support)


def _may_be_anybodys(a: Employer, b: Employer, score: Score) -> bool:
    """True when two phones answer, nothing says that they are in one place, and others may have the name."""
    return score.levels["phone"] == "differs" and not score.levels["place"] and not is_rare(a, b)


def _is_sure(a: Employer, b: Employer, score: Score, support: Support) -> bool:
    """True when two rows say of all rows of both names that they are one employer's."""
    one = score.levels["name"] in ALIKE or gives_both(a, b)
    return one and support.any_of("mailbox", "place", "phone")


def _bars(doubt: str, a: Employer, b: Employer, score: Score, support: Support, names: Names) -> bool:
    """Whether a doubt keeps two out of one cluster also when a third fits both: a branch's name far from the
    other does, as two places of a brand may have two owners. Unlike names do not, where a row gives both as
    one employer's, or one is too short to say that it is another's: "NMC", "Newport Medical".
    """
    if doubt in OF_NAMES and score.levels["name"] == "unlike":
        return _unlike_names_bar(a, b, support, names)
    if doubt == ANOTHER_BODY and not support.against and len(support) and no_body(a.name, b.name):
        return not begins(a.name, b.name) and not word_by_word(a.name, b.name)
    if doubt == ANOTHER_BODY and not support.against and ends_otherwise(a.name, b.name):
        return False
    if doubt == ONLY_ALIAS and not support.against and score.levels["phone"] != "differs":
        return not names_other(a.name, b.name)
    return doubt not in LITTLE_KNOWN or (doubt == ONE_BRANCH and support.against >= 2)


def _unlike_names_bar(a: Employer, b: Employer, support: Support, names: Names) -> bool:
    """Whether two unlike names keep two rows apart also when a third fits both: see _bars."""
    one, other = a.name.key, b.name.key
    if support.against or names.declared(one, other):
        return not names.declared(one, other)
    cut = word_by_word(a.name, b.name) or not in_full(a.name, b.name)
    return not cut and not (len(support) > 0 and names.nearly_declared(one, other))


def _worth_asking(doubt: str, score: Score, support: Support) -> bool:
    """Whether a person who is asked about this doubt could answer either way."""
    return _ASKED.get(doubt, asking.ask_for_more)(score, support)


_ASKED = {
    **dict.fromkeys((ONE_BRANCH, TWO_BRANCHES), asking.ask_of_branches),
    **dict.fromkeys((FAMILY, LEGAL_FORMS), asking.ask_of_a_family),
    ANOTHER_BODY: asking.ask_of_another_body,
    SHORT_FORM: asking.ask_of_a_short_form,
    BRACKET: asking.ask_of_a_bracket,
    ANOTHER_KIND: asking.ask_of_another_kind,
    NOT_THE_SAME: asking.ask_of_unlike_names,
    FORMER: asking.ask_of_a_former_name,
}


def _beside(doubt: str, a: Employer, b: Employer, support: Support) -> bool:
    """True when two names say that they are two bodies of one group."""
    if doubt == NOT_THE_SAME and are_of_two_trades(a.name, b.name):
        return bool(a.name.legal and b.name.legal) or not support.any_of("phone", "mailbox", "person")
    one = len(support) > 3 and support.any_of("mailbox", "person")
    return doubt == ANOTHER_BODY and is_beside(a.name, b.name) and not one


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

"""Company numbers of Companies House, and the other numbers that people type in their column."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from engage.register.reading import Doubt, Reading, unreadable
from engage.register.text import squash, word_set

CompanyNumberKind = Literal["company", "charity?", "vat", "invalid"]

_PREFIXES = word_set("SC NI R0 OC SO NC LP SL NL FC SF NF BR OE CE CS RS IP SP NP RC ZC SE GE AC")
_PREFIXED = re.compile(r"([A-Z]{2}|R0)([0-9]{1,6})")
_REGISTERED_SOCIETY = re.compile(r"(?:IP|SP|NP|RS)[0-9]{5}R")
_VAT = re.compile(r"GB[0-9]{9}(?:[0-9]{3})?|[0-9]{9}|[0-9]{12}")
_LABEL = re.compile(
    r"^(?:(?:COMPANY|CO|REG(?:ISTERED|ISTRATION)?|CRN|CHARITY|NUMBER|NO)\b[.:\s]*)+", re.IGNORECASE
)
_LEGAL_FORMS = (
    (re.compile(r"sole ?trad(?:er|ing)|self[- ]?employed|individual"), "Sole trader"),
    (re.compile(r"limited liability partnership|llp"), "Limited liability partnership"),
    (re.compile(r"(?:ordinary )?partnership"), "Partnership"),
    (re.compile(r"(?:registered )?charity|cio|charitable .*"), "Charity"),
    (re.compile(r"public (?:body|sector)|council|local authority|government"), "Public body"),
    (re.compile(r"nhs(?: foundation)?(?: trust)?"), "NHS body"),
    (re.compile(r"school|college|academy"), "School or college"),
)


@dataclass(frozen=True, slots=True)
class CompanyNumber:
    """What stands in a company-number cell. value: eight characters, "" unless kind is company or charity?.

    may_veto: whether a different number elsewhere proves a different legal entity.
    """

    value: str
    kind: CompanyNumberKind
    may_veto: bool = False


@lru_cache(maxsize=65536)
def company_number(text: str) -> CompanyNumber:
    """What a company number is, from the cell as typed or as read_company_number made it."""
    bare = re.sub(r"[^A-Z0-9]", "", _LABEL.sub("", squash(text).upper()))
    if re.fullmatch("[0-9]{1,8}", bare) and bare.strip("0"):
        if len(bare) == 7 and bare.startswith("1"):
            return CompanyNumber(bare.zfill(8), "charity?")
        return CompanyNumber(bare.zfill(8), "company", len(bare) >= 6)
    if _VAT.fullmatch(bare):
        return CompanyNumber("", "vat")
    if _REGISTERED_SOCIETY.fullmatch(bare):
        return CompanyNumber(bare, "company", True)
    if (match := _PREFIXED.fullmatch(bare)) and match[2].strip("0"):
        return CompanyNumber(match[1] + match[2].zfill(6), "company", match[1] in _PREFIXES)
    return CompanyNumber("", "invalid")


@lru_cache(maxsize=65536)
def read_company_number(text: str) -> Reading:
    """A company number as eight characters; what is none is "" with a doubt.

    One to check (it may be a charity's, or digits are missing) keeps its digits unpadded, so that whoever
    reads the clean value sees the same doubt.
    A legal form typed here ("sole trader") is no fault: it has no number. See legal_form_hint.
    """
    number = company_number(text)
    if number.kind == "vat":
        what = "This looks like a VAT number, not a company number."
        return unreadable(
            "vat-number", what, "Look the company number up at Companies House, or empty the cell."
        )
    if number.kind == "charity?":
        what = "Seven digits that begin with 1 may be a charity number."
        return Reading(_digits(number), (Doubt("company-number-check", what, _WHICH_REGISTER),))
    if number.kind == "invalid":
        hint = legal_form_hint(text)
        what, remedy = "This is not a company number.", "It has eight characters, like 01234567: look it up."
        return Reading("") if hint else unreadable("bad-company-number", what, remedy, _look_alike(text))
    if not number.may_veto:
        return Reading(_digits(number), (Doubt("company-number-check", *_unsure(number.value)),))
    return Reading(number.value)


_WHICH_REGISTER = "Check which register it is from; if it is the charity's, move it to the charity number."


def _digits(number: CompanyNumber) -> str:
    """An unsure number without its padding: read again, it is as unsure as it was."""
    return number.value.lstrip("0")


def _unsure(value: str) -> tuple[str, str]:
    if value.isdigit():
        return "This is very short for a company number.", "Check that no digit is missing."
    return f"We know of no company numbers that begin with {value[:2]}.", "Check it at Companies House."


def _look_alike(text: str) -> str:
    """The number with letters O and I among its digits read as 0 and 1; "" if that makes none either."""
    bare = re.sub(r"[^A-Z0-9]", "", squash(text).upper())
    swap = str.maketrans("OIL", "011")
    tries = (bare.translate(swap), bare[:2] + bare[2:].translate(swap))
    return next((number.value for t in tries if (number := company_number(t)).may_veto), "")


def legal_form_hint(text: str) -> str:
    """The legal form that is typed where a number should be ("sole trader"); "" if none is."""
    words = squash(text).casefold().strip(" .()")
    return next((form for pattern, form in _LEGAL_FORMS if pattern.fullmatch(words)), "")


@lru_cache(maxsize=65536)
def read_charity_number(text: str) -> Reading:
    """A charity's number: six or seven digits (England and Wales), SC (Scotland), NIC (N. Ireland)."""
    bare = re.sub(r"[^A-Z0-9-]", "", _LABEL.sub("", squash(text)).upper())
    if re.fullmatch(r"[0-9]{6,7}(?:-[0-9]{1,3})?|SC[0-9]{5,6}|NIC?[0-9]{6}", bare):
        return Reading(bare)
    if company_number(text).may_veto:
        what = "This looks like a company number, not a charity number."
        return unreadable("bad-charity-number", what, "Move it to the company number.")
    what = "This is not a charity number."
    return unreadable("bad-charity-number", what, "It has six or seven digits, like 1990017: look it up.")

"""Names that differ by what makes another body: its group, the sons' firm, another legal form, a number."""

from __future__ import annotations

import re

from .doubts import ANOTHER_BODY, FAMILY, LEGAL_FORMS
from .normalise.organisations import OrganisationName
from .normalise.text import within_one_edit
from .normalise.words import organisation_words
from .support import legal_forms


def body_doubt(one: OrganisationName, other: OrganisationName, level: str, cut_off: bool) -> str:
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


def no_body(one: OrganisationName, other: OrganisationName) -> bool:
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

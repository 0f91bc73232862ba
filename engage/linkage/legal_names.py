"""What names say of the legal person: its form, the name it is registered, trades or was known under."""

from __future__ import annotations

from .mentions import Employer
from .normalise.organisations import OrganisationName
from .normalise.text import within_one_edit

_LONG = 9  # letters of a name in which one that differs is a slip
# One legal form, however it is written; two that differ are two legal persons until a person says otherwise.
_FORMS = {
    **dict.fromkeys(("ltd", "limited", "lmtd", "co ltd", "co limited", "limited company"), "ltd"),
    **dict.fromkeys(("plc", "public limited company"), "plc"),
    **dict.fromkeys(("llp", "limited liability partnership"), "llp"),
    **dict.fromkeys(("cic", "community interest company"), "cic"),
    **dict.fromkeys(("cio", "charitable incorporated organisation"), "cio"),
    **{form: form for form in ("gmbh", "ag", "bv", "nv", "srl", "sarl", "llc", "inc", "lp")},
    **{form: form for form in ("gmbh and co kg", "gmbh and co ohg", "kg", "ohg", "ek", "ug", "gbr", "kgaa")},
}


def legal_forms(one: OrganisationName, other: OrganisationName) -> set[str]:
    """The legal forms that two names give, however they are written."""
    return {_FORMS[form] for form in (one.legal, other.legal) if form in _FORMS}


def registered(one: OrganisationName, other: OrganisationName) -> bool:
    """True when both give one name with one legal form: no two companies are registered under one name
    (Companies Act 2006, section 66), so that two places are two sites of it.
    """
    forms = legal_forms(one, other)
    return one.key == other.key and len(forms) == 1 and bool(one.legal and other.legal)


def trades_as(one: OrganisationName, other: OrganisationName) -> bool:
    """True when one says that it trades under the other's name. A name in brackets may be its house, its
    branch or another owner's.
    """
    names = ((one, other), (other, one))
    return any(mine.key in theirs.aliases and "(" not in theirs.typed for mine, theirs in names)


def had_the_name(a: Employer, b: Employer) -> bool:
    """Whether one of them says that it had the other's name."""
    if a.name.key == b.name.key:
        return False
    pairs = ((one.name, other.name) for one, other in ((a, b), (b, a)))
    return any(
        _is_one_of(name, theirs.former) for mine, theirs in pairs for name in (mine.key, *mine.aliases)
    )


def _is_one_of(name: str, names: tuple[str, ...]) -> bool:
    """Whether a name is among these, be it with a letter more: "Pickersgill's Pies", "Pickersgill Pies"."""
    return name in names or (len(name) > _LONG and any(within_one_edit(name, other) for other in names))

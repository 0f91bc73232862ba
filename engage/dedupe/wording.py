"""The words of a heading."""

from __future__ import annotations

import re
from collections.abc import Sequence

# The words of which a register's number is headed, whichever of them: "Co Reg No", "Companies House number".
_NUMBER = frozenset({"no", "nr", "num", "number", "reg", "id", "crn"})
_BESIDE = frozenset({"house", "registered", "registration", "commission", "ref", "ltd", "limited"})
_REGISTERS = {
    "company number": frozenset({"co", "company", "companies", "ch", "crn"}),
    "charity number": frozenset({"charity", "charities", "cc", "oscr"}),
}


def registers_number(text: str) -> str:
    """What a heading calls a number of a public register, in our words; "" for any other."""
    said = {*words(text)}
    for ours, whose in _REGISTERS.items():
        if said & whose and said & _NUMBER and said <= whose | _NUMBER | _BESIDE:
            return ours
    return ""


def words(text: str) -> Sequence[str]:
    """The words of a heading, also of one written AsOneWord, or_like.this."""
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", text)
    return re.sub(r"[\W_]+", " ", parted).casefold().split()

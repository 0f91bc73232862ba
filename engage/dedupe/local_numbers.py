"""Telephone numbers that a town's list gives without the area code: "960 201" of 01632."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from engage.register.phone import find_phones

_MOST = 0.5  # of the landlines have the code that goes without saying
_FEWEST = 3
# Ofcom's National Telephone Numbering Plan: digits after 0 of a code, by how it begins; five in the others.
_CODES = (
    ("2", 2),
    ("11", 3),
    ("121", 3),
    ("131", 3),
    ("141", 3),
    ("151", 3),
    ("161", 3),
    ("171", 3),
    ("181", 3),
    ("191", 3),
)
_DIGITS = 10  # of a whole number, without its 0
_BARE = re.compile(r"[2-9][\d ]*")


def area_code(cells: Iterable[str]) -> str:
    """The area code of most landlines in a list's phone cells, "01632"; "" if there is no such code."""
    landlines = [phone.e164 for text in cells for phone in find_phones(text, country="GB")]
    codes = Counter(code for number in landlines if (code := _code(number)))
    code, count = max(codes.items(), key=lambda one: (one[1], one[0]), default=("", 0))
    return code if count >= max(_FEWEST, _MOST * codes.total()) else ""


def in_full(text: str, area: str) -> str:
    """A cell that holds a number of this area without its code, with it; any other as it is."""
    bare = re.sub(r"\s", "", text)
    if area and _BARE.fullmatch(text.strip()) and len(bare) == _DIGITS + 1 - len(area):
        return f"{area} {bare}"
    return text


def _code(e164: str) -> str:
    """The area code of a British landline, with its 0; "" for any other number."""
    national = e164.removeprefix("+44")
    if national == e164 or national[:1] not in {"1", "2"} or len(national) != _DIGITS:
        return ""
    length = next((digits for begins, digits in _CODES if national.startswith(begins)), 4)
    return f"0{national[:length]}"

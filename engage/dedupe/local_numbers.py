"""Telephone numbers that a town's list gives without the area code: "960 201" of 01632."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from engage.register.phone import find_phones

_MOST = 0.5  # of the landlines have the code that goes without saying
_FEWEST = 3
# Ofcom's National Telephone Numbering Plan: area codes without their 0.
_CODE = re.compile(r"2\d|11\d|1[2-9]1|1\d{3}")
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
    found = _CODE.match(national) if national != e164 and len(national) == _DIGITS else None
    return f"0{found.group()}" if found else ""

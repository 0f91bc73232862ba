"""Codes of the Standard Industrial Classification 2007: five digits, a lost leading 0 restored."""

from __future__ import annotations

import re
from functools import lru_cache

from engage.register.reading import Doubt, Reading, unreadable
from engage.register.text import join_several, squash, word_set

# Office for National Statistics, UK SIC 2007: sections by their divisions.
_SECTIONS = (
    ("A", 1, 3), ("B", 5, 9), ("C", 10, 33), ("D", 35, 35), ("E", 36, 39), ("F", 41, 43), ("G", 45, 47),
    ("H", 49, 53), ("I", 55, 56), ("J", 58, 63), ("K", 64, 66), ("L", 68, 68), ("M", 69, 75), ("N", 77, 82),
    ("O", 84, 84), ("P", 85, 85), ("Q", 86, 88), ("R", 90, 93), ("S", 94, 96), ("T", 97, 98), ("U", 99, 99),
)  # fmt: skip
# The codes of divisions 01-09 without their 0: four digits that are one of these have lost it; others are
# a four-digit class ("6201" is 62.01, there being no 06201).
_LOST_ZERO = word_set(
    """
    1110 1120 1130 1140 1150 1160 1190 1210 1220 1230 1240 1250 1260 1270 1280 1290 1300 1410 1420 1430
    1440 1450 1460 1470 1490 1500 1610 1621 1629 1630 1640 1700 2100 2200 2300 2400 3110 3120 3210 3220
    5101 5102 5200 6100 6200 7100 7210 7290 8110 8120 8910 8920 8930 8990 9100 9900
    """
)
LOST_ZERO = Doubt(
    "sic-lost-zero",
    "The first 0 of this code is lost; we read it with its 0.",
    "Format the column as text, so that it keeps what is typed.",
)
_CODE = re.compile(r"(?<![0-9.])([0-9]{2})\.?([0-9]{2})(?:[./]?([0-9]))?(?![0-9])")


def sic_section(code: str) -> str:
    """The section letter of a code by its first two digits; "" if there is no such division."""
    division = int(code[:2]) if re.match("[0-9]{2}", code) else 0
    return next((letter for letter, low, high in _SECTIONS if low <= division <= high), "")


@lru_cache(maxsize=65536)
def read_sic(text: str) -> Reading:
    """Every code of a cell, joined by "; ", descriptions left out; a four-digit class stays four digits."""
    codes, doubts = [], []
    for group, cls, sub in _CODE.findall(squash(text)):
        code = group + cls + sub
        if not sub and code in _LOST_ZERO:
            doubts.append(LOST_ZERO)
            code = f"0{code}"
        codes.append(code)
    good = [code for code in codes if sic_section(code)]
    if not good or len(good) < len(codes):
        what = "This is no code of the Standard Industrial Classification 2007."
        return unreadable("bad-sic", what, "Look it up at Companies House; it has five digits, like 62012.")
    return Reading(join_several(good), tuple(doubts[:1]))

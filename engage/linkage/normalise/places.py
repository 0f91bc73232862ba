"""Where an employer is: how near a postal code says, the words of a town, and keys for the building."""

from __future__ import annotations

import re
from functools import lru_cache

from .text import words
from .words import organisation_words

# Countries whose postal code names a street or a building (Universal Postal Union, addressing systems by
# country): Britain, Ireland, the Netherlands, Canada, Singapore. Elsewhere a code names a town or a district.
_STREET_CODES = frozenset({"GB", "GG", "IM", "JE", "IE", "NL", "CA", "SG"})
# What begins a second, describing part of an address: "95 Ave. A at 6th St.", "2 Hill Rd off Mill Lane".
_BESIDE = frozenset(
    {"at", "between", "near", "nr", "opposite", "opp", "off", "behind", "btwn", "corner", "cnr"}
)
# What its number belongs to is a part of a building, not a street.
_PART = frozenset(
    {"unit", "units", "suite", "ste", "flat", "apt", "apartment", "floor", "room", "rm", "no", "po", "box"}
)
_HOUSE = re.compile(r"\d+[a-z]?")
_UNIT = re.compile(r"\bu(?:nit)?\.? ?(?=\d)", re.IGNORECASE)  # "U29", "Unit29"


def postal_place(code: str, country: str = "GB") -> tuple[str, str]:
    """(the code if it names a street or a building, else ""; the code of the district), of a code as read.

    An American code loses its last four digits and gets back the zeros that a spreadsheet dropped.
    """
    if country == "US":
        code = re.sub(r"\D", "", code.partition("-")[0])[:5].zfill(5) if re.search(r"\d", code) else ""
    if country == "GB":
        return code, code.partition(" ")[0]
    return (code, code[:3]) if country in _STREET_CODES else ("", code)


@lru_cache(maxsize=65536)
def site_key(address: str) -> str:
    """House number and street word ("435 cienega"), "" when the address names no number.

    The number of a unit or a floor is the house's only where there is no other; an ordinal is a street's
    ("854 7th"), in figures or in words; what stands beside the street ("at 6th St.") does not count.
    """
    lists = organisation_words()
    said = tuple(lists.numbers.get(word, word) for word in words(_UNIT.sub("unit ", address)))
    numbers = [i for i, word in enumerate(said) if _HOUSE.fullmatch(word)]
    if not numbers:
        return ""
    at = next((i for i in numbers if i == 0 or said[i - 1] not in _PART), numbers[0])
    after = [word for word in said[at + 1 :] if word not in lists.streets and word not in _PART]
    beside = next((i for i, word in enumerate(after) if word in _BESIDE), len(after))
    named = after[:beside]
    street = next((word for word in named if len(word) > 2 and not word.isdigit()), "".join(named[:1]))
    return f"{said[at]} {street}" if street else ""


def site_keys(site: str, district: str, town: tuple[str, ...]) -> tuple[str, ...]:
    """Blocking keys of a building: with its district, with each word of its town, alone without them."""
    places = {place for place in (district, *town) if place}
    return tuple(sorted(f"{site}, {place}" for place in places or {""})) if site else ()

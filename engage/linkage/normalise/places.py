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
_POSTCODE = re.compile(r"\b[A-Za-z]{1,2}[0-9][0-9A-Za-z]? ?[0-9][A-Za-z]{2}\b")
# The 124 postcode areas (Royal Mail, PAF digest).
_AREAS = (
    "AB|AL|BA|BB|BD|BH|BL|BN|BR|BS|BT|B|CA|CB|CF|CH|CM|CO|CR|CT|CV|CW|DA|DD|DE|DG|DH|DL|DN|DT|DY|EC|EH|EN|EX|E|FK|"
    "FY|GL|GU|GY|G|HA|HD|HG|HP|HR|HS|HU|HX|IG|IM|IP|IV|JE|KA|KT|KW|KY|LA|LD|LE|LL|LN|LS|LU|L|ME|MK|ML|M|NE|NG|NN|"
    "NP|NR|NW|N|OL|OX|PA|PE|PH|PL|PO|PR|RG|RH|RM|SA|SE|SG|SK|SL|SM|SN|SO|SP|SR|SS|ST|SW|SY|S|TA|TD|TF|TN|TQ|TR|TS|"
    "TW|UB|WA|WC|WD|WF|WN|WR|WS|WV|W|YO|ZE"
)
_AREA = re.compile(r"[A-Z]+|[0-9]")
_DISTRICT = re.compile(rf"(?:{_AREAS})[0-9]{{1,2}}[A-Z]?", re.IGNORECASE)
_FIRST_HALF = re.compile(rf"(?<=[\s,])({_DISTRICT.pattern})\s*$")
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


def first_half(code: str) -> str:
    """The district of a cell that holds the first half of a British postcode alone: "BD9"; "" if none."""
    return code.strip().upper() if _DISTRICT.fullmatch(code.strip()) else ""


@lru_cache(maxsize=65536)
def postcode_in(address: str) -> str:
    """The last postcode that a British address names, or the first half that it ends with; "" if none."""
    whole = _POSTCODE.findall(address)
    half = _FIRST_HALF.search(address)
    return whole[-1] if whole else half.group(1) if half else ""


@lru_cache(maxsize=65536)
def town_in(address: str) -> str:
    """The town that a British address ends with: "leeds" of "1 Mill Lane, Leeds LS1 4AA"; "" if none."""
    said = words(_FIRST_HALF.sub("", _POSTCODE.sub(" ", address)))
    ends = said[-1:] if said[-1:] and said[-1] in organisation_words().places else ()
    return said[-1] if ends and len(said) > 2 and not said[-2].isdigit() else ""


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
    street = _street(said[at + 1 :]) or _street(_before(said[:at]))
    return f"{said[at]} {street}" if street else ""


def _street(said: tuple[str, ...]) -> str:
    """The word that tells a street from another, "" if none of these does."""
    lists = organisation_words()
    named = [word for word in said if word not in lists.streets and word not in _PART]
    beside = next((i for i, word in enumerate(named) if word in _BESIDE), len(named))
    named = named[:beside]
    return _of_street(
        next((word for word in named if len(word) > 2 and not word.isdigit()), "".join(named[:1]))
    )


def _before(said: tuple[str, ...]) -> tuple[str, ...]:
    """What stands before a number that ends an address, as on the Continent: "Lindenweg 66". The number of a
    floor, a room or a box is not the house's; one of a unit is, "Aire Park, Unit 5".
    """
    inner = said[-1:] and said[-1] in _PART - {"unit", "units", "suite", "no"}
    return () if inner else said


def _of_street(word: str) -> str:
    """ "bahnhofstrasse" and "bahnhofstr" are one street."""
    return next((word.removesuffix(end) for end in ("strasse", "straat", "str") if word.endswith(end)), word)


def site_keys(site: str, district: str, town: tuple[str, ...]) -> tuple[str, ...]:
    """Blocking keys of a building: with its district, with each word of its town, alone without them."""
    places = {place for place in (district, *town) if place}
    return tuple(sorted(f"{site}, {place}" for place in places or {""})) if site else ()


def postal_area(outward: str) -> str:
    """The area of a postal code: the letters that it begins with, or its first digit; "" of anything else."""
    found = _AREA.match(outward)
    return found.group() if found else ""

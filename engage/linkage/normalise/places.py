"""Where an employer is: postcode, and a key for the building."""

from __future__ import annotations

import re
from functools import lru_cache

from .text import words

# The rule of the Royal Mail's address file, as the register's check has it.
_POSTCODE = re.compile(
    r"^(?:GIR0AA|(?:[A-PR-UWYZ](?:[0-9]{1,2}|[0-9][A-HJKPSTUW]|[A-HK-Y][0-9]{1,2}|"
    r"[A-HK-Y][0-9][ABEHMNPRVWXY]))[0-9][ABD-HJLNP-UW-Z]{2})$"
)
_STREETS = frozenset(
    "street st road rd avenue ave lane ln way drive dr close blvd boulevard place pl court ct".split()
)
_DIRECTIONS = frozenset("n s e w north south east west ne nw se sw".split())


@lru_cache(maxsize=65536)
def read_postcode(cell: str, country: str = "GB") -> str:
    """A valid UK postcode with its space, "" if it is not one; elsewhere letters and digits as they are."""
    text = re.sub(r"[^0-9A-Z]", "", cell.upper())
    if country != "GB":
        return text
    return f"{text[:-3]} {text[-3:]}" if _POSTCODE.match(text) else ""


def outward(postcode: str, country: str = "GB") -> str:
    """The district of a postcode: "SK16" of "SK16 4AA"; elsewhere its first three characters."""
    return postcode.partition(" ")[0] if country == "GB" else postcode[:3]


@lru_cache(maxsize=65536)
def site_key(address: str) -> str:
    """House number and street word ("435 cienega"), "" when the address names no number."""
    said = words(address)
    number = next((word for word in said if word[0].isdigit()), "")
    after = said[said.index(number) + 1 :] if number else ()
    street = next((word for word in after if word not in _STREETS | _DIRECTIONS and len(word) > 2), "")
    return f"{number} {street}" if number and street else ""

"""Where an employer is: the district of a postcode, and a key for the building."""

from __future__ import annotations

from functools import lru_cache

from .text import words
from .words import organisation_words


def outward(postcode: str, country: str = "GB") -> str:
    """The district of a postcode: "SK16" of "SK16 4AA"; elsewhere its first three characters."""
    return postcode.partition(" ")[0] if country == "GB" else postcode[:3]


@lru_cache(maxsize=65536)
def site_key(address: str) -> str:
    """House number and street word ("435 cienega"), "" when the address names no number."""
    said = words(address)
    number = next((word for word in said if word[0].isdigit()), "")
    after = said[said.index(number) + 1 :] if number else ()
    street = next((word for word in after if word not in organisation_words().streets and len(word) > 2), "")
    return f"{number} {street}" if number and street else ""

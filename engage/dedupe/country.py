"""Whose telephone numbers a list holds, where nobody has said: its phones decide how they are read."""

from __future__ import annotations

import re

from engage.model import Grid
from engage.register.postcode import read_postcode

from .columns import LOOKED_AT, Columns

HOME = "GB"
# With more than one, the first; Canada shares the United States' numbers.
_OTHERS = ("IE", "US", "AU", "NZ", "FR", "DE", "ES", "IT", "NL", "BE", "PL", "IN", "ZA")
_FEWEST = 5  # phones, to say anything
_WHOLE = 9  # digits: without its area code, any town's number is some other country's, most often Germany's
_MOST_AT_HOME = 0.2  # of a foreign list's phones happen to be numbers of the United Kingdom
_LEAST_THERE = 0.6
# Ofcom keeps these for drama, samples and tests; of its ranges, the library calls these nobody's.
_DRAMA = ("01632", "07700900")


def likely_country(rows: Grid, columns: Columns) -> str:
    """The country whose numbers most of the phones are; HOME unless they plainly are another's.

    rows: the list's first rows, from the top. Numbers that begin with a country's code say nothing, nor do
    those without an area code; and postcodes that are of HOME say that the list is.
    """
    below = rows[columns.header_row : LOOKED_AT]
    phones = [phone for phone in _cells(below, columns, "Phone", "Mobile") if _says_where(phone)]
    if len(phones) < _FEWEST or _share(phones, HOME) > _MOST_AT_HOME:
        return HOME
    codes = _cells(below, columns, "Postcode")
    if sum(bool(read_postcode(code, country=HOME).clean) for code in codes) * 2 > len(codes):
        return HOME
    best = max(_OTHERS, key=lambda country: _share(phones, country))
    return best if _share(phones, best) >= _LEAST_THERE else HOME


def _cells(rows: Grid, columns: Columns, *headings: str) -> list[str]:
    """What stands in these columns, blank cells left out."""
    at = [columns.at[heading] for heading in headings if heading in columns.at]
    return [row[place].strip() for row in rows for place in at if place < len(row) and row[place].strip()]


def _says_where(phone: str) -> bool:
    return not phone.startswith(("+", "00")) and sum(map(str.isdigit, phone)) >= _WHOLE


def _share(phones: list[str], country: str) -> float:
    return sum(_is_of(phone, country) for phone in phones) / len(phones)


def _is_of(phone: str, country: str) -> bool:
    import phonenumbers  # noqa: PLC0415 - slow to load, and not every list has phones

    if country == HOME and re.sub(r"\D", "", phone).startswith(_DRAMA):
        return True
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(phone.replace("/", " "), country))
    except phonenumbers.NumberParseException:
        return False

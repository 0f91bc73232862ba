"""Whose telephone numbers a list holds, where nobody has said: its phones decide how they are read."""

from __future__ import annotations

from engage.model import Grid

from .columns import LOOKED_AT, Columns

HOME = "GB"
# With more than one, the first; Canada shares the United States' numbers.
_OTHERS = ("IE", "US", "AU", "NZ", "FR", "DE", "ES", "IT", "NL", "BE", "PL", "IN", "ZA")
_FEWEST = 5  # phones, to say anything
_MOST_AT_HOME = 0.2  # of a foreign list's phones happen to be numbers of the United Kingdom
_LEAST_THERE = 0.6


def likely_country(rows: Grid, columns: Columns) -> str:
    """The country whose numbers most of the phones are; HOME unless they plainly are another's.

    rows: the list's first rows, from the top. Numbers that begin with a country's code say nothing.
    """
    at = [columns.at[heading] for heading in ("Phone", "Mobile") if heading in columns.at]
    below = rows[columns.header_row : LOOKED_AT]
    cells = (row[place].strip() for row in below for place in at if place < len(row))
    phones = [cell for cell in cells if cell and not cell.startswith(("+", "00"))]
    if len(phones) < _FEWEST or _share(phones, HOME) > _MOST_AT_HOME:
        return HOME
    best = max(_OTHERS, key=lambda country: _share(phones, country))
    return best if _share(phones, best) >= _LEAST_THERE else HOME


def _share(phones: list[str], country: str) -> float:
    return sum(_is_of(phone, country) for phone in phones) / len(phones)


def _is_of(phone: str, country: str) -> bool:
    import phonenumbers  # noqa: PLC0415 - slow to load, and not every list has phones

    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(phone.replace("/", " "), country))
    except phonenumbers.NumberParseException:
        return False

"""The sectors of an employer: those that people typed, and those whose SIC prefixes its code begins with."""

from __future__ import annotations

import re
from collections.abc import Mapping

from engage.insight.facts import Facts, once_a_day, once_of_rows
from engage.insight.reading import PlainRow, employers_by_id, fold, rows_of, several

NOT_KNOWN = "Sector not known"


@once_of_rows
def sectors_by_employer(facts: Facts) -> dict[str, tuple[str, ...]]:
    """EMP- id → its sectors by the partnership's own names, those typed first; () where nobody knows.

    An employer may be in several: all that any agency typed, and each of the Sectors tab of which a prefix
    begins one of its SIC codes.
    """
    rows, prefixes = sector_rows(facts), _prefixes(facts)
    names = {fold(name): name for name in rows}
    return {key: _of(golden, names, prefixes) for key, golden in employers_by_id(facts).items()}


@once_of_rows
def sector_rows(facts: Facts) -> dict[str, PlainRow]:
    """The partnership's own sectors in their order: name → its row; the first of two rows of one name."""
    rows: dict[str, PlainRow] = {}
    known: set[str] = set()
    for row in rows_of(facts, "Sectors"):
        name = row.get("Sector", "")
        if name and fold(name) not in known:
            known.add(fold(name))
            rows[name] = row
    return rows


def sectors_of(facts: Facts, row: Mapping[str, str]) -> tuple[str, ...]:
    """The sectors of the merged employer that a row is about."""
    return sectors_by_employer(facts).get(row.get("employer_id", ""), ())


@once_a_day
def in_sectors(facts: Facts, sectors: tuple[str, ...]) -> frozenset[str]:
    """The merged employers of these sectors, capitals apart; one in two sectors is in both."""
    wanted = {fold(name) for name in sectors}
    found = sectors_by_employer(facts).items()
    return frozenset(key for key, names in found if not wanted.isdisjoint(map(fold, names)))


def _prefixes(facts: Facts) -> list[tuple[str, str]]:
    """(prefix, sector); dots and spaces within a prefix do not matter: "32.5" is 325."""
    return [
        (digits, name)
        for name, row in sector_rows(facts).items()
        for prefix in several(row.get("SIC prefixes", "").replace(",", ";"))
        if (digits := re.sub(r"[^0-9]", "", prefix))
    ]


def _of(
    golden: Mapping[str, str], names: Mapping[str, str], prefixes: list[tuple[str, str]]
) -> tuple[str, ...]:
    typed = [names.get(fold(name), name) for name in several(golden.get("Sector", ""))]
    codes = several(golden.get("SIC code", ""))
    by_code = [name for prefix, name in prefixes for code in codes if code.startswith(prefix)]
    return tuple(dict.fromkeys([*typed, *by_code]))

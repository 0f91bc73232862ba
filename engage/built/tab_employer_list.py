"""Employer list (built nightly): the golden employers, with what every agency did with them."""

from __future__ import annotations

from collections.abc import Iterator

from engage.built.material import CellsByHeading, Material
from engage.built.standing import standing_of
from engage.insight.facts import Facts
from engage.insight.reading import PlainRow, plain_rows
from engage.insight.sectors import sectors_by_employer
from engage.register.sizes import size_of
from engage.register.text import split_several

SOURCES = "Where each value came from"


def employer_rows(material: Material) -> Iterator[CellsByHeading]:
    """One row a merged employer, by name then id."""
    standing = standing_of(material.facts)
    for golden in plain_rows(material.facts.employers):
        key = golden["employer_id"]
        yield {
            **golden,
            **standing.employer(key),
            **_sector(golden, material.facts),
            "Employer ID": key,
            "Size band": size_of(golden.get("Employees in all", "") or golden.get("Employees here", "")).band,
            "Records": len(split_several(golden.get("Records", ""))),
        }


def _sector(golden: PlainRow, facts: Facts) -> dict[str, str]:
    """The sectors whose SIC prefixes its code begins with, where nobody typed a sector; the source says so.

    Only this cell: the golden record and whatever is linked or shared by it stay as people typed them."""
    by_code = () if golden.get("Sector", "") else sectors_by_employer(facts).get(golden["employer_id"], ())
    if not by_code:
        return {}
    source = f"SIC code {golden.get('SIC code', '')} by the Sectors tab: Sector"
    sources = " | ".join(part for part in (golden.get(SOURCES, ""), source) if part)
    return {"Sector": "; ".join(by_code), SOURCES: sources}


BUILDS = {"Employer list (built nightly)": employer_rows}

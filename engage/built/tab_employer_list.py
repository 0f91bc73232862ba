"""Employer list (built nightly): the golden employers, with what every agency did with them."""

from __future__ import annotations

from collections.abc import Iterator

from engage.built.material import CellsByHeading, Material
from engage.built.standing import standing_of
from engage.insight.reading import plain_rows
from engage.register.sizes import size_of
from engage.register.text import split_several


def employer_rows(material: Material) -> Iterator[CellsByHeading]:
    """One row a merged employer, by name then id."""
    standing = standing_of(material.facts)
    for golden in plain_rows(material.facts.employers):
        key = golden["employer_id"]
        yield {
            **golden,
            **standing.employer(key),
            "Employer ID": key,
            "Size band": size_of(golden.get("Employees in all", "") or golden.get("Employees here", "")).band,
            "Records": len(split_several(golden.get("Records", ""))),
        }


BUILDS = {"Employer list (built nightly)": employer_rows}

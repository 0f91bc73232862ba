"""Contact list (built nightly): the golden people."""

from __future__ import annotations

from collections.abc import Iterator

from engage.built.material import CellsByHeading, Material
from engage.insight.reading import plain_rows
from engage.insight.retention import review_by
from engage.register.text import split_several


def contact_rows(material: Material) -> Iterator[CellsByHeading]:
    """One row a merged person, by last name, first name, id."""
    for golden in plain_rows(material.facts.people):
        yield {
            **golden,
            "Person ID": golden["person_id"],
            "Employer ID": golden["employer_id"],
            "Review by": review_by(material.facts, golden) or "",
            "Records": len(split_several(golden.get("Records", ""))),
        }


BUILDS = {"Contact list (built nightly)": contact_rows}

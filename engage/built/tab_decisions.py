"""Decisions: the book as it is, with tonight's rows at its end."""

from __future__ import annotations

from collections.abc import Iterator

from engage.built.decision_book import TITLE
from engage.built.material import CellsByHeading, Material


def decision_rows(material: Material) -> Iterator[CellsByHeading]:
    """Every row in the order in which it was written, an unreadable one as it stands."""
    for entry in material.book.entries:
        yield entry.cells


BUILDS = {TITLE: decision_rows}

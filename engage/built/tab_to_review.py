"""To review: the questions of tonight, both rows side by side."""

from __future__ import annotations

from collections.abc import Iterator

from engage.built.material import CellsByHeading, Material
from engage.built.questions import TITLE, question_cells


def question_rows(material: Material) -> Iterator[CellsByHeading]:
    """The rows in the order of Material.questions; the Decision cell is people's and left out."""
    for question in material.questions:
        yield question_cells(question)


BUILDS = {TITLE: question_rows}

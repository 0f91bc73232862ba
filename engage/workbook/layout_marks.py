"""Colours that follow the cells: which column, by which formula, in which colour."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from engage.schema import TabSpec

from .layout_looks import AMBER, BLUE, GREEN, RED


@dataclass(frozen=True, slots=True)
class Mark:
    """Colour the cells of a column where the formula, written for row 2 and without its "=", is true."""

    letter: str
    formula: str
    colour: str


def marks(tab: TabSpec) -> Iterator[Mark]:
    """What differs in a question, red-amber-green, objections; none where the tab has nothing of the kind."""
    letters = {heading: get_column_letter(at) for at, heading in enumerate(tab.headings, 1)}
    for heading, letter in letters.items():
        other = letters.get(f"{heading[:-2]} B") if heading.endswith(" A") else None
        if other and heading[:-2] not in ("Agency", "Row"):
            yield from _difference(letter, other)
    if tab.kind == "built" and "RAG" in letters:
        rag = letters["RAG"]
        for word, colour in (("Red", RED), ("Amber", AMBER), ("Green", GREEN), ("Blue", BLUE)):
            yield Mark(rag, f'LEFT(${rag}2,{len(word)})="{word}"', colour)
    if tab.kind == "built" and "Do not contact" in letters:
        objection = letters["Do not contact"]
        yield Mark(objection, f'${objection}2<>""', RED)


def _difference(left: str, right: str) -> Iterator[Mark]:
    """Amber where both sides say something and it is not the same, capitals and spaces aside."""
    plain = [f'SUBSTITUTE(LOWER(${letter}2)," ","")' for letter in (left, right)]
    differs = f'AND(${left}2<>"",${right}2<>"",{plain[0]}<>{plain[1]})'
    yield Mark(left, differs, AMBER)
    yield Mark(right, differs, AMBER)

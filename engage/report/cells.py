"""Cells of a report as people read them, on paper and in the terminal."""

from __future__ import annotations

from engage.insight.capability import Cell
from engage.insight.weeks import british
from engage.schema import Column

NUMBERS = frozenset({"number", "money", "percent"})


def is_number(column: Column) -> bool:
    """Whether a column is set to the right."""
    return column.type in NUMBERS


def shown(cell: Cell, column: Column) -> str:
    """A cell in words: "1,204", "45%", "£50,000", "22/11/2026"; a text as it is."""
    if isinstance(cell, str):
        return british(cell)
    text = f"{cell:,.1f}".removesuffix(".0") if isinstance(cell, float) else f"{cell:,}"
    return {"percent": f"{text}%", "money": f"£{text}"}.get(column.type, text)

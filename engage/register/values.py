"""How a cell of each type of column is understood: one reader a type, cached by text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from engage.register.reading import Reading
from engage.register.text import is_blank, squash, squash_lines
from engage.schema import Column

Reader = Callable[[str], Reading]
NOTHING = Reading("")


@dataclass(frozen=True, slots=True)
class Context:
    """What cells are read by. agencies: spelling, case-folded → the agency; lists: name → its values."""

    today: date
    blanks: frozenset[str] = frozenset()
    country: str = "GB"
    agencies: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def reader_for(column: Column, context: Context) -> Reader:
    """The reader of this column: cell as typed → Reading; a blank or a word for unknown is clean ""."""
    read = _parser(column, context)
    known: dict[str, Reading] = {"": NOTHING}

    def cell(text: str) -> Reading:
        reading = known.get(text)
        if reading is None:
            reading = known[text] = NOTHING if is_blank(text, context.blanks) else read(text)
        return reading

    return cell


def _parser(column: Column, context: Context) -> Reader:
    if column.type == "long-text":
        return lambda text: Reading(squash_lines(text))
    return lambda text: Reading(squash(text))

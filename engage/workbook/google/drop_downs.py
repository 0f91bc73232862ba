"""Where the values of a drop-down stand in a Google Sheet: in the rule itself, or in a column of a tab."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from engage.schema import Column, TabSpec

from ..layout_lists import LISTS, ListRange
from ..xlsx.reading import column_letters

Rule = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ListPlaces:
    """The lists of one spreadsheet. ranges: name → where; added: what Lists has here beside its own."""

    ranges: Mapping[str, ListRange] = field(default_factory=dict)
    added: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def rule(self, column: Column) -> Rule | None:
        """The DataValidationRule of a column, or None if anything may be typed.

        It warns and never refuses: the sync asks about what it does not know, and whether Google holds our
        own writes to a rule that refuses is nowhere written.
        """
        if column.values:
            return _rule({"type": "ONE_OF_LIST", "values": [{"userEnteredValue": v} for v in column.values]})
        place = self.ranges.get(column.list_name)
        return (
            _rule({"type": "ONE_OF_RANGE", "values": [{"userEnteredValue": _spelled(place)}]})
            if place
            else None
        )


def list_places(
    tabs: Sequence[TabSpec], lists: Mapping[str, Sequence[str]], standing: Sequence[str] = ()
) -> ListPlaces:
    """tabs: those of this spreadsheet. lists: name → values, for lists whose own tab it has not got.

    standing: the headings of its Lists tab as it stands; () if there is none yet.
    """
    own = next((tab for tab in tabs if tab.title == LISTS), None)
    tabs_as_lists = {t.title: ListRange(t.title, 2) for t in tabs if t.has_ids and t.kind == "staff"}
    added = {name: tuple(values) for name, values in lists.items() if name not in tabs_as_lists}
    headings = standing or (*(own.headings if own else ()), *added)
    columns = {name: ListRange(LISTS, at) for at, name in enumerate(headings, 1) if name}
    return ListPlaces(columns | tabs_as_lists, {} if standing else added)


TICK: Rule = {"condition": {"type": "BOOLEAN"}, "showCustomUi": True}


def _rule(condition: Rule) -> Rule:
    return {"condition": condition, "showCustomUi": True, "strict": False}


def _spelled(place: ListRange) -> str:
    """The column from row 2 to its end: Google leaves the blanks out."""
    letter = column_letters(place.column)
    return f"='{place.tab}'!${letter}$2:${letter}"

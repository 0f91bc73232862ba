"""Core cells of rows that were there before, filled in, corrected or emptied since then, by day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engage.insight.facts import Facts, once_of_rows
from engage.model import History, Record
from engage.schema import Column

MOVES = frozenset({"Status", "Stage", "Progress"})  # these change as the work goes on, and close no gap


@dataclass(frozen=True, slots=True)
class CoreChange:
    """The last change of one cell. day: ISO, when the sync read it. is_filled: whether it says something now;
    is_kept_back: whether an agency that shares employers only keeps this column to itself."""

    day: str
    agency: str
    is_filled: bool
    is_kept_back: bool


@once_of_rows
def core_changes(facts: Facts) -> tuple[CoreChange, ...]:
    """Those of every row these readers may see. A cell that changed twice counts where it changed last."""
    core = {(tab, one.heading): one for tab, columns in facts.columns.items() for one in columns if one.core}
    return tuple(
        CoreChange(day, record.agency or record["Agency"], bool(record[heading]), is_kept_back(column))
        for record, history in _changed(facts)
        for heading, day in history.changed.items()
        if (column := core.get((record.tab, heading))) is not None
        and heading not in MOVES
        and day[:10] > history.first_seen[:10]
    )


def _changed(facts: Facts) -> Iterator[tuple[Record, History]]:
    for key, history in facts.histories.items():
        if history.changed and key in facts.records:
            yield facts.records[key], history


def is_kept_back(column: Column) -> bool:
    """Whether a column holds people or free text, which not every agency shares."""
    return column.personal or column.type == "long-text"

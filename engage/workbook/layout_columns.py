"""The columns of a tab that we lay out, in .xlsx and at Google alike: order, help, widths."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil

from engage.ports import RECORD_ID
from engage.schema import Column, TabSpec

from .layout_lists import LISTS

ID_COLUMN = Column(
    RECORD_ID,
    type="id",
    filled_by="system",
    width=13,
    help="The row's own number, written once by the system. In a new row leave it empty.",
)
_FROZEN_WIDTH = 75  # characters that may stand still while the rest scrolls, on a small laptop
_ARROW = 3  # characters that the filter's arrow takes


def columns_of(tab: TabSpec, added: Iterable[str] = ()) -> list[Column]:
    """Every column of a new tab, its Record ID first. added: lists that Lists has beside its own here."""
    laid_out = [column for column in tab.columns if column.laid_out]
    if tab.kind == "staff" and tab.has_ids:
        return [ID_COLUMN, *laid_out]
    if tab.title != LISTS:
        return laid_out
    return laid_out + [
        Column(name, help=f"What the drop-downs for {name} offer here.", width=26) for name in added
    ]


def note_of(column: Column) -> str:
    """The help that hangs on a heading."""
    marks = ["Required."] if column.required else []
    marks += (
        ["Several are separated by semicolons."] if column.several and "semicolon" not in column.help else []
    )
    return " ".join([column.help, *marks])


def shown_width(column: Column) -> int:
    """How wide a column is laid out, in characters: the longest word of its heading fits."""
    return max(column.width, max((len(word) for word in column.heading.split()), default=0) + _ARROW)


def heading_lines(column: Column) -> int:
    """How many lines its heading takes."""
    return ceil((len(column.heading) + _ARROW) / shown_width(column))


def frozen_columns(columns: Sequence[Column]) -> int:
    """How many columns stand still: up to the answer if there is room for them, else the first two."""
    answer = next((at for at, column in enumerate(columns, 1) if column.filled_by == "answer"), 0)
    if answer and sum(column.width for column in columns[:answer]) <= _FROZEN_WIDTH:
        return answer
    return min(2, len(columns) - 1)

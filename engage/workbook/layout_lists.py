"""Drop-downs: where the values of a column come from in a workbook that we lay out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from engage.schema import Column, TabSpec

LISTS = "Lists"
LAST_ROW = 1_048_576  # Excel's, so that a drop-down and a filter reach every row that people will add
_LIST_ROWS = 500
_INLINE_LIMIT = 255  # characters that Excel allows in a list typed into the validation itself


@dataclass(frozen=True, slots=True)
class ListRange:
    """A column of a tab that holds a list's values from row 2 down. column: from 1."""

    tab: str
    column: int

    @property
    def formula(self) -> str:
        """The filled part of the column: a range with blanks in it would let any value through."""
        letter = get_column_letter(self.column)
        area = f"'{self.tab}'!${letter}$2:${letter}${_LIST_ROWS}"
        return f"OFFSET('{self.tab}'!${letter}$2,0,0,MAX(1,COUNTA({area})),1)"


@dataclass(frozen=True, slots=True)
class DropDowns:
    """The lists of one workbook. added: columns that Lists has here beside its own: name → values."""

    ranges: Mapping[str, ListRange]
    added: Mapping[str, tuple[str, ...]]

    def of(self, tab: TabSpec, column: Column) -> DataValidation | None:
        """The drop-down of a column, or None if anything may be typed.

        A value from outside the list is refused only where the list is fixed: one that people edit warns,
        and a cell that may hold several values says nothing (the sync reads it, and asks).
        """
        source = self._source(tab, column)
        if source is None:
            return None
        rule = DataValidation(type="list", formula1=source, allow_blank=True)
        rule.showErrorMessage = not column.several
        rule.errorStyle = "warning" if column.list_name else "stop"
        rule.errorTitle = column.heading[:32]
        rule.error = "This is not in the list. " + (
            "Keep it?" if column.list_name else "Please choose from it."
        )
        return rule

    def _source(self, tab: TabSpec, column: Column) -> str | None:
        if column.values and _fits_inline(column):
            return f'"{",".join(column.values)}"'
        found = self.ranges.get(column.list_name or _own_list(tab, column))
        return found.formula if found else None


def drop_downs(tabs: Sequence[TabSpec], lists: Mapping[str, Sequence[str]]) -> DropDowns:
    """Where each list stands: a tab of its own, a column of Lists, or one added to Lists.

    lists: list name → values, for lists whose tab is not among `tabs` (an agency's workbook has no Agencies).
    """
    ranges = {tab.title: ListRange(tab.title, 2) for tab in tabs if tab.has_ids and tab.kind == "staff"}
    own = next((tab for tab in tabs if tab.title == LISTS), None)
    if own is None:
        return DropDowns(ranges, {})
    added = {name: tuple(values) for name, values in lists.items() if name not in ranges}
    for tab in tabs:
        wide = [
            column for column in tab.columns if column.values and tab.has_ids and not _fits_inline(column)
        ]
        added |= {_own_list(tab, column): column.values for column in wide}
    ranges |= {name: ListRange(LISTS, at) for at, name in enumerate([*own.headings, *added], 1)}
    return DropDowns(ranges, added)


def _own_list(tab: TabSpec, column: Column) -> str:
    return f"{tab.title}: {column.heading}"


def _fits_inline(column: Column) -> bool:
    """Whether Excel takes the values as a typed list: a comma in one of them would split it."""
    inline = ",".join(column.values)
    return len(inline) <= _INLINE_LIMIT and not any("," in value for value in column.values)

"""The guard: intents and the tabs as they stand now → addresses to write, and what became of the rest.

Pure. Every adapter decides by this and by nothing else, so that a row is found, or left alone, by the
same rules on Google, in an .xlsx and in memory. An intent that no longer fits is "moved": left for next
time, never forced.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from engage.model import Link, Row
from engage.ports import (
    RECORD_ID,
    AcceptSuggestion,
    AddIdColumn,
    Change,
    GiveId,
    Intent,
    PublishTab,
    RestoreCell,
    SetCell,
    Then,
)

from .cells import CellEdit, Located, Seen, outcome_of, storable, text_of, trim
from .publishing import locate_publish
from .working import WorkingTab

WIDEST = 16_384  # columns in an .xlsx; Google stops at 18,278
FORMULA_THERE = "a formula stands in the cell"  # why a cell is left: said in Problems to fix too
MERGED_THERE = "the cell is merged with another"
SHUT_THERE = "the cell is protected from the system"
Spell = Callable[[Link], str]


def locate(
    intents: Sequence[Intent], tabs: Mapping[str, Seen], *then: Then, spell: Spell = repr
) -> tuple[Located, ...]:
    """What each intent comes to, in order; each is judged on the tabs as the ones before it leave them.

    tabs: title → the tab as read just now. then: each gives intents that follow, by what became of
    all before. spell: how the adapter writes a link as a formula, so that a link to another place is a
    difference even if it reads the same.
    """
    working = {title: WorkingTab(seen) for title, seen in tabs.items()}
    placed = [_locate_one(intent, tabs, working, spell) for intent in intents]
    for follow in then:
        more = follow([outcome_of(located) for located in placed])
        placed += [_locate_one(intent, tabs, working, spell) for intent in more]
    return tuple(placed)


def _locate_one(
    intent: Intent, tabs: Mapping[str, Seen], working: dict[str, WorkingTab], spell: Spell
) -> Located:
    if isinstance(intent, PublishTab):
        located = locate_publish(intent, tabs, spell)
        if located.edit:
            working.pop(intent.tab, None)
        return located
    tab = working.get(intent.tab)
    if tab is None:
        return Located(intent, "moved", note="the tab is no longer there")
    match intent:
        case AddIdColumn():
            return _add_id_column(intent, tab)
        case GiveId():
            return _give_id(intent, tab)
        case SetCell():
            return _set_cell(intent, tab)
        case AcceptSuggestion() | RestoreCell():
            return _write_field(intent, tab)


def _add_id_column(intent: AddIdColumn, tab: WorkingTab) -> Located:
    header_row = tab.find_row(intent.header, intent.header_row)
    if tab.header_row(intent.header_row, RECORD_ID):
        return Located(intent, "same", note="there is a Record ID column already")
    if not header_row:
        return Located(intent, "moved", note="the heading row has changed")
    column = _free_column(tab, header_row)
    if not column:
        return Located(intent, "moved", note="there is no empty column at the right end")
    return _write(intent, tab, header_row, column, RECORD_ID)


def _free_column(tab: WorkingTab, header_row: int) -> int:
    """The column for the ids: the first empty one right of everything, or right of an Excel table.

    The adapter widens a table (or filter) that ends there, so that a sort takes the ids along with their
    rows; beside a table with something in the way there is no such place, and 0 says so.
    """
    table = tab.table_with_headings_in(header_row)
    if table:
        return table.right + 1 if tab.is_empty_column(table.right + 1) else 0
    return tab.width + 1 if tab.width < WIDEST else 0


def _give_id(intent: GiveId, tab: WorkingTab) -> Located:
    header_row = tab.header_row(intent.header_row, RECORD_ID)
    columns = tab.columns(header_row, RECORD_ID)
    if len(columns) != 1:
        return Located(intent, "moved", note="the tab has no Record ID column, or two of them")
    if not trim(intent.expects):
        return Located(intent, "moved", note="the row is blank")
    row = tab.find_row(intent.expects, intent.row, below=header_row)
    if not row:
        return Located(intent, "moved", note="the row has changed, or there are several like it")
    if tab.is_across(row, columns[0]):  # what shows there may be what a person typed for the columns beside
        return Located(intent, "moved", note=MERGED_THERE)
    return _write(intent, tab, row, columns[0], intent.record_id)


def _write_field(intent: AcceptSuggestion | RestoreCell, tab: WorkingTab) -> Located:
    header_row = tab.header_row(intent.header_row, RECORD_ID)
    rows = tab.rows_with_id(intent.record_id, header_row)
    if len(rows) != 1:
        return Located(intent, "moved", note="no row has this record id, or several have")
    columns = tab.columns(header_row, intent.heading)
    fitting = [column for column in columns if tab.cell(rows[0], column) == intent.expects]
    if len(fitting) == 1:
        anchor = tab.columns(header_row, RECORD_ID)[0]
        return _write(intent, tab, rows[0], fitting[0], intent.value, anchor)
    if len(columns) == 1 and tab.cell(rows[0], columns[0]) == text_of(storable(intent.value)):
        return Located(intent, "same")
    return Located(intent, "moved", note="the cell no longer holds what it held")


def _set_cell(intent: SetCell, tab: WorkingTab) -> Located:
    row = tab.labelled(intent.label)
    if not row:
        return Located(intent, "moved", note="the label is no longer in column A")
    return _write(intent, tab, row, 2, intent.value, 1)


def _write(
    intent: Intent, tab: WorkingTab, row: int, column: int, text: str | bool, anchor: int = 0
) -> Located:
    """Order one cell of the tab, unless a formula or a merged neighbour has the place."""
    before, value = tab.cell(row, column), storable(text)
    if tab.is_formula(row, column):
        return Located(intent, "moved", note=FORMULA_THERE)
    if tab.is_merged(row, column):
        return Located(intent, "moved", note=MERGED_THERE)
    if tab.is_shut(row, column):
        return Located(intent, "moved", note=SHUT_THERE)
    if before == text_of(value):
        return Located(intent, "same")
    guarded: Row = tab.row(row)
    tab.put(row, column, text_of(value))
    edit = CellEdit(intent.tab, row, column, before, value, guarded, anchor)
    return Located(intent, "done", edit, (Change(intent.tab, row, column, before, text_of(value)),))

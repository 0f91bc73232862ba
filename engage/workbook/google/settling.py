"""After a batch: did anybody cross it, and what puts that right. Pure; the rules are workbook/settle.py's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from engage.model import Grid, Row
from engage.ports import Change, Outcome, PublishTab, SetCell

from ..cells import CellEdit, Located, Seen, TabEdit, outcome_of, text_of, trim, trim_grid
from ..locate import Spell
from ..publishing import locate_publish
from ..settle import settle_cell, settle_tab
from .keeping import Kept, Ours, row_mark
from .reading import Book


@dataclass(frozen=True, slots=True)
class TabRace:
    """A built tab whose write was crossed. kept: the tab as each write found it."""

    at: int
    located: Located
    sheet_id: int
    kept: tuple[Grid, ...]
    rewrite: TabEdit | None = None


@dataclass(frozen=True, slots=True)
class Repair:
    """A cell to put back, for the intent at this place of the plan."""

    at: int
    located: Located
    sheet_id: int
    edit: CellEdit


@dataclass(frozen=True, slots=True)
class Race:
    """outcomes: one an intent. tabs, cells: what has still to be put right."""

    outcomes: tuple[Outcome, ...] = ()
    tabs: tuple[TabRace, ...] = ()
    cells: tuple[Repair, ...] = ()

    @property
    def repairs(self) -> tuple[CellEdit | TabEdit, ...]:
        """What to write next; () when all is well."""
        return (*(t.rewrite for t in self.tabs if t.rewrite), *(repair.edit for repair in self.cells))

    def after(self, kept: Iterable[Kept], view: Book, spell: Spell) -> Race:
        """What is left once the repairs were written; kept: what they found. view: as it stands now."""
        rows = {(each.sheet_id, each.row): each for each in kept}
        told = list(self.outcomes)
        tabs: list[TabRace] = []
        cells: list[Repair] = []
        for race in self.tabs:
            _go_on(race, rows, view, spell, told, tabs, cells)
        for repair in self.cells:
            _check_repair(repair, rows, view, told, cells)
        return Race(tuple(told), tuple(tabs), tuple(cells))


def settle(plan: Sequence[Located], before: Book, kept: Iterable[Kept], view: Book, spell: Spell) -> Race:
    """What became of a plan. before: as the guard saw it; kept: rows written in; view: as it stands now."""
    found = {(each.sheet_id, each.row): each for each in kept}
    rows = dict(found)
    told = [outcome_of(located) for located in plan]
    tabs: list[TabRace] = []
    cells: list[Repair] = []
    for at, located in enumerate(plan):
        edit = located.edit
        sheet = before.titled(edit.tab) if edit else None
        if edit is None or sheet is None:
            continue
        if isinstance(edit, TabEdit):
            crossed = [
                each for each in found.values() if each.sheet_id == sheet.sheet_id and not each.is_as_seen
            ]
            if crossed:
                grid = _as_found(edit.before or (), crossed)
                race = TabRace(at, located, sheet.sheet_id, (grid,))
                _go_on(race, {}, view, spell, told, tabs, cells)
            continue
        _settle_cell(Repair(at, located, sheet.sheet_id, edit), rows, view, told, cells)
    return Race(tuple(told), tuple(tabs), tuple(cells))


def _settle_cell(
    write: Repair, rows: dict[tuple[int, int], Kept], view: Book, told: list[Outcome], cells: list[Repair]
) -> None:
    edit, place = write.edit, (write.sheet_id, write.edit.row)
    kept = rows.get(place)
    if kept is None or kept.is_as_seen:
        return
    sheet = view.sheet(write.sheet_id)
    outcome, repairs = settle_cell(write.located, edit, kept.cells, sheet.seen if sheet else None)
    told[write.at] = outcome
    if sheet:
        cells += [replace(write, edit=replace(repair, tab=sheet.title)) for repair in repairs]
    rows[place] = replace(kept, cells=_with(kept.cells, edit.column, text_of(edit.value)))


def _check_repair(
    repair: Repair, rows: Mapping[tuple[int, int], Kept], view: Book, told: list[Outcome], cells: list[Repair]
) -> None:
    """A repair may itself be crossed: then it is put right in its turn, and what it displaced is told."""
    kept = rows.get((repair.sheet_id, repair.edit.row))
    if kept is None or kept.is_as_seen:
        return
    sheet = view.sheet(repair.sheet_id)
    outcome, again = settle_cell(repair.located, repair.edit, kept.cells, sheet.seen if sheet else None)
    if outcome.status == "displaced":
        told[repair.at] = _more(told[repair.at], outcome.changes)
    if sheet:
        cells += [replace(repair, edit=replace(each, tab=sheet.title)) for each in again]


def _go_on(
    race: TabRace,
    rows: Mapping[tuple[int, int], Kept],
    view: Book,
    spell: Spell,
    told: list[Outcome],
    tabs: list[TabRace],
    cells: list[Repair],
) -> None:
    """Write the tab anew if the crossing left it other than it should be; else tell what was lost."""
    intent = race.located.intent
    assert isinstance(intent, PublishTab)
    sheet = view.sheet(race.sheet_id)
    crossed = [
        each for (sheet_id, _), each in rows.items() if sheet_id == race.sheet_id and not each.is_as_seen
    ]
    if crossed and race.rewrite:
        race = replace(race, kept=(*race.kept, _as_found(race.rewrite.before or (), crossed)))
    if sheet is None:
        told[race.at] = Outcome(intent, "moved", note="the tab went while it was being written")
        return
    again = locate_publish(
        replace(intent, tab=sheet.title, expects=sheet.seen.rows), {sheet.title: sheet.seen}, spell
    )
    if isinstance(again.edit, TabEdit):
        # What stands there now and is not ours goes with the rewrite: it is judged like what was kept.
        tabs.append(replace(race, rewrite=again.edit, kept=(*race.kept, sheet.seen.rows)))
        return
    edit = race.located.edit
    assert isinstance(edit, TabEdit)
    for grid in race.kept:
        outcome, repairs = settle_tab(race.located, edit, grid, sheet.seen)
        if outcome.status == "displaced":
            told[race.at] = _more(told[race.at], outcome.changes, outcome.note)
        cells += [
            Repair(race.at, race.located, race.sheet_id, replace(repair, tab=sheet.title))
            for repair in repairs
        ]


def _as_found(before: Grid, crossed: Iterable[Kept]) -> Grid:
    """The tab as the write found it: as the guard saw it, but for the rows that were not so any more."""
    rows = list(before)
    for kept in crossed:
        rows += [()] * (kept.row - len(rows))
        rows[kept.row - 1] = kept.cells
    return trim_grid(rows)


def _with(row: Row, column: int, text: str) -> Row:
    cells = [*row, *[""] * (column - len(row))]
    cells[column - 1] = text
    return trim(cells)


def _more(outcome: Outcome, changes: tuple[Change, ...], note: str = "") -> Outcome:
    """The outcome with these displaced texts added."""
    told = outcome.changes if outcome.status == "displaced" else ()
    new = tuple(change for change in changes if change not in told)
    return Outcome(outcome.intent, "displaced", (*told, *new), note or outcome.note)


# --- a write that was cut short --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Interrupted:
    """What a sync stopped between write and read-back left: texts it displaced, cells to put back."""

    changes: tuple[Change, ...] = ()
    repairs: tuple[CellEdit, ...] = field(default=())


def interrupted(kept: Sequence[Kept], view: Book) -> Interrupted:
    """By what the last batch kept: nothing if nobody crossed it, or if all of it was put right since."""
    marks: dict[int, set[str]] = {}
    for each in kept:
        marks.setdefault(each.sheet_id, set()).add(each.seen)
    changes: list[Change] = []
    repairs: list[CellEdit] = []
    for each in kept:
        sheet = view.sheet(each.sheet_id)
        if each.is_as_seen or sheet is None:
            continue
        if each.ours:
            for ours in each.ours:
                _put_right(each, ours, sheet.title, sheet.seen, changes, repairs)
        elif row_mark(each.cells) not in marks[each.sheet_id]:
            changes += _gone(each, sheet.title, sheet.seen)
    return Interrupted(tuple(changes), tuple(repairs))


def _put_right(
    kept: Kept, ours: Ours, tab: str, seen: Seen, changes: list[Change], repairs: list[CellEdit]
) -> None:
    guarded = _with((), ours.anchor, ours.name) if ours.anchor else ()
    edit = CellEdit(tab, kept.row, ours.column, ours.before, ours.value, guarded, ours.anchor)
    stand_in = SetCell(tab, "", ours.value)  # the intent itself went with the sync that was stopped
    outcome, found = settle_cell(Located(stand_in, "done", edit), edit, kept.cells, seen)
    repairs += found
    changes += [
        c for c in outcome.changes if outcome.status == "displaced" and not found and _is_lost(c, seen)
    ]


def _is_lost(change: Change, seen: Seen) -> bool:
    """Whether a displaced text stands nowhere in its column now."""
    column = [row[change.column - 1] for row in seen.rows if len(row) >= change.column]
    return bool(change.before) and change.before not in column


def _gone(kept: Kept, tab: str, seen: Seen) -> list[Change]:
    """The texts of a row that the write covered and that stand nowhere in their columns now."""
    changes = [Change(tab, kept.row, column, text, "") for column, text in enumerate(kept.cells, 1)]
    return [change for change in changes if _is_lost(change, seen)]

"""After a batch: did anybody cross it, and what puts that right. Pure; the rules are workbook/settle.py's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from engage.model import Grid, Row
from engage.ports import Change, Outcome, PublishTab

from ..cells import CellEdit, Located, TabEdit, cell_at, outcome_of, text_of, trim, trim_grid
from ..locate import Spell
from ..publishing import locate_publish
from ..settle import settle_cell, settle_tab, taken_back, without_heading
from .keeping import Kept
from .reading import Book, Sheet


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
class Crossed:
    """A cell, or a repair of one, that hit another place than it was meant for.

    cells: what stood in the row. moved: whether a witness says that it was another column.
    """

    write: Repair
    cells: Row
    moved: bool


@dataclass(frozen=True, slots=True)
class Race:
    """outcomes: one an intent. tabs, cells: what has still to be put right, of what was crossed."""

    outcomes: tuple[Outcome, ...] = ()
    tabs: tuple[TabRace, ...] = ()
    cells: tuple[Repair, ...] = ()
    crossed: tuple[Crossed, ...] = ()

    @property
    def repairs(self) -> tuple[CellEdit | TabEdit, ...]:
        """What to write next; () when all is well."""
        return (*(t.rewrite for t in self.tabs if t.rewrite), *(repair.edit for repair in self.cells))

    def after(self, kept: Iterable[Kept], view: Book, spell: Spell) -> Race:
        """What is left once the repairs were written; kept: what they found. view: as it stands now."""
        judging = _Judging(kept, view, spell, list(self.outcomes))
        for race in self.tabs:
            judging.rewritten(race)
        for repair in self.cells:
            judging.put_back(repair)
        for crossed in self.crossed:
            judging.still_crossed(crossed)
        return judging.race


def settle(plan: Sequence[Located], before: Book, kept: Iterable[Kept], view: Book, spell: Spell) -> Race:
    """What became of a plan. before: as the guard saw it; kept: rows written in; view: as it stands now."""
    judging = _Judging(kept, view, spell, [outcome_of(located) for located in plan])
    for at, located in enumerate(plan):
        edit = located.edit
        sheet = before.titled(edit.tab) if edit else None
        if edit is None or sheet is None:
            continue
        if isinstance(edit, TabEdit):
            judging.written_tab(TabRace(at, located, sheet.sheet_id, ()), edit)
        else:
            judging.written_cell(Repair(at, located, sheet.sheet_id, edit))
    judging.take_back_ids(plan, before)
    return judging.race


class _Judging:
    """One look at what a batch kept: outcomes so far, and what has to be put right."""

    def __init__(self, kept: Iterable[Kept], view: Book, spell: Spell, told: list[Outcome]) -> None:
        self._kept = {(each.sheet_id, each.row): each for each in kept if not each.witness}
        self._view, self._spell = view, spell
        self._told, self._tabs, self._cells = told, list[TabRace](), list[Repair]()
        self._crossed = list[Crossed]()

    @property
    def race(self) -> Race:
        """The verdict."""
        return Race(tuple(self._told), tuple(self._tabs), tuple(self._cells), tuple(self._crossed))

    def written_cell(self, write: Repair) -> None:
        """A cell of ours, and what stood in its row when it was written."""
        edit, place = write.edit, (write.sheet_id, write.edit.row)
        kept = self._kept.get(place)
        if kept is None or kept.is_as_seen:
            return
        self._told[write.at] = self._settle(_crossed(write, kept))
        self._kept[place] = replace(kept, cells=_with(kept.cells, edit.column, text_of(edit.value)))

    def take_back_ids(self, plan: Sequence[Located], before: Book) -> None:
        """Ids under a heading that did not stay."""
        for at, edit in without_heading(plan, self._told).items():
            known = before.titled(edit.tab)
            sheet = self._view.sheet(known.sheet_id) if known else None
            if sheet and cell_at(sheet.seen.rows, edit.row, edit.column) == text_of(edit.value):
                now = sheet.seen.rows[edit.row - 1]
                repair = CellEdit(sheet.title, edit.row, edit.column, text_of(edit.value), edit.before, now)
                self._cells.append(Repair(at, plan[at], sheet.sheet_id, repair))
                self._told[at] = taken_back(self._told[at])

    def put_back(self, repair: Repair) -> None:
        """A repair may itself be crossed: it is put right in its turn, and what it displaced is told."""
        kept = self._kept.get((repair.sheet_id, repair.edit.row))
        if kept is None or kept.is_as_seen:
            return
        outcome = self._settle(_crossed(repair, kept))
        if outcome.status == "displaced":
            self._told[repair.at] = _more(self._told[repair.at], outcome.changes)

    def still_crossed(self, crossed: Crossed) -> None:
        """A repair may have missed: as long as what we wrote stands where it should not, it is put back.

        Where it stands nowhere, a repair that missed may have covered it, and returns it next time.
        """
        self._crossed.append(crossed)
        self._settle(crossed)

    def _settle(self, crossed: Crossed) -> Outcome:
        write = crossed.write
        sheet = self._view.sheet(write.sheet_id)
        tab = sheet.seen if sheet else None
        outcome, repairs = settle_cell(write.located, write.edit, crossed.cells, tab, moved=crossed.moved)
        if sheet and repairs:
            self._cells += [replace(write, edit=replace(repair, tab=sheet.title)) for repair in repairs]
            self._crossed += [] if crossed in self._crossed else [crossed]
        return outcome

    def written_tab(self, race: TabRace, edit: TabEdit) -> None:
        """A built tab of ours, and what stood in its rows when they were written."""
        crossed = self._crossed_rows(race.sheet_id)
        if crossed:
            self._go_on(replace(race, kept=(_as_found(edit.before or (), crossed),)))

    def rewritten(self, race: TabRace) -> None:
        """The same after a rewrite, which may have been crossed too."""
        crossed = self._crossed_rows(race.sheet_id)
        if crossed and race.rewrite:
            race = replace(race, kept=(*race.kept, _as_found(race.rewrite.before or (), crossed)))
        self._go_on(race)

    def _crossed_rows(self, sheet_id: int) -> list[Kept]:
        return [each for (tab, _), each in self._kept.items() if tab == sheet_id and not each.is_as_seen]

    def _go_on(self, race: TabRace) -> None:
        """Write the tab anew if the crossing left it other than it should be; else tell what was lost."""
        intent, sheet = race.located.intent, self._view.sheet(race.sheet_id)
        assert isinstance(intent, PublishTab)
        if sheet is None:
            note = "the tab went while it was being written"
            self._told[race.at] = Outcome(intent, "moved", note=note)
            return
        anew = replace(intent, tab=sheet.title, expects=sheet.seen.rows)
        again = locate_publish(anew, {sheet.title: sheet.seen}, self._spell).edit
        if isinstance(again, TabEdit):
            # What stands there now and is not ours goes with the rewrite: it is judged like what was kept.
            self._tabs.append(replace(race, rewrite=again, kept=(*race.kept, sheet.seen.rows)))
        else:
            self._tell(race, sheet)

    def _tell(self, race: TabRace, sheet: Sheet) -> None:
        edit = race.located.edit
        assert isinstance(edit, TabEdit)
        for grid in race.kept:
            outcome, repairs = settle_tab(race.located, edit, grid, sheet.seen)
            if outcome.status == "displaced":
                self._told[race.at] = _more(self._told[race.at], outcome.changes, outcome.note)
            there = (replace(repair, tab=sheet.title) for repair in repairs)
            self._cells += [Repair(race.at, race.located, race.sheet_id, repair) for repair in there]


def _crossed(write: Repair, kept: Kept) -> Crossed:
    return Crossed(write, kept.cells, write.edit.column in kept.moved)


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

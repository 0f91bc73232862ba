"""A write that was stopped between the batch and the read-back: what it left, by what it kept. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engage.model import Row
from engage.ports import RECORD_ID, Change, GiveId, SetCell

from ..cells import CellEdit, Located, Seen, cell_at
from ..settle import settle_cell
from .keeping import LIKE_AN_ID, Kept, Ours, row_mark, row_named
from .reading import Book, Sheet

_LIKE_NONE = ("\x00",)  # a row that the guard saw and that was not noted: no empty one is it either


@dataclass(frozen=True, slots=True)
class Interrupted:
    """What a sync stopped between write and read-back left: texts it displaced, cells to put back."""

    changes: tuple[Change, ...] = ()
    repairs: tuple[CellEdit, ...] = ()


def interrupted(kept: Sequence[Kept], view: Book) -> Interrupted:
    """By what the last batch kept: nothing if nobody crossed it, or if all of it was put right since."""
    marks: dict[int, set[str]] = {}
    for each in kept:
        marks.setdefault(each.sheet_id, set()).add(each.seen)
    changes: list[Change] = []
    repairs: list[CellEdit] = []
    last = {_what(each, ours, kept): each for each in kept for ours in each.ours}
    for each in kept:
        sheet = view.sheet(each.sheet_id)
        if each.is_as_seen or each.witness or sheet is None:
            continue
        if each.ours:
            # What has been written again since, rightly, is not to be taken back for the first time's sake.
            for ours in (ours for ours in each.ours if last[_what(each, ours, kept)] is each):
                meant = _stand_in(sheet.title, each.row, ours, kept)
                _put_right(each, ours, meant, sheet, changes, repairs)
        elif row_mark(each.cells) not in marks[each.sheet_id]:
            changes += _gone(each, sheet.title, sheet.seen)
    return Interrupted(tuple(changes), tuple(repairs))


def _what(each: Kept, ours: Ours, kept: Sequence[Kept]) -> tuple[int, str, str, bool]:
    """What tells one write of a cell from another's: its tab, the name of its row, the text, and whether it
    only returned a text, be it one of ours, that a repair had covered.
    """
    name = ours.name if ours.anchor or ours.value == RECORD_ID else ""
    return each.sheet_id, name, ours.value, _is_a_repair(ours, kept)


def _put_right(
    kept: Kept,
    ours: Ours,
    meant: GiveId | SetCell,
    sheet: Sheet,
    changes: list[Change],
    repairs: list[CellEdit],
) -> None:
    guarded, returns = _as_guarded(ours), not ours.anchor and ours.value != RECORD_ID and bool(ours.name)
    edit = CellEdit(
        sheet.title, kept.row, ours.column, ours.before, ours.value, guarded, ours.anchor, returns
    )
    moved = ours.column in kept.moved
    outcome, found = settle_cell(Located(meant, "done", edit), edit, kept.cells, sheet.seen, moved=moved)
    repairs += found
    if outcome.status == "displaced" and not found:
        changes += [change for change in outcome.changes if _is_lost(change, sheet.seen)]


def _as_guarded(ours: Ours) -> Row:
    """As much of the row that the guard saw as was noted."""
    if ours.anchor:
        return ("",) * (ours.anchor - 1) + (ours.name,)
    return row_named(ours.name) if ours.name else _LIKE_NONE


def _stand_in(tab: str, row: int, ours: Ours, kept: Sequence[Kept]) -> GiveId | SetCell:
    """What was probably meant: the intent itself went with the sync that was stopped."""
    given = ours.before if _is_a_repair(ours, kept) else ours.value
    if LIKE_AN_ID.fullmatch(given) and not ours.anchor:
        return GiveId(tab, 0, row, (), given)
    return SetCell(tab, "", ours.value)


def _is_a_repair(ours: Ours, kept: Sequence[Kept]) -> bool:
    """Whether it returned what another of our writes had covered."""
    return any(
        other.value == ours.before and cell_at((each.cells,), 1, other.column) == ours.value
        for each in kept
        for other in each.ours
    )


def _is_lost(change: Change, seen: Seen) -> bool:
    """Whether a displaced text stands nowhere in its column now."""
    column = [row[change.column - 1] for row in seen.rows if len(row) >= change.column]
    return bool(change.before) and change.before not in column


def _gone(kept: Kept, tab: str, seen: Seen) -> list[Change]:
    """The texts of a row that the write covered and that stand nowhere in their columns now."""
    changes = [Change(tab, kept.row, column, text, "") for column, text in enumerate(kept.cells, 1)]
    return [change for change in changes if _is_lost(change, seen)]

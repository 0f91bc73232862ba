"""After the push: did a racing edit lose its place, and how is it put right.

No spreadsheet service can compare and swap. So whoever writes keeps what stood in the row (or the built
tab) at the very moment it was overwritten; this module compares that with what the guard saw. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from engage.model import Grid, Row
from engage.ports import RECORD_ID, Change, GiveId, Outcome, PublishTab

from .cells import CellEdit, Located, Seen, TabEdit, cell_at, text_of, trim, trim_grid


def settle_cell(
    located: Located, edit: CellEdit, kept: Row, tab: Seen | None, *, moved: bool = False
) -> tuple[Outcome, tuple[CellEdit, ...]]:
    """The outcome of one cell, and the edits that put back what it displaced.

    kept: the row as it stood when the cell was written. tab: the tab as read back, None if it is gone.
    moved: whether another row shows that the column had moved, which a short row does not.
    """
    right = not moved and (_landed_right(edit, trim(kept)) or _returned_right(edit, kept, tab))
    if right or _replaced_our_id(located, edit, kept):
        return Outcome(located.intent, "done", located.changes), ()
    lost = cell_at((kept,), 1, edit.column)
    if lost == edit.value:
        return Outcome(located.intent, "moved", note="the row changed while it was being written"), ()
    alone = _stands_nowhere_else(located, edit)
    repairs = _put_back(edit, trim(kept), tab, alone=alone) if tab else ()
    note = "the row changed while it was being written; " + (
        "put back" if repairs else "it could not be put back"
    )
    if repairs and lost in ("", edit.before):
        return Outcome(located.intent, "moved", note=note), repairs
    change = Change(edit.tab, edit.row, edit.column, lost, lost if repairs else text_of(edit.value))
    return Outcome(located.intent, "displaced", (change,), note), repairs


def _landed_right(edit: CellEdit, kept: Row) -> bool:
    """Whether the write hit the row it was meant for, on the text it was meant to replace."""
    if kept == edit.guarded:
        return True
    if edit.value == RECORD_ID:
        return cell_at((kept,), 1, edit.column) == edit.before and _still_headings(kept, edit.guarded)
    same_row = edit.anchor and cell_at((kept,), 1, edit.anchor) == cell_at((edit.guarded,), 1, edit.anchor)
    return bool(same_row) and cell_at((kept,), 1, edit.column) == edit.before


def _returned_right(edit: CellEdit, kept: Row, tab: Seen | None) -> bool:
    """Whether a cell got back what it held, although somebody typed into another cell of its row just then.

    One cell, and the row that was meant stands nowhere else: else the write hit a row that is like it.
    """
    if not edit.returns or tab is None or cell_at((kept,), 1, edit.column) != edit.before:
        return False
    width = max(len(kept), len(edit.guarded))
    pairs = [(cell_at((kept,), 1, at), cell_at((edit.guarded,), 1, at)) for at in range(1, width + 1)]
    others = [pair for at, pair in enumerate(pairs, 1) if at != edit.column]
    typed, same = sum(now != was for now, was in others), sum(now == was != "" for now, was in others)
    return typed == 1 and same > 0 and trim(edit.guarded) not in map(trim, tab.rows)


def _replaced_our_id(located: Located, edit: CellEdit, kept: Row) -> bool:
    """Whether a repair hit a cell with an id of ours: the right one, whatever was typed beside it."""
    intent = located.intent
    ours = isinstance(intent, GiveId) and edit.before == intent.record_id != text_of(edit.value)
    return ours and cell_at((kept,), 1, edit.column) == edit.before


def without_heading(plan: Sequence[Located], outcomes: Sequence[Outcome]) -> dict[int, CellEdit]:
    """Place in the plan → the edit, of ids whose heading was ordered and did not stay.

    They are to be taken back: without it they would be stray texts in somebody's tab.
    """
    written = {at: located.edit for at, located in enumerate(plan) if isinstance(located.edit, CellEdit)}
    lost = {
        (edit.tab, edit.column)
        for at, edit in written.items()
        if edit.value == RECORD_ID and outcomes[at].status != "done"
    }
    return {
        at: edit
        for at, edit in written.items()
        if (edit.tab, edit.column) in lost and outcomes[at].status == "done"
    }


def taken_back(outcome: Outcome) -> Outcome:
    """What is said of such an id."""
    return Outcome(outcome.intent, "moved", note="the heading of the ids did not stay")


def _still_headings(kept: Row, guarded: Row) -> bool:
    """Whether this is the row of headings, one of which somebody may have typed anew."""
    return 2 * sum(1 for was, now in zip(guarded, kept, strict=False) if was and was == now) > sum(
        1 for was in guarded if was
    )


def _stands_nowhere_else(located: Located, edit: CellEdit) -> bool:
    """Whether what was written is in no other row by right: a Record ID of ours, or the heading of them."""
    intent = located.intent
    own_id = isinstance(intent, GiveId) and text_of(edit.value) == intent.record_id
    return own_id or edit.value == RECORD_ID


def _put_back(edit: CellEdit, kept: Row, tab: Seen, *, alone: bool) -> tuple[CellEdit, ...]:
    """The edits that return a cell to what it held, in the row that we hit and in copies made of it since."""
    ours, lost = text_of(edit.value), cell_at((kept,), 1, edit.column)
    return tuple(
        CellEdit(edit.tab, row, column, ours, lost, tab.rows[row - 1], edit.anchor, returns=True)
        for row, column in _cells_hit(edit, kept, tab, alone=alone)
    )


def _cells_hit(edit: CellEdit, kept: Row, tab: Seen, *, alone: bool) -> list[tuple[int, int]]:
    """The cells that hold what we wrote and are the one we hit, wherever rows and columns have moved since.

    alone: what we wrote is in no other cell by right. Any other value may be, so that its row must bear the
    same name (or, where that is blank, read exactly as we left it).
    """
    ours, name = text_of(edit.value), cell_at((kept,), 1, edit.anchor) if edit.anchor else ""
    if alone:
        return [
            (n, at) for n, row in enumerate(tab.rows, 1) for at, text in enumerate(row, 1) if text == ours
        ]
    if name:
        named = ((n, row) for n, row in enumerate(tab.rows, 1) if name in row)
        return [(n, at) for n, row in named for at in _columns_of(ours, row, edit.column)]
    as_left = trim(
        [*kept[: edit.column - 1], *[""] * (edit.column - 1 - len(kept)), ours, *kept[edit.column :]]
    )
    alike = [n for n, row in enumerate(tab.rows, 1) if trim(row) == as_left]
    rows = [edit.row] if edit.row in alike else alike if len(alike) == 1 else []
    return [(row, edit.column) for row in rows]


def _columns_of(text: str, row: Row, column: int) -> list[int]:
    """Where a row holds the text: in this column, else in the only one."""
    if cell_at((row,), 1, column) == text:
        return [column]
    found = [at for at, cell in enumerate(row, 1) if cell == text]
    return found if len(found) == 1 else []


def settle_tab(
    located: Located, edit: TabEdit, kept: Grid | None, tab: Seen | None
) -> tuple[Outcome, tuple[CellEdit, ...]]:
    """The outcome of a built tab, and the edits that put answers given during the write back in place.

    kept: the tab as it stood when it was written (None: it was created). What else people typed in that
    moment is in the outcome's changes, as `before`.
    """
    done = Outcome(located.intent, "done", located.changes)
    if kept is None or edit.before is None or trim_grid(kept) == trim_grid(edit.before):
        return done, ()
    assert isinstance(located.intent, PublishTab)
    lost = tuple(_lost(located.intent, edit.before, kept, tab or Seen(())))
    if not lost:
        return done, ()
    repairs = tuple(
        CellEdit(edit.tab, change.row, change.column, change.after, change.before)
        for change in lost
        if tab and _is_our_answer(located.intent, edit, tab, change)
    )
    return Outcome(located.intent, "displaced", lost, "typed while the tab was being written"), repairs


def _is_our_answer(intent: PublishTab, edit: TabEdit, tab: Seen, change: Change) -> bool:
    """Whether an answer's cell still reads what we wrote there: a still later answer is left alone."""
    if change.row < 2 or cell_at(tab.rows, 1, change.column) not in intent.answers:
        return False
    written = tuple(tuple(text_of(value) for value in row) for row in edit.rows)
    key = cell_at(tab.rows, change.row, _column(tab.rows, intent.key))
    row = _by_key(written, _column(written, intent.key)).get(key, 0)
    return row > 0 and cell_at(written, row, change.column) == change.after


def _lost(intent: PublishTab, guarded: Grid, kept: Grid, tab: Seen) -> list[Change]:
    """Texts that stood in the tab when it was written and that the guard had not seen; row 0: no row now.

    A row is compared with the row of the same key, or in the same place if the tab has no key.
    """
    key_at = _column(kept, intent.key)
    known, now = (
        _by_key(guarded, _column(guarded, intent.key)),
        _by_key(tab.rows, _column(tab.rows, intent.key)),
    )
    unchanged = {*guarded, *tab.rows}
    lost: list[Change] = []
    for number, row in enumerate(kept, 1):
        if row in unchanged:
            continue
        key = cell_at((row,), 1, key_at) or f"\x00{number}"
        was, row_now = cell_at_row(guarded, known.get(key, 0)), now.get(key, 0)
        for column, text in enumerate(row, 1):
            after = cell_at(tab.rows, row_now, column)
            if text and text not in (cell_at((was,), 1, column), after):
                lost.append(Change(intent.tab, row_now, column, text, after))
    return lost


def cell_at_row(rows: Grid, number: int) -> Row:
    """A row by its number; () for none."""
    return rows[number - 1] if 1 <= number <= len(rows) else ()


def _column(rows: Grid, heading: str) -> int:
    header = rows[0] if rows else ()
    return header.index(heading) + 1 if heading and heading in header else 0


def _by_key(rows: Grid, key_at: int) -> Mapping[str, int]:
    """The row of each key; where a row has none, its place stands for it."""
    numbers: dict[str, int] = {}
    for number, row in enumerate(rows, 1):
        numbers.setdefault(cell_at((row,), 1, key_at) or f"\x00{number}", number)
    return numbers

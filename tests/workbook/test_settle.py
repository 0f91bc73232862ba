"""A cell that gets its text back: right although somebody types beside it, wrong where a row like it."""

from __future__ import annotations

import pytest

from engage.model import Row
from engage.ports import GiveId
from engage.workbook.cells import CellEdit, Located, Seen
from engage.workbook.google.cut_short import interrupted
from engage.workbook.google.keeping import Kept
from engage.workbook.google.pieces import kept_row
from engage.workbook.google.reading import Book, Sheet
from engage.workbook.settle import settle_cell

MEANT = ("New firm", "Hyde", "SK15 1QO")  # the text is another row's: we had put it here by mistake
TYPED = ("New firm", "Hyde", "SK15 1QO", "typed")
RETURN = CellEdit("Firms", 2, 3, "SK15 1QO", "", MEANT, returns=True)


def settled(kept: Row, *now: Row, edit: CellEdit = RETURN) -> tuple[str, int]:
    """What became of the return, and how many edits take it back."""
    located = Located(GiveId("Firms", 1, 2, (), "R-MSJ1ACM0"), "done", edit)
    outcome, repairs = settle_cell(located, edit, kept, Seen((("Firm", "Town", "Code"), *now)))
    return outcome.status, len(repairs)


@pytest.mark.parametrize(
    "kept", [TYPED, ("New firm", "Ashton", "SK15 1QO"), ("New firm", "", "SK15 1QO")], ids=lambda row: row[-1]
)
def test_a_text_typed_beside_it_in_that_moment_leaves_it_as_it_is(kept: Row) -> None:
    assert settled(kept, (*kept[:2], "", *kept[3:])) == ("done", 0)


def test_two_texts_typed_beside_it_are_another_row() -> None:
    assert settled(("Old firm", "Ashton", "SK15 1QO"), ("Old firm", "Ashton")) == ("moved", 1)


def test_a_row_that_is_like_it_is_not_it_while_the_one_that_was_meant_still_stands() -> None:
    assert settled(TYPED, ("New firm", "Hyde", "", "typed"), MEANT) == ("moved", 1)


def test_a_write_that_gives_nothing_back_is_held_to_the_whole_row() -> None:
    fresh = CellEdit("Firms", 2, 3, "SK15 1QO", "", MEANT)
    assert settled(TYPED, ("New firm", "Hyde", "", "typed"), edit=fresh) == ("moved", 1)


def noted(edit: CellEdit) -> Kept:
    """What the next look reads of a return that was written, when somebody had typed beside it."""
    before = Sheet(7, "Firms", Seen((("Firm", "Town", "Code"), edit.guarded)), 10, 5)
    kept = kept_row(before, 2, [edit])
    return Kept(kept.sheet_id, kept.row, kept.seen, kept.ours, TYPED)


def test_the_next_look_leaves_it_too() -> None:
    now = Sheet(7, "Firms", Seen((("Firm", "Town", "Code"), ("New firm", "Hyde", "", "typed"))), 10, 5)
    book = Book("id", "Town", "en_GB", "Europe/London", (now,))
    left = interrupted([noted(RETURN)], book)
    assert (left.repairs, left.changes) == ((), ())


def test_a_row_too_long_to_name_itself_is_held_to_the_whole_row() -> None:
    long = CellEdit("Firms", 2, 3, "SK15 1QO", "", ("New firm", "Hyde " * 1_000, "SK15 1QO"), returns=True)
    assert [ours.name for ours in noted(long).ours] == [""]

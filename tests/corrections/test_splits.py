"""Which merges count as taken back, read out of Decisions."""

from __future__ import annotations

from engage.built.answers import undo
from engage.built.decision_book import AUTOMATICALLY, Book
from engage.corrections.splits import as_one, is_apart, splits_in
from engage.model import Decision, Linked

A, B = "R-AAAAAAA1#0", "R-BBBBBBB2#0"


def merged(when: str = "2026-05-04T02:00", **cells: str) -> Book:
    return Book().add(Decision(A, B, "employer", "Same", when, "same name", **cells), "A", "B")


def taken_back(book: Book, now: str) -> Book:
    entry = next(one for one in reversed(book.entries) if one.stands)
    return undo(book, entry, now=now, by="Ruth", seeing=lambda decision: decision)


def test_a_merge_taken_back_after_months_was_told_from_then_until_now():
    (split,) = splits_in(taken_back(merged(how=AUTOMATICALLY), "2026-11-16T09:30"))
    assert (split.kind, split.a, split.b) == ("employer", A, B)
    assert (split.since, split.until) == ("2026-05-04T02:00", "2026-11-16T09:30")
    assert split.key == f"{A} ~ {B} (2)"


def test_a_standing_merge_and_one_that_came_apart_by_itself_were_no_mistake():
    assert splits_in(merged()) == ()
    assert splits_in(merged(how=AUTOMATICALLY).withdraw([f"{A} ~ {B}"], "2026-06-01")) == ()


def test_an_answer_of_different_takes_nothing_back():
    book = Book().add(Decision(A, B, "employer", "Different", "2026-05-04T02:00", "other town"), "A", "B")
    assert splits_in(book) == ()


def test_one_that_came_apart_and_came_to_be_one_again_counts_from_the_second_time():
    book = merged(how=AUTOMATICALLY).withdraw([f"{A} ~ {B}"], "2026-06-01")
    again = Decision(A, B, "employer", "Same", "2026-07-01T02:00", "same name", AUTOMATICALLY)
    (split,) = splits_in(taken_back(book.add(again, "A", "B"), "2026-11-16T09:30"))
    assert split.since == "2026-07-01T02:00"


def test_an_undo_that_was_itself_undone_is_none():
    book = taken_back(merged(), "2026-11-16T09:30")
    assert splits_in(taken_back(book, "2026-11-17T09:30")) == ()


def test_as_one_joins_the_two_and_nobody_else():
    (split,) = splits_in(taken_back(merged(), "2026-11-16T09:30"))
    apart = Linked({A: "EMP-1", B: "EMP-2", "R-CCCCCCC3#0": "EMP-3", "R-DDDDDDD4#0": "EMP-2"}, {}, {})
    assert is_apart(split, apart)
    joined = as_one(apart, split)
    assert not is_apart(split, joined)
    assert joined.employer_of == {A: "EMP-1", B: "EMP-1", "R-CCCCCCC3#0": "EMP-3", "R-DDDDDDD4#0": "EMP-1"}
    assert not is_apart(split, Linked({A: "EMP-1"}, {}, {}))

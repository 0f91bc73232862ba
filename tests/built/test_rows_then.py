"""An answered pair that is asked about again: what was answered, and what has changed since."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.built.decision_book import NOT_SHARED, OUTDATED, SEEN
from engage.built.questions import ask
from engage.built.rows_then import rows_then, why_again
from engage.model import Decision, Record
from tests.built.sample import BAKERY, COLLEGE, EMPTY_BOOK, LINKED, REVIEW_PAIR, TODAY, by_id, record

A, B = REVIEW_PAIR.a, REVIEW_PAIR.b
ANSWER = Decision(
    A, B, "employer", "Different", "2026-11-03 09:00", by="Dale Borough Council", seen=rows_then(A, B, BAKERY)
)
SAID = "Dale Borough Council said Different on 3 Nov 2026"


def changed(**cells: str) -> dict[str, Record]:
    """The bakery with some cells of its first row as they are now."""
    row = BAKERY["R-AAAAAAA1"]
    return {**BAKERY, "R-AAAAAAA1": replace(row, clean={**row.clean, **cells})}


@pytest.mark.parametrize(
    ("cells", "since"),
    [
        (
            {"Phone": "+441614960109"},
            f"{COLLEGE} changed Phone from 0161 496 0101 to 0161 496 0109",
        ),
        ({"Website": "brightwell.example"}, f"{COLLEGE} added Website brightwell.example"),
        ({"Town": "", "Postcode": "SK16 4AB"}, f"{COLLEGE} took out Town Harwick and changed Postcode from"),
    ],
)
def test_the_question_says_what_has_changed_since_the_answer(cells: dict[str, str], since: str) -> None:
    assert why_again(ANSWER, changed(**cells)).startswith(f"{SAID}; since then {since}")


def test_capitals_and_spaces_are_no_change_worth_telling() -> None:
    assert why_again(ANSWER, changed(Employer="BRIGHTWELL  Bakery Ltd")).endswith("compared has changed")


def test_an_answer_of_which_nobody_kept_the_rows_says_no_more_than_it_knows() -> None:
    again = why_again(replace(ANSWER, seen=""), changed(Phone="+441614960109"))
    assert again == f"{SAID}; since then what was compared has changed"


def test_an_answer_that_came_too_late_says_so() -> None:
    again = why_again(replace(ANSWER, compared=OUTDATED), BAKERY)
    assert again == f"{SAID}, but a row was changed before that was recorded"


def test_the_reopened_question_begins_with_it() -> None:
    pair = replace(REVIEW_PAIR, reopens=ANSWER)
    linked = replace(LINKED, questions=(pair,))
    asking = ask(linked, changed(Phone="+441614960109"), None, EMPTY_BOOK, today=TODAY, per_week=5)
    (question,) = asking.questions
    assert question.pair.reasons[0].startswith(SAID)
    assert question.pair.reasons[1:] == REVIEW_PAIR.reasons


def test_what_a_row_said_once_is_blanked_when_its_agency_keeps_part_of_it_to_itself() -> None:
    book = EMPTY_BOOK.add(ANSWER, "A", "B").without(frozenset(), frozenset({"R-AAAAAAA1"}))
    (entry,) = book.entries
    assert (entry.cells[SEEN], entry.cells["A"]) == (NOT_SHARED, "A")
    assert entry.decision
    assert "0161" not in why_again(entry.decision, BAKERY)


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=30)


@pytest.mark.slow
@given(st.dictionaries(st.sampled_from(["Phone", "Town", "Site", "Email"]), TEXTS, min_size=1))
def test_rows_that_have_not_changed_have_no_change_to_tell(cells: dict[str, str]) -> None:
    rows = by_id([record("R-AAAAAAA1", Employer="Acorn", **cells), record("R-BBBBBBB2", Employer="Beech")])
    seen = rows_then("R-AAAAAAA1#0", "R-BBBBBBB2#0", rows)
    answer = Decision("R-AAAAAAA1#0", "R-BBBBBBB2#0", "employer", "Different", seen=seen)
    assert why_again(answer, rows).endswith("since then what was compared has changed")

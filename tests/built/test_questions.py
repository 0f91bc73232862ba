"""Who is asked what, and how much of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from engage.built.questions import DISAGREE, ask, question_cells
from engage.built.registry import hub_tabs
from engage.model import Decision, Pair, Tab
from tests.built.sample import (
    BAKERY,
    CHAMBER,
    COLLEGE,
    COUNCIL,
    EMPTY_BOOK,
    LINKED,
    REVIEW_PAIR,
    TODAY,
    as_tab,
    by_id,
    link,
    material,
    record,
    tab_named,
)

FIRMS = by_id(
    [
        record(f"R-{n:07d}0", agency=(COLLEGE, COUNCIL)[n % 2], row=n + 2, Employer=f"Firm {n}")
        for n in range(12)
    ]
)
PAIRS = tuple(
    Pair(f"R-{n:07d}0#0", f"R-{n + 1:07d}0#0", "employer", 0.6, 1.0, "review", ("names are alike",), f"c{n}")
    for n in range(11)
)
MANY = link(questions=PAIRS)


def review_tab(questions: object) -> Tab:
    return as_tab(tab_named(hub_tabs(material(questions=questions)), "To review"))


def test_a_question_on_rows_without_an_agency_is_for_who_runs_the_hub() -> None:
    rows = by_id(replace(record(f"R-0000000{n}", Employer=f"Firm {n}"), agency="") for n in (1, 2))
    pair = replace(PAIRS[0], a="R-00000001#0", b="R-00000002#0")
    first = ask(link(questions=[pair]), rows, None, EMPTY_BOOK, today=TODAY, per_week=1)
    assert question_cells(first.questions[0])["For"] == "The hub"
    again = ask(
        link(questions=[pair]), rows, review_tab(first.questions), EMPTY_BOOK, today=TODAY, per_week=1
    )
    assert again == first


def test_a_question_shows_both_rows_and_what_differs() -> None:
    (question,) = ask(LINKED, BAKERY, None, EMPTY_BOOK, today=TODAY, per_week=5).questions
    cells = question_cells(question)
    assert (cells["Employer A"], cells["Employer B"]) == ("Brightwell Bakery Ltd", "Brightwell Cakes")
    assert cells["Differs in"] == "Employer, Postcode"
    assert cells["For"] == f"{CHAMBER}; {COLLEGE}"


def test_no_agency_is_asked_more_than_so_many_a_week_and_the_best_come_first() -> None:
    asking = ask(MANY, FIRMS, None, EMPTY_BOOK, today=TODAY, per_week=4)
    assert [question.pair for question in asking.questions] == list(PAIRS[:4])
    assert asking.waiting == 7


def test_asking_twice_on_one_day_asks_nothing_new() -> None:
    first = ask(MANY, FIRMS, None, EMPTY_BOOK, today=TODAY, per_week=4)
    again = ask(MANY, FIRMS, review_tab(first.questions), EMPTY_BOOK, today=TODAY, per_week=4)
    assert again == first


def test_the_next_week_adds_more_below_the_rows_that_stand() -> None:
    first = ask(MANY, FIRMS, None, EMPTY_BOOK, today=TODAY, per_week=4)
    later = ask(MANY, FIRMS, review_tab(first.questions), EMPTY_BOOK, today=date(2026, 11, 30), per_week=4)
    assert later.questions[:4] == first.questions
    assert len(later.questions) == 8


def test_rows_keep_the_order_in_which_people_left_them() -> None:
    first = ask(MANY, FIRMS, None, EMPTY_BOOK, today=TODAY, per_week=4)
    tab = review_tab(first.questions)
    turned = replace(tab, rows=(tab.rows[0], *reversed(tab.rows[1:])))
    again = ask(MANY, FIRMS, turned, EMPTY_BOOK, today=TODAY, per_week=4)
    assert again.questions == tuple(reversed(first.questions))


def test_answers_of_this_week_count_towards_what_was_asked() -> None:
    book = EMPTY_BOOK
    for pair in PAIRS[:4]:
        decision = Decision(
            pair.a, pair.b, "employer", "Different", "2026-11-23 09:00", by=f"{COLLEGE}; {COUNCIL}"
        )
        book = book.add(decision, "A", "B")
    rest = replace(MANY, questions=PAIRS[4:])
    assert ask(rest, FIRMS, None, book, today=TODAY, per_week=4).questions == ()


def test_a_pair_with_a_side_that_may_not_be_seen_is_never_asked() -> None:
    seen = {key: one for key, one in BAKERY.items() if key != "R-CCCCCCC3"}
    asking = ask(LINKED, seen, None, EMPTY_BOOK, today=TODAY, per_week=5)
    assert (asking.questions, asking.waiting) == ((), 0)


def test_a_pair_on_which_people_disagree_is_asked_again_with_both_answers() -> None:
    a, b = REVIEW_PAIR.a, REVIEW_PAIR.b
    answers = (
        Decision(a, b, "employer", "Same", "2026-11-01 09:00", by=COLLEGE),
        Decision(a, b, "employer", "Different", "2026-11-02 09:00", by=CHAMBER),
    )
    linked = replace(LINKED, questions=(), contradictions=(answers,))
    (question,) = ask(linked, BAKERY, None, EMPTY_BOOK, today=TODAY, per_week=5).questions
    assert question.pair.reasons[0] == (
        f"{DISAGREE}: {COLLEGE} said Same, {CHAMBER} said Different. Please agree and answer again"
    )

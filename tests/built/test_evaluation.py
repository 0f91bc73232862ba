"""The model measured on a partnership's own decisions, and what may be said of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engage.built.answers import as_they_are
from engage.built.decision_book import AUTOMATICALLY, Book
from engage.built.evaluation import Evaluation, evaluate
from engage.built.sampling import draw, drawn_in, record_check
from engage.linkage.interval import share_interval
from engage.linkage.settings import LinkSettings
from engage.model import Decision, Linked, Pair, Record
from tests.built.sample import NOW, by_id, record

SETTINGS = LinkSettings()
ROWS: dict[str, Record] = by_id(record(f"R-{n:08d}", Employer=f"Firm {n}") for n in range(400))
seeing = as_they_are(ROWS, lambda _a, _b: "cafe01")


def ends(n: int) -> tuple[str, str]:
    return f"R-{2 * n:08d}#0", f"R-{2 * n + 1:08d}#0"


def pair(n: int, probability: float = 0.9999, *reasons: str) -> Pair:
    return Pair(*ends(n), "employer", probability, 9.0, "review", reasons or ("same postcode",), "cafe01")


def merged(count: int) -> Book:
    """So many automatic merges, one a pair of rows."""
    book = Book()
    for n in range(count):
        book = book.add(Decision(*ends(n), "employer", "Same", NOW, "same postcode", AUTOMATICALLY), "A", "B")
    return book


def answered(book: Book, n: int, verdict: str, compared: str = "cafe01") -> Book:
    return book.add(Decision(*ends(n), "employer", verdict, NOW, "", compared=compared), "A", "B")


def checked(book: Book, size: int, wrong: int = 0) -> Book:
    for at, check in enumerate(draw(book, ROWS, size, seed="one")):
        book = record_check(book, check, right=at >= wrong, by="Pat", now=NOW, seeing=seeing)
    return book


def measured(book: Book, *pairs: Pair) -> Evaluation:
    return evaluate(book, Linked({}, {}, {}, pairs=pairs), SETTINGS)


def advice(found: Evaluation, limit: str) -> tuple[str, float | None]:
    (one,) = [one for one in found.advice if one.limit == limit]
    return one.move, one.setting


def test_what_nobody_has_checked_is_not_called_right() -> None:
    book = checked(merged(50), 0)
    book = answered(book, 3, "Different")
    found = measured(book)
    assert (found.automatic[0].merged, found.automatic[0].undone) == (50, 1)
    assert found.automatic[0].precision is None
    assert advice(found, "automatic") == ("unknown", None)


def test_a_sample_speaks_for_the_merges_that_it_was_drawn_from() -> None:
    found = measured(checked(merged(100), 40, wrong=1)).automatic[0]
    assert (found.merged, found.undone, found.right.hits, found.right.of) == (100, 0, 39, 40)
    assert found.precision is not None
    assert (found.precision.low, found.precision.high) == share_interval(39, 40)


def test_what_people_came_upon_counts_against_it_beside_the_sample() -> None:
    book = merged(100)
    for n in range(10):
        book = answered(book, n, "Different")
    found = measured(checked(book, 30)).automatic[0]
    assert (found.merged, found.undone) == (100, 10)
    assert found.precision is not None
    assert found.precision.high == pytest.approx(0.9)


def test_a_merge_that_came_apart_by_itself_is_nobodys_mistake() -> None:
    book = merged(3)
    book = book.withdraw([book.entries[0].key], "2026-11-24")
    found = measured(book).automatic[0]
    assert (found.merged, found.undone, found.wrong) == (2, 0, ())


def test_every_standing_merge_is_drawn_with_the_same_chance_and_a_judged_one_never() -> None:
    book = answered(merged(40), 7, "Different")
    drawn = [draw(book, ROWS, 10, seed=str(n)) for n in range(200)]
    counts = {n: sum(check.a.key == ends(n)[0] for checks in drawn for check in checks) for n in range(40)}
    assert counts.pop(7) == 0
    assert all(25 < count < 85 for count in counts.values())  # 200 × 10 / 39 = 51, give or take five of σ = 6
    assert draw(book, ROWS, 10, seed="x") == draw(book, ROWS, 10, seed="x")


def test_rows_that_whoever_checks_may_not_see_are_not_drawn() -> None:
    assert {
        check.a.key for check in draw(merged(5), {**by_id(ROWS[k[:10]] for k in ends(2))}, 9, seed="x")
    } == {ends(2)[0]}


def test_a_check_says_in_decisions_which_sample_it_is_of() -> None:
    book = checked(merged(5), 2, wrong=1)
    wrong, right = book.entries[-2:]
    assert wrong.cells["Reason"].startswith(
        "undo of 23 November 2026, 02:00 (automatically); drawn in sample one"
    )
    assert (right.cells["Decision"], wrong.cells["Decision"]) == ("Same", "Different")
    assert drawn_in(right.cells["Reason"]) == drawn_in(wrong.cells["Reason"])


def test_a_limit_is_raised_only_where_it_would_have_asked_about_the_wrong_ones() -> None:
    book = checked(merged(60), 60, wrong=20)
    wrong = [d for d in book.history if d.verdict == "Different"]
    likely = [Pair(d.a, d.b, "employer", 0.9995, 9.0, "automatic", ("same name",)) for d in wrong]
    assert advice(measured(book, *likely), "automatic") == ("raise", 0.9999)
    sure = [replace(pair, probability=0.999999) for pair in likely]
    assert advice(measured(book, *sure), "automatic") == ("stay", None)


def test_enough_right_ones_say_so() -> None:
    found = measured(checked(merged(60), 60))
    assert advice(found, "automatic") == ("stay", None)
    assert "736 would have to be checked" in found.advice[0].words


@pytest.mark.parametrize(
    ("same", "of", "move"),
    [(0, 100, "raise"), (30, 100, "stay"), (90, 100, "lower"), (1, 5, "unknown")],
)
def test_the_least_likely_questions_say_whether_to_ask_about_more_or_fewer(
    same: int, of: int, move: str
) -> None:
    book = Book()
    for n in range(of):
        book = answered(book, n, "Same" if n < same else "Different")
    found = measured(book, *(pair(n, 0.6) for n in range(of)))
    assert advice(found, "review")[0] == move
    assert [(band.low, band.high, band.same.hits, band.same.of) for band in found.review] == [
        (0.5, 0.9, same, of)
    ]


def test_answers_on_rows_that_changed_since_and_not_sure_are_told_apart() -> None:
    book = answered(answered(answered(Book(), 0, "Same"), 1, "Different", "other"), 2, "Not sure")
    found = measured(book, pair(0, 0.6), pair(1, 0.6), pair(2, 0.6))
    assert (found.changed, found.unsure, found.review[0].same.of) == (1, 1, 1)


def test_what_held_likely_pairs_back_is_set_against_what_people_said() -> None:
    book = answered(answered(Book(), 0, "Same"), 1, "Different")
    found = measured(
        book, pair(0, 0.9999, "same name", "two branches"), pair(1, 0.9999, "same name", "two branches")
    )
    assert [(one.doubt, one.same, one.of) for one in found.doubts] == [("two branches", 1, 2)]


def test_only_merges_made_since_a_day_count_if_one_is_given() -> None:
    found = evaluate(merged(3), Linked({}, {}, {}), SETTINGS, since="2027-01-01")
    assert found.automatic[0].merged == 0

"""What becomes of the answers that people type."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from engage.built.answers import as_they_are, take_answers, take_undos
from engage.built.decision_book import NOT_SHARED, OUTDATED, Book, read_book, read_decisions
from engage.built.merges import record_merges
from engage.built.problem_answers import take_problem_answers
from engage.built.questions import Asking, ask
from engage.built.registry import hub_tabs
from engage.model import Decision, Tab, record_of
from tests.built.sample import (
    BAKERY,
    CHAMBER,
    COLLEGE,
    EMPTY_BOOK,
    LINKED,
    MERGED_PAIR,
    NOW,
    REVIEW_PAIR,
    TODAY,
    as_tab,
    material,
    tab_named,
)
from tests.built.test_tabs import BAD_POSTCODE

KEY = "R-AAAAAAA1#0 ~ R-CCCCCCC3#0"
MERGED_KEY = "R-AAAAAAA1#0 ~ R-BBBBBBB2#0"
VERDICTS = ["Same", "Different", "Same group, different firm", "Not sure"]


seeing = as_they_are(BAKERY, lambda _a, _b: "cafe01")


def review_tab(answer: str = "", asking: Asking | None = None) -> Tab:
    asked = asking or ask(LINKED, BAKERY, None, EMPTY_BOOK, today=TODAY, per_week=5)
    return as_tab(tab_named(hub_tabs(material(questions=asked.questions)), "To review"), **{KEY: answer})


def decisions_tab(book: Book, **undo: str) -> Tab:
    return as_tab(tab_named(hub_tabs(material(book=book)), "Decisions"), **undo)


def merged_book() -> Book:
    return record_merges(EMPTY_BOOK, LINKED, BAKERY, now="2026-11-01 02:00")


@pytest.mark.parametrize("verdict", VERDICTS)
def test_an_answer_becomes_a_row_of_decisions_and_its_question_may_leave(verdict: str) -> None:
    taken = take_answers(review_tab(verdict.upper()), EMPTY_BOOK, BAKERY, seeing, now=NOW)
    (decision,) = taken.book.history
    assert (decision.a, decision.b, decision.verdict) == (REVIEW_PAIR.a, REVIEW_PAIR.b, verdict)
    assert (decision.by, decision.compared, decision.when) == (f"{CHAMBER}; {COLLEGE}", "cafe01", NOW)
    assert taken.answered == ((KEY, verdict.upper()),)


def test_an_answer_that_is_not_in_the_list_stays_and_is_reported() -> None:
    taken = take_answers(review_tab("probably"), EMPTY_BOOK, BAKERY, seeing, now=NOW)
    assert taken.book.history == ()
    assert taken.answered == ()
    assert taken.findings[0].found == "probably"


def test_an_answer_is_understood_though_somebody_typed_over_what_it_is_about() -> None:
    tab = review_tab("Same")
    at = tab.rows[0].index("About")
    rows = (tab.rows[0], *((*row[:at], "a note", *row[at + 1 :]) for row in tab.rows[1:]))
    taken = take_answers(replace(tab, rows=rows), EMPTY_BOOK, BAKERY, seeing, now=NOW)
    assert [decision.kind for decision in taken.book.history] == ["employer"]
    assert not taken.findings


def test_taking_the_same_answer_twice_writes_one_row() -> None:
    once = take_answers(review_tab("Same"), EMPTY_BOOK, BAKERY, seeing, now=NOW)
    book = read_book(decisions_tab(once.book))
    again = take_answers(review_tab("Same"), book, BAKERY, seeing, now="2026-11-24 02:00")
    assert again.book == book
    assert again.answered == once.answered


def test_an_answer_to_a_row_that_changed_meanwhile_does_not_hold() -> None:
    other = replace(
        BAKERY["R-CCCCCCC3"], typed={"Employer": "Quayside Hotel"}, clean={"Employer": "Quayside Hotel"}
    )
    records = {**BAKERY, "R-CCCCCCC3": other}
    taken = take_answers(review_tab("Same"), EMPTY_BOOK, records, seeing, now=NOW)
    assert taken.book.history[0].compared == OUTDATED
    assert taken.book.decisions == ()
    asking = ask(LINKED, records, None, taken.book, today=TODAY, per_week=5)
    assert asking.questions == ()


def test_a_row_of_decisions_reads_back_as_the_decision_it_was() -> None:
    book = merged_book()
    assert read_decisions(decisions_tab(book)) == book.history


def test_undo_splits_an_automatic_merge_and_holds_the_pair_apart() -> None:
    book = read_book(decisions_tab(merged_book(), **{MERGED_KEY: "Undo"}))
    assert book.history[0].undone
    after = take_undos(book, now=NOW, seeing=seeing)
    first, second = after.history
    assert (first.verdict, first.undone, second.verdict, second.undone) == ("Same", True, "Different", False)
    assert after.entries[0].cells["Undone on"] == "2026-11-23"
    assert second.reason == "undo of 1 November 2026, 02:00 (automatically)"
    assert after.decisions == (second,)
    assert take_undos(after, now="2026-11-24 02:00", seeing=seeing) == after


def test_undo_of_a_different_lets_the_pair_be_judged_afresh() -> None:
    taken = take_answers(review_tab("Different"), EMPTY_BOOK, BAKERY, seeing, now=NOW)
    book = take_undos(read_book(decisions_tab(taken.book, **{KEY: "undo"})), now=NOW, seeing=seeing)
    assert len(book.entries) == 1
    assert book.history[0].undone


def test_an_automatic_merge_has_its_row_once() -> None:
    book = merged_book()
    assert record_merges(book, LINKED, BAKERY, now=NOW) == book
    assert [d.how for d in book.history] == ["automatically"]


def test_an_automatic_merge_that_came_apart_is_dated_not_rewritten() -> None:
    apart = replace(LINKED, merges=(), employer_of={**LINKED.employer_of, MERGED_PAIR.b: "EMP-0000009"})
    book = record_merges(merged_book(), apart, BAKERY, now=NOW)
    assert (book.entries[0].cells["Undone on"], book.entries[0].cells["When"]) == (
        "2026-11-23",
        "2026-11-01 02:00",
    )
    again = record_merges(book, LINKED, BAKERY, now="2026-12-01 02:00")
    assert [entry.key for entry in again.entries] == [MERGED_KEY, f"{MERGED_KEY} (2)"]


def test_a_row_that_is_not_there_tonight_takes_nothing_back() -> None:
    book = merged_book()
    seen = {key: one for key, one in BAKERY.items() if key != record_of(MERGED_PAIR.b)}
    assert record_merges(book, LINKED, seen, now=NOW) == book


def test_two_agencies_that_answer_differently_both_stand_until_it_is_resolved() -> None:
    def said(verdict: str, by: str, when: str) -> Decision:
        return Decision(REVIEW_PAIR.a, REVIEW_PAIR.b, "employer", verdict, when, by=by, compared="cafe01")

    from engage.built.answers import record_answer  # noqa: PLC0415

    book = record_answer(EMPTY_BOOK, said("Same", COLLEGE, NOW), ("a", "b"))
    book = record_answer(book, said("Different", CHAMBER, NOW), ("a", "b"))
    assert [d.undone for d in book.history] == [False, False]
    book = record_answer(book, said("Different", f"{CHAMBER}; {COLLEGE}", "2026-11-24 09:00"), ("a", "b"))
    assert [d.undone for d in book.history] == [True, True, False]


def test_a_damaged_row_is_reported_kept_and_without_effect() -> None:
    tab = decisions_tab(merged_book())
    broken = replace(tab, rows=(tab.rows[0], ("", "something", *tab.rows[1][2:])))
    book = read_book(broken)
    assert book.history == ()
    assert book.findings[0].place.row == 2
    assert decisions_tab(book).rows[1][1] == "something"


def test_a_copied_row_does_not_share_its_key() -> None:
    tab = decisions_tab(merged_book())
    book = read_book(replace(tab, rows=(*tab.rows, tab.rows[1])))
    assert [entry.key for entry in book.entries] == [MERGED_KEY, f"{MERGED_KEY} (2)"]


def test_the_words_of_a_row_that_is_no_longer_shared_are_blanked() -> None:
    book = merged_book().without(frozenset({"R-BBBBBBB2"}))
    cells = book.entries[0].cells
    assert (cells["A"], cells["B"], cells["Reason"]) == (NOT_SHARED, NOT_SHARED, NOT_SHARED)
    assert book.history == merged_book().history


def problems_tab(answer: str) -> Tab:
    intent = tab_named(hub_tabs(material(problems=[BAD_POSTCODE])), "Problems to fix")
    return as_tab(intent, **{BAD_POSTCODE.key: answer})


def test_an_accepted_suggestion_is_handed_on_once() -> None:
    taken = take_problem_answers(problems_tab("Accept suggestion"), [BAD_POSTCODE], workbook="hub")
    assert (taken.accepted, taken.answered) == ((BAD_POSTCODE,), ())
    gone = take_problem_answers(problems_tab("Accept suggestion"), [], workbook="hub")
    assert (gone.accepted, gone.answered) == ((), ((BAD_POSTCODE.key, "Accept suggestion"),))


def test_leave_as_it_is_settles_the_finding() -> None:
    taken = take_problem_answers(problems_tab("Leave as it is"), [BAD_POSTCODE], workbook="hub")
    assert taken.settled == {BAD_POSTCODE.key}
    assert taken.accepted == ()


def test_a_suggestion_that_is_not_there_cannot_be_accepted() -> None:
    empty = replace(BAD_POSTCODE, suggestion="")
    taken = take_problem_answers(problems_tab("Accept suggestion"), [empty], workbook="hub")
    assert (taken.accepted, taken.answered) == ((), ())
    assert taken.findings[0].kind == "nothing-to-accept"


class Answering(RuleBasedStateMachine):
    """People answer and undo in any order, the sync takes it in at any moment; the sheet is the memory."""

    def __init__(self) -> None:
        super().__init__()
        self.tab = decisions_tab(EMPTY_BOOK)
        self.night = 0
        self.seen: list[tuple[str, str]] = []

    def write(self, book: Book) -> None:
        rows = decisions_tab(book).rows
        self.tab = replace(self.tab, rows=rows)

    @rule(verdict=st.sampled_from([*VERDICTS, "", "no idea"]))
    def answer(self, verdict: str) -> None:
        before = read_book(self.tab)
        taken = take_answers(review_tab(verdict), before, BAKERY, seeing, now=self.now())
        if verdict in VERDICTS:
            standing = [d.verdict for d in taken.book.on(REVIEW_PAIR.a, REVIEW_PAIR.b)]
            assert verdict in standing
        self.write(taken.book)

    @rule(data=st.data())
    def type_undo(self, data: st.DataObject) -> None:
        if len(self.tab.rows) > 1:
            at = data.draw(st.integers(1, len(self.tab.rows) - 1))
            column = self.tab.rows[0].index("Undo")
            row = list(self.tab.rows[at])
            row[column] = "Undo"
            self.tab = replace(self.tab, rows=(*self.tab.rows[:at], tuple(row), *self.tab.rows[at + 1 :]))

    @rule()
    def night_falls(self) -> None:
        self.night += 1
        book = take_undos(read_book(self.tab), now=self.now(), seeing=seeing)
        held = {(d.a, d.b) for d in book.history if d.verdict == "Different" and not d.undone}
        merges = tuple(p for p in LINKED.merges if (p.a, p.b) not in held)
        self.write(record_merges(book, replace(LINKED, merges=merges), BAKERY, now=self.now()))
        quiet = take_undos(read_book(self.tab), now=self.now(), seeing=seeing)
        assert quiet == read_book(self.tab)

    def now(self) -> str:
        return f"2026-11-{1 + self.night % 28:02d} 02:00"

    @invariant()
    def rows_are_only_ever_added(self) -> None:
        fixed = [self.tab.rows[0].index(heading) for heading in ("When", "Pair", "Decision", "Compared")]
        now = [tuple(row[at] for at in fixed) for row in self.tab.rows[1:]]
        assert now[: len(self.seen)] == self.seen
        self.seen = now

    @invariant()
    def every_undo_that_was_taken_in_holds(self) -> None:
        book = read_book(self.tab)
        assert all(e.decision is None or e.decision.undone for e in book.entries if e.cells["Undo"])

    @invariant()
    def keys_are_unique(self) -> None:
        keys = [entry.key for entry in read_book(self.tab).entries]
        assert len(keys) == len(set(keys))


TestAnswering = Answering.TestCase
TestAnswering.settings = settings(max_examples=10, stateful_step_count=12, deadline=None)


@given(st.lists(st.text(max_size=12), min_size=12, max_size=12))
@settings(max_examples=60, deadline=None)
def test_a_row_of_any_text_is_never_lost(cells: list[str]) -> None:
    headings = tab_named(hub_tabs(material()), "Decisions").headings
    book = read_book(Tab("Decisions", (headings, tuple(cells))))
    typed = {text.strip() for text in cells} - {""}
    kept = set(book.entries[0].cells.values()) if book.entries else set()
    assert typed <= kept

"""The one contract of every workbook: what an intent does, and what it leaves alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from engage.errors import WorkbookBusy, WorkbookError
from engage.model import Grid, Link
from engage.ports import (
    AcceptSuggestion,
    AddIdColumn,
    Change,
    GiveId,
    Intent,
    Outcome,
    PublishTab,
    RestoreCell,
    SetCell,
)

from .peers import Peer, Tabs, make_peer

HEADER = ("Employer", "Phone", "Record ID")
ACORN = ("Acorn Bakery", "0161 496 0001")
BIRCH = ("Birch Joinery", "0161 496 0002")
STAFF: Tabs = {"Employers": [HEADER, ACORN, BIRCH]}
Make = Callable[..., Peer]


@pytest.fixture(params=["memory", "xlsx", "google"])
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Make:
    return lambda tabs=STAFF, **options: make_peer(request.param, tmp_path, tabs, **options)


def statuses(outcomes: tuple[Outcome, ...]) -> list[str]:
    return [outcome.status for outcome in outcomes]


def give(row: int, expects: tuple[str, ...], record_id: str) -> GiveId:
    return GiveId("Employers", 1, row, expects, record_id)


def publish(rows: tuple[tuple[str, ...], ...], expects: Grid | None = None, **options: object) -> PublishTab:
    return PublishTab("To review", ("Pair", "Reason", "Decision"), rows, expects=expects, **options)  # type: ignore[arg-type]


# --- reading ---


def test_a_tab_reads_as_typed_with_trailing_blanks_left_out(make: Make) -> None:
    peer = make({"Employers": [("A", "", "00123"), (), ("", "x", "")]})
    assert peer.rows("Employers") == (("A", "", "00123"), (), ("", "x"))


def test_an_empty_tab_reads_as_no_rows(make: Make) -> None:
    assert make({"Empty": []}).rows("Empty") == ()


def test_view_only_says_so_and_refuses_to_write(make: Make) -> None:
    peer = make(view_only=True)
    assert not peer.workbook.read().writable
    with pytest.raises(WorkbookError, match="may be read but not written"):
        peer.workbook.apply([give(2, ACORN, "R-1")])
    assert peer.rows("Employers") == (HEADER, ACORN, BIRCH)


# --- the id column ---


def test_the_id_column_goes_right_of_everything_used(make: Make) -> None:
    peer = make({"Employers": [("Title",), HEADER[:2], ACORN, ("x", "", "", "stray")]})
    (outcome,) = peer.workbook.apply([AddIdColumn("Employers", 2, HEADER[:2])])
    assert outcome.changes == (Change("Employers", 2, 5, "", "Record ID"),)
    assert peer.rows("Employers")[1] == ("Employer", "Phone", "", "", "Record ID")


def test_the_id_column_is_found_below_a_row_inserted_meanwhile(make: Make) -> None:
    peer = make({"Employers": [HEADER[:2], ACORN]})
    peer.insert_row("Employers", 1, ["A title"])
    outcomes = peer.workbook.apply([AddIdColumn("Employers", 1, HEADER[:2]), give(2, ACORN, "R-1")])
    assert statuses(outcomes) == ["done", "done"]
    assert peer.rows("Employers") == (("A title",), HEADER, (*ACORN, "R-1"))


def test_a_second_id_column_is_never_added(make: Make) -> None:
    peer = make()
    assert statuses(peer.workbook.apply([AddIdColumn("Employers", 1, HEADER)])) == ["same"]


def test_no_id_column_under_headings_that_have_changed(make: Make) -> None:
    peer = make({"Employers": [HEADER[:2], ACORN]})
    peer.type("Employers", 1, 2, "Telephone")
    assert statuses(peer.workbook.apply([AddIdColumn("Employers", 1, HEADER[:2])])) == ["moved"]


# --- ids ---


def test_an_id_lands_in_its_row_and_nowhere_else(make: Make) -> None:
    peer = make()
    outcomes = peer.workbook.apply([give(3, BIRCH, "R-2"), give(2, ACORN, "R-1")])
    assert outcomes[0].changes == (Change("Employers", 3, 3, "", "R-2"),)
    assert peer.rows("Employers") == (HEADER, (*ACORN, "R-1"), (*BIRCH, "R-2"))


def test_an_id_follows_a_row_that_was_pushed_down(make: Make) -> None:
    peer = make()
    peer.insert_row("Employers", 2, ["Cedar Care", "0161 496 0003"])
    assert statuses(peer.workbook.apply([give(2, ACORN, "R-1")])) == ["done"]
    assert peer.rows("Employers")[2] == (*ACORN, "R-1")
    assert peer.rows("Employers")[1] == ("Cedar Care", "0161 496 0003")


def test_a_row_that_was_edited_meanwhile_is_left_for_next_time(make: Make) -> None:
    peer = make()
    peer.type("Employers", 2, 2, "0161 496 0009")
    assert statuses(peer.workbook.apply([give(2, ACORN, "R-1")])) == ["moved"]
    assert peer.rows("Employers")[1] == ("Acorn Bakery", "0161 496 0009")


def test_a_row_that_was_given_an_id_meanwhile_keeps_it(make: Make) -> None:
    peer = make()
    peer.type("Employers", 2, 3, "R-OLD")
    assert statuses(peer.workbook.apply([give(2, ACORN, "R-1")])) == ["moved"]
    assert peer.rows("Employers")[1] == (*ACORN, "R-OLD")


def test_two_rows_alike_are_left_alone_unless_the_hint_says_which(make: Make) -> None:
    peer = make({"Employers": [HEADER, ACORN, BIRCH, ACORN]})
    assert statuses(peer.workbook.apply([give(3, ACORN, "R-9")])) == ["moved"]
    assert statuses(peer.workbook.apply([give(2, ACORN, "R-1"), give(4, ACORN, "R-2")])) == ["done"] * 2
    assert peer.rows("Employers")[1] == (*ACORN, "R-1")
    assert peer.rows("Employers")[3] == (*ACORN, "R-2")


def test_a_copied_id_is_replaced_when_the_intent_expected_it(make: Make) -> None:
    peer = make({"Employers": [HEADER, (*ACORN, "R-1"), (*ACORN, "R-1")]})
    (outcome,) = peer.workbook.apply([give(3, (*ACORN, "R-1"), "R-2")])
    assert outcome.changes == (Change("Employers", 3, 3, "R-1", "R-2"),)
    assert peer.rows("Employers")[1:] == ((*ACORN, "R-1"), (*ACORN, "R-2"))


def test_a_blank_row_never_gets_an_id(make: Make) -> None:
    peer = make({"Employers": [HEADER, (), ACORN]})
    assert statuses(peer.workbook.apply([give(2, (), "R-1")])) == ["moved"]


def test_an_intent_for_a_renamed_tab_is_left_for_next_time(make: Make) -> None:
    peer = make()
    peer.rename_tab("Employers", "Firms")
    assert statuses(peer.workbook.apply([give(2, ACORN, "R-1")])) == ["moved"]
    assert peer.rows("Firms") == (HEADER, ACORN, BIRCH)


# --- accepted suggestions, undo, the time stamp ---


def accept(expects: str, value: str) -> AcceptSuggestion:
    return AcceptSuggestion("Employers", 1, "R-1", "Phone", expects, value)


WITH_IDS: Tabs = {"Employers": [HEADER, (*BIRCH, "R-2"), (*ACORN, "R-1")]}


def test_an_accepted_suggestion_is_written_under_its_heading_in_its_row(make: Make) -> None:
    peer = make(WITH_IDS)
    (outcome,) = peer.workbook.apply([accept("0161 496 0001", "0161 496 0101")])
    assert outcome.changes == (Change("Employers", 3, 2, "0161 496 0001", "0161 496 0101"),)
    assert peer.rows("Employers")[2] == ("Acorn Bakery", "0161 496 0101", "R-1")


def test_a_cell_that_changed_since_is_not_overwritten(make: Make) -> None:
    peer = make(WITH_IDS)
    peer.type("Employers", 3, 2, "0161 496 0777")
    assert statuses(peer.workbook.apply([accept("0161 496 0001", "0161 496 0101")])) == ["moved"]
    assert peer.rows("Employers")[2][1] == "0161 496 0777"


def test_a_cell_that_reads_so_already_is_the_same(make: Make) -> None:
    peer = make(WITH_IDS)
    assert statuses(peer.workbook.apply([accept("old", "0161 496 0001")])) == ["same"]


def test_an_id_that_two_rows_hold_names_neither(make: Make) -> None:
    peer = make({"Employers": [HEADER, (*ACORN, "R-1"), (*ACORN, "R-1")]})
    assert statuses(peer.workbook.apply([accept("0161 496 0001", "x")])) == ["moved"]


def test_undo_puts_a_cell_back_and_can_blank_an_id(make: Make) -> None:
    peer = make(WITH_IDS)
    peer.workbook.apply([accept("0161 496 0001", "0161 496 0101")])
    intents: list[Intent] = [
        RestoreCell("Employers", 1, "R-1", "Phone", "0161 496 0101", "0161 496 0001"),
        RestoreCell("Employers", 1, "R-2", "Record ID", "R-2", ""),
    ]
    assert statuses(peer.workbook.apply(intents)) == ["done", "done"]
    assert peer.rows("Employers") == (HEADER, BIRCH, (*ACORN, "R-1"))


def test_the_time_stamp_stands_beside_its_label(make: Make) -> None:
    peer = make({"Start here": [("How it works",), (), ("Last sync", "never")]})
    stamp = SetCell("Start here", "Last sync", "2026-11-22 02:30")
    assert statuses(peer.workbook.apply([stamp])) == ["done"]
    assert statuses(peer.workbook.apply([stamp])) == ["same"]
    assert peer.rows("Start here")[2] == ("Last sync", "2026-11-22 02:30")


# --- built tabs ---

KEYED = {"key": "Pair", "answers": frozenset({"Decision"})}
TOP = ("Pair", "Reason", "Decision")


def test_a_built_tab_is_created_once_and_then_the_same(make: Make) -> None:
    peer = make()
    assert statuses(peer.workbook.apply([publish((("p1", "=1+1", ""),))])) == ["done"]
    expects = peer.rows("To review")
    assert expects == (TOP, ("p1", "=1+1"))
    assert statuses(peer.workbook.apply([publish((("p1", "=1+1", ""),), expects)])) == ["same"]


def test_a_hidden_tab_is_created_hidden(make: Make) -> None:
    peer = make()
    peer.workbook.apply([PublishTab("_engage", ("What", "Value"), (("v", 1),), hidden=True)])
    tab = peer.workbook.read().tab("_engage")
    assert tab is not None
    assert tab.hidden
    assert tab.rows == (("What", "Value"), ("v", "1"))


def test_a_built_tab_shrinks_and_every_change_is_listed(make: Make) -> None:
    peer = make({"To review": [TOP, ("p1", "a"), ("p2", "b"), ("p3", "c")]})
    (outcome,) = peer.workbook.apply([publish((("p1", "z", ""),), peer.rows("To review"))])
    assert peer.rows("To review") == (TOP, ("p1", "z"))
    assert [(c.row, c.column, c.before, c.after) for c in outcome.changes] == [
        (2, 2, "a", "z"),
        (3, 1, "p2", ""),
        (3, 2, "b", ""),
        (4, 1, "p3", ""),
        (4, 2, "c", ""),
    ]


def test_a_built_tab_that_people_changed_is_left_for_next_time(make: Make) -> None:
    peer = make({"To review": [TOP, ("p1", "a")]})
    expects = peer.rows("To review")
    peer.type("To review", 2, 2, "my own words")
    assert statuses(peer.workbook.apply([publish((("p1", "b", ""),), expects, **KEYED)])) == ["moved"]
    assert peer.rows("To review") == (TOP, ("p1", "my own words"))


def test_a_tab_that_came_or_went_meanwhile_is_left_for_next_time(make: Make) -> None:
    peer = make({"To review": [TOP], "Other": [("x",)]})
    assert statuses(peer.workbook.apply([publish(())])) == ["moved"]
    peer.rename_tab("To review", "Reviewed")
    assert statuses(peer.workbook.apply([publish((), (TOP,))])) == ["moved"]


def test_answers_given_meanwhile_stay_with_their_key_and_rows_keep_their_order(make: Make) -> None:
    peer = make({"To review": [TOP, ("p2", "b"), ("p1", "a")]})
    expects = peer.rows("To review")
    peer.type("To review", 3, 3, "Same")
    new = (("p0", "n", ""), ("p1", "a2", ""), ("p2", "b2", ""))
    assert statuses(peer.workbook.apply([publish(new, expects, **KEYED)])) == ["done"]
    assert peer.rows("To review") == (TOP, ("p2", "b2"), ("p1", "a2", "Same"), ("p0", "n"))


def test_answers_survive_a_renamed_heading_and_a_row_inserted_on_top(make: Make) -> None:
    peer = make({"To review": [("Please answer",), ("Pair", "Reason", "Your verdict"), ("p1", "a", "Same")]})
    peer.workbook.apply([publish((("p1", "b", ""), ("p2", "c", "")), peer.rows("To review"), **KEYED)])
    assert peer.rows("To review") == (TOP, ("p1", "b", "Same"), ("p2", "c"))


def test_an_answer_in_a_copied_row_is_not_lost(make: Make) -> None:
    peer = make(
        {"To review": [TOP, ("p1", "a"), ("p1", "a", "Same"), ("p2", "b", "Same"), ("p2", "b", "Different")]}
    )
    rows = (("p1", "a", ""), ("p2", "b", ""))
    peer.workbook.apply([publish(rows, peer.rows("To review"), **KEYED)])
    assert peer.rows("To review") == (TOP, ("p1", "a", "Same"), ("p2", "b", "Same"), ("p2", "b", "Different"))


def test_an_answered_row_goes_only_with_the_answer_that_was_taken_in(make: Make) -> None:
    peer = make({"To review": [TOP, ("p1", "a", "Same"), ("p2", "b"), ("p3", "c", "Same"), ("p4", "d")]})
    expects = peer.rows("To review")
    peer.type("To review", 4, 3, "Different")
    peer.type("To review", 5, 3, "Same")
    taken_in = (("p1", "Same"), ("p3", "Same"))
    peer.workbook.apply([publish((), expects, answered=taken_in, **KEYED)])
    assert peer.rows("To review") == (TOP, ("p3", "c", "Different"), ("p4", "d", "Same"))


def test_an_answered_row_goes_though_blanks_stand_around_its_answer(make: Make) -> None:
    peer = make({"To review": [TOP, ("p1", "a", " Same "), ("p2", "b")]})
    peer.workbook.apply(
        [publish((("p2", "b", ""),), peer.rows("To review"), answered=(("p1", "Same"),), **KEYED)]
    )
    assert peer.rows("To review") == (TOP, ("p2", "b"))


def test_a_link_reads_as_its_text_and_a_new_target_is_a_change(make: Make) -> None:
    peer = make()
    links = [(("a", Link("open it", "peer", "Employers", row)),) for row in (2, 2, 3)]
    found = []
    for rows in links:
        expects = peer.workbook.read().tab("Links")
        intent = PublishTab("Links", ("What", "Where"), rows, expects=expects.rows if expects else None)
        found += statuses(peer.workbook.apply([intent]))
    assert found == ["done", "same", "done"]
    assert peer.rows("Links") == (("What", "Where"), ("a", "open it"))


def test_what_no_sheet_can_hold_is_left_out_and_the_rest_reads_back(make: Make) -> None:
    peer = make()
    rows = (("a\x00b\x0bc", "one\r\ntwo", "x" * 40_000), ("'=1", " spaced ", "_x0041_"))
    assert statuses(peer.workbook.apply([publish(rows)])) == ["done"]
    assert peer.rows("To review")[1:] == (("abc", "one\ntwo", "x" * 32_767), ("'=1", " spaced ", "_x0041_"))
    assert statuses(peer.workbook.apply([publish(rows, peer.rows("To review"))])) == ["same"]


# --- people who type while we write ---


def apply_until_quiet(peer: Peer, intents: list[Intent]) -> list[Outcome]:
    """Apply; a workbook that refuses because somebody saved is tried once more, as the next sync would."""
    try:
        return list(peer.workbook.apply(intents))
    except WorkbookBusy:
        return list(peer.workbook.apply(intents))


def test_a_row_inserted_between_guard_and_write_leaves_every_row_its_own(make: Make) -> None:
    peer = make()
    peer.at_write = lambda p: p.insert_row("Employers", 2, ["Cedar Care"])
    intents: list[Intent] = [give(2, ACORN, "R-1"), give(3, BIRCH, "R-2")]
    apply_until_quiet(peer, intents)
    peer.workbook.apply(intents)
    assert peer.rows("Employers") == (HEADER, ("Cedar Care",), (*ACORN, "R-1"), (*BIRCH, "R-2"))


def test_a_row_deleted_between_guard_and_write_never_leaves_its_id_to_the_next(make: Make) -> None:
    peer = make()
    peer.at_write = lambda p: p.delete_row("Employers", 2)
    outcomes = apply_until_quiet(peer, [give(2, ACORN, "R-1")])
    assert statuses(tuple(outcomes)) == ["moved"]
    assert peer.rows("Employers") == (HEADER, BIRCH)


def test_a_cell_typed_between_guard_and_write_stands(make: Make) -> None:
    peer = make(WITH_IDS)
    peer.at_write = lambda p: p.type("Employers", 3, 2, "typed just now")
    outcomes = apply_until_quiet(peer, [accept("0161 496 0001", "0161 496 0101")])
    assert statuses(tuple(outcomes)) in (["displaced"], ["moved"])
    assert peer.rows("Employers")[2] == ("Acorn Bakery", "typed just now", "R-1")


def test_an_edit_elsewhere_in_the_row_does_not_stop_an_accepted_suggestion(make: Make) -> None:
    peer = make(WITH_IDS)
    peer.at_write = lambda p: p.type("Employers", 3, 1, "Acorn Bakery Ltd")
    outcomes = apply_until_quiet(peer, [accept("0161 496 0001", "0161 496 0101")])
    assert statuses(tuple(outcomes)) == ["done"]
    assert peer.rows("Employers")[2] == ("Acorn Bakery Ltd", "0161 496 0101", "R-1")


def test_an_answer_given_between_guard_and_write_stays_with_its_key(make: Make) -> None:
    peer = make({"To review": [TOP, ("p1", "a"), ("p2", "b")]})
    expects = peer.rows("To review")
    peer.at_write = lambda p: p.type("To review", 3, 3, "Same")
    rows = (("p2", "b2", ""),)
    apply_until_quiet(peer, [publish(rows, expects, **KEYED)])
    assert peer.rows("To review") == (TOP, ("p2", "b2", "Same"))


def test_words_typed_into_a_built_tab_at_that_moment_are_handed_back(make: Make) -> None:
    peer = make({"To review": [TOP, ("p1", "a")]})
    expects = peer.rows("To review")
    peer.at_write = lambda p: p.type("To review", 2, 2, "my own words")
    (outcome,) = apply_until_quiet(peer, [publish((("p1", "b", ""),), expects, **KEYED)])
    lost = [change.before for change in outcome.changes if outcome.status == "displaced"]
    assert "my own words" in [*lost, peer.rows("To review")[1][1]]


def test_days_and_moments_read_back_as_iso_whatever_the_sheet_shows(make: Make) -> None:
    peer = make()
    moment, day = datetime.fromisoformat("2026-11-22T02:30"), date(2026, 3, 1)
    intent = PublishTab("Dates", ("When", "Day"), ((moment, day),))
    assert statuses(peer.workbook.apply([intent])) == ["done"]
    assert peer.rows("Dates")[1] == ("2026-11-22 02:30", "2026-03-01")
    again = PublishTab("Dates", ("When", "Day"), ((moment, day),), expects=peer.rows("Dates"))
    assert statuses(peer.workbook.apply([again])) == ["same"]


START = [("Start here", "How this workbook works"), ("Last sync", ""), ("Sync now", "TRUE")]


def test_a_peek_shows_one_tab_as_it_stands_and_nothing_where_there_is_none(make: Make) -> None:
    peer = make({"Employers": [HEADER, ACORN], "Start here": START})
    assert peer.workbook.peek("Start here") == (START[0], START[1][:1], START[2])
    peer.type("Start here", 3, 2, "")
    assert peer.workbook.peek("Start here")[2] == ("Sync now",)
    assert peer.workbook.peek("Start here, too") == ()


def test_a_box_is_unticked_by_a_true_no_and_by_nothing_else(make: Make) -> None:
    peer = make({"Start here": START})
    untick = SetCell("Start here", "Sync now", False)
    assert statuses(peer.workbook.apply([untick])) == ["done"]
    assert peer.rows("Start here")[2] == ("Sync now", "FALSE")
    assert statuses(peer.workbook.apply([untick])) == ["same"]


def test_a_heading_typed_anew_at_that_moment_leaves_the_ids_under_their_own_heading(make: Make) -> None:
    peer = make({"Employers": [HEADER[:2], ACORN, BIRCH]})
    peer.at_write = lambda p: p.type("Employers", 1, 2, "Telephone")
    intents: list[Intent] = [AddIdColumn("Employers", 1, HEADER[:2]), give(2, ACORN, "R-1")]
    apply_until_quiet(peer, intents)
    rows = peer.rows("Employers")
    assert [row[2:] for row in rows] in ([(), (), ()], [("Record ID",), ("R-1",), ()])
    assert rows[0][1] == "Telephone"


def test_ids_whose_heading_did_not_stay_are_taken_back(make: Make) -> None:
    peer = make({"Employers": [HEADER[:2], ACORN, BIRCH]})

    def all_anew(p: Peer) -> None:
        p.type("Employers", 1, 1, "Firm")
        p.type("Employers", 1, 2, "Telephone")

    peer.at_write = all_anew
    apply_until_quiet(peer, [AddIdColumn("Employers", 1, HEADER[:2]), give(2, ACORN, "R-1")])
    assert peer.rows("Employers") == (("Firm", "Telephone"), ACORN, BIRCH)

"""What the guard refuses, on tabs that only some kinds of workbook can have."""

from __future__ import annotations

from engage.ports import AcceptSuggestion, AddIdColumn, GiveId, Intent, PublishTab, SetCell
from engage.workbook.cells import Area, CellEdit, Formula, Seen, TabEdit
from engage.workbook.locate import WIDEST, locate

HEADER = ("Employer", "Phone", "Record ID")
ACORN = ("Acorn Bakery", "0161 496 0001", "R-1")
PHONE = AcceptSuggestion("T", 1, "R-1", "Phone", "0161 496 0001", "0161 496 0101")


def judge(intent: Intent, seen: Seen) -> tuple[str, str]:
    (located,) = locate([intent], {"T": seen})
    return located.status, located.note


def test_a_formula_is_never_written_over() -> None:
    seen = Seen((HEADER, ACORN), formulas={(2, 2): 'CONCAT("0161 ","496 0001")'})
    assert judge(PHONE, seen) == ("moved", "a formula stands in the cell")


def test_a_cell_hidden_under_a_merged_one_is_never_written() -> None:
    seen = Seen((HEADER, ("Acorn Bakery",)), merged=frozenset({(2, 3)}))
    assert judge(GiveId("T", 1, 2, ("Acorn Bakery",), "R-1"), seen)[0] == "moved"


def test_an_id_is_never_written_over_what_shows_across_the_columns_beside() -> None:
    header, wide = ("Record ID", "Employer"), ("Acorn Bakery",)
    seen = Seen((header, wide), merged=frozenset({(2, 2)}), across=frozenset({(2, 1)}))
    assert judge(GiveId("T", 1, 2, wide, "R-1"), seen) == ("moved", "the cell is merged with another")


def test_a_cell_that_is_protected_from_us_is_left_and_the_others_are_written() -> None:
    seen = Seen((HEADER, ("Acorn", "1"), ("Birch", "2")), shut=(Area(2, 1, 2, 3),))
    ids = [GiveId("T", 1, 2, ("Acorn", "1"), "R-1"), GiveId("T", 1, 3, ("Birch", "2"), "R-2")]
    located = locate(ids, {"T": seen})
    assert [(each.status, each.note) for each in located] == [
        ("moved", "the cell is protected from the system"),
        ("done", ""),
    ]


def test_of_two_columns_with_one_heading_the_one_that_reads_as_expected_is_meant() -> None:
    header = ("Phone", "phone ", "Record ID")
    seen = Seen((header, ("0161 496 0001", "0161 496 0002", "R-1"), ("x", "x", "R-2")))
    (located,) = locate([PHONE], {"T": seen})
    assert isinstance(located.edit, CellEdit)
    assert located.edit.column == 1
    both = AcceptSuggestion("T", 1, "R-2", "Phone", "x", "y")
    assert judge(both, seen)[0] == "moved"


def test_two_id_columns_name_no_row() -> None:
    seen = Seen((("Record ID", "Phone", "Record ID"), ("R-1", "0161 496 0001", "R-1")))
    assert judge(PHONE, seen)[0] == "moved"
    assert judge(GiveId("T", 1, 2, seen.rows[1], "R-2"), seen)[0] == "moved"


def test_a_tab_that_is_used_to_its_last_column_has_no_room_for_ids() -> None:
    header = ("Employer", *[""] * (WIDEST - 2), "x")
    assert judge(AddIdColumn("T", 1, header), Seen((header,)))[0] == "moved"


def test_the_heading_row_itself_is_never_given_an_id() -> None:
    seen = Seen((HEADER, ACORN))
    assert judge(GiveId("T", 1, 1, HEADER, "R-9"), seen)[0] == "moved"


def test_a_time_stamp_without_its_label_is_left_out() -> None:
    assert judge(SetCell("T", "Last sync", "now"), Seen((("How it works",),)))[0] == "moved"


def test_a_tab_that_differs_in_capitals_only_is_not_created_beside_the_other() -> None:
    assert locate([PublishTab("t", ("A",), ())], {"T": Seen(())})[0].status == "moved"


def test_a_row_that_stays_keeps_its_link() -> None:
    seen = Seen((("Key", "Answer"), ("k1", "Same")), formulas={(2, 1): "LINK"})
    intent = PublishTab(
        "T", ("Key", "Answer"), (), "Key", frozenset({"Answer"}), expects=(("Key", "Answer"), ("k1",))
    )
    (located,) = locate([intent], {"T": seen})
    assert located.status == "same"
    more = PublishTab("T", ("Key", "Answer"), (("k2", ""),), "Key", frozenset({"Answer"}), expects=seen.rows)
    (located,) = locate([more], {"T": seen})
    assert isinstance(located.edit, TabEdit)
    assert located.edit.rows[1] == (Formula("LINK", "k1"), "Same")


def test_a_formula_that_shows_nothing_still_goes_from_a_built_tab() -> None:
    seen = Seen((("A",), ("x",)), formulas={(2, 5): 'IF(A2="x","","")'})
    (located,) = locate([PublishTab("T", ("A",), (("x",),), expects=seen.rows)], {"T": seen})
    assert [(change.row, change.column) for change in located.changes] == [(2, 5)]

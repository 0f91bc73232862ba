"""Find and replace: texts typed anew, formulas where asked, counted, and past no protection."""

from __future__ import annotations

import pytest


@pytest.fixture
def filled(kim):
    kim.paste("Sheet1", 1, 1, [["Acorn Ltd", "10"], ["acorn", "=A1"], ["Birch (Ltd)", "TRUE"]])
    return kim


def replaced(book, find, replacement, **more):
    where = more if {"range", "sheetId", "allSheets"} & set(more) else {"allSheets": True, **more}
    return book.batch({"findReplace": {"find": find, "replacement": replacement, **where}})


def test_every_text_that_holds_it_is_changed_whatever_its_case(book, filled):
    answer = replaced(book, "acorn", "Oak")
    assert filled.rows("Sheet1")[:2] == [["Oak Ltd", "10"], ["Oak", "Oak Ltd"]]
    counts = {"valuesChanged": 2, "rowsChanged": 2, "sheetsChanged": 1, "occurrencesChanged": 2}
    assert answer.body["replies"] == [{"findReplace": counts}]
    assert replaced(book, "nowhere", "x").body["replies"] == [{"findReplace": {}}]


@pytest.mark.parametrize(
    ("find", "options", "column"),
    [
        ("acorn", {"matchCase": True}, ["Acorn Ltd", "X", "Birch (Ltd)"]),
        ("ACORN", {"matchEntireCell": True}, ["Acorn Ltd", "X", "Birch (Ltd)"]),
        ("(Ltd)", {"sheetId": 0}, ["Acorn Ltd", "acorn", "Birch X"]),
        ("A1", {}, ["Acorn Ltd", "acorn", "Birch (Ltd)"]),
        (r"^(\w+) .*$", {"searchByRegex": True}, ["X", "acorn", "X"]),
        ("l", {"range": {"sheetId": 0, "endRowIndex": 1}}, ["Acorn Xtd", "acorn", "Birch (Ltd)"]),
    ],
)
def test_what_is_looked_for_can_be_narrowed(book, filled, find, options, column):
    replaced(book, find, "X", **options)
    assert [row[0] for row in filled.rows("Sheet1")] == column


def test_a_part_of_what_was_found_can_be_kept_and_a_number_stays_a_number(book, filled):
    replaced(book, r"(\w+) \((\w+)\)", r"$2 \ $1", searchByRegex=True)
    replaced(book, "10", "20")
    assert filled.shown("Sheet1", 3, 1) == r"Ltd \ Birch"
    assert filled.book.tabs[0].cell(0, 1).entered == 20


def test_a_formula_is_changed_only_where_that_is_asked(book, filled):
    assert replaced(book, "A1", "A3", includeFormulas=True).body["replies"][0]["findReplace"][
        "formulasChanged"
    ]
    assert filled.shown("Sheet1", 2, 2) == "Birch (Ltd)"


@pytest.mark.parametrize("wrong", [{"sheetId": 0, "allSheets": True}, {"searchByRegex": True}])
def test_two_places_or_half_an_expression_are_refused(book, filled, wrong):
    assert replaced(book, "(", "x", **wrong).status == 400
    assert filled.shown("Sheet1", 1, 1) == "Acorn Ltd"

"""Formulas: what they come to, and how they follow what moves."""

from __future__ import annotations

import pytest

from .cells import Formula
from .references import copied


@pytest.mark.parametrize(
    ("formula", "shown"),
    [
        ("=1+2*3", "7"),
        ("=(1+2)*3", "9"),
        ("=-2^2", "4"),
        ("=4/2", "2"),
        ("=10%", "0.1"),
        ('="a"&"b"&1', "ab1"),
        ("=A1+B1", "5"),
        ('=IF(A1>1,"more","less")', "more"),
        ("=IF(A9,1,0)", "0"),
        ("=SUM(A1:B2)", "5"),
        ("=SUM(Sheet1!A:A)", "2"),
        ("=COUNTA(A1:C2)", "4"),
        ('=HYPERLINK("https://northgate.example","Northgate")', "Northgate"),
        ('=HYPERLINK("https://northgate.example")', "https://northgate.example"),
        ("=TODAY()", "05/03/2026"),
        ("=NOW()", "05/03/2026 09:30:00"),
        ('=TEXT(43831,"yyyy-mm-dd")', "2020-01-01"),
        ("=ROUND(2.345,2)", "2.35"),
        ('=UPPER(C1)&" "&LEN(C1)', "WORD 4"),
        ('=IFERROR(1/0,"none")', "none"),
        ("=A1=2", "TRUE"),
        ("=ISNUMBER(A1)", "TRUE"),
        ("=ISTEXT(A1)", "FALSE"),
        ('=VALUE("12.5")+MOD(7,4)', "15.5"),
        ('=MID("Northgate",6,4)', "gate"),
        ("=YEAR(43831)&MONTH(43831)&DAY(43831)", "202011"),
        ("=MOD(1,0)", "#DIV/0!"),
        ("=NA()", "#N/A"),
        ("=REF", "#NAME?"),
        ("=1/0", "#DIV/0!"),
        ('=1+"x"', "#VALUE!"),
        ("=NOSUCH(1)", "#NAME?"),
        ("=Nowhere", "#NAME?"),
        ("=AAA99999", "#REF!"),
        ("=1+", "#ERROR!"),
        ("=44 161 496 0000", "#ERROR!"),
        ("=D1", "#REF!"),
    ],
)
def test_a_formula_comes_to_what_google_shows(kim, formula, shown):
    kim.paste("Sheet1", 1, 1, [["2", "3", "word"], ["", "", "x"]])
    kim.type("Sheet1", 1, 4, formula)
    assert kim.shown("Sheet1", 1, 4) == shown


def test_a_result_follows_what_it_speaks_of(kim):
    kim.paste("Sheet1", 1, 1, [["2", "=A1*10"]])
    assert kim.shown("Sheet1", 1, 2) == "20"
    kim.type("Sheet1", 1, 1, "3")
    assert kim.shown("Sheet1", 1, 2) == "30"


def test_references_follow_rows_and_columns_that_come_go_and_move(kim, book):
    kim.paste("Sheet1", 1, 1, [["1", "=A3"], ["2", "=SUM(A1:A3)"], ["3", "=$A$1"]])
    kim.add_tab("Other")
    kim.type("Other", 1, 1, "=Sheet1!A3")
    kim.insert_rows("Sheet1", 2)
    kim.insert_columns("Sheet1", 1)
    assert book.values("Sheet1!C1:C4", valueRenderOption="FORMULA") == [
        ["=B4"],
        [],
        ["=SUM(B1:B4)"],
        ["=$B$1"],
    ]
    assert book.values("Other!A1", valueRenderOption="FORMULA") == [["=Sheet1!B4"]]
    kim.delete_rows("Sheet1", 4)
    assert kim.shown("Other", 1, 1) == "#REF!"
    assert kim.shown("Sheet1", 1, 3) == "#REF!"


@pytest.mark.parametrize(
    ("formula", "moved"),
    [("=A1", "=B3"), ("=$A1", "=$A3"), ("=A$1+Other!C2", "=B$1+Other!D4"), ("=A:A", "=B:B")],
)
def test_a_copied_formula_keeps_what_is_fixed(formula, moved):
    assert copied(Formula(formula), 0, 0, 2, 1) == moved


def test_a_formula_follows_the_tab_that_it_names(kim, book):
    kim.add_tab("Other")
    kim.paste("Other", 1, 1, [["=Sheet1!A1", "='Sheet1'!B2+Sheet10!A1"]])
    kim.rename_tab("Sheet1", "Your lists")
    formulas = book.values("Other!A1:B1", valueRenderOption="FORMULA")
    assert formulas == [["='Your lists'!A1", "='Your lists'!B2+Sheet10!A1"]]


def test_now_is_what_clocks_in_the_spreadsheets_time_zone_show(kim, file):
    summer = file.now().replace(month=7, day=1, hour=23, minute=30)
    file.now = lambda: summer
    kim.set_locale("en_GB", "Europe/London")
    kim.paste("Sheet1", 1, 1, [["=TODAY()", "=NOW()"]])
    assert kim.rows("Sheet1") == [["02/07/2026", "02/07/2026 00:30:00"]]

"""Names taken apart: organisations and people."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.linkage.normalise.organisations import read_name
from engage.linkage.normalise.people import in_order, people_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zarvek Precision Engineering Ltd", "ZARVEK PRECISION ENG. LIMITED"),
        ("Zarvek & Sons", "Zarvek and Sons plc"),
        ("The Zarvek Café", "zarvek cafe"),
        ("Green Line Logistics", "Greenline Logistics (UK) Limited"),
        ("St. Mary's Primary Sch", "St Marys Primary School"),
        ("Riverbank Hospital NHS Foundation Trust", "Riverbank Hospital"),
        ("City Strategy, Steering Group", "City Strategy Steering Group"),
        ("Z.V.K. Tooling", "ZVK Tooling"),
        ("Zarvek Tooling Co Ltd", "Zarvek Tooling"),
        ("Zarvek Tooling LIMTED", "Zarvek Tooling Llimited"),
        ("Zarvek Tooling Wigan", "Zarvek Tooling - Wigan"),
        ("Zarvek Contrs", "Zarvek Contractors"),
    ],
)
def test_spellings_of_one_name_have_one_key(one, other):
    assert read_name(one).key == read_name(other).key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("14 - 18 sub group", "14 - 19 sub group"),
        ("Zarvek Co-operative", "Zarvek"),
        ("Company of Zarveks", "Zarveks"),
        ("Zarvek Group", "Zarvek Tooling"),
    ],
)
def test_different_names_have_different_keys(one, other):
    assert read_name(one).key != read_name(other).key


@pytest.mark.parametrize(
    "typed",
    [
        "Zarvek Tooling t/a Brimlow Care",
        "Zarvek Tooling trading as Brimlow Care",
        "Zarvek Tooling (Brimlow Care)",
        "Zarvek Tooling (t/a Brimlow Care)",
    ],
)
def test_trading_names_are_aliases(typed):
    name = read_name(typed)
    assert (name.key, name.aliases) == ("zarvektooling", ("brimlowcare",))


def test_a_trading_as_column_is_an_alias_too():
    assert read_name("Zarvek Tooling Ltd", "Brimlow Care").aliases == ("brimlowcare",)


def test_a_former_name_is_kept_apart_from_aliases():
    name = read_name("Brimlow Systems Ltd (formerly Zarvek Components)")
    assert (name.key, name.aliases, name.former) == ("brimlowsystems", (), ("zarvekcomponents",))


def test_a_new_name_in_brackets_is_the_same_firms_too():
    assert read_name("Zarvek Components (now Brimlow Systems Ltd)").former == ("brimlowsystems",)
    assert read_name("Act Now Training").former == ()


@pytest.mark.parametrize(
    "note",
    [
        " re inv 4471",
        " - BACS",
        " (FACTORED - PAY BIBBY)",
        " (OLD)",
        " - DO NOT USE",
        " c/o Ledgers",
        " [duplicate]",
    ],
)
def test_what_a_clerk_noted_behind_a_name_is_no_part_of_it(note):
    assert read_name(f"Zarvek Tooling{note}") == replace(
        read_name("Zarvek Tooling"), typed=f"Zarvek Tooling{note}"
    )


@pytest.mark.parametrize("typed", ["Old Zarvek", "Closed Loop Zarvek", "Care of Zarvek", "Zarvek - Old Hall"])
def test_a_word_of_a_note_within_a_name_is_part_of_it(typed):
    assert read_name(typed).key != read_name("Zarvek").key


@pytest.mark.parametrize("typed", ["Golden Fryer (Hyde)", "Golden Fryer - Hyde", "Golden Fryer, Hyde"])
def test_a_place_at_the_end_is_a_branch(typed):
    name = read_name(typed)
    assert (name.key, name.branch) == ("goldenfryer", frozenset({"hyde"}))


def test_a_department_in_brackets_is_no_other_name():
    assert read_name("Riverbank Hospital (Learning & Dev)").aliases == ()


@given(st.text(max_size=60))
def test_any_text_has_a_key_or_is_no_name_at_all(text):
    name = read_name(text)
    assert name == read_name(text)
    assert name.key or not any(letter.isalnum() for letter in text)


@pytest.mark.parametrize(
    ("typed", "given_names", "surname"),
    [
        ("Joanne Whitlow", ("joanne",), "whitlow"),
        ("Mrs. O'Connor, Siobhán", ("siobhan",), "oconnor"),
        ("Siobhan O'Connor-Reid", ("siobhan",), "oconnorreid"),
        ("J. Whitlow", ("j",), "whitlow"),
        ("Dr Mohammed Tariq Khan MBE", ("mohammed", "tariq"), "khan"),
        ("Ludwig van der Berg", ("ludwig",), "vanderberg"),
        ("Whitlow", ("whitlow",), ""),
        ("Wragg Anthony", ("anthony",), "wragg"),
        ("Nowicki Andrew", ("andrew",), "nowicki"),
        ("Thomas James", ("thomas",), "james"),
        ("Taylor James", ("taylor",), "james"),
        ("Xiu James", ("xiu",), "james"),
        ("Farah Cooper", ("farah",), "cooper"),
    ],
)
def test_people_are_read_in_any_order(typed, given_names, surname):
    (name,) = people_of(typed)
    assert (name.given, name.surname) == (given_names, surname)


@pytest.mark.parametrize(
    ("typed", "mailbox", "surname"),
    [
        ("Zhang Wei", "w.zhang@kestrel.example", "zhang"),
        ("Zhang Wei", "z.wei@kestrel.example", "wei"),
        ("Zhang Wei", "info@kestrel.example", "wei"),
        ("Susan Wragg", "wragg.susan@kestrel.example", "wragg"),
    ],
)
def test_a_mailbox_may_say_which_of_two_names_is_the_surname(typed, mailbox, surname):
    (name,) = people_of(typed)
    assert in_order(name, [mailbox]).surname == surname


@pytest.mark.parametrize(
    "cell", ["Priya Nair / Colin Webb", "Priya Nair & Colin Webb", "Priya Nair; Colin Webb"]
)
def test_two_names_in_a_cell_are_two_people(cell):
    assert [name.surname for name in people_of(cell)] == ["nair", "webb"]


@pytest.mark.parametrize(
    "typed", ["Registered Manager", "The Manager", "Learning & Development Team", "c/o Ledgers", ""]
)
def test_jobs_and_teams_are_not_people(typed):
    assert people_of(typed) == ()


@given(st.text(max_size=60))
def test_any_text_is_read_as_people_without_an_error(text):
    assert people_of(text) == people_of(text)

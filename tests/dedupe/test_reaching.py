"""How an employer is reached, as people keep it: mails and webs in one column, numbers without a code."""

from __future__ import annotations

import pytest

from engage.dedupe.guessing import guess
from engage.dedupe.local_numbers import area_code, in_full
from engage.dedupe.reaching import reached_by

from .test_attendance_lists import clustered, said

MIXED = ("www.elm.example", "jo@oak.example", "ash.example", "info@birch.example / 01632 960110")


def column(*cells: str) -> tuple[tuple[str, ...], ...]:
    return tuple((cell,) for cell in cells)


@pytest.mark.parametrize(
    ("heading", "cells", "ways"),
    [
        ("E-mail or Web", MIXED, {"Email", "Phone", "Website"}),
        ("Links", ("www.elm.example", "jo@oak.example", "ash.example"), {"Email", "Website"}),
        (
            "How to apply",
            ("Write to jo@oak.example by May", "Ring 01632 960110", "Ask inside"),
            {"Email", "Phone"},
        ),
        ("Notes", ("rang jo@oak.example", "Ring 01632 960110 after 5", "Ask inside"), set()),
        (
            "Email",
            ("jo@oak.example", "ann@elm.example", "info@ash.example"),
            set(),
        ),  # one way: known otherwise
        ("Adviser mail or phone", MIXED, set()),
        ("Seen by", ("jo@oak.example", "01632 960110") * 5, set()),  # whoever writes the list
        ("Links", ("www.elm.example", "jo@oak.example"), set()),  # too few to say
    ],
)
def test_a_column_says_several_ways(heading, cells, ways):
    assert set(reached_by((heading,), column(*cells), [0])) == ways


def test_a_column_of_mails_and_webs_joins_what_one_domain_joins(tmp_path):
    rows = (
        "Business,Town,Email / Web\n"
        "Zarvek Tooling,Hyde,www.zarvektooling.example\n"
        "Zarvek Tooling Ltd,,jo@zarvektooling.example\n"
        "Elm Joinery,Hyde,elm.example\n"
    )
    assert said(clustered(tmp_path, rows), "cluster_id", 1, 2) == 1


def test_the_code_of_most_landlines_goes_without_saying():
    numbers = ("01632 960110", "01632 960222; 07700 900123", "+44 1632 960333", "0161 496 0101", "960444")
    assert area_code(numbers) == "01632"
    assert area_code(("028 9649 6101", "(028) 9649 6102", "02896496103")) == "028"
    assert area_code(("0161 496 0101", "0161 496 0102", "0161 496 0103")) == "0161"
    assert area_code(("01632 960110", "0161 496 0101", "0113 496 0101", "0114 496 0101")) == ""
    assert area_code(("01632 960110", "07700 900123")) == ""


@pytest.mark.parametrize(
    ("cell", "area", "full"),
    [
        ("960 201", "01632", "01632 960201"),
        ("9649 6118", "028", "028 96496118"),
        ("496 0101", "0161", "0161 4960101"),
        ("960 201", "028", "960 201"),  # another area's length
        ("01632 960201", "01632", "01632 960201"),
        ("960201 ext 4", "01632", "960201 ext 4"),
        ("960201", "", "960201"),
    ],
)
def test_a_number_is_given_in_full(cell, area, full):
    assert in_full(cell, area) == full


def test_a_local_number_is_the_one_that_another_row_gives_in_full(tmp_path):
    rows = (
        "Business,Town,Tel\nZarvek Tooling,Hyde,01632 960201\nZarvek Tooling Ltd,,960 201\n"
        "Elm Joinery,Hyde,01632 960202\nOgden Parish Council,Hyde,01632 960203\n"
    )
    assert said(clustered(tmp_path, rows), "cluster_id", 1, 2) == 1


@pytest.mark.parametrize(
    ("cells", "meant"),
    [
        (("BT45 7AG", "BT71 4LT", "BT71", "BT80 8NX", "BT70 2"), {0: "Postcode"}),
        (("BT45", "BT71", "BT71", "BT80 8NX", "BT70"), {}),  # may be anything's number
    ],
)
def test_a_column_of_postcodes_may_have_some_that_are_only_begun(cells, meant):
    assert guess(("BT",), column(*cells), [0], (), lambda _: ()).sure == meant

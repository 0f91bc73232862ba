"""An "and" that was mistyped, or lost a letter to its neighbour."""

from __future__ import annotations

import pytest

from engage.linkage.normalise.organisations import read_name


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Ashwort hand Ferris Roofing", "Ashworth and Ferris Roofing"),
        ("WALKER AN DUNSWORTH BAKERY", "Walker & Unsworth Bakery"),
        ("Oakesa nd Daughters Scaffolding", "Oakes & Daughters Scaffolding"),
        ("Garside atd Sons Printing", "Garside and Sons Printing"),
    ],
)
def test_a_broken_and_is_put_right_between_names(typed, meant):
    assert read_name(typed).key == read_name(meant).key


@pytest.mark.parametrize(
    "typed", ["An Apple A Day", "Smith Land Rover", "Brown Sand Supplies", "Hyde Fan Club"]
)
def test_words_that_are_words_stay_as_they_are(typed):
    assert read_name(typed).key == "".join(typed.lower().split()).removesuffix("aday") + (
        "day" if typed.endswith("A Day") else ""
    )

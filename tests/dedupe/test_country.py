"""Whose phones a list holds, where nobody has said."""

from __future__ import annotations

import pytest

from engage.dedupe.columns import Columns
from engage.dedupe.country import likely_country

BRITISH = [f"0161 496 0{n:03d}" for n in range(8)]
AMERICAN = [f"212/555-0{n:03d}" for n in range(100, 108)]
IRISH = [f"01 676 {n}" for n in range(1000, 1008)]


def country_of(*phones: str) -> str:
    columns = Columns("Employers", 1, ("Name", "Phone"), {"Employer": 0, "Phone": 1})
    return likely_country((("Name", "Phone"), *(("A firm", phone) for phone in phones)), columns)


DRAMA = [f"01632 960{n:03d}" for n in range(4)] + [f"07700 900 {n:03d}" for n in range(4)]


@pytest.mark.parametrize(
    ("phones", "country"), [(BRITISH, "GB"), (DRAMA, "GB"), (AMERICAN, "US"), (IRISH, "IE")]
)
def test_a_list_is_of_the_country_whose_numbers_its_phones_are(phones, country):
    assert country_of(*phones) == country


def test_a_few_phones_or_none_say_nothing():
    assert country_of() == country_of(*AMERICAN[:4]) == "GB"


def test_some_numbers_from_abroad_do_not_make_a_british_list_another():
    assert country_of(*BRITISH[:3], *AMERICAN) == "GB"


def test_numbers_with_a_countrys_code_say_nothing():
    assert country_of(*(f"+1 {phone}" for phone in AMERICAN)) == "GB"


def test_what_is_no_number_anywhere_leaves_it_at_home():
    assert country_of(*["see website"] * 9) == "GB"


def test_numbers_without_an_area_code_say_nothing_though_they_would_be_germanys():
    assert country_of(*(f"33{n}455" for n in range(10))) == "GB"


def test_postcodes_of_the_united_kingdom_say_more_than_phones():
    columns = Columns("Employers", 1, ("Name", "Phone", "PC"), {"Employer": 0, "Phone": 1, "Postcode": 2})
    rows = [("A firm", phone, "SK14 1AA") for phone in AMERICAN]
    assert likely_country((("Name", "Phone", "PC"), *rows), columns) == "GB"

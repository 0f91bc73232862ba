"""Kinds of place that are written in several ways: a nursing home is a care home, a chemist's a pharmacy."""

from __future__ import annotations

import pytest

from engage.linkage.normalise.organisations import read_name
from engage.model import Record

from .sample import employer, linked, together

HYDE = {"Town": "Hyde", "Postcode": "SK14 1QQ"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Park View Nursing Home Ltd", "Park View Care Home"),
        ("Woodlands Junior & Infant School", "Woodlands Primary"),
        ("Hillside Group Practice", "Hillside Med Ctr"),
        ("Cobden Vetreinary Surgery", "Cobden Vets"),
        ("Bradwell TC", "Bradwell Town Council"),
        ("Firma Zarvek", "Zarvek"),
    ],
)
def test_ways_of_writing_a_kind_have_one_key(one, other):
    assert read_name(one).key == read_name(other).key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bob's Tree Surgery", "Bob's Tree Medical Centre"),
        ("Zarvek Dental Surgery", "Zarvek Surgery"),
        ("Zarvek Chemist Supplies", "Zarvek Pharmacy Supplies"),
        ("Zarvek Infant School", "Zarvek Junior School"),
    ],
)
def test_a_kind_within_a_name_or_another_kind_is_no_way_of_writing_it(one, other):
    assert read_name(one).key != read_name(other).key


def two(one: str, other: str, **cells: str) -> tuple[Record, Record]:
    return employer("R-1", one, "", **cells), employer("R-2", other, "", **cells)


def are_one(rows: tuple[Record, Record]) -> bool:
    return together(linked(*rows).employer_of, "R-1#0", "R-2#0")


@pytest.mark.parametrize(
    "more",
    [{"Phone": "0161 496 0101"}, {"Address": "4 Mill Lane"}, {"Website": "https://oddfell.example"}],
)
def test_a_kind_written_otherwise_is_one_employer_with_a_witness(more):
    assert are_one(two("Oddfell Chemist", "Oddfell Pharmacy", **HYDE, **more))


def test_a_brand_and_what_it_sells_are_one_in_one_house_and_asked_about_in_one_street():
    house = {**HYDE, "Address": "105 Market Street"}
    assert are_one(two("Oddfell", "Oddfell Coffee", **house))
    assert are_one(two("Oddfell Senior Care", "Oddfell", **house, Phone="0161 496 0101"))
    assert not are_one(two("Oddfell", "Oddfell Coffee", **HYDE))
    assert not are_one(two("Oddfell", "Oddfell & Sons", **house))


def test_without_a_witness_a_person_is_asked():
    unlike = two("Oddfell Chemist", "Oddfell Pharmacy", Town="Hyde")
    assert not are_one(unlike)
    assert linked(*unlike).questions
    assert are_one(two("Oddfell Pharmacy", "Oddfell Pharmacy", Town="Hyde"))

"""Pairs that look alike and are two, or may be: what a careful clerk would not sign."""

from __future__ import annotations

import pytest

from engage.model import Record

from .sample import employer, linked, together

LINE, OTHER_LINE = "0113 496 0101", "0113 496 0707"
HYDE = {"Town": "Hyde", "Postcode": "SK14 1AA"}


def rows(one: str, other: str, first: dict[str, str], second: dict[str, str]) -> tuple[Record, Record]:
    return employer("R-1", one, "", **first), employer("R-2", other, "", **second)


def are_one(pair: tuple[Record, Record]) -> bool:
    return together(linked(*pair).employer_of, "R-1#0", "R-2#0")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Park View Surgery", "Park View Dental Surgery"),
        ("Park View Surgery", "Park View Pharmacy"),
        ("Greenfield Infant School", "Greenfield Primary School"),
        ("Bradwell Town Council", "Bradwell Borough Council"),
        ("St Mary's CE Primary School", "St Mary's RC Primary School"),
        ("Hyde United FC", "Hyde United FC Social Club"),
        ("New Horizons Care", "Horizons Care"),
        ("Oddfell & Sons", "Oddfell"),
        ("Wold District Council", "Wold County Council"),
        ("Selby Vale Parish Council", "Selby Vale District Council"),
    ],
)
def test_neighbours_of_one_name_under_one_roof_are_not_merged(one, other):
    house = {**HYDE, "Address": "12 Park Road"}
    assert not are_one(rows(one, other, {**house, "Phone": LINE}, {**house, "Phone": OTHER_LINE}))


def test_two_councils_on_one_phone_are_not_merged_nor_a_church_and_its_school():
    one = {**HYDE, "Address": "1 Gate", "Phone": LINE}
    assert not are_one(rows("Wold District Council", "Wold County Council", one, one))
    assert not are_one(rows("Selby Vale Parish Council", "Selby Vale District Council", one, one))
    assert not are_one(rows("Oddfell Church", "Oddfell Church School", HYDE, {**HYDE, "Phone": LINE}))


def test_a_surgery_and_a_dental_surgery_in_one_house_are_not_even_asked_about():
    house = {**HYDE, "Address": "12 Park Road"}
    pair = rows(
        "Park View Surgery",
        "Park View Dental Surgery",
        {**house, "Phone": LINE},
        {**house, "Phone": OTHER_LINE},
    )
    assert not linked(*pair).questions


def test_a_surname_and_a_trade_on_two_phones_in_one_town_may_be_two_of_a_family():
    lines = {"Town": "Hyde", "Phone": LINE}, {**HYDE, "Phone": OTHER_LINE}
    assert not are_one(rows("Naylor Roofing", "Naylor Roofing", *lines))
    assert are_one(rows("Naylor & Sons Roofing", "Naylor & Sons Roofing", *lines))


def test_a_town_and_a_trade_is_one_where_one_row_says_no_more_and_nothing_differs():
    home = {**HYDE, "Address": "5 Mill Lane"}
    assert are_one(rows("Hyde Cleaning", "Hyde Cleaning", home, {"Town": "Hyde"}))
    assert not are_one(rows("Hyde Cleaning", "Hyde Cleaning", {"Town": "Hyde"}, {"Town": "Hyde"}))
    assert not are_one(rows("Hyde Cleaning", "Hyde Cleaning", home, {"Town": "Hyde", "Phone": LINE}))
    assert not are_one(rows("Smith Joinery", "Smith Joinery", home, {"Town": "Hyde"}))


def test_two_suites_of_one_house_may_be_two_tenants():
    suites = ({**HYDE, "Address": f"Suite {number}, Enterprise House"} for number in (4, 9))
    assert not are_one(rows("Kestrel Training", "Kestrel Training Solutions", *suites))
    assert are_one(rows("Kestrel Training", "Kestrel Training Solutions", HYDE, HYDE))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Dunn Pet Supplies (not the same as Dunn Pets)", "Dunn Pets"),
        ("Nobbs Coaches NOT Nobbs Coach Hire", "Nobbs Coach Hire"),
        ("Humber Wind I Ltd", "Humber Wind II Ltd"),
        ("Oddfell Fund A LP", "Oddfell Fund B LP"),
        ("D Thwaite Joinery", "P Thwaite Joinery"),
        ("St Hilda's CE Primary School", "St Hilda's RC Primary School"),
        ("Hedon FC", "Hedon RFC"),
        ("Tees Mens Shed", "Tees Womens Shed"),
        ("Priory Boys School", "Priory School"),
        ("Oddfell Hospital", "Oddfell Hospital Radio"),
        ("Jubb Electrical Ltd", "Jubb Electrical Wholesale Ltd"),
        ("Tyne Foods Ltd", "Tyne Foods Ireland Ltd"),
        ("Oddfell Church", "Oddfell Church School"),
        ("Oddfell GmbH", "Oddfell GmbH & Co. KG"),
        ("Oddfell e.K.", "Oddfell AG"),
    ],
)
def test_what_two_names_say_outweighs_one_address_and_one_phone(one, other):
    same = {**HYDE, "Address": "1 Gate", "Phone": LINE}
    assert not are_one(rows(one, other, same, same))


def people(one: str, other: str, **cells: str) -> tuple[Record, Record]:
    return employer("R-1", "Oddfell", "", Contact_name=one, **cells), employer(
        "R-2", "Oddfell", "", Contact_name=other, **cells
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [("Mr C Hobb", "Mrs C Hobb"), ("Mary Tull", "Marie Tull"), ("William Tull", "Billy Tull")],
)
def test_a_mailbox_of_a_family_makes_no_one_person(one, other):
    pair = people(one, other, **HYDE, Email="tull@mail.example", Phone=LINE)
    assert not together(linked(*pair).person_of, "R-1#1", "R-2#1")


def test_a_mailbox_of_ones_own_does():
    pair = people("Joanne Tull", "Jo Tull", **HYDE, Email="jo.tull@mail.example")
    assert together(linked(*pair).person_of, "R-1#1", "R-2#1")

"""What a row says beside a name: the next line of a firm, a mobile, a postcode's slip, a town's spelling."""

from __future__ import annotations

import pytest

from engage.linkage.normalise.contact import answered_apart, one_digit_apart
from engage.linkage.normalise.organisations import read_name
from engage.linkage.towns import are_one_town
from engage.model import Record

from .sample import employer, linked, together

MOBILES = "07911 123456", "07911 654321"


def rows(*listed: tuple[str, dict[str, str]]) -> tuple[Record, ...]:
    return tuple(employer(f"R-{n}", name, "", **row) for n, (name, row) in enumerate(listed, start=1))


def are_one(*listed: tuple[str, dict[str, str]]) -> bool:
    return together(linked(*rows(*listed)).employer_of, "R-1#0", "R-2#0")


@pytest.mark.parametrize(
    ("one", "other", "apart", "next_line"),
    [
        (("+441612345670",), ("+441612345671",), False, True),
        (("+441612345670",), ("+441612345699",), True, False),
        (("+441612345670",), ("+447911123456",), False, False),
        (("+447911123456",), ("+447911654321",), True, False),
        (("+441632960001",), ("+441632960002",), True, False),  # of samples, given out in order
        (("+441612345670", "+447911123456"), ("+447911123457",), False, True),
        ((), ("+441612345670",), False, False),
    ],
)
def test_which_numbers_tell_two_firms_apart(one, other, apart, next_line):
    assert answered_apart(one, other) is apart
    assert answered_apart(other, one) is apart
    assert one_digit_apart(one, other) is next_line


def test_a_number_one_digit_off_is_a_witness_and_another_number_is_none():
    here = {"Town": "Bolton", "Phone": "0161 234 5670"}
    assert are_one(("Pilling Printing", here), ("Pilling Printing Ltd", {**here, "Phone": "0161 234 5671"}))
    assert not are_one(("Pilling Printing", here), ("Pilling Printing", {**here, "Phone": "0161 239 1188"}))


def test_two_mobiles_in_one_town_may_be_two_people():
    one, other = ({"Town": "Tenby", "Phone": mobile} for mobile in MOBILES)
    assert not are_one(("Griff Painting", one), ("Griff Painting", other))


def test_a_postcode_with_a_letter_wrong_is_one_street():
    one, other = {"Town": "Hyde", "Postcode": "SK14 5LR"}, {"Postcode": "SK14 5LA"}
    assert are_one(("Anchor Flooring", one), ("Anchor Flooring LLP", other))
    assert not are_one(("Anchor Flooring", one), ("Anchor Flooring", {"Postcode": "SK14 9XY"}))


def test_one_town_in_two_spellings_and_two_towns_of_one_name():
    phone = {"Phone": "0161 234 5670"}
    bridge = ("Ryburn Autos", {"Town": "Sowerby Bridge", "Postcode": "HX6 2AA", **phone})
    assert are_one(bridge, ("Ryburn Autos Ltd", {"Town": "Sowerby Bdge", **phone}))
    wales, wight = (
        {"Address": "12 High Street", "Town": "Newport", "Postcode": p} for p in ("NP20 1AA", "PO30 1AA")
    )
    assert not are_one(("Oddfell Cafe", wales), ("Oddfell Cafe", wight))


def _house() -> dict[str, str]:
    return {"Address": "5 Vale Road", "Town": "Hull", "Postcode": "HU4 1FN", "Phone": "0161 234 5670"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("St Hilda's CE Primary School", "St Hilda's CofE Primary School"),
        ("Vale Infant School", "Vale Infants School"),
        ("Tees Women Shed", "Tees Womens Shed"),
    ],
)
def test_two_words_for_one_side_set_nothing_apart(one, other):
    house = {**_house(), "Email": "info@oddfell.example"}
    assert are_one((one, house), (other, house))


def test_two_towns_that_look_alike_are_two():
    web = {"Website": "oddfellcoffee.example"}
    bury, banbury = ({"Town": town, **web} for town in ("Bury", "Banbury"))
    assert not are_one(
        ("Oddfell Coffee", {**bury, "Phone": "0161 234 5670"}),
        ("Oddfell Coffee", {**banbury, "Phone": "01295 234999"}),
    )


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("sowerby bdge", "sowerby bridge", True),
        ("stockprt", "stockport", True),
        ("bury", "banbury", False),
        ("barton", "burton", False),
        ("upper marsh", "lower marsh", False),
        ("", "hyde", False),
    ],
)
def test_which_spellings_are_one_town(one, other, same):
    assert are_one_town(one, other) is same
    assert are_one_town(other, one) is same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("St Hilda's CE Primary School", "St Hilda's RC Primary School"),
        ("Tees Mens Shed", "Tees Womens Shed"),
        ("Jackson Electrical Ltd", "Jackson Electrical (Northern) Ltd"),
        ("Oddfell Farm", "Oddfell Farm Holidays"),
        ("Müller GmbH", "Müller Verwaltungs GmbH"),
    ],
)
def test_words_that_set_two_bodies_apart_outweigh_one_roof(one, other):
    house = {"Address": "5 Vale Road", "Town": "Hull", "Postcode": "HU4 1FN"}
    if "Farm" not in one:
        house |= {"Phone": "0161 234 5670", "Email": "info@oddfell.example"}
    assert not are_one((one, house), (other, house))


def test_an_initial_is_left_out_where_others_of_the_name_have_another():
    street = {"Town": "Shipley", "Postcode": "BD18 1AA"}
    bare, one, other = ((name, street) for name in ("Brown Roofing", "P Brown Roofing", "T Brown Roofing"))
    assert are_one(bare, one)
    assert not are_one(bare, one, other)


@pytest.mark.parametrize(
    ("typed", "core", "legal"),
    [
        ("Heaton TextilesL td.", ("heaton", "textiles"), "ltd"),
        ("Heaton TextilesLtd", ("heaton", "textiles"), "ltd"),
        ("Evans Building Service sLtd", ("evans", "building", "services"), "ltd"),
        ("Music Unlimited", ("music", "unlimited"), ""),
        ("Hyde Joiners", ("hyde", "joinery"), ""),
    ],
)
def test_a_legal_form_run_into_the_name_and_a_trade_by_who_plies_it(typed, core, legal):
    assert (read_name(typed).core, read_name(typed).legal) == (core, legal)

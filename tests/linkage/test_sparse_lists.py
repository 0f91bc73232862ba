"""Lists that give neither domain nor postcode nor employer: what then is enough, and what is not."""

from __future__ import annotations

import pytest

from engage.linkage.linking import link
from engage.linkage.normalise.core import core_words
from engage.linkage.normalise.places import postal_place, site_key
from engage.linkage.normalise.text import within_one_edit
from engage.linkage.settings import LinkSettings
from engage.model import Linked, Membership, Record

from .sample import employer, linked, record, together

LINE, OTHER_LINE = "0161 496 0101", "0161 496 0707"


def firm(number: int, name: str, address: str = "", town: str = "", phone: str = "") -> Record:
    return employer(f"R-{number}", name, Address=address, Town=town, Phone=phone)


def someone(number: int, first: str, last: str, **values: str) -> Record:
    return record(f"R-{number}", "Contacts", First_name=first, Last_name=last, **values)


def are_one(*records: Record) -> bool:
    return together(linked(*records).employer_of, "R-1#0", "R-2#0")


def are_one_person(*records: Record) -> bool:
    return together(linked(*records).person_of, "R-1#1", "R-2#1")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("854 7th Ave. between 54th and 55th Sts.", "854 Seventh Ave"),
        ("95 Ave. A at 6th St.", "95 ave. a"),
        ("Unit 5, 12 High Street", "12 High St."),
        ("12-14 Mill Lane", "12 Mill Ln"),
    ],
)
def test_one_building_is_written_in_many_ways(one, other):
    assert site_key(one) == site_key(other) != ""


def test_a_street_without_a_house_is_no_building():
    assert site_key("3rd St.") == site_key("Seventh Avenue") == ""


@pytest.mark.parametrize(
    ("code", "country", "place"),
    [
        ("SK16 4AA", "GB", ("SK16 4AA", "SK16")),
        ("10029-1234", "US", ("", "10029")),
        ("2138", "US", ("", "02138")),
        ("D02 X285", "IE", ("D02 X285", "D02")),
        ("75011", "FR", ("", "75011")),
        ("", "US", ("", "")),
    ],
)
def test_a_postal_code_says_how_near_it_means(code, country, place):
    assert postal_place(code, country) == place


@pytest.mark.parametrize("form", ["LTTD", "Limitted", "Limted", "Limtied"])
def test_a_slip_in_the_legal_form_is_still_one(form):
    assert core_words(f"Marsel Roofing {form}") == (
        ("marsel", "roofing"),
        {"LTTD": "ltd"}.get(form, "limited"),
    )


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [("limited", "limted", True), ("limited", "limtied", True), ("ab", "ba", True), ("a", "", True),
     ("limited", "limts", False), ("abc", "cba", False), ("ltd", "limited", False)],
)  # fmt: skip
def test_one_edit_is_a_letter_left_out_added_changed_or_two_swapped(one, other, near):
    assert within_one_edit(one, other) == within_one_edit(other, one) == near


def test_numbers_are_the_same_in_words_and_in_figures():
    assert core_words("Second Street Kitchens") == core_words("2nd Street Kitchens")
    assert not are_one(firm(1, "Studio One", phone=LINE), firm(2, "Studio Two", phone=LINE))


def test_name_phone_and_town_are_enough_where_nobody_gives_a_postcode():
    assert are_one(
        firm(1, "Mottram Joinery", "155 Mill Lane", "Hyde", LINE),
        firm(2, "Mottram Joinery", "160 Station Rd", "Hyde", LINE),
    )


def test_name_and_building_are_enough_though_the_phones_differ():
    assert are_one(
        firm(1, "Mottram Joinery", "155 Mill Lane", "Newcastle upon Tyne", LINE),
        firm(2, "Mottram Joinery Ltd", "155 Mill Ln", "Newcastle", OTHER_LINE),
    )


def test_name_and_town_alone_are_not():
    assert not are_one(firm(1, "Mottram Joinery", town="Hyde"), firm(2, "Mottram Joinery", town="Hyde"))


def test_two_houses_in_one_street_are_two_people():
    rows = (
        someone(i, "Katherine", "Thackray", Postcode="SK14 1QQ", Address=f"{i} Mill Lane") for i in (1, 2)
    )
    assert not are_one_person(*rows)


def test_one_house_number_and_street_in_two_towns_is_two_buildings():
    assert not are_one(
        firm(1, "Mottram Joinery", "12 High Street", "Hyde"),
        firm(2, "Mottram Joinery", "12 High St", "Luton"),
    )


def test_a_building_is_one_though_its_town_is_called_otherwise_if_the_phone_is_one_too():
    assert are_one(
        firm(1, "Mottram Joinery", "12 High Street", "Hyde", LINE),
        firm(2, "Mottram Joinery Workshop", "12 High St", "Gee Cross", LINE),
    )


def test_how_common_a_name_is_does_not_hang_on_which_row_came_last():
    names = ("Steak House", "Steakhouse")
    weights = {
        tuple(pair.weight for pair in linked(*(firm(i, name, phone=LINE) for i, name in rows)).pairs)
        for rows in (enumerate(names), enumerate(reversed(names)))
    }
    assert len(weights) == 1


@pytest.mark.parametrize(("other", "one"), [("Garrside Hardware", True), ("Barside Hardware", False)])
def test_one_letter_wrong_in_a_long_word_is_a_slip_where_the_building_is_one(other, one):
    rows = (firm(1, "Garside Hardware", "84 Mill Lane", "Hyde"), firm(2, other, "84 Mill Ln", "Hyde"))
    assert are_one(*rows) == one


def test_a_name_of_common_words_is_one_firm_behind_one_phone_and_perhaps_two_in_one_postcode():
    rows = [employer(f"R-{i}", "Hyde Training Centre", Phone=LINE) for i in (1, 2)]
    assert are_one(*rows)
    rows = [employer(f"R-{i}", "Hyde Training Centre", Postcode="SK14 1QQ") for i in (1, 2)]
    assert not are_one(*rows)


def test_two_that_have_a_third_name_in_common_are_asked_about():
    night = linked(
        firm(1, "Petrou Foods (Golden Plaice)", "12 High Street", "Hyde", LINE),
        firm(2, "Chen Catering (Golden Plaice)", "12 High Street", "Hyde", LINE),
    )
    assert not together(night.employer_of, "R-1#0", "R-2#0")


@pytest.mark.parametrize("word", ["Group", "Holdings", "Foundation"])
def test_what_makes_another_body_of_a_name_is_never_merged_however_near_it_is(word):
    assert not are_one(
        firm(1, "Mottram", "12 High Street", "Hyde", LINE),
        firm(2, f"Mottram {word}", "12 High Street", "Hyde", LINE),
    )


def test_the_same_american_zip_code_alone_is_not_one_address():
    rows = [
        employer(f"R-{i}", "Harbor Light Books", Postcode="10029", Address=f"{i} Pine St") for i in (1, 2)
    ]
    night = link(rows, [], Membership(), LinkSettings(country="US"))
    assert not together(night.employer_of, "R-1#0", "R-2#0")


def are_one_abroad(*numbers: str) -> bool:
    """Whether two American rows of one name, far apart, are one firm with these company numbers."""
    places = (("Boston", "617-555-0101"), ("Reno", "775-555-0104"))
    rows = [
        employer(f"R-{i}", "Main Street Diner", Town=town, Phone=phone, Company_number=number)
        for i, (number, (town, phone)) in enumerate(zip(numbers, places, strict=True), start=1)
    ]
    night = link(rows, [], Membership(), LinkSettings(country="US"))
    return together(night.employer_of, "R-1#0", "R-2#0")


@pytest.mark.parametrize("typed", ["Pending", "0", "00000000", "see notes 2", "Applied 2026", "Due 2026"])
def test_what_is_no_number_in_a_foreign_list_joins_no_namesakes(typed):
    assert not are_one_abroad(typed, typed)


def test_a_foreign_number_is_one_however_it_is_parted():
    assert are_one_abroad("12-3456789", "123456789")


def test_one_name_at_one_address_is_one_person():
    home = {"Address": "7 Mill Lane", "Postcode": "SK14 1QQ"}
    known = someone(1, "Katherine", "Brennan", **home)
    assert are_one_person(known, someone(2, "Katherine", "Brennan", **home))
    assert not are_one_person(known, someone(2, "Sean", "Brennan", **home))


def test_two_forms_of_a_name_at_one_address_need_one_phone_too():
    home = {"Address": "7 Mill Lane", "Postcode": "SK14 1QQ"}
    assert not are_one_person(someone(1, "Ann", "Brennan", **home), someone(2, "Anna", "Brennan", **home))
    home["Phone"] = LINE
    assert are_one_person(someone(1, "Katherine", "Brennan", **home), someone(2, "Kate", "Brennan", **home))


def test_an_uncommon_name_in_one_street_is_one_person_and_a_common_one_is_asked_about():
    for last, one in (("Thackray", True), ("Smith", False)):
        night: Linked = linked(*(someone(i, "Katherine", last, Postcode="SK14 1QQ") for i in (1, 2)))
        assert together(night.person_of, "R-1#1", "R-2#1") == one
        assert len(night.questions) == (not one)


def test_one_house_number_and_street_in_two_towns_is_two_homes():
    assert not are_one_person(
        someone(1, "Katherine", "Thackray", Address="12 High St", Town="Hyde"),
        someone(2, "Katherine", "Thackray", Address="12 High St", Town="Luton"),
    )
    assert are_one_person(
        someone(1, "Katherine", "Thackray", Address="12 High St", Town="Hyde"),
        someone(2, "Katherine", "Thackray", Address="12 High Street", Postcode="SK14 1QQ"),
    )


def test_an_initial_that_begins_no_form_of_the_name_is_somebody_else():
    home = {"Address": "7 Mill Lane", "Postcode": "SK14 1QQ"}
    for first, questions in (
        ("B", 1),
        ("K", 0),
    ):  # Bob is Robert; nothing that Robert is called begins with K
        night = linked(someone(1, first, "Brennan", **home), someone(2, "Robert", "Brennan", **home))
        assert len(night.questions) == questions


def test_a_slip_in_a_long_surname_is_seen_through_where_name_and_address_are_one():
    home = {"Address": "7 Mill Lane", "Postcode": "SK14 1QQ"}
    assert are_one_person(
        someone(1, "Aisha", "Wainwright", **home), someone(2, "Aisha", "Wainnwright", **home)
    )
    assert not are_one_person(someone(1, "Aisha", "Wainwright"), someone(2, "Aisha", "Wainnwright"))


@pytest.mark.parametrize(("one", "other"), [("William", "Robert"), ("Mary", "Rose")])
def test_names_that_only_a_third_one_connects_are_two_people(one, other):
    home = {"Address": "7 Mill Lane", "Postcode": "SK14 1QQ"}
    assert not are_one_person(someone(1, one, "Brennan", **home), someone(2, other, "Brennan", **home))


def test_a_name_and_a_mobile_are_one_person_where_nobody_says_who_employs_them():
    assert are_one_person(
        someone(1, "Joanne", "Whittle", Mobile="07700 900123"),
        someone(2, "Jo", "Whittle", Mobile="07700900123"),
    )


def test_two_addresses_of_mail_may_be_two_people_though_the_home_is_one():
    home = {"Address": "7 Mill Lane", "Postcode": "SK14 1QQ"}
    assert not are_one_person(
        someone(1, "Abdul", "Karim", Email="abdul@mailbox.example", **home),
        someone(2, "Abdul", "Karim", Email="a.karim@post.example", **home),
    )

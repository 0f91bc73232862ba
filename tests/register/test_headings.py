import pytest

from engage.register.headings import heading_key, index_headings, match_headings

from .sample import finding, kinds, read
from .small_schema import SCHEMA

EMPLOYERS = index_headings(SCHEMA.tabs["Employers"])


@pytest.mark.parametrize(
    "spelling", ["Post-code", "POST CODE", "post\ncode", "Postcode (of site)", " Post  Code: ", "Post_code*"]
)
def test_a_heading_is_known_whatever_its_case_and_punctuation(spelling):
    assert EMPLOYERS.choices(spelling) == ("Postcode",)


def test_a_lone_symbol_is_its_own_key():
    assert heading_key("#") == "#"
    assert heading_key("£") == "£"


def test_the_schemas_own_spelling_outranks_an_alias_that_stands_before_it():
    match = match_headings(("Company", "Employer", "Town"), EMPLOYERS)
    assert match.columns["Employer"] == 1
    assert match.twice == {0: "Employer"}


def test_the_same_heading_twice_is_read_once_and_the_second_is_kept():
    reading = read(
        ("Employer", "Phone", "Telephone", "Town"), ("Ember", "0161 496 0101", "0161 496 0102", "")
    )
    assert reading.records[0]["Phone"] == "+441614960101"
    assert reading.records[0].typed["Telephone"] == "0161 496 0102"
    assert kinds(reading) == ["heading-twice"]


def test_the_very_same_words_twice_are_told_apart():
    reading = read(("Employer", "Town", "Notes", "Notes"), ("Ember", "", "first", "second"))
    assert reading.records[0].typed["Notes"] == "first"
    assert reading.records[0].typed["Notes (again)"] == "second"


@pytest.mark.parametrize(
    ("headings", "name_is"),
    [
        (("Name", "Town", "Postcode"), "Employer"),
        (("Employer", "Name", "Town"), "Contact name"),
        (("Name", "Main contact", "Town"), "Employer"),
    ],
)
def test_name_is_the_employer_or_the_contact_as_its_neighbours_say(headings, name_is):
    assert match_headings(headings, EMPLOYERS).columns[name_is] == headings.index("Name")


def test_source_is_the_agency_where_agencies_stand_below_it():
    head = ("Employer", "Town", "Postcode", "Source")
    assert read(head, ("Ember", "", "", "The Council"), agency="").records[0].agency == "Tame Council"
    unsure = read(head, ("Ember", "", "", "business card"))
    assert unsure.doubtful == ("Source",)
    assert unsure.records[0].typed["Source"] == "business card"


def test_number_is_a_company_number_where_the_cells_are():
    head = ("Employer", "Town", "Postcode", "Number")
    assert read(head, ("Ember", "", "", "99000006")).records[0]["Company number"] == "99000006"
    assert read(head, ("Ember", "", "", "17")).doubtful == ("Number",)


def test_a_word_that_fits_two_columns_is_asked_about_and_left_unread():
    reading = read(("Employer", "Location", "Postcode"), ("Ember", "Hyde", "SK14 1QQ"))
    asked = finding(reading, "doubtful-heading")
    assert reading.doubtful == ("Location",)
    assert (asked.suggestion, asked.found) == ("Town", "Location")
    assert reading.records[0]["Town"] == ""
    assert reading.records[0].typed["Location"] == "Hyde"


def test_a_word_is_no_longer_doubtful_when_a_neighbour_has_taken_its_other_meaning():
    reading = read(("Employer", "Location", "Town"), ("Ember", "Dock 4", "Hyde"))
    assert reading.records[0]["Site"] == "Dock 4"


def test_what_the_owner_said_of_a_heading_is_followed():
    said = {"Employers": {"location": "Site", "Phone": ""}}
    reading = read(("Employer", "Location", "Phone"), ("Ember", "Dock 4", "0161 496 0101"), headings=said)
    assert reading.records[0]["Site"] == "Dock 4"
    assert reading.records[0]["Phone"] == ""
    assert reading.records[0].typed["Phone"] == "0161 496 0101"
    assert reading.unknown == ("Phone",)
    assert kinds(reading) == []


def test_a_slip_in_a_heading_is_suggested_and_not_read():
    reading = read(("Employer", "Town", "Phone", "Postcdoe"), ("Ember", "", "", "SK14 1QQ"))
    assert finding(reading, "unknown-heading").suggestion == "Postcode"
    assert reading.records[0]["Postcode"] == ""

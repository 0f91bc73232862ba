"""Headings of other people's lists: recognised, given, or asked for."""

from __future__ import annotations

import re
from datetime import date

import pytest

from engage.dedupe.address_parts import AddressParts
from engage.dedupe.columns import Columns, find_columns
from engage.dedupe.telling import read_as
from engage.errors import UsageError
from engage.schema import load_schema

SCHEMA = load_schema()
ROW = ("Bridge Cafe", "OL6 6AA", "0161 496 0160")


def find(*rows: tuple[str, ...], people: bool = False, **given: str) -> Columns | None:
    said = {heading.replace("_", " "): word for heading, word in given.items()}
    return find_columns(rows, SCHEMA, said, country="GB", people=people, today=date(2026, 11, 22))


def read(*headings: str, people: bool = False, **given: str) -> dict[str, str]:
    found = find(headings, ("x",) * len(headings), people=people, **given)
    return {ours: theirs for theirs, ours in found.understood} if found else {}


@pytest.mark.parametrize(
    ("headings", "name"),
    [
        (("Company", "Post code", "Tel"), "Company"),
        (("CompanyName", "CompanyNumber", "RegAddress.PostCode", "RegAddress.PostTown"), "CompanyName"),
        (("employer_as_typed", "postcode_as_typed", "truth_employer"), "employer_as_typed"),
        (("charity_name", "registered_charity_number", "charity_contact_postcode"), "charity_name"),
        (("id", "name", "address", "city", "phone", "type"), "name"),
        (("Supplier", "PC", "Contact Tel", "Email Address"), "Supplier"),
        (("Outlet name", "Client postcode"), "Outlet name"),
        (("Name", "Organisation", "Role", "Work Email"), "Organisation"),
        (("School", "Headteacher", "Postcode"), "School"),
    ],
)
def test_names_are_found_under_the_headings_of_usual_exports(headings, name):
    assert read(*headings)["Employer"] == name


def test_what_surrounds_a_heading_in_an_export_is_looked_through():
    found = read("CompanyName", "RegAddress.PostCode", "charity_contact_email", "phone_as_typed")
    assert found == {
        "Employer": "CompanyName",
        "Postcode": "RegAddress.PostCode",
        "Email": "charity_contact_email",
        "Phone": "phone_as_typed",
    }


def test_a_name_beside_an_organisation_is_of_somebody_who_works_there():
    found = read("Name", "Organisation", "Role", "Work Email")
    assert found == {
        "Contact name": "Name",
        "Employer": "Organisation",
        "Job title": "Role",
        "Email": "Work Email",
    }


def test_headings_of_other_countries_and_other_programs_are_understood():
    found = read("Vendor", "Street", "Town/City", "ZIP", "Phone Number", "Cell", "Web Address")
    assert [*found] == ["Employer", "Address", "Town", "Postcode", "Phone", "Mobile", "Website"]


@pytest.mark.parametrize(
    ("headings", "parts"),
    [
        (("Firm", "House number", "Street"), ("House number", "Street")),
        (("Firm", "Address 1", "Address 2", "Town"), ("Address 1", "Address 2")),
        (
            ("CompanyName", "RegAddress.AddressLine1", "RegAddress.AddressLine2"),
            ("RegAddress.AddressLine1", "RegAddress.AddressLine2"),
        ),
        (("Firm", "House number", "Town"), ()),  # no street that it could be of
    ],
)
def test_an_address_in_several_columns_is_read_whole(headings, parts):
    found = find(headings, ("x",) * len(headings))
    assert found is not None
    assert tuple(theirs for theirs, ours in found.understood if ours == "Address") == parts


def test_a_part_of_an_address_can_be_left_alone():
    assert read("Firm", "Street", "Address 2", Address_2="ignore")["Address"] == "Street"


def test_a_second_column_of_one_heading_is_told_as_not_compared():
    found = find(("Firm", "Phone", "Phone"), ("x",) * 3)
    assert found is not None
    assert "  kept and not compared: Phone" in [*read_as(found)]


def test_a_house_number_that_stands_in_both_columns_is_said_once():
    parts = AddressParts(before=(1,))
    assert parts.joined("17 Station Road", {1: "17"}) == "17 Station Road"
    assert parts.joined("17 Station Road", {1: "1"}) == "1 17 Station Road"


def test_a_user_name_is_nobodys_name():
    assert read("User name", "Postcode") == {}


def test_a_title_above_the_headings_is_passed_over():
    found = find(("Our members, autumn",), (), ("Company", "Postcode", "Phone"), ROW)
    assert found is not None
    assert (found.header_row, len(found.at)) == (3, 3)


def test_first_and_last_name_without_a_firm_make_a_list_of_people():
    found = find(("First name", "Surname", "Email"), ("Ann", "Lee", "ann@lee.example"))
    assert found is not None
    assert found.kind == "Contacts"


def test_a_lone_name_is_a_persons_when_people_are_wanted():
    rows = ("Name", "Email"), ("Ann Lee", "ann@lee.example")
    kinds = [found.kind for wanted in (False, True) if (found := find(*rows, people=wanted))]
    assert kinds == ["Employers", "Contacts"]


def test_what_is_said_of_a_column_counts_before_what_its_heading_says():
    found = read("Firm", "Name", "PC1", Firm="ignore", PC1="postcode", Name="name")
    assert found == {"Employer": "Name", "Postcode": "PC1"}


def test_a_list_without_names_is_not_guessed_at():
    assert find(("Colour", "Shape"), ("red", "round")) is None


def test_a_meaning_that_linkage_does_not_know_is_refused_with_those_it_knows():
    with pytest.raises(UsageError) as refused:
        read("Company", "Colour", Colour="colour")
    assert "postcode" in refused.value.fix


def test_a_word_in_the_data_that_is_also_a_heading_costs_no_row():
    rows = (
        ("Trader", "Kind", "Place"),
        ("Oak", "shop", "Hyde"),
        ("Hope", "Charity", "Hyde"),
        ("Al", "x", "y"),
    )
    assert find(*rows) is None
    named = find(("Name", "Kind", "Link"), ("Oak", "shop", "x"), ("Hope", "Charity", "Volunteer"))
    assert named is not None
    assert named.header_row == 1


def test_a_title_as_wide_as_the_headings_is_passed_over():
    found = find(("Members", "2026"), ("Firm", "Postcode"), ("Bridge Cafe", "OL6 6AA"))
    assert found is not None
    assert found.header_row == 2


def test_what_is_said_of_one_column_leaves_a_name_beside_an_organisation_a_persons():
    found = read("Name", "Organisation", "PC1", PC1="postcode")
    assert (found["Contact name"], found["Employer"]) == ("Name", "Organisation")
    assert read("Name", "Organisation", Name="name")["Employer"] == "Name"


@pytest.mark.parametrize("heading", ["Source", "Location"])
def test_a_doubtful_heading_is_told_with_what_it_may_mean_and_every_way_to_say_so_works(heading):
    rows = ("Name", heading), ("Bridge Cafe", "by phone"), ("Oak Farm", "event")
    found = find(*rows)
    assert found is not None
    told = [line for line in read_as(found) if "is not read" in line]
    ways = re.findall(r'--column "([^=]+)=([^"]+)"', "".join(told))
    assert len(ways) == len(found.doubtful[heading]) > 0
    for meaning, said in ways:
        again = find(*rows, **{said: meaning})
        assert again is not None
        assert again.header[again.at[meaning.capitalize()]] == heading

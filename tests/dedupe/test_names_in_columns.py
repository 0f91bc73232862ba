"""A column of names is known by what it holds, whatever its heading."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from engage.dedupe.columns import find_columns
from engage.dedupe.naming import are_titles, names_held
from engage.schema import load_schema

from .test_attendance_lists import clustered, said

FIRMS = (
    "Zarvek Tooling Ltd",
    "Ogden Parish Council",
    "Elm Joinery",
    "Tilbrook Care Home",
    "Ash & Son Builders",
)
PEOPLE = ("Mrs J Luscombe", "Priya Nair", "Tom Ogden", "Janet Thornley", "Dr Fry")
STREETS = ("4 Church Road", "12 Mill Lane", "Unit 3 Wharf Mills", "1 Park View", "9 School Hill")
TRADES = ("Care home", "Nursing home", "Care home", "Day nursery", "Care home")
SCHEMA = load_schema()


@pytest.mark.parametrize(
    ("heading", "values", "kind"),
    [
        ("Name of group", FIRMS, "Employer"),
        ("Your name", PEOPLE, "Contact name"),
        ("Who to see", PEOPLE, "Contact name"),
        ("Where", STREETS, ""),
        ("Kind of place", TRADES, ""),
        ("Comments", FIRMS, ""),  # what is written in words, and names nobody
        ("Caseworker", ("Ann Frost", "Bob Heaton") * 5, ""),  # somebody on many rows writes the list
        ("Reference", FIRMS[:2], ""),  # too few to say
        ("Links", tuple(f"office@{n}.example" for n in "abcde"), ""),
    ],
)
def test_what_names_a_column_holds(heading, values, kind):
    assert names_held(heading, values) == kind


def read(given: Mapping[str, str] | None = None, /, **columns: tuple[str, ...]) -> dict[str, str]:
    headings = tuple(heading.replace("_", " ") for heading in columns)
    rows = (headings, *zip(*columns.values(), strict=True))
    found = find_columns(rows, SCHEMA, given or {}, country="GB", people=False, today=date(2026, 11, 24))
    return dict(found.understood) if found else {}


def test_a_list_with_an_unknown_heading_over_its_names_is_no_list_of_people():
    assert read(Name_of_group=FIRMS, Contact=PEOPLE) == {
        "Name of group": "Employer",
        "Contact": "Contact name",
    }
    assert read(Your_name=PEOPLE, Organisation=FIRMS) == {
        "Your name": "Contact name",
        "Organisation": "Employer",
    }


def test_where_an_owner_stands_beside_its_places_the_place_is_the_employer():
    owners = ("Hollins Care Group Ltd",) * 3 + ("Amber Healthcare Ltd", "Elder Care Ltd")
    assert read(**{"Provider_/_Home": FIRMS, "Registered_Provider": owners}) == {
        "Provider / Home": "Employer",
        "Registered Provider": "Parent employer",
    }


def test_two_columns_of_firms_without_a_known_heading_are_asked_about():
    assert read(Left=FIRMS, Right=FIRMS[::-1]) == {}


def test_a_known_heading_is_read_before_what_another_column_holds():
    assert read(Employer=FIRMS, Managing_firm=FIRMS[::-1]) == {"Employer": "Employer"}
    names = read(Employer=FIRMS, First_name=PEOPLE, Surname=PEOPLE, Seen_by=PEOPLE)
    assert "Seen by" not in names


def test_a_column_of_titles_tells_husband_and_wife_apart(tmp_path):
    assert are_titles(("Mr", "Mrs", "Dr", "Miss"))
    assert not are_titles(("Manager", "Mr", "Clerk"))
    people = (
        "Organisation,{},First name,Surname,Email\n"
        "Hale Farms,Mr,Les,Hale,hale@post.example\nHale Farms,Mrs,Lesley,Hale,hale@post.example\n"
        "Oak Ltd,Dr,Ann,Frost,ann@oak.example\n"
    )
    assert said(clustered(tmp_path, people.format("Title")), "person_id", 1, 2) == 2


def test_a_heading_of_two_parts_is_about_something_else_only_if_both_are():
    assert read(**{"Venue_/_Partner": FIRMS, "Contact": PEOPLE})["Venue / Partner"] == "Employer"
    assert "Event venue" not in read(Event_venue=FIRMS, Contact=PEOPLE)


def test_whoever_is_listed_is_no_owner_for_being_a_group_too():
    headings = {"Business_/_Group": FIRMS, "T/A_or_aka": ("Elm",) * 5}
    assert read(**headings) == {"Business / Group": "Employer", "T/A or aka": "Trading as"}


def test_a_row_is_named_by_another_export_s_column_where_its_own_is_empty(tmp_path):
    """Exports pasted below each other, each with a heading of its own for whom it lists."""
    holders, venues = (*FIRMS[:3], *[""] * 3), ("", "", "", *FIRMS[:3])
    streets = (*STREETS[:3], *STREETS[:3])
    found = read(Venue_Name=venues, Liable_Party=holders, Address_of_Premises=streets)
    assert found == {
        "Venue Name": "Employer",
        "Liable Party": "Employer, where that is empty",
        "Address of Premises": "Address",
    }
    ignored = read({"Liable Party": "ignore"}, Venue_Name=venues, Liable_Party=holders, Address=streets)
    assert "Liable Party" not in ignored
    lines = ["Venue Name,Liable Party,Address of Premises,P/code"]
    lines += [f"{a},{b},{c},SK14 1QQ" for a, b, c in zip(venues, holders, streets, strict=True)]
    clusters = clustered(tmp_path, "\n".join(lines) + "\n")
    assert [said(clusters, "cluster_id", row, row + 3) for row in (1, 2, 3)] == [1, 1, 1]


def test_a_column_of_previous_names_names_nobody():
    venues, before = (*FIRMS[:2], "", "", ""), FIRMS[::-1]
    assert "Previous name" not in read(Venue_Name=venues, Previous_name=before, Address=STREETS)

"""Header rows as usual programs and open data export them, with invented rows: each is understood."""

from __future__ import annotations

from datetime import date

import pytest

from engage.dedupe.columns import Columns, find_columns
from engage.dedupe.telling import read_as
from engage.schema import load_schema

SCHEMA = load_schema()
PHONES = ("0161 496 0160", "01632 960 961", "020 7946 0018", "07700 900 123")
MAILS = ("ann@oak.example", "info@elm.example", "x@ash.example", "hi@yew.example")
CODES = ("OL6 6AA", "SK14 1AB", "M1 1AE", "LS1 4HY")
FIRMS = ("Bridge Cafe", "Oak Farm Ltd", "Elm Joinery", "Ash & Son")
KINDS = {
    "E": MAILS,
    "T": PHONES,
    "P": CODES,
    "F": FIRMS,
    "N": ("82636", "20896", "10023", "55551"),
    "-": ("x",) * 4,
    "W": ("www.oak.example",) * 4,
}


def find(headings: tuple[str, ...], kinds: str = "", *, people: bool = False) -> Columns | None:
    held = [KINDS[kind] for kind in kinds] or [("x",) * 4] * len(headings)
    rows = (headings, *zip(*held, strict=True))
    return find_columns(rows, SCHEMA, {}, country="GB", people=people, today=date(2026, 11, 22))


def read(headings: str, kinds: str = "", *, people: bool = False) -> dict[str, str]:
    found = find(tuple(headings.split(",")), kinds, people=people)
    return dict(found.understood) if found else {}


@pytest.mark.parametrize(
    ("headings", "kinds", "wanted"),
    [
        # membership systems and suppliers' lists
        (
            "Member No,Member Organisation,Primary Address,Post Code,Main Switchboard",
            "NF-PT",
            "- Employer Address Postcode Phone",
        ),
        (
            "Supp ID,Supplier Name,Address Line 1,Post Code,Remittance Email",
            "NF-PE",
            "- Employer Address Postcode Email",
        ),
        ("Apar ID,Apar Name,Address Post Code,Tel", "NFPT", "- Employer Postcode Phone"),
        # placements, events, newsletters
        (
            "Learner Ref,Placement provider,Placement postcode,Workplace Tel/Mobile",
            "NFPT",
            "- Employer Postcode Phone",
        ),
        ("Order no.,First Name,Surname,Email,Company", "N--EF", "- First_name Last_name Email Employer"),
        (
            "Email Address,First Name,Last Name,Company,Phone Number",
            "E--FT",
            "Email First_name Last_name Employer Phone",
        ),
        # customer databases
        (
            "Record ID,Company name,Company Domain Name,Phone Number,Postal Code",
            "NF-TP",
            "- Employer - Phone Postcode",
        ),
        (
            "Contact ID,Organization Name,Street Address,City,Postal Code",
            "NF--P",
            "- Employer Address Town Postcode",
        ),
        (
            "Account Name,Billing Street,Billing City,Billing Zip/Postal Code,Phone",
            "F--PT",
            "Employer Address Town Postcode Phone",
        ),
        # registers
        (
            "CompanyName,CompanyNumber,RegAddress.PostTown,RegAddress.PostCode",
            "FN-P",
            "Employer Company_number Town Postcode",
        ),
        (
            "charity_name,registered_charity_number,charity_contact_phone",
            "FNT",
            "Employer Charity_number Phone",
        ),
        # address books
        (
            "First Name,Last Name,Company,Business Phone,E-mail Address",
            "--FTE",
            "First_name Last_name Employer Phone Email",
        ),
        (
            "Given Name,Family Name,Organization Name,E-mail 1 - Value,Phone 1 - Value",
            "--FET",
            "First_name Last_name Employer Email Phone",
        ),
        (
            "First Name,Last Name,URL,Email Address,Company,Position",
            "---EF-",
            "First_name Last_name Website Email Employer Job_title",
        ),
        # public spending, rates, inspections, schools, health
        ("Identifier,Recipient Org:Name,Recipient Org:Postal Code", "NFP", "- Employer Postcode"),
        ("Supplier [Name],Contact Name,Contact Email,Value Low", "F-EN", "Employer Contact_name Email -"),
        ("Primary Liable party name,Full Property Address,Account number", "F-N", "Employer Address -"),
        ("FHRSID,BusinessName,AddressLine1,PostCode,RatingValue", "NF-P-", "- Employer Address Postcode -"),
        (
            "URN,EstablishmentName,Street,Locality,Town,Postcode,TelephoneNum,SchoolWebsite",
            "NF---PTW",
            "- Employer Address - Town Postcode Phone Website",
        ),
        (
            "Organisation Code,Name,Address Line 1,Postcode,Contact Telephone Number",
            "NF-PT",
            "- Employer Address Postcode Phone",
        ),
    ],
)
def test_what_usual_programs_and_registers_export_is_understood(headings, kinds, wanted):
    understood = read(headings, kinds)
    got = [understood.get(heading, "-").replace(" ", "_") for heading in headings.split(",")]
    assert " ".join(got) == wanted


@pytest.mark.parametrize(
    ("heading", "kind", "meaning"),
    [
        ("Remittance Email", "E", "Email"),
        ("Colour", "E", "Email"),
        ("Colour", "P", "Postcode"),
        ("Mobile/Tel", "T", "Phone"),
        ("Addr 2 / Town", "-", "Town"),
        ("Registered or trading address", "-", "Address"),
    ],
)
def test_a_heading_is_read_by_its_words_or_by_its_values_and_that_is_told(heading, kind, meaning):
    found = find(("Firm", heading), f"F{kind}")
    assert found is not None
    assert (found.at[meaning], found.guessed) == (1, {1})
    assert any(f"“{heading}” is read as {meaning}" in line for line in read_as(found))


@pytest.mark.parametrize(
    ("heading", "values"),
    [
        ("Supplier number", ("1134960848", "1134960849", "1134960850", "1134960851")),
        ("Company registered", ("01234567", "SC123456", "09876543", "10203040")),
        ("Order no.", ("4500012345", "4500012346", "4500012347", "4500012348")),
        ("Joined", ("01/02/2026", "2026-03-04", "05.06.2026", "07-08-2026")),
        ("Spend", ("12,345.00", "1 200.50", "0.99", "100000")),
        ("Invoice ref", PHONES),
        ("Fax", PHONES),
        ("Email sent?", ("yes", "no", "yes", "no")),
        ("Phone checked by", ("AB", "CD", "EF", "GH")),
        ("School meals", ("yes", "no", "yes", "no")),
        ("Provider type", ("a", "b", "c", "d")),
        ("Previous employer", FIRMS),
        ("Number of employees", ("5", "10", "20", "7")),
        ("Company size", ("5", "10", "20", "7")),
        ("Learner email", MAILS),
        ("Added by", ("desk@college.example",) * 4),
        ("Last contact date", ("01/02/2026",) * 4),
    ],
)
def test_what_only_looks_alike_is_not_read(heading, values):
    rows = (("Firm", heading), *zip(FIRMS, values, strict=True))
    found = find_columns(rows, SCHEMA, {}, country="GB", people=False, today=date(2026, 11, 22))
    assert found is not None
    assert [ours for _, ours in found.understood] == ["Employer"]


@pytest.mark.parametrize(
    ("heading", "ours"),
    [
        ("Co Reg No", "Company number"),
        ("Companies House Number", "Company number"),
        ("CRN", "Company number"),
        ("Charity Reg. No.", "Charity number"),
        ("House number", ""),
        ("Company ref", ""),
        ("Reg no", "Company number"),  # of our own sheets
    ],
)
def test_a_registers_number_is_known_by_the_words_of_its_heading(heading, ours):
    rows = (("Firm", heading), *zip(FIRMS, ("01234567", "07654321", "00998812", "OC318842"), strict=True))
    found = find_columns(rows, SCHEMA, {}, country="GB", people=False, today=date(2026, 11, 22))
    assert found is not None
    assert [meant for _, meant in found.understood if meant != "Employer"] == ([ours] if ours else [])


def test_a_column_that_says_how_to_apply_is_read_for_phones_and_mails():
    told = (
        "0161 496 0105 ask for Bev",
        "CV to jobs@zarvek.example",
        "in person",
        "0161 496 0300 or jobs@ogden.example",
    )
    for heading, read in (("How to apply", ["Phone and Email"]), ("Notes", [])):
        rows = (("Firm", heading), *zip(FIRMS, told, strict=True))
        found = find_columns(rows, SCHEMA, {}, country="GB", people=False, today=date(2026, 11, 22))
        assert found is not None
        assert [meant for _, meant in found.understood if meant != "Employer"] == read
        assert found.names_only


def test_headings_that_say_no_name_by_themselves_are_read_as_the_employers():
    for heading in (
        "Placement provider",
        "Member / Vacancy employer",
        "Works for",
        "Outlet",
        "Name of school",
        "Firma",
    ):
        assert read(f"{heading},Postcode", "FP")[heading] == "Employer"


def test_a_school_in_the_rows_is_no_heading():
    rows = (("Our list", "x"), ("Trader", "PC"), ("Oak School", "M1 1AE"), *zip(FIRMS, CODES, strict=True))
    assert find_columns(rows, SCHEMA, {}, country="GB", people=False, today=date(2026, 11, 22)) is None


def test_a_name_beside_a_contact_is_a_firms_also_when_people_are_wanted():
    found = read("Name,Postcode,Phone,Contact", "FPT-", people=True)
    assert (found["Name"], found["Contact"]) == ("Employer", "Contact name")


def test_a_doubtful_heading_is_told_with_the_way_to_have_it_read():
    found = find(("Firm", "Learner email"), "FE")
    assert found is not None
    assert '--column "email=Learner email"' in "".join(read_as(found))


def test_premises_with_streets_in_them_are_the_address():
    rows = (
        ("Firm", "Premises"),
        *zip(FIRMS, ("1 Mill Lane", "Unit 7 Canal Road", "2 High St", "x"), strict=True),
    )
    found = find_columns(rows, SCHEMA, {}, country="GB", people=False, today=date(2026, 11, 22))
    assert found is not None
    assert found.at["Address"] == 1


def test_a_place_with_a_name_is_not_taken_for_whoever_owns_it():
    assert read("Setting name,Registered provider,Postcode,Places", "NNP-") == {
        "Setting name": "Employer",
        "Registered provider": "Parent employer",
        "Postcode": "Postcode",
    }
    assert read("Enw / Name,Contact,Cod post", "NPP")["Enw / Name"] == "Employer"

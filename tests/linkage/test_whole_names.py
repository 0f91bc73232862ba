"""What a careful clerk would sign without asking, and what not: parts of names, sites, slips, other rows."""

from __future__ import annotations

import pytest

from engage.linkage.normalise.organisations import read_name
from engage.linkage.slips import one_slip
from engage.model import Record

from .sample import employer, linked, together

LINE, OTHER_LINE = "0161 496 0101", "0161 496 0707"
HYDE, LUTON = {"Town": "Hyde", "Postcode": "SK14 1QQ"}, {"Town": "Luton", "Postcode": "LU1 2AB"}
WEB, NUMBER = {"Website": "zarvektooling.example"}, {"Company_number": "99000123"}


def are_one(*records: Record) -> bool:
    """Whether the first row is one with each of the others."""
    ids = linked(*records).employer_of
    return all(together(ids, "R-1#0", f"{record.record_id}#0") for record in records)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Heron Payroll", "Heron ayroll"),
        ("Falcon Studios", "Falcon tudios"),
        ("Zarvek Motors", "Zarvek oMtors"),
    ],
)
def test_a_first_letter_that_was_lost_leaves_no_word_and_is_a_slip(one, other):
    assert one_slip(read_name(one), read_name(other))


@pytest.mark.parametrize(("one", "other"), [("Noakes", "Oakes"), ("Bradley", "Radley"), ("Zarvek", "Garvek")])
def test_two_names_that_differ_in_their_first_letter_may_be_two(one, other):
    assert not one_slip(read_name(f"{one} Motors"), read_name(f"{other} Motors"))


def test_a_name_that_breaks_off_is_whoever_has_its_phone_and_so_begins():
    rows = employer("R-1", "Marple & Sons Joinery", Phone=LINE), employer("R-2", "Marple and", Phone=LINE)
    assert not are_one(*rows[:1], employer("R-2", "Marple and", **HYDE))
    assert are_one(
        employer("R-1", "Marple & Sons Joinery", **HYDE, Phone=LINE),
        employer("R-2", "Marple and", **HYDE, Phone=LINE),
    )


def test_one_company_number_joins_two_sites_with_all_their_rows():
    here = employer("R-1", "Summit Roofing", **HYDE, **NUMBER, Phone=LINE)
    beside = employer("R-2", "Summit Roofing (Hyde)", "College", **HYDE, Phone=LINE)
    there = employer("R-3", "Summit Roofing", "Jobcentre", **LUTON, **NUMBER, Phone=OTHER_LINE)
    also = employer("R-4", "Summit Roofing", "Chamber", **LUTON, Phone=OTHER_LINE)
    assert are_one(here, beside, there, also)
    assert not are_one(here, beside, employer("R-3", "Summit Roofing", "Jobcentre", **LUTON))


def test_somebody_who_answers_at_both_joins_a_branch_to_the_rest():
    jo = {"Email": "jo.whitlow@zarvektooling.example", "Contact_name": "Jo Whitlow"}
    branch = employer("R-1", "Zarvek Tooling - Hyde", **HYDE, **jo)
    rows = [
        employer("R-2", "Zarvek Tooling", "College", **LUTON, **jo, Phone=LINE),
        employer("R-3", "Zarvek Tooling", "Jobcentre", **LUTON, **WEB, Phone=LINE),
    ]
    assert are_one(branch, *rows)
    assert not are_one(branch, *rows[1:])


def test_one_registered_name_and_one_web_domain_are_one_firm_with_two_sites():
    rows = [
        employer("R-1", "Marple & Sons Ltd", **HYDE, **WEB),
        employer("R-2", "Marple & Sons Limited", **LUTON, **WEB),
    ]
    assert are_one(*rows)
    assert not are_one(rows[0], employer("R-2", "Marple & Sons", **LUTON, **WEB))
    assert not are_one(*rows, employer("R-3", "Marple & Sons Ltd (Leeds)", **WEB))


def test_a_slip_in_one_row_and_an_end_lost_in_another_keep_no_third_row_out():
    same = {"Phone": LINE, **HYDE, "Contact_name": "Joanne Whitlow"}
    rows = [
        employer("R-1", "Marple Garden Centre", **same),
        employer("R-2", "Marple Garden", "College", **same),
        employer("R-3", "Mapple Garden Centre", "Jobcentre", **same),
    ]
    assert are_one(*rows)
    assert not are_one(*rows, employer("R-4", "Marple Bakery", "Chamber", **same))


def test_initials_bar_nobody_from_a_firm_that_a_whole_name_is_one_with():
    same = {"Phone": LINE, **HYDE, "Website": "newportmedicalcentre.example"}
    rows = [
        employer("R-1", "NMC", **same),
        employer("R-2", "Newport Medical Centre", "College", **same),
        employer("R-3", "Newport Medical", "Jobcentre", **same),
    ]
    assert are_one(*rows)


def test_two_firms_of_one_house_with_people_of_their_own_are_not_asked_about():
    same = {"Phone": LINE, **HYDE}
    one = employer("R-1", "Zarvek Motors", **same, Contact_name="Joanne Whitlow")
    other = employer("R-2", "Zarvek Bakery", "College", **same, Contact_name="Imran Marple")
    assert not linked(one, other).questions
    renamed = employer("R-2", "Zarvek Bakery", "College", **same, Contact_name="Joanne Whitlow")
    assert [pair.kind for pair in linked(one, renamed).questions].count("employer") == 1


def test_a_group_of_which_the_first_letter_was_lost_is_a_group():
    same = {"Phone": LINE, **HYDE}
    assert not are_one(
        employer("R-1", "Marple Flooring", **same), employer("R-2", "Marple Flooring roup", **same)
    )

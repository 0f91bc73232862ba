"""Sector intelligence: own names by SIC prefixes, the gap grid, warm introductions, needs."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings

from engage.built.tab_employer_list import employer_rows
from engage.insight import needs
from engage.insight.introductions import TO_PLEDGE, TO_SEAT, TO_SPEAK
from engage.insight.pledge_funnel import CAPABILITY as PLEDGES
from engage.insight.pledge_list import pledge_list
from engage.insight.sector_gaps import CAPABILITY, TAB, TAB_INTRODUCTIONS
from engage.insight.sectors import sectors_by_employer
from tests.built.sample import material

from .registers import SECTORS, Register, done, firm, headline, rows_told, sectors, two_nights
from .sample import TODAY, make_facts

YEAR_AGO = TODAY - timedelta(days=365)


@pytest.mark.parametrize(
    ("typed", "code", "expected"),
    [
        ("", "41201", ("Construction",)),
        ("Care", "43220", ("Care", "Construction")),
        ("", "87100; 47110", ("Care", "Retail")),
        ("construction", "41201", ("Construction",)),
        ("Fishing", "", ("Fishing",)),
        ("", "03110", ()),
    ],
)
def test_an_employer_is_in_the_sectors_that_people_typed_and_in_those_of_its_sic_code(typed, code, expected):
    firms = [{"employer_id": "EMP-A", "Employer": "Firm", "Sector": typed, "SIC code": code}]
    assert sectors_by_employer(make_facts({"Sectors": SECTORS}, employers=firms))["EMP-A"] == expected


def sectors_of(register: Register, row: dict[str, str]) -> set[str]:
    golden = register.employers.get(row["employer_id"])
    return (sectors(golden) if golden else set()) or {"Sector not known"}


def steps(register: Register) -> dict[str, set[str]]:
    """The employers that were spoken to within a year, have pledged, sit on a group."""
    spoken = {
        row["employer_id"]
        for row in register.tables["Engagements"]
        if row["Date"]
        and row["Status"] in {"Done", ""}
        and YEAR_AGO < date.fromisoformat(row["Date"]) <= TODAY
    }
    pledged = {
        row["employer_id"]
        for row in register.tables["Pledges"]
        if (row["Stage"] in {"Signed", "Started", "Delivered"} or (not row["Stage"] and row["Date signed"]))
        and (not row["Date signed"] or date.fromisoformat(row["Date signed"]) <= TODAY)
    }
    today = TODAY.isoformat()
    seated = {
        row["employer_id"]
        for row in register.tables["Group members"]
        if (row["From"] or "0") <= today <= (row["To"] or "9999")
    }
    return {"Spoken to": spoken, "Pledged": pledged, "On a group": seated}


@settings(max_examples=40, deadline=None)
@given(two_nights)
def test_each_step_of_each_sector_counts_its_merged_employers_once(nights):
    for register in nights:
        came = steps(register)
        for row in rows_told(register.facts(), CAPABILITY, TAB):
            mine = {
                key
                for key, golden in register.employers.items()
                if row["Sector"] in (sectors(golden) or {"Sector not known"})
            }
            assert row["Known to us"] == len(mine)
            assert {step: row[step] for step in came} == {
                step: len(mine & keys) for step, keys in came.items()
            }


@settings(max_examples=40, deadline=None)
@given(two_nights)
def test_a_warm_introduction_is_to_somebody_who_is_missing_and_is_not_to_rest(nights):
    for register in nights:
        came, facts = steps(register), register.facts()
        found = rows_told(facts, CAPABILITY, TAB_INTRODUCTIONS)
        per_gap = [(row["Sector"], row["Gap"]) for row in found]
        assert max(map(per_gap.count, per_gap), default=0) <= 3
        for row in found:
            key = row["Employer ID"]
            missing = {
                TO_SPEAK: key not in came["Spoken to"],
                TO_PLEDGE: key in came["Spoken to"] and key not in came["Pledged"],
                TO_SEAT: key in came["Spoken to"] | came["Pledged"] and key not in came["On a group"],
            }
            assert missing[row["Gap"]]
            assert register.employers[key]["Rest until"] != "2027-01-31"
            assert row["How they know them"]


def test_the_warmest_are_whom_somebody_spoke_to_last_and_the_agency_is_named():
    firms = [
        {
            "employer_id": key,
            "Employer": key,
            "Sector": "Care",
            "First seen": "2026-01-05",
            "Agencies": "Dale",
        }
        for key in "ABCDE"
    ]
    talks = [
        {"employer_id": key, "Date": day, "Status": "Done", "Type": "Visit", "agency": "Harwick College"}
        for key, day in (("D", "2026-10-01"), ("C", "2026-11-02"))
    ]
    facts = make_facts({"Sectors": SECTORS, "Engagements": talks}, employers=firms)
    found = rows_told(facts, CAPABILITY, TAB_INTRODUCTIONS)
    to_pledge = [
        (row["Employer"], row["Who can introduce"], row["How they know them"])
        for row in found
        if row["Gap"] == TO_PLEDGE
    ]
    assert to_pledge == [
        ("C", "Harwick College", "Visit on 2 Nov 2026"),
        ("D", "Harwick College", "Visit on 1 Oct 2026"),
    ]
    assert [row["Employer"] for row in found if row["Gap"] == TO_SPEAK] == ["A", "B", "E"]


@settings(max_examples=40, deadline=None)
@given(two_nights)
def test_needs_by_sector_and_kind_are_those_of_the_rows(nights):
    for register in nights:
        named = [row for row in done(register) if row["Need type"] or row["What the employer needs"]]
        facts = register.facts()
        assert headline(facts, needs.CAPABILITY, "Needs named") == len(named)
        for row in rows_told(facts, needs.CAPABILITY, needs.TAB):
            if row["Counted by"] != "Sector":
                continue
            mine = [one for one in named if row["Which"] in sectors_of(register, one)]
            mine = [one for one in mine if (one["Need type"] or needs.NOT_SAID) == row["Need type"]]
            assert (row["Needs"], row["Employers"]) == (len(mine), len({firm(one) for one in mine}))


@pytest.mark.parametrize(
    ("day", "told", "late"), [("2026-10-24", "", 0), ("2026-10-23", "", 1), ("2026-10-01", "Yes", 0)]
)
def test_a_need_is_late_once_nobody_has_answered_it_for_more_than_thirty_days(day, told, late):
    row = {"Date": day, "Status": "Done", "Need type": "Recruitment", "Told them back": told}
    assert (
        headline(make_facts({"Engagements": [row]}), needs.CAPABILITY, "Needs not answered in 30 days")
        == late
    )


def test_the_employer_list_has_the_sector_of_its_sic_code_where_nobody_typed_one_and_says_so():
    firms = [
        {
            "employer_id": "EMP-A",
            "Employer": "A",
            "SIC code": "41201",
            "Where each value came from": "C: Town",
        },
        {"employer_id": "EMP-B", "Employer": "B", "SIC code": "41201", "Sector": "Retail"},
    ]
    facts = make_facts({"Sectors": SECTORS}, employers=firms)
    by_code, typed = employer_rows(material(facts=facts))
    said = "C: Town | SIC code 41201 by the Sectors tab: Sector"
    assert (by_code["Sector"], by_code["Where each value came from"]) == ("Construction", said)
    assert typed["Sector"] == "Retail"


def test_the_pledge_list_names_every_sector_that_the_funnel_counts_the_employer_in():
    firms = [{"employer_id": "EMP-B", "Employer": "B", "SIC code": "41201", "Sector": "Retail"}]
    signed = {"employer_id": "EMP-B", "Stage": "Signed", "Date signed": "2026-11-02", "Pledge": "Charter"}
    facts = make_facts({"Sectors": SECTORS, "Pledges": [signed]}, employers=firms)
    (named,) = pledge_list(facts)["Sector"]
    funnel = rows_told(facts, PLEDGES, "Pledge funnel")
    counted = {row["Which"] for row in funnel if row["Counted by"] == "Sector"}
    assert set(named.split("; ")) == counted == {"Retail", "Construction"}

"""Targets on seats, groups, the single offer, core data, actions, stages and needs."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

from engage.insight.capabilities import told
from engage.insight.seats import CAPABILITY as SEATS
from engage.insight.seats import TAB as SEATS_TAB
from engage.insight.single_offer import CAPABILITY as OFFERS
from engage.insight.targets import CAPABILITY, TAB
from engage.model import History
from engage.schema import load_schema

from .registers import AGENCIES, QUARTER, SECTORS, Register, headline, rows_told, two_nights
from .sample import COLLEGE, COUNCIL, make_facts

COLUMNS = {tab.title: tab.columns for tab in load_schema().staff_tabs()}
LISTS = {
    "Groups": ("Board", "Care group"),
    "Engagement type": ("Visit", "Redundancy", "Large-scale recruitment"),
}
TARGET = {"Target": "T", "At least": "100", "From": "2026-10-01", "By": "2026-12-31"}
FIRMS = [
    {"employer_id": "EMP-A", "Employer": "A", "SIC code": "41201", "Employees in all": "900"},
    {"employer_id": "EMP-B", "Employer": "B", "Employees in all": "8"},
]
TABLES = {
    "Sectors": SECTORS,
    "Employers": [{"Employer": "A", "employer_id": "EMP-A", "agency": COLLEGE}],
    "Groups": [{"Group": "Board"}, {"Group": "Care group"}],
    "Group seats": [
        {"Group": "Board", "Rule": "Top N by headcount", "Seats": "2"},
        {"Group": "Care group", "Rule": "Agency", "Which": COLLEGE, "Seats": "1"},
    ],
    "Group members": [
        {"Group": "Board", "Employer": "A", "employer_id": "EMP-A", "agency": COLLEGE},
        {"Group": "Care group", "Employer": "A", "employer_id": "EMP-A", "To": "2026-11-20"},
        {"Group": "Care group", "Agency": COLLEGE, "agency": COLLEGE},
    ],
    "Engagements": [
        {"Date": "2026-11-02", "Type": "Redundancy", "Status": "Done", "agency": COLLEGE,
         "Employer": "A", "employer_id": "EMP-A", "Offer made": "Yes", "Need type": "Recruitment"},
        {"Date": "2026-11-03", "Type": "Large-scale recruitment", "Status": "Done", "agency": COUNCIL,
         "Employer": "B", "employer_id": "EMP-B", "Need type": "Digital skills"},
    ],
    "Actions": [
        {"Action": "Meet", "Responsible": COLLEGE, "Status": "Done", "Plan": "P"},
        {"Action": "Ask", "Responsible": COLLEGE, "Status": "Under way", "Plan": "P"},
        {"Action": "Go", "Responsible": COLLEGE, "Status": "Dropped", "Plan": "P"},
    ],
}  # fmt: skip
CLIMBED = History("2026-01-05", rungs=(("2026-01-05", "2"), ("2026-11-01", "4")))


def facts_of(measure: str, filters: str = "", **cells: str):
    target = {**TARGET, "Measure": measure, "Filter": filters, **cells}
    facts = make_facts(
        {**TABLES, "Targets": [target]}, employers=FIRMS, columns=COLUMNS, lists=LISTS,
        agencies={COLLEGE.casefold(): COLLEGE, COUNCIL.casefold(): COUNCIL},
    )  # fmt: skip
    return replace(facts, histories={**facts.histories, "R-EMPLOYERS1": CLIMBED})


@pytest.mark.parametrize(
    ("measure", "filters", "now"),
    [
        ("Share of situations with an offer", "", 50),
        ("Share of situations with an offer", "Type = Redundancy", 100),
        ("Share of situations with an offer", f"Agency = {COUNCIL}", 0),
        ("Share of situations with an offer", "Sector = Construction", 100),
        ("Share offered within 5 working days", "", 50),
        ("Seats filled", "", 2),
        ("Seats filled", "Group = Board", 1),
        ("Share of seats filled", "Rule = Agency", 100),
        ("Groups without a vacant seat", "", 1),
        ("Employers on a group", "", 1),
        ("Employers on a group", "Group = Care group", 0),
        ("Employers on a group", "Sector = Construction", 1),
        ("Share of core fields filled", "Tab = Actions; Column = Status", 100),
        ("Share of actions complete", f"Plan = P; Agency = {COLLEGE}", 50),
        ("Employers moved up a stage", "", 1),
        ("Employers moved up a stage", "Sector = Care", 0),
        ("Needs named", "Need type = Digital skills", 1),
        ("Pledges signed", "Stage = Delivered", 0),
    ],
)
def test_how_things_stand_may_be_a_target_through_a_filter(measure, filters, now):
    facts = facts_of(measure, filters)
    (row,) = rows_told(facts, CAPABILITY, TAB)
    assert row["Now"] == now
    assert told(facts, CAPABILITY, QUARTER).problems == ()


@pytest.mark.parametrize(
    ("measure", "filters", "why"),
    [
        ("Seats filled", "Group = Bord", "there is no Group called “bord”"),
        ("Seats filled", "Sector = Care", "Filter cannot be used with this measure: Sector"),
        (
            "Share of situations with an offer",
            "Type = Visit",
            "Type is Redundancy or Large-scale recruitment",
        ),
        (
            "Share of core fields filled",
            f"Agency = {COLLEGE}",
            "Filter cannot be used with this measure: Agency",
        ),
        ("Share of core fields filled", "Tab = Sectors", "no core column is in “sectors”"),
        ("Share of core fields filled", "Tab = Actions; Column = Postcode", "no core column is in “"),
        ("Share of actions complete", "Plan = Q", "there is no Plan called “q”"),
    ],
)
def test_a_filter_that_nothing_can_pass_is_a_finding_here_too(measure, filters, why):
    (problem,) = told(facts_of(measure, filters), CAPABILITY, QUARTER).problems
    assert why in problem.wrong


@pytest.mark.parametrize(
    ("measure", "at_least", "by", "course"),
    [
        ("Seats filled", "2", "2026-12-31", "Yes"),
        ("Seats filled", "3", "2026-12-31", "At risk"),
        ("Seats filled", "3", "2026-11-20", "Missed"),
        ("Share of situations with an offer", "100", "2026-12-31", "At risk"),
        ("Employers moved up a stage", "1", "2026-12-31", "Met"),
    ],
)
def test_what_stands_holds_or_fails_on_its_day_and_what_adds_up_is_met_at_once(measure, at_least, by, course):
    (row,) = rows_told(facts_of(measure, **{"At least": at_least, "By": by}), CAPABILITY, TAB)
    assert row["On course"] == course


def test_a_day_that_is_past_is_judged_as_things_stood_then():
    (row,) = rows_told(
        facts_of("Employers on a group", "Group = Care group", By="2026-11-20"), CAPABILITY, TAB
    )
    assert row["Now"] == 1


def test_a_share_of_no_situation_or_seat_is_not_known_and_nobodys_problem():
    for measure in ("Share of situations with an offer", "Share of seats filled"):
        facts = make_facts({"Targets": [{**TARGET, "Measure": measure}]}, columns=COLUMNS)
        (row,) = rows_told(facts, CAPABILITY, TAB)
        assert str(row["On course"]).startswith("Nothing to judge by yet: no ")
        assert told(facts, CAPABILITY, QUARTER).problems == ()


def test_a_target_says_the_figure_of_the_tab():
    (row,) = rows_told(facts_of("Share of situations with an offer"), CAPABILITY, TAB)
    assert row["Now"] == headline(facts_of("Engagements"), OFFERS, "Situations with an offer, %")
    seats = [row["Status"] for row in rows_told(facts_of("Engagements"), SEATS, SEATS_TAB)]
    (row,) = rows_told(facts_of("Seats filled"), CAPABILITY, TAB)
    assert row["Now"] == seats.count("Filled")


@settings(max_examples=40, deadline=None)
@given(two_nights)
def test_employers_on_a_group_are_those_of_a_plain_count_also_once_some_are_merged_or_split(nights):
    target = {**TARGET, "Measure": "Employers on a group", "Filter": f"Agency = {AGENCIES[0]}"}
    for register in nights:
        register.tables["Targets"] = [{**target, "employer_id": ""}]
        facts = register.facts(columns=COLUMNS, agencies={AGENCIES[0].casefold(): AGENCIES[0]})
        assert [row["Now"] for row in rows_told(facts, CAPABILITY, TAB)] == [len(on_a_group(register))]


def on_a_group(register: Register) -> set[str]:
    return {
        row["employer_id"]
        for row in register.tables["Group members"]
        if row["agency"] == AGENCIES[0]
        and row["employer_id"]
        and row["From"] <= "2026-11-23" <= (row["To"] or "9999")
    }

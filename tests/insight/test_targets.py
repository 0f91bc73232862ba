"""Targets on any measure, with a filter, a floor and a date; a filter that nothing can pass is said."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from engage.insight.capabilities import told
from engage.insight.targets import CAPABILITY, TAB
from engage.schema import load_schema

from .registers import QUARTER, SECTORS, done, firm, rows_told, sectors, two_nights
from .sample import COLLEGE, make_facts

SCHEMA = load_schema()
COLUMNS = {tab.title: tab.columns for tab in SCHEMA.staff_tabs()}
LISTS = {"Engagement type": ("Visit", "Curriculum design"), "Outcome type": ("People trained",)}
TARGET = {"Target": "T", "At least": "4", "From": "2026-10-01", "By": "2026-12-31"}
TALKS = [
    {
        "Date": "2026-11-03",
        "Status": "Done",
        "Type": "Visit",
        "agency": COLLEGE,
        "employer_id": "EMP-A",
        "Who started it": "Employer",
        "Feedback 1-5": "5",
    },
    {
        "Date": "2026-11-04",
        "Status": "Done",
        "Type": "Email",
        "agency": COLLEGE,
        "employer_id": "EMP-B",
        "Who started it": "Us",
        "Feedback 1-5": "4",
        "Need type": "Other",
    },
]
FIRMS = [
    {"employer_id": "EMP-A", "Employer": "A", "Employees in all": "8", "SIC code": "41201"},
    {"employer_id": "EMP-B", "Employer": "B", "Employees in all": "900"},
]
WON = [{"Date": "2026-11-05", "Type": "People trained", "Number": "12", "£": "1500.50", "Fund": "Core"}]


def facts_of(measure: str, filters: str = "", **cells: str):
    target = {**TARGET, "Measure": measure, "Filter": filters, **cells}
    tables = {"Targets": [target], "Engagements": TALKS, "Sectors": SECTORS, "Outcomes": WON}
    return make_facts(tables, employers=FIRMS, columns=COLUMNS, lists=LISTS, agencies={"hc": COLLEGE})


@pytest.mark.parametrize(
    ("measure", "filters", "now"),
    [
        ("Engagements", "Agency = HC", 2),
        ("Engagements", "Sector = Construction", 1),
        ("Engagements", "Type = Curriculum design", 0),
        ("Outcomes", "Type = People trained; Fund = Core", 12),
        ("Pounds brought in", "", 1500.5),
        ("SME share of employers engaged", "", 50),
        ("Share started by the employer", "", 50),
        ("Share of needs told back", "", 0),
        ("Average feedback", "Type = Visit", 5),
    ],
)
def test_a_target_may_count_any_measure_through_a_filter(measure, filters, now):
    facts = facts_of(measure, filters)
    (row,) = rows_told(facts, CAPABILITY, TAB)
    assert row["Now"] == now
    assert told(facts, CAPABILITY, QUARTER).problems == ()


@pytest.mark.parametrize(
    ("measure", "filters", "why"),
    [
        ("Engagements", "Sector = Bakeries", "there is no Sector called “bakeries”"),
        ("Engagements", "Agency = Nobody", "there is no Agency called “nobody”"),
        ("Engagements", "Type = Vist", "there is no Type called “vist”"),
        ("Engagements", "Type = Visit; Type = Email", "No row can pass two filters for Type"),
        ("Outcomes", "Reason = Pledge", "Filter cannot be used with this measure"),
    ],
)
def test_a_filter_that_nothing_can_ever_pass_is_a_finding_and_no_nought(measure, filters, why):
    facts = facts_of(measure, filters)
    (row,) = rows_told(facts, CAPABILITY, TAB)
    (problem,) = told(facts, CAPABILITY, QUARTER).problems
    assert row["Now"] == ""
    assert why in problem.wrong


@pytest.mark.parametrize(
    ("at_least", "by", "course"),
    [
        ("50", "2026-12-31", "Yes"),
        ("60", "2026-12-31", "At risk"),
        ("60", "2026-11-20", "Missed"),
        ("50", "2026-11-20", "Met"),
    ],
)
def test_a_share_is_met_only_on_its_day_and_until_then_at_its_level_or_at_risk(at_least, by, course):
    facts = facts_of("Share started by the employer", At_least="", **{"At least": at_least, "By": by})
    (row,) = rows_told(facts, CAPABILITY, TAB)
    assert row["On course"] == course


def test_a_share_of_nothing_yet_is_not_known_and_nobodys_problem():
    facts = make_facts({"Targets": [{**TARGET, "Measure": "Average feedback"}]})
    (row,) = rows_told(facts, CAPABILITY, TAB)
    assert (row["Now"], row["On course"]) == ("", "Nothing to judge by yet: no feedback")
    assert told(facts, CAPABILITY, QUARTER).problems == ()


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(two_nights)
def test_employers_of_a_sector_engaged_are_those_of_a_plain_count_also_once_two_are_one(nights):
    target = {**TARGET, "Measure": "Employers engaged", "Filter": "Sector = Construction"}
    for register in nights:
        register.tables["Targets"] = [{**target, "employer_id": ""}]
        facts = register.facts(columns=COLUMNS)
        mine = {
            firm(row)
            for row in done(register)
            if "Construction"
            in sectors(register.employers.get(row["employer_id"], {"Sector": "", "SIC code": ""}))
        }
        assert [row["Now"] for row in rows_told(facts, CAPABILITY, TAB)] == [len(mine)]

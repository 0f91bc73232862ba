"""Targets on any measure, with a filter, a floor and a date; a filter that nothing can pass is said."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings

from engage.insight.capabilities import told
from engage.insight.targets import CAPABILITY, TAB

from .registers import QUARTER, done, firm, rows_told, sectors, two_nights
from .sample import COLLEGE, COUNCIL, make_facts
from .target_sample import COLUMNS, TARGET, happened, standing


@pytest.mark.parametrize(
    ("register", "measure", "filters", "now"),
    [
        (happened, "Engagements", "Agency = HC", 2),
        (happened, "Engagements", "Sector = Construction", 1),
        (happened, "Engagements", "Type = Curriculum design", 0),
        (happened, "Outcomes", "Type = People trained; Fund = Core", 12),
        (happened, "Pounds brought in", "", 1500.5),
        (happened, "SME share of employers engaged", "", 50),
        (happened, "Share started by the employer", "", 50),
        (happened, "Share of needs told back", "", 0),
        (happened, "Average feedback", "Type = Visit", 5),
        (standing, "Share of situations with an offer", "", 50),
        (standing, "Share of situations with an offer", "Type = Redundancy", 100),
        (standing, "Share of situations with an offer", f"Agency = {COUNCIL}", 0),
        (standing, "Share of situations with an offer", "Sector = Construction", 100),
        (standing, "Share offered within 5 working days", "", 50),
        (standing, "Seats filled", "", 2),
        (standing, "Seats filled", "Group = Board", 1),
        (standing, "Share of seats filled", "Rule = Agency", 100),
        (standing, "Groups without a vacant seat", "", 1),
        (standing, "Employers on a group", "", 1),
        (standing, "Employers on a group", "Group = Care group", 0),
        (standing, "Employers on a group", "Sector = Construction", 1),
        (standing, "Share of core fields filled", "Tab = Actions; Column = Status", 100),
        (standing, "Share of actions complete", f"Plan = P; Agency = {COLLEGE}", 50),
        (standing, "Employers moved up a stage", "", 1),
        (standing, "Employers moved up a stage", "Sector = Care", 0),
        (standing, "Needs named", "Need type = Digital skills", 1),
        (standing, "Pledges signed", "Stage = Delivered", 0),
    ],
)
def test_a_target_may_count_any_measure_through_a_filter(register, measure, filters, now):
    facts = register(measure, filters)
    (row,) = rows_told(facts, CAPABILITY, TAB)
    assert row["Now"] == now
    assert told(facts, CAPABILITY, QUARTER).problems == ()


@pytest.mark.parametrize(
    ("register", "measure", "filters", "why"),
    [
        (happened, "Engagements", "Sector = Bakeries", "there is no Sector called “bakeries”"),
        (happened, "Engagements", "Agency = Nobody", "there is no Agency called “nobody”"),
        (happened, "Engagements", "Type = Vist", "there is no Type called “vist”"),
        (happened, "Engagements", "Type = Visit; Type = Email", "No row can pass two filters for Type"),
        (happened, "Outcomes", "Reason = Pledge", "Filter cannot be used with this measure"),
        (standing, "Seats filled", "Group = Bord", "there is no Group called “bord”"),
        (standing, "Seats filled", "Sector = Care", "Filter cannot be used with this measure: Sector"),
        (
            standing,
            "Share of situations with an offer",
            "Type = Visit",
            "Type is Redundancy or Large-scale recruitment",
        ),
        (
            standing,
            "Share of core fields filled",
            f"Agency = {COLLEGE}",
            "Filter cannot be used with this measure: Agency",
        ),
        (standing, "Share of core fields filled", "Tab = Sectors", "no core column is in “sectors”"),
        (
            standing,
            "Share of core fields filled",
            "Tab = Actions; Column = Postcode",
            "no core column is in “",
        ),
        (standing, "Share of actions complete", "Plan = Q", "there is no Plan called “q”"),
    ],
)
def test_a_filter_that_nothing_can_ever_pass_is_a_finding_and_no_nought(register, measure, filters, why):
    facts = register(measure, filters)
    (row,) = rows_told(facts, CAPABILITY, TAB)
    (problem,) = told(facts, CAPABILITY, QUARTER).problems
    assert row["Now"] == ""
    assert why in problem.wrong


@pytest.mark.parametrize(
    ("register", "measure", "at_least", "by", "course"),
    [
        (happened, "Share started by the employer", "50", "2026-12-31", "Yes"),
        (happened, "Share started by the employer", "60", "2026-12-31", "At risk"),
        (happened, "Share started by the employer", "60", "2026-11-20", "Missed"),
        (happened, "Share started by the employer", "50", "2026-11-20", "Met"),
        (standing, "Seats filled", "2", "2026-12-31", "Yes"),
        (standing, "Seats filled", "3", "2026-12-31", "At risk"),
        (standing, "Seats filled", "3", "2026-11-20", "Missed"),
        (standing, "Share of situations with an offer", "100", "2026-12-31", "At risk"),
        (standing, "Employers moved up a stage", "1", "2026-12-31", "Met"),
    ],
)
def test_what_holds_or_fails_is_met_only_on_its_day_and_what_adds_up_at_once(
    register, measure, at_least, by, course
):
    (row,) = rows_told(register(measure, **{"At least": at_least, "By": by}), CAPABILITY, TAB)
    assert row["On course"] == course
    if measure != "Employers moved up a stage":
        assert (
            f"{row['Now']} of at least {at_least}, judged on {date.fromisoformat(by):%-d %B %Y}"
            == row["In words"]
        )


@pytest.mark.parametrize(
    ("measure", "what"),
    [
        ("Average feedback", "feedback"),
        ("Share of situations with an offer", "redundancy or recruitment"),
        ("Share of seats filled", "seat that groups should have"),
    ],
)
def test_a_share_of_nothing_yet_is_not_known_and_nobodys_problem(measure, what):
    facts = make_facts({"Targets": [{**TARGET, "At least": "4", "Measure": measure}]}, columns=COLUMNS)
    (row,) = rows_told(facts, CAPABILITY, TAB)
    assert (row["Now"], row["On course"]) == ("", f"Nothing to judge by yet: no {what}")
    assert told(facts, CAPABILITY, QUARTER).problems == ()


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(two_nights)
def test_employers_of_a_sector_engaged_are_those_of_a_plain_count_also_once_two_are_one(nights):
    target = {**TARGET, "At least": "4", "Measure": "Employers engaged", "Filter": "Sector = Construction"}
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

"""Targets on plans, events, seats, offers and actions: by hand, and as the tab of each has it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engage.insight.action_plan import CAPABILITY as PLAN
from engage.insight.capacity import CAPABILITY as CAPACITY
from engage.insight.common_model import CAPABILITY as MODEL
from engage.insight.completeness import CAPABILITY as DATA
from engage.insight.coordination import CAPABILITY as COORDINATION
from engage.insight.engagement_survey import CAPABILITY as SURVEY
from engage.insight.events import CAPABILITY as EVENTS
from engage.insight.facts import Facts
from engage.insight.feedback import CAPABILITY as FEEDBACK
from engage.insight.seats import CAPABILITY as SEATS
from engage.insight.sector_gaps import CAPABILITY as SECTORS_TOLD
from engage.insight.shared_plans import CAPABILITY as PLANS
from engage.insight.single_offer import CAPABILITY as OFFERS
from engage.insight.sme_voice import CAPABILITY as SMES
from engage.insight.target_filters import FILTERS, NotUnderstood, Span
from engage.insight.target_measures import LEVELS, MEASURES
from engage.insight.target_shares import NothingYet
from engage.insight.targets import CAPABILITY, TAB
from engage.model import History

from .registers import QUARTER, headline, rows_told, three_nights, told
from .sample import COLLEGE, COUNCIL, make_facts
from .target_sample import COLUMNS, FIRMS, LISTS, TABLES, TARGET

STAGES_DOWN = History("2026-01-05", rungs=(("2026-01-05", "4"), ("2026-11-01", "2")))
NEW_STAGE = History("2026-11-02", rungs=(("2026-11-02", "2"),))


def talk(day: str, agency: str, firm: str = "A", **more: str) -> dict[str, str]:
    return {"Date": day, "agency": agency, "Employer": firm, "employer_id": f"EMP-{firm}",
            "Type": "Visit", "Who started it": "Us", **more}  # fmt: skip


ROWS = {
    **TABLES,
    "Employers": [{"Employer": name, "employer_id": f"EMP-{name}", "agency": COLLEGE} for name in "AB"],
    "Schemes": [
        {"Scheme": "Skills Works", "Agency": COLLEGE, "From": "2026-01-01"},
        {"Scheme": "Closed", "Agency": COLLEGE, "Active": "No"},
        {"Scheme": "Over", "Agency": COUNCIL, "To": "2026-11-01"},
        {"Scheme": "Jobs First", "Agency": COUNCIL, "To": "2027-11-01"},
    ],
    "Engagements": [
        *TABLES["Engagements"],
        talk("2026-11-25", COLLEGE, Status="Planned", **{"Aim / Summary": "Apprentices"}),
        talk("2026-11-27", COUNCIL, Status="Planned"),
        talk("2026-12-20", COUNCIL, "B", Status="Planned"),
    ],
    "Events": [
        {"Event": "Breakfast", "Date": "2026-11-10", "Lead agency": COLLEGE, "agency": COLLEGE},
        {"Event": "Fair", "Date": "2026-11-12", "agency": COUNCIL},
        {"Event": "Off", "Date": "2026-11-13", "Status": "Cancelled", "agency": COUNCIL},
        {"Event": "Talk", "Date": "2027-03-01", "Open to partner input": "Yes", "agency": COLLEGE},
        {"Event": "Show", "Date": "2027-04-01", "Input wanted": "A stand", "agency": COUNCIL},
        {"Event": "Far", "Date": "2028-04-01", "Open to partner input": "Yes", "agency": COUNCIL},
    ],
    "Attendance": [
        {"Event": "Breakfast", "Employer": "A", "employer_id": "EMP-A", "Status": "Came"},
        {"Event": "Breakfast", "Employer": "B", "employer_id": "EMP-B", "Status": "Booked"},
        {"Event": "Fair", "Employer": "A", "employer_id": "EMP-A", "Status": "Came"},
        {"Event": "Fair", "Employer": "C", "Status": "Invited"},
        {"Event": "Off", "Employer": "D", "Status": "Came"},
    ],
    "Actions": [
        *TABLES["Actions"],
        {"Action": "Soon", "Responsible": COUNCIL, "Status": "Under way", "Due date": "1 December 2026"},
        {"Action": "Late", "Responsible": COUNCIL, "Status": "Under way", "Due date": "1 October 2026"},
        {"Action": "Far", "Responsible": COUNCIL, "Status": "Under way", "Due date": "1 October 2027"},
    ],
}  # fmt: skip
EMPLOYERS = [
    {**FIRMS[0], "Rest until": "2026-12-24", "First seen": "2026-01-05"},
    {**FIRMS[1], "First seen": "2026-01-05"},
]


def register(measure: str = "Engagements", filters: str = "", **cells: str):
    target = {**TARGET, "At least": "4", "Measure": measure, "Filter": filters, **cells}
    facts = make_facts(
        {**ROWS, "Targets": [target]}, employers=EMPLOYERS, columns=COLUMNS,
        lists={**LISTS, "Event kind": ("Breakfast",)},
        agencies={COLLEGE.casefold(): COLLEGE, COUNCIL.casefold(): COUNCIL},
    )  # fmt: skip
    climbs = {"R-EMPLOYERS1": STAGES_DOWN, "R-EMPLOYERS2": NEW_STAGE}
    return replace(facts, histories={**facts.histories, **climbs})


@pytest.mark.parametrize(
    ("measure", "filters", "now"),
    [
        ("Approaches planned", "", 2),
        ("Approaches planned", f"Agency = {COUNCIL}", 1),
        ("Share of planned approaches with an aim", "", 50),
        ("Share of planned approaches with an aim", f"Agency = {COLLEGE}", 100),
        ("Planned approaches that should wait", "", 2),
        ("Planned approaches that should wait", "Size = SME", 0),
        ("Clashes still ahead", "", 1),
        ("Clashes still ahead", "Size = Large", 1),
        ("Clashes still ahead", "Sector = Care", 0),
        ("Events open to partners' input", "", 2),
        ("Events open to partners' input", f"Agency = {COLLEGE}", 1),
        ("Schemes that engage employers", "", 2),
        ("Schemes that engage employers", f"Agency = {COLLEGE}", 1),
        ("Employers invited to events", "", 3),
        ("Employers booked at events", "", 2),
        ("Employers at events", "", 1),
        ("Employers at several events", "", 1),
        ("Employers at several events", f"Agency = {COLLEGE}", 0),
        ("Vacant seats", "", 1),
        ("Vacant seats", "Rule = Agency", 0),
        ("Groups with a vacant seat", "", 1),
        ("Redundancies and large recruitments", "", 2),
        ("Redundancies and large recruitments", "Type = Redundancy", 1),
        ("Offers overdue", "", 1),
        ("Offers overdue", f"Agency = {COLLEGE}", 0),
        ("Actions complete", "", 1),
        ("Actions at risk", "", 1),
        ("Actions on track", "", 1),
        ("Actions overdue", "", 1),
        ("Actions without a date or a colour", "", 1),
        ("Actions nobody has touched for two months", f"Agency = {COUNCIL}", 3),
        ("Employers moved down a stage", "", 1),
        ("Employers new on the ladder", "", 1),
        ("Employers new on the ladder", "Size = Micro", 1),
        ("Sectors in which nobody was spoken to", "", 2),
        ("Sectors in which nobody was spoken to", "Why = Growth", 1),
        ("Sectors without an employer on a group", "Sector = Construction", 0),
        ("Employers without a sector", "Size = SME", 1),
        ("Employers that are to rest", "Sector = Construction", 1),
        ("Employers asked in 90 days", "", 2),
    ],
)
def test_each_is_what_somebody_counts_by_hand(measure, filters, now):
    (row,) = rows_told(register(measure, filters), CAPABILITY, TAB)
    assert row["Now"] == now
    assert told(register(measure, filters), CAPABILITY, QUARTER).problems == ()


@pytest.mark.parametrize(
    ("measure", "capability", "label"),
    [
        ("Approaches planned", PLANS, "Approaches planned"),
        ("Events open to partners' input", PLANS, "Events open to partners' input"),
        ("Clashes still ahead", COORDINATION, "Clashes still ahead"),
        ("Planned approaches that should wait", COORDINATION, "Planned at an employer that is to rest"),
        ("Schemes that engage employers", COORDINATION, "Schemes that engage employers"),
        ("Employers invited to events", EVENTS, "Employers invited"),
        ("Employers booked at events", EVENTS, "Employers booked"),
        ("Employers at several events", EVENTS, "Employers that came to several"),
        ("Vacant seats", SEATS, "Seats vacant"),
        ("Groups with a vacant seat", SEATS, "Groups with a vacant seat"),
        ("Offers overdue", OFFERS, "Still without an offer, overdue"),
        ("Engagements with a type and a reason", SURVEY, "Engagements with a type and a reason"),
        ("Answers of 1 or 2", FEEDBACK, "Answers of 1 or 2"),
        ("Employers moved down a stage", MODEL, "Employers that moved down"),
        ("Employers new on the ladder", MODEL, "Employers new on the ladder"),
        ("Sectors in which nobody was spoken to", SECTORS_TOLD, "Sectors in which nobody was spoken to"),
        ("Sectors without an employer on a group", SECTORS_TOLD, "Sectors without an employer on a group"),
        ("Employers without a sector", SECTORS_TOLD, "Employers without a sector"),
        ("Employers of unknown size engaged", SMES, "Employers of unknown size spoken to"),
        ("Employers that are to rest", CAPACITY, "Employers that are to rest"),
        ("Employers asked in 90 days", CAPACITY, "Employers asked in 90 days"),
        ("Core columns less than half filled", DATA, "Core columns less than half filled"),
        ("Actions at risk", PLAN, "Actions at risk"),
        ("Actions complete", PLAN, "Actions complete"),
    ],
)
def test_a_target_says_the_figure_of_its_capabilitys_own_tab(measure, capability, label):
    facts = register(measure)
    (row,) = rows_told(facts, CAPABILITY, TAB)
    assert row["Now"] == headline(facts, capability, label)


@pytest.mark.parametrize(
    ("measure", "filters", "why"),
    [
        ("Approaches planned", "Type = Vist", "there is no Type called “vist”"),
        ("Vacant seats", "Group = Bord", "there is no Group called “bord”"),
        (
            "Sectors in which nobody was spoken to",
            "Sector = Bakeries",
            "there is no Sector called “bakeries”",
        ),
        (
            "Sectors in which nobody was spoken to",
            "Sector = Care; Why = Decline",
            "no sector of the Sectors tab",
        ),
        (
            "Sectors in which nobody was spoken to",
            "Agency = Nobody",
            "Filter cannot be used with this measure",
        ),
        ("Employers without a sector", "Sector = Care", "Filter cannot be used with this measure: Sector"),
        ("Employers engaged", "Size = Tiny", "there is no Size called “tiny”"),
        ("Offers overdue", "Type = Visit", "Type is Redundancy or Large-scale recruitment"),
        ("Share of pledges delivered", "Stage = Delivered", "Filter cannot be used with this measure: Stage"),
        ("Core columns less than half filled", f"Agency = {COLLEGE}", "Filter cannot be used"),
        ("Schemes that engage employers", "Scheme = Over", "Filter cannot be used with this measure: Scheme"),
        ("SME share of employers on a group", "Group = Board", "Filter cannot be used with this measure"),
        ("Events open to partners' input", "Kind = Rave", "there is no Kind called “rave”"),
    ],
)
def test_a_filter_that_nothing_can_pass_is_a_finding_and_no_nought(measure, filters, why):
    facts = register(measure, filters)
    (row,) = rows_told(facts, CAPABILITY, TAB)
    (problem,) = told(facts, CAPABILITY, QUARTER).problems
    assert row["Now"] == ""
    assert why in problem.wrong


@pytest.mark.parametrize(
    ("measure", "cells", "course"),
    [
        ("Vacant seats", {"At most": "0"}, "At risk"),
        ("Vacant seats", {"At most": "1"}, "Yes"),
        ("Vacant seats", {"At most": "0", "By": "2026-11-20"}, "Missed"),
        ("Offers overdue", {"At most": "1", "By": "2026-11-20"}, "Met"),
        ("Redundancies and large recruitments", {"At most": "1"}, "Missed"),
        ("Employers moved down a stage", {"At most": "0"}, "Missed"),
        ("Events open to partners' input", {"At least": "2"}, "Yes"),
        ("Employers booked at events", {"At least": "2"}, "Met"),
    ],
)
def test_what_stands_is_judged_on_its_day_and_what_adds_up_at_once(measure, cells, course):
    (row,) = rows_told(register(measure, **{"At least": "", **cells}), CAPABILITY, TAB)
    assert row["On course"] == course


@pytest.mark.parametrize(
    ("measure", "what"),
    [
        ("Vacant seats", "seat that groups should have"),
        ("Groups with a vacant seat", "seat that groups should have"),
        ("Sectors in which nobody was spoken to", "sector in the Sectors tab"),
        ("Share of planned approaches with an aim", "approach planned"),
        ("Share of pledges delivered", "pledge signed"),
    ],
)
def test_no_gap_in_nothing_is_no_success(measure, what):
    target = {**TARGET, "At least": "", "At most": "0", "Measure": measure}
    facts = make_facts({"Targets": [target]}, columns=COLUMNS)
    (row,) = rows_told(facts, CAPABILITY, TAB)
    assert (row["Now"], row["On course"]) == ("", f"Nothing to judge by yet: no {what}")
    assert told(facts, CAPABILITY, QUARTER).problems == ()


attending = st.lists(
    st.tuples(
        st.sampled_from(("Breakfast", "Fair")),
        st.sampled_from(("EMP-A", "EMP-B", "EMP-C")),
        st.sampled_from(("Invited", "Booked", "Came", "Did not come", "Apologies", "")),
    ),
    max_size=12,
)
FURTHER = {"Came": 3, "Booked": 2, "Did not come": 2}


@settings(max_examples=60, deadline=None)
@given(attending)
def test_employers_at_events_are_counted_once_also_after_a_merge_and_a_split(rows):
    measures = ("Employers invited to events", "Employers booked at events", "Employers at events")
    for whose in three_nights("EMP-A", "EMP-B", "EMP-D"):
        named = [
            (event, whose(firm, at), FURTHER.get(status, 1)) for at, (event, firm, status) in enumerate(rows)
        ]
        tables = {
            "Events": ROWS["Events"][:2],
            "Attendance": [
                {"Event": event, "Employer": firm, "employer_id": firm, "Status": status}
                for (event, firm, _), (_, _, status) in zip(named, rows, strict=True)
            ],
            "Targets": [
                {**TARGET, "At least": "9", "Measure": one}
                for one in (*measures, "Employers at several events")
            ],
        }
        shown = [row["Now"] for row in rows_told(make_facts(tables, columns=COLUMNS), CAPABILITY, TAB)]
        far = [{firm for _, firm, step in named if step >= wanted} for wanted in (1, 2, 3)]
        both = [
            {firm for event, firm, step in named if step == 3 and event == name}
            for name in ("Breakfast", "Fair")
        ]
        assert shown == [*map(len, far), len(both[0] & both[1])]


def test_plans_are_those_of_the_fortnight_that_began_on_the_last_day_that_counts():
    facts = register("Approaches planned", By="2026-11-22")
    (row,) = rows_told(facts, CAPABILITY, TAB)
    assert row["Now"] == 2  # the fortnight from the day before


PAGE = Path(__file__).parents[2] / "docs" / "reference" / "targets.md"
DAYS = date(2026, 10, 1), date(2026, 11, 23)


def answers(facts: Facts, measure: str, heading: str) -> bool:
    """Whether a measure can answer a filter on this heading, by what it says of a value that nothing has."""
    try:
        MEASURES[measure.casefold()](facts, Span(*DAYS, {heading: "no such value"}), 1)
    except NotUnderstood as said:
        return not str(said).startswith("Filter cannot be used")
    except NothingYet:
        return True
    return True


def test_the_page_names_every_measure_how_it_is_judged_and_each_filter_that_it_answers():
    lines = [line.strip("| ").split(" | ") for line in PAGE.read_text("utf-8").splitlines()[21:]]
    rows = [[cell.strip() for cell in line] + [""] * (4 - len(line)) for line in lines]
    assert {row[0].casefold() for row in rows} == set(MEASURES)
    facts = register()
    for name, _, how, filters in rows:
        assert how == ("stands" if name.casefold() in LEVELS else "adds up"), name
        assert filters == ", ".join(one for one in FILTERS if answers(facts, name, one)), name

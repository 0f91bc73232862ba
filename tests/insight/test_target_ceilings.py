"""Targets on what there should be less of, and those that say At most."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engage.insight.action_plan import CAPABILITY as PLAN
from engage.insight.capacity import CAPABILITY as CAPACITY
from engage.insight.coordination import CAPABILITY as COORDINATION
from engage.insight.needs import CAPABILITY as NEEDS
from engage.insight.target_ceilings import stays_under
from engage.insight.targets import CAPABILITY, TAB

from .registers import QUARTER, headline, rows_told, told, two_nights
from .sample import make_facts
from .target_sample import COLUMNS, TARGET, happened

AGENCIES = ("Dale Council", "Weir College")
FIRMS = [
    {"employer_id": "EMP-A", "Employer": "A", "SIC code": "41201", "First seen": "2026-01-05"},
    {"employer_id": "EMP-B", "Employer": "B", "First seen": "2026-11-01"},
]


def talk(firm: str, day: str, agency: str, **more: str) -> dict[str, str]:
    return {"Employer": firm, "employer_id": f"EMP-{firm}", "Date": day, "Status": "Done",
            "Type": "Visit", "agency": agency, "Who started it": "Us", **more}  # fmt: skip


TALKS = [
    talk("A", "2026-11-02", AGENCIES[0], **{"Need type": "Recruitment"}),
    talk("A", "2026-11-04", AGENCIES[1]),
    talk("A", "2026-11-06", AGENCIES[0]),
    talk("B", "2026-10-05", AGENCIES[1], **{"Need type": "Recruitment"}),
    talk("B", "2026-10-06", AGENCIES[1], **{"Need type": "Recruitment", "Told them back": "Yes"}),
]
ACTIONS = [
    {"Action": "Meet", "Responsible": AGENCIES[0], "Status": "Under way", "Due date": "1 October 2026"},
    {"Action": "Ask", "Responsible": AGENCIES[1], "Status": "Under way", "Due date": "1 March 2027"},
]


def ceiling(measure: str, most: str = "2", filters: str = "", **cells: str):
    target = {**TARGET, "At least": "", "At most": most, "Measure": measure, "Filter": filters, **cells}
    facts = make_facts(
        {"Targets": [target], "Engagements": TALKS, "Actions": ACTIONS},
        employers=FIRMS, columns=COLUMNS, agencies={one.casefold(): one for one in AGENCIES},
    )  # fmt: skip
    return replace(facts, most_asks=2)


@pytest.mark.parametrize(
    ("measure", "filters", "now", "course"),
    [
        ("Duplicated approaches", "", 2, "At risk"),
        ("Duplicated approaches", f"Agency = {AGENCIES[1]}", 2, "At risk"),
        ("Employers approached twice", "", 1, "Yes"),
        ("Needs not answered in 30 days", "", 1, "Yes"),
        ("Needs not answered in 30 days", f"Agency = {AGENCIES[0]}", 0, "Yes"),
        ("Employers asked too often", "", 1, "Yes"),
        ("Actions overdue", "", 1, "Yes"),
        ("Actions overdue", f"Agency = {AGENCIES[1]}", 0, "Yes"),
        ("Employers in the register", "", 2, "Yes"),
        ("Engagements", "", 5, "Missed"),
    ],
)
def test_any_measure_may_have_a_figure_not_to_go_beyond(measure, filters, now, course):
    facts = ceiling(measure, filters=filters)
    (row,) = rows_told(facts, CAPABILITY, TAB)
    assert (row["Now"], row["At most"], row["%"], row["On course"]) == (now, 2, "", course)
    assert told(facts, CAPABILITY, QUARTER).problems == ()


@pytest.mark.parametrize(
    ("measure", "capability", "label"),
    [
        ("Duplicated approaches", COORDINATION, "Duplicated approaches"),
        ("Employers approached twice", COORDINATION, "Employers approached twice"),
        ("Needs not answered in 30 days", NEEDS, "Needs not answered in 30 days"),
        ("Employers asked too often", CAPACITY, "Employers asked too often"),
        ("Actions overdue", PLAN, "Actions overdue"),
    ],
)
def test_a_target_says_the_figure_of_its_capability(measure, capability, label):
    facts = ceiling(measure, From=QUARTER.first.isoformat())
    (row,) = rows_told(facts, CAPABILITY, TAB)
    assert row["Now"] == headline(facts, capability, label) > 0


@pytest.mark.parametrize(
    ("measure", "cells", "course", "words"),
    [
        ("Duplicated approaches", {"By": "2026-11-20"}, "Met", "2 of at most 2 by 20 November 2026"),
        ("Duplicated approaches", {"At most": "1"}, "Missed", "2 of at most 1"),
        ("Duplicated approaches", {"At most": "0", "From": "2026-11-10"}, "Yes", "0 of at most 0"),
        ("Needs not answered in 30 days", {"At most": "0"}, "At risk", "1 of at most 0"),
        ("Needs not answered in 30 days", {"At most": "0", "By": "2026-11-20"}, "Missed", "1 of at most 0"),
    ],
)
def test_what_adds_up_is_missed_at_once_and_what_holds_only_on_its_day(measure, cells, course, words):
    (row,) = rows_told(ceiling(measure, **cells), CAPABILITY, TAB)
    assert row["On course"] == course
    assert str(row["In words"]).startswith(words)


@pytest.mark.parametrize(
    ("measure", "cells", "why"),
    [
        ("Engagements", {"At least": "4"}, "Say At least or At most, not both"),
        ("Events reaching a number of employers", {}, "At most cannot be used with this measure"),
        ("Duplicated approaches", {"By": ""}, "No date to judge it on"),
        ("Duplicated approaches", {"Filter": "Fund = Core"}, "Filter cannot be used with this measure"),
        ("Engagements", {"At most": ""}, "No figure to reach"),
    ],
)
def test_a_ceiling_that_cannot_be_judged_is_a_finding(measure, cells, why):
    (problem,) = told(ceiling(measure, **cells), CAPABILITY, QUARTER).problems
    assert why in problem.wrong


@given(st.integers(0, 30), st.integers(0, 30), st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.booleans())
def test_one_more_never_makes_a_ceiling_look_better(now, most, today, is_level):
    order = ["Met", "Yes", "At risk", "Missed"]
    first, by = date(2026, 4, 1), date(2027, 3, 31)
    one, more = (stays_under(figure, most, first, by, today, is_level=is_level) for figure in (now, now + 1))
    assert order.index(one) <= order.index(more)


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(two_nights)
def test_duplicated_approaches_are_those_of_a_plain_count_also_once_some_are_merged_or_split(nights):
    for register in nights:
        register.tables["Targets"] = [
            {
                **TARGET,
                "At least": "",
                "At most": "5",
                "Measure": "Employers approached twice",
                "employer_id": "",
            }
        ]
        facts = register.facts(columns=COLUMNS)
        (row,) = rows_told(facts, CAPABILITY, TAB)
        assert row["Now"] == len(twice(register, str(row["From"])))


def twice(register, since: str) -> set[str]:
    """Merged employers with two done rows of different agencies within seven days, the second since then."""
    rows = [row for row in register.tables["Engagements"] if row["Status"] == "Done" and row["Date"]]
    found = set()
    for one, other in product(rows, rows):
        days = (date.fromisoformat(other["Date"]) - date.fromisoformat(one["Date"])).days
        apart = one["agency"] != other["agency"] and one["employer_id"] == other["employer_id"] != ""
        if apart and 0 <= days <= 7 and since <= other["Date"] <= "2026-11-23":
            found.add(one["employer_id"])
    return found


def test_a_target_to_reach_is_judged_as_before():
    (row,) = rows_told(happened("Engagements"), CAPABILITY, TAB)
    assert (row["At least"], row["At most"]) == (4, "")

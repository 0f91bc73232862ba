"""Coordination against counts made another way: pairs of plain dicts, and pandas for the asks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engage.insight.asks import asks_until, before_you_go, warnings
from engage.insight.clashes import clashes
from engage.insight.coordination import CAPABILITY
from engage.insight.quarters import quarter_of, year_of
from engage.sharing import HUB, Agreement
from engage.worlds import Setting, gather_facts, make_worlds

from .registers import Whose, three_nights
from .sample import COLLEGE, COUNCIL, TODAY, make_facts
from .test_capabilities import JUDGE, SCHEMA, row

FIRMS = [{"employer_id": f"EMP-{n}", "Employer": f"Firm {n}"} for n in (1, 2, 3)]
QUARTER = quarter_of(TODAY)


def call(day: str | date, agency: str, firm: int = 1, **more: str) -> dict[str, str]:
    status = "Done" if str(day) <= str(TODAY) else "Planned"
    name = f"Firm {firm}"
    cells = {"Date": str(day), "agency": agency, "employer_id": f"EMP-{firm}", "Employer": name}
    return {**cells, "Status": status, "Type": "Visit", **more}


def facts_of(*calls: dict[str, str], rest: str = "", **more: object):
    firms = [{**firm, "Rest until": rest} for firm in FIRMS]
    return make_facts({"Engagements": calls}, employers=firms, **more)


def figures(facts, span=QUARTER) -> dict[str, int | None]:
    return {one.label: one.value for one in CAPABILITY.tell(facts, span).headlines}


def test_only_approaches_that_were_made_are_duplicated_and_those_ahead_can_still_be_agreed():
    told = figures(
        facts_of(
            call("2026-11-02", "A"), call("2026-11-04", "B"),
            call("2026-12-01", "A", 2), call("2026-12-02", "B", 2),
            call("2026-11-20", "A", 3), call("2026-11-23", "B", 3, Status="Planned"),
        )
    )  # fmt: skip
    assert (told["Duplicated approaches"], told["Employers approached twice"]) == (1, 1)
    assert told["Clashes still ahead"] == 2


@pytest.mark.parametrize(("day", "found"), [("2026-11-16", 1), ("2026-11-17", 0)])
def test_a_kind_of_engagement_may_have_a_window_of_its_own(day, found):
    facts = facts_of(
        call("2026-11-02", "A", Type="Large-scale recruitment"),
        call(day, "B"),
        clash_days_of={"large-scale recruitment": 14},
    )
    assert len(clashes(facts)) == found


def test_a_plan_at_an_employer_that_is_to_rest_is_a_problem_of_that_row_until_it_is_moved():
    plan = call("2026-11-30", COLLEGE, workbook="college")
    told = CAPABILITY.tell(facts_of(plan, rest="2026-12-15"), QUARTER)
    (problem,) = told.problems
    assert (problem.kind, problem.place.workbook, problem.place.column) == ("planned-rest", "college", "Date")
    assert "is to rest until 15 Dec 2026" in problem.wrong
    assert not CAPABILITY.tell(facts_of(call("2026-12-15", COLLEGE), rest="2026-12-15"), QUARTER).problems


def test_one_approach_more_than_was_agreed_is_a_problem_and_what_the_employer_began_is_no_approach():
    asked = [call(TODAY - timedelta(days=10 * n), "A") for n in range(4)]
    plan = call("2026-11-30", COLLEGE)
    assert [one.kind for one in CAPABILITY.tell(facts_of(*asked, plan), QUARTER).problems] == ["planned-asks"]
    began = [{**asked[0], "Who started it": "Employer"}, *asked[1:]]
    assert CAPABILITY.tell(facts_of(*began, plan), QUARTER).problems == ()


def test_your_employers_say_so_before_anybody_goes():
    asked = [call(TODAY - timedelta(days=n), "A") for n in range(4)]
    assert before_you_go(facts_of(*asked, rest="2027-01-04"), "EMP-1") == (
        "Rest until 4 Jan 2027; Asked 4 times in 90 days, 4 is the most"
    )
    assert before_you_go(facts_of(*asked[1:]), "EMP-1") == ""


def test_a_scheme_counts_while_it_is_open():
    schemes = [
        {"Scheme": "Open"},
        {"Scheme": "Over", "To": "2026-11-22"},
        {"Scheme": "To come", "From": "2026-12-01"},
        {"Scheme": "Closed", "Active": "No"},
    ]
    assert figures(make_facts({"Schemes": schemes}))["Schemes that engage employers"] == 1


CALLS = st.lists(
    st.tuples(
        st.integers(0, 120),
        st.sampled_from("ABC"),
        st.integers(1, 3),
        st.sampled_from(["Visit", "Redundancy"]),
        st.sampled_from(["Us", "Employer", ""]),
    ),
    max_size=12,
    unique_by=lambda one: (one[0], one[1], one[2]),
)


def made_of(told: list[tuple[int, str, int, str, str]], whose: Whose[int]):
    calls = [
        call(TODAY - timedelta(days=back - 20), agency, whose(firm, at),
             Type=kind, **{"Who started it": who})
        for at, (back, agency, firm, kind, who) in enumerate(told)
    ]  # fmt: skip
    return facts_of(*calls)


@settings(max_examples=25, deadline=None)
@given(CALLS)
def test_the_employers_approached_twice_are_those_of_a_plain_count_before_and_after_a_merge_and_a_split(told):
    for whose in three_nights(1, 2, 4):
        facts, twice = made_of(told, whose), set()
        rows = [
            (TODAY - timedelta(days=b - 20), a, whose(f, at), k) for at, (b, a, f, k, _) in enumerate(told)
        ]
        for one, other in combinations(rows, 2):
            first, second = sorted((one, other))
            limit = 30 if "Redundancy" in (one[3], other[3]) else 7
            close = (second[0] - first[0]).days <= limit
            if one[1] != other[1] and one[2] == other[2] and close and second[0] <= TODAY:
                twice.add(one[2])
        assert figures(facts, year_of(TODAY))["Employers approached twice"] == len(twice)


@settings(max_examples=25, deadline=None)
@given(CALLS)
def test_the_asks_are_those_of_a_data_frame_before_and_after_a_merge_and_a_split(told):
    for whose in three_nights(1, 2, 4):
        facts = made_of(told, whose)
        frame = pd.DataFrame(facts.tables["Engagements"])
        if frame.empty:
            continue
        frame = frame[frame["Who started it"] != "Employer"]
        days = pd.to_datetime(frame["Date"])
        for firm in ("EMP-1", "EMP-2", "EMP-3", "EMP-4"):
            recent = (days > pd.Timestamp(TODAY) - pd.Timedelta(days=90)) & (days <= pd.Timestamp(TODAY))
            assert asks_until(facts, firm, TODAY) == int((recent & (frame["employer_id"] == firm)).sum())
        assert set(warnings(facts)) <= set(frame.loc[days >= pd.Timestamp(TODAY), "record_id"])


def told_to(audience: str, sensitive: str):
    """COLLEGE and COUNCIL at one employer, the college's row sensitive as said."""
    agreed = {name: Agreement(name, True, True, "Yes") for name in (COLLEGE, COUNCIL)}
    cells = {"Type": "Redundancy", "Status": "Done"}
    rows = [
        row(1, "Employers", COLLEGE),
        row(2, "Employers", COUNCIL),
        row(3, "Engagements", COLLEGE, Date="2026-11-09", Sensitive=sensitive, **cells),
        row(4, "Engagements", COUNCIL, Date="2026-11-10", **cells),
    ]
    worlds = make_worlds(rows, agreed, SCHEMA, (), {}, audiences=[COLLEGE, COUNCIL], judge=JUDGE)
    setting = Setting("Harwick & Dale", TODAY, "run", (), {}, {})
    facts = gather_facts(worlds[audience], SCHEMA, setting, ())
    return figures(replace(facts))["Duplicated approaches"]


@pytest.mark.parametrize(
    ("sensitive", "hub", "college", "council"),
    [("", 1, 1, 1), ("Public", 1, 1, 1), ("Yes", 0, 1, 0), (COUNCIL, 0, 1, 1)],
)
def test_a_sensitive_clash_is_told_to_those_concerned_alone(sensitive, hub, college, council):
    assert [told_to(who, sensitive) for who in (HUB, COLLEGE, COUNCIL)] == [hub, college, council]

"""Shared plans: by agency, with their aims, for the fortnight that begins today."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from engage.insight.facts import as_of
from engage.insight.shared_plans import CAPABILITY
from engage.insight.weeks import week_of

from .sample import COLLEGE, COUNCIL, TODAY, make_facts

WEEK = week_of(TODAY)


def plan(day: date, agency: str = COLLEGE, status: str = "Planned", aim: str = "", firm: str = "EMP-1"):
    cells = {"Date": day.isoformat(), "agency": agency, "Employer": "Firm", "employer_id": firm}
    return {**cells, "Status": status, "Type": "Visit", "Aim / Summary": aim}


def told(facts):
    insight = CAPABILITY.tell(facts, WEEK)
    rows = [row for table in insight.tables for row in table.rows]
    return insight, rows, {one.label: one.value for one in insight.headlines}


def event(**cells: str) -> dict[str, str]:
    return {"Event": "Spring showcase", "Date": "2027-03-02", "Lead agency": COUNCIL, **cells}


def test_plans_stand_by_agency_with_their_aims_up_to_the_fourteenth_day():
    days = [TODAY - timedelta(1), TODAY, TODAY + timedelta(13), TODAY + timedelta(14)]
    facts = make_facts({"Engagements": [plan(day, aim="Two apprentices") for day in days]})
    _, rows, figures = told(facts)
    assert [row["Date"] for row in rows] == ["2026-11-23", "2026-12-06"]
    assert {row["Aim"] for row in rows} == {"Two apprentices"}
    assert (figures["Approaches planned"], figures["Planned with an aim"]) == (2, 2)


def test_an_event_that_is_open_to_input_is_told_however_far_off_and_is_news_when_it_is_opened():
    wanted = event(**{"Input wanted": "a talk on apprenticeships"})
    facts = make_facts({"Events": [wanted, event(Event="Closed")]}, first_seen={"R-EVENTS1": "2026-11-24"},
                       agencies={"HC": COLLEGE, "Dale BC": COUNCIL})  # fmt: skip
    insight, rows, figures = told(facts)
    assert [row["Partners may join in"] for row in rows] == ["a talk on apprenticeships"]
    assert figures["Events open to partners' input"] == 1
    (news,) = insight.news
    assert "is open to partners' input: a talk on apprenticeships." in news.text
    assert news.agencies == {COLLEGE, COUNCIL}


def test_no_to_partners_input_closes_an_event_whatever_else_is_written():
    facts = make_facts({"Events": [event(**{"Input wanted": "none", "Open to partner input": "No"})]})
    assert told(facts)[2]["Events open to partners' input"] == 0


def test_a_plan_says_what_to_look_out_for():
    rows = [plan(date(2026, 11, 26)), plan(date(2026, 11, 27), COUNCIL)]
    firm = {"employer_id": "EMP-1", "Employer": "Firm", "Rest until": "2026-12-24"}
    (first, _) = told(make_facts({"Engagements": rows}, employers=[firm]))[1]
    assert first["Look out"] == (
        f"{COLLEGE}, Visit, 26 Nov 2026: {COLLEGE} to lead. Firm is to rest until 24 Dec 2026."
    )


def test_told_of_an_earlier_day_a_visit_that_has_been_made_since_was_a_plan_if_it_was_written_down():
    rows = [plan(date(2026, 11, 12), status="Done"), plan(date(2026, 11, 13), status="Done")]
    facts = make_facts({"Engagements": rows}, first_seen={"R-ENGAGEMENTS2": "2026-11-14"})
    assert told(as_of(facts, date(2026, 11, 10)))[2]["Approaches planned"] == 1


PLANS = st.lists(
    st.tuples(st.integers(-5, 20), st.sampled_from("ABC"), st.sampled_from(["Planned", "Cancelled", "Done"])),
    max_size=10,
)


@settings(max_examples=25, deadline=None)
@given(PLANS)
def test_the_plans_by_agency_are_those_of_a_data_frame(found):
    facts = make_facts({"Engagements": [plan(TODAY + timedelta(at), who, how) for at, who, how in found]})
    frame = pd.DataFrame(found, columns=["at", "agency", "status"])
    ahead = (frame["status"] == "Planned") & (frame["at"] == 0) | frame["at"].between(1, 13)
    frame = frame[ahead & (frame["status"] != "Cancelled")]
    rows = pd.Series([row["Agency"] for row in told(facts)[1]], dtype=object)
    assert rows.value_counts().to_dict() == frame["agency"].value_counts().to_dict()

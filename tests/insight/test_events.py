"""Events in distinct employers, against a data frame; and how a target of events is judged."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engage.insight.events import CAPABILITY
from engage.insight.quarters import quarter_of
from engage.insight.target_list import judged_words, target_list

from .registers import three_nights
from .sample import COLLEGE, COUNCIL, TODAY, make_facts

QUARTER = quarter_of(TODAY)
CAME, BOOKED = {"Came"}, {"Came", "Booked", "Did not come"}


def event(name: str, day: str = "2026-11-10", **more: str) -> dict[str, str]:
    return {"Event": name, "Date": day, "Status": "Held", "Lead agency": COLLEGE, **more}


def guest(name: str, firm: str, status: str = "Came", **more: str) -> dict[str, str]:
    return {"Event": name, "employer_id": firm, "Employer": firm, "Status": status, **more}


def told(events, guests=()):
    return CAPABILITY.tell(make_facts({"Events": events, "Attendance": guests}), QUARTER)


def figures(insight) -> dict[str, int | None]:
    return {one.label: one.value for one in insight.headlines}


def test_an_employer_at_two_events_counts_once_in_all_and_once_at_each():
    insight = told(
        [event("Fair"), event("Breakfast", "2026-11-12", **{"Target employers": "4"})],
        [guest("Fair", "EMP-1"), guest("Breakfast", "EMP-1"), guest("Breakfast", "EMP-2", "Booked")],
    )
    found = figures(insight)
    assert (found["Employers booked"], found["Employers that came"]) == (2, 1)
    assert found["Employers that came to several"] == 1
    rows = {row["Which"]: row for row in insight.tables[0].rows}
    assert (
        rows["Breakfast, 12/11/2026"]["Employers came"],
        rows["Breakfast, 12/11/2026"]["% of target"],
    ) == (1, 25)


def test_what_is_postponed_or_still_to_come_is_not_held():
    insight = told([event("Fair", "2026-12-01"), event("Talk", Status="Postponed")])
    assert figures(insight)["Events held"] == 0


def test_two_events_of_one_name_leave_the_counts_unknown_and_are_to_mend():
    insight = told([event("Fair"), event("fair", "2026-11-12")], [guest("Fair", "EMP-1")])
    assert figures(insight)["Employers that came"] is None
    assert [one.kind for one in insight.problems] == ["events-of-one-name"] * 2
    assert "is not known" in insight.says


def test_attendance_at_an_event_that_nobody_knows_is_a_row_to_mend():
    (found,) = told([event("Fair")], [guest("Fare", "EMP-1"), guest("Fair", "EMP-2")]).problems
    assert (found.kind, found.found) == ("attendance-at-no-event", "Fare")


GUESTS = st.lists(
    st.tuples(
        st.sampled_from(["Fair", "Breakfast", "Talk"]),
        st.sampled_from(["EMP-1", "EMP-2", "EMP-3", ""]),
        st.sampled_from(["Invited", "Booked", "Came", "Did not come", "Apologies", ""]),
        st.sampled_from(["Delegate", "Partner staff"]),
    ),
    max_size=14,
)


@settings(max_examples=30, deadline=None)
@given(GUESTS)
def test_the_counts_are_those_of_a_data_frame_before_and_after_a_merge_and_a_split(found):
    events = [event("Fair"), event("Breakfast", "2026-11-12"), event("Talk", "2026-12-12", Status="Open")]
    for whose in three_nights("EMP-1", "EMP-2", "EMP-4"):
        rows = [(e, whose(f, at), s, r) for at, (e, f, s, r) in enumerate(found)]
        frame = pd.DataFrame(rows, columns=["event", "firm", "status", "role"])
        frame = frame[(frame["role"] == "Delegate") & (frame["firm"] != "") & (frame["event"] != "Talk")]
        insight = told(events, [guest(e, f, s, Role=r) for e, f, s, r in rows])
        expected = {
            "Employers invited": frame["firm"].nunique(),
            "Employers booked": frame.loc[frame["status"].isin(BOOKED), "firm"].nunique(),
            "Employers that came": frame.loc[frame["status"].isin(CAME), "firm"].nunique(),
        }
        assert {label: figures(insight)[label] for label in expected} == expected
        shown = {row["Which"]: row["Employers came"] for row in insight.tables[0].rows}
        at_fair = (frame["event"] == "Fair") & frame["status"].isin(CAME)
        assert shown["Fair, 10/11/2026"] == frame.loc[at_fair, "firm"].nunique()


# --- A target in two parts: so many events that each reach so many employers, by a day -----------------

TARGET = {
    "Target": "2 events of 2+ employers by 31 March", "Measure": "Events reaching a number of employers",
    "At least": "2", "How many events reach it": "2", "From": "2026-10-01", "By": "31 March 2027",
}  # fmt: skip


def judged(events, guests, **cells: str) -> tuple[object, object, object]:
    facts = make_facts({"Events": events, "Attendance": guests, "Targets": [{**TARGET, **cells}]})
    row = target_list(facts).iloc[0]
    return row["Now"], row["On course"], row["In words"]


FULL = [guest("Fair", "EMP-1"), guest("Fair", "EMP-2")]
ONE, NONE = "1 of 2 events has reached 2 employers. ", "0 of 2 events have reached 2 employers. "
MORE = "; 1 more meant for as many is planned"
COMING = event("Spring fair", "2027-03-02", Status="Planned", **{"Target employers": "2"})


@pytest.mark.parametrize(
    ("events", "cells", "course", "words"),
    [
        ([event("Fair")], {}, "Yes", f"{ONE}50% reached, 29% of the time gone"),
        ([event("Fair")], {"By": "30 November 2026"}, "At risk",
         f"{ONE}50% reached, 88% of the time gone"),
        ([event("Fair"), COMING], {"By": "20 March 2027", "From": "2026-11-22"}, "At risk",
         f"{NONE}0% reached, 0% of the time gone{MORE}"),
        ([event("Fair"), COMING], {"From": "2025-10-01"}, "Yes",
         f"{ONE}50% reached, 76% of the time gone{MORE}"),
        ([event("Fair"), {**COMING, "Counts toward target": "No"}], {"From": "2025-10-01"}, "At risk",
         f"{ONE}50% reached, 76% of the time gone"),
        ([event("Fair")], {"By": "20 November 2026"}, "Missed",
         f"{ONE}50% reached by 20 November 2026"),
        ([event("Fair")], {"How many events reach it": "1"}, "Met", "1 of 1 event has reached 2 employers"),
    ],
)  # fmt: skip
def test_a_target_of_events_says_how_it_was_judged(events, cells, course, words):
    assert judged(events, FULL, **cells)[1:] == (course, words)


def test_two_people_of_one_employer_do_not_reach_a_target_and_a_merge_takes_an_event_away():
    assert judged([event("Fair")], FULL)[0] == 1
    assert judged([event("Fair")], [guest("Fair", "EMP-1"), guest("Fair", "EMP-1")])[0] == 0


@given(st.integers(0, 20), st.integers(1, 20), st.dates(QUARTER.first, QUARTER.last))
def test_a_share_of_time_is_never_said_once_the_target_is_met(now, goal, today):
    said = judged_words(now, goal, QUARTER.first, QUARTER.last, today)
    assert (said == "") == (now >= goal)


def test_the_lead_agencies_events_add_up_to_all_that_were_held():
    events = [
        event("Fair"),
        event("Talk", **{"Lead agency": COUNCIL}),
        event("Lunch", **{"Lead agency": COUNCIL}),
    ]
    rows = [row for row in told(events).tables[0].rows if row["Counted by"] == "Lead agency"]
    assert [(row["Which"], row["Events"]) for row in rows] == [(COUNCIL, 2), (COLLEGE, 1)]

from __future__ import annotations

import pytest

from engage.insight import lists
from engage.insight.size_bands import size_band
from engage.schema import load_schema

from .sample import COLLEGE, COUNCIL, make_facts, rich_facts

TABS = {
    "Engagement list (built nightly)": lists.engagement_list,
    "Event list (built nightly)": lists.event_list,
    "Attendance list (built nightly)": lists.attendance_list,
    "Pledge list (built nightly)": lists.pledge_list,
    "Action list (built nightly)": lists.action_list,
    "Target list (built nightly)": lists.target_list,
    "Clashes": lists.clash_list,
    "Dashboard": lists.dashboard,
    "Weeks and months": lists.weeks_and_months,
    "Your weeks and months": lists.own_weeks_and_months,
}


@pytest.mark.parametrize("title", TABS)
@pytest.mark.parametrize("facts", [make_facts(), rich_facts()], ids=["empty", "rich"])
def test_every_list_has_exactly_the_headings_of_its_tab(title, facts):
    assert tuple(TABS[title](facts).columns) == load_schema().tabs[title].headings


@pytest.mark.parametrize("title", TABS)
def test_no_cell_of_a_list_is_missing_and_no_key_appears_twice(title):
    frame = TABS[title](rich_facts())
    assert not frame.isna().to_numpy().any()
    figures = {"Dashboard": ["Section", "Measure"], "Weeks and months": ["Period", "Section", "Measure"]}
    key = figures.get(title.replace("Your w", "W"), [frame.columns[0]])
    assert not frame.duplicated(key).any()


def test_a_missing_tab_and_a_blank_row_are_no_reason_to_stop():
    facts = make_facts(
        {tab: [{}] for tab in ("Engagements", "Events", "Attendance", "Pledges", "Actions", "Targets")}
    )
    for make in TABS.values():
        make(facts)


def test_an_unresolved_engagement_keeps_the_name_as_typed():
    facts = make_facts({"Engagements": [{"Date": "2026-11-03", "Employer": "Who knows Ltd"}]})
    row = lists.engagement_list(facts).iloc[0]
    assert (row["Employer"], row["Employer ID"], row["Week"]) == ("Who knows Ltd", "", "2026-W45")


def test_employers_at_an_event_are_counted_once_and_who_came_was_booked_and_invited():
    row = lists.event_list(rich_facts()).set_index("Event").loc["Care careers breakfast"]
    assert row["Employers invited"] == 4
    assert row["Employers booked"] == 3
    assert row["Employers came"] == 2
    assert row["% of target"] == 50


def attendance(*rows: tuple[str, str, str]) -> dict[str, list[dict[str, str]]]:
    return {
        "Events": [{"Event": "Fair", "Date": "2026-11-19", "Target employers": "10"}],
        "Attendance": [{"Event": event, "Employer": firm, "Status": status} for event, firm, status in rows],
    }


def test_partners_own_staff_are_not_employers_reached():
    tables = attendance(("Fair", "Oak Ltd", "Came"))
    tables["Attendance"].append(
        {"Event": "Fair", "Employer": "The college", "Status": "Came", "Role": "Partner staff"}
    )
    assert lists.event_list(make_facts(tables)).iloc[0]["Employers came"] == 1


def test_one_unresolved_spelling_is_one_employer():
    tables = attendance(
        ("Fair", "Oak Ltd", "Came"), ("fair ", "OAK  ltd", "Booked"), ("Fair", "Elm", "Apologies")
    )
    row = lists.event_list(make_facts(tables)).iloc[0]
    assert (row["Employers invited"], row["Employers booked"], row["Employers came"]) == (2, 1, 1)


def test_two_events_of_one_name_get_no_guessed_turnout():
    tables = attendance(("Fair", "Oak Ltd", "Came"))
    tables["Events"].append({"Event": "Fair", "Date": "2026-12-19"})
    assert lists.event_list(make_facts(tables))["Employers came"].tolist() == ["", ""]


def test_a_second_sign_up_of_the_same_merged_employer_is_named_a_duplicate():
    frame = lists.pledge_list(rich_facts()).set_index("Record")
    assert frame["Duplicate sign-up of"].to_dict() == {
        "R-PLEDGES1": "",
        "R-PLEDGES2": "R-PLEDGES1",
        "R-PLEDGES3": "",
    }


def test_the_last_touch_is_up_to_the_day_of_signing_and_not_after():
    row = lists.pledge_list(rich_facts()).set_index("Record").loc["R-PLEDGES1"]
    assert (row["First touch agency"], row["Last touch before signing"]) == (COLLEGE, COUNCIL)


@pytest.mark.parametrize(
    ("size", "band"),
    [
        ("", ""),
        ("4", "0-4"),
        ("5", "5-9"),
        ("249", "100-249"),
        ("250", "250-499"),
        ("1,200", "1000+"),
        ("1-10", "not sure"),
        ("5-8", "5-9"),
    ],
)
def test_sizes_fall_into_the_national_bands(size, band):
    assert size_band(size) == band


def action(**cells: str):
    return lists.action_list(
        make_facts({"Actions": [{"Action": "x", **cells}]}, agencies={"hc": COLLEGE})
    ).iloc[0]


@pytest.mark.parametrize(
    ("cells", "rag"),
    [
        ({"Due date": "22 November 2026"}, "Red: overdue"),
        ({"Due date": "23 November 2026"}, "Amber: at risk"),
        ({"Due date": "7 December 2026", "Status": "Under way"}, "Amber: at risk"),
        ({"Due date": "8 December 2026", "Status": "Under way"}, "Green: on track"),
        ({"Due date": "21 December 2026", "Status": "Not started"}, "Amber: at risk"),
        ({"Due date": "22 December 2026", "Status": "Not started"}, "Green: on track"),
        ({"Due date": "22 November 2026", "RAG": "Green"}, "Red: overdue"),
        ({"Due date": "March 2027", "RAG": "Amber"}, "Amber: at risk"),
        ({"Due date": "March 2027", "Status": "Stuck"}, "Amber: stuck"),
        ({"Due date": "22 November 2026", "Status": "Done"}, "Blue: complete"),
        ({"Due date": "22 November 2026", "Status": "Dropped"}, ""),
        ({"Due date": "May 2008 ongoing"}, "Green: on track"),
        ({"Due date": "Ongoing"}, "Green: on track"),
        ({"Due date": "September 2026 / Ongoing", "Status": "Under way"}, "Green: on track"),
        ({"Due date": "September 2026 / Ongoing", "Status": "Not started"}, "Red: overdue"),
        ({"Due date": "September 2026 ongoing", "Status": "Not started", "RAG": "Green"}, "Red: overdue"),
        ({"Due date": "December 2026 ongoing", "Status": "Not started"}, "Green: on track"),
        ({"Due date": "30 November 2026, ongoing", "Status": "Not started"}, "Amber: at risk"),
        ({"Due date": "30 November 2026, ongoing", "Status": "Under way"}, "Green: on track"),
        ({"Due date": "Ongoing", "Status": "Not started"}, ""),
        ({"Due date": "Done"}, "Blue: complete"),
        ({"Due date": "soon"}, ""),
        ({}, ""),
    ],
)
def test_a_colour_is_always_printed_with_its_word(cells, rag):
    assert action(**cells)["RAG"] == rag


@pytest.mark.parametrize(
    ("cells", "left"),
    [
        ({"Due date": "Ongoing"}, ""),
        ({"Due date": "September 2026 / Ongoing", "Status": "Under way"}, ""),
        ({"Due date": "September 2026 / Ongoing", "Status": "Not started"}, -54),
        ({"Due date": "30 November 2026, ongoing", "Status": "Under way"}, 7),
        ({"Due date": "22 November 2026", "Status": "Under way"}, -1),
        ({"Due date": "22 November 2026", "Status": "Done"}, ""),
    ],
)
def test_what_is_ongoing_has_no_days_left_once_it_is_begun_and_its_day_is_past(cells, left):
    assert action(**cells)["Days left"] == left


def test_an_actions_owners_are_recognised_among_others():
    row = action(Responsible="HC / Steering group")
    assert (row["Agencies matched"], row["Responsible"]) == (COLLEGE, "HC / Steering group")


def target(**cells: str):
    more = {"Target": "t", "From": "2026-11-01", "By": "2026-11-30", **cells}
    facts = rich_facts()
    tables = {**facts.tables, "Targets": make_facts({"Targets": [more]}).tables["Targets"]}
    return lists.target_list(rich_facts(tables=tables)).iloc[0]


@pytest.mark.parametrize(
    ("cells", "now", "course"),
    [
        ({"Measure": "Engagements", "At least": "9"}, 9, "Met"),
        ({"Measure": "Employers engaged", "At least": "6"}, 6, "Met"),
        ({"Measure": "Employers engaged", "At least": "7"}, 6, "Yes"),
        ({"Measure": "Employers engaged", "At least": "60"}, 6, "At risk"),
        ({"Measure": "Employers engaged", "At least": "60", "By": "20 November 2026"}, 5, "Missed"),
        ({"Measure": "Engagements", "Filter": f"Agency = {COUNCIL}", "At least": "3"}, 3, "Met"),
        (
            {"Measure": "Engagements", "Filter": "Sector = Food and drink; Type = Visit", "At least": "1"},
            1,
            "Met",
        ),
        ({"Measure": "Pledges signed", "At least": "1"}, 1, "Met"),
        ({"Measure": "Employers pledged", "At least": "1"}, 1, "Met"),
        ({"Measure": "Events held", "At least": "1"}, 1, "Met"),
        ({"Measure": "Employers at events", "At least": "2"}, 2, "Met"),
        (
            {
                "Measure": "Events reaching a number of employers",
                "At least": "2",
                "How many events reach it": "1",
            },
            1,
            "Met",
        ),
        (
            {
                "Measure": "Events reaching a number of employers",
                "At least": "3",
                "How many events reach it": "1",
            },
            0,
            "At risk",
        ),
        ({"Measure": "Pledge page views", "At least": "235"}, 235, "Met"),
    ],
)
def test_a_target_is_counted_from_the_lists(cells, now, course):
    row = target(**cells)
    assert (row["Now"], row["On course"]) == (now, course)


@pytest.mark.parametrize(
    ("cells", "shown"),
    [
        (
            {"At least": "2", "How many events reach it": "2"},
            (2, 2, 1, "1 of 2 events has reached 2 employers. 50% reached, 75% of the time gone"),
        ),
        (
            {"At least": "3", "How many events reach it": "2"},
            (3, 2, 0, "0 of 2 events have reached 3 employers. 0% reached, 75% of the time gone"),
        ),
        (
            {"At least": "2"},
            (2, "", 1, "1 event reached 2 employers; say how many are to, in How many events reach it"),
        ),
    ],
)
def test_a_target_in_two_parts_says_how_many_events_are_meant_and_how_many_reached_it(cells, shown):
    row = target(Measure="Events reaching a number of employers", **cells)
    headings = ("At least", "How many events reach it", "Now", "In words")
    assert tuple(row[name] for name in headings) == shown


def test_how_many_events_is_no_part_of_any_other_measure():
    row = target(Measure="Employers at events", **{"At least": "4", "How many events reach it": "1"})
    assert (row["Now"], row["%"], row["In words"]) == (2, 50, "50% reached, 75% of the time gone")


@pytest.mark.parametrize(
    "cells",
    [
        {"Measure": "Happiness"},
        {"Measure": "Engagements", "Filter": "nice ones only"},
        {"Measure": "Engagements", "Filter": "Colour = blue"},
        {"Measure": "Pledge page views", "Filter": f"Agency = {COLLEGE}"},
        {"Measure": "New employers", "Filter": f"Agency = {COLLEGE}"},
    ],
)
def test_a_measure_or_filter_that_is_not_understood_says_so_and_gives_no_figure(cells):
    row = target(**{"At least": "5", **cells})
    assert row["Now"] == ""
    assert "not" in row["On course"]

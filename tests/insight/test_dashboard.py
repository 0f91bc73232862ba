from __future__ import annotations

import pytest

from engage.insight.dashboard import dashboard, lines
from engage.insight.lists import action_list, clash_list, engagement_list, event_list, pledge_list
from engage.insight.newcomers import newcomers
from engage.insight.page_views import views_in
from engage.insight.weeks import last_complete_week
from engage.model import AgencyRead

from .sample import CHAMBER, COLLEGE, COUNCIL, TODAY, make_facts, rich_facts

WEEK = last_complete_week(TODAY)


def now(facts, measure: str, section: str = "The week") -> object:
    frame = dashboard(facts).set_index(["Section", "Measure"])
    return frame.loc[(section, measure), "Last whole week"]


def of_week(frame, column: str = "Date"):
    days = frame[column].astype(str)
    return frame[(days >= "2026-11-16") & (days <= "2026-11-22")]


def test_every_figure_of_the_week_can_be_counted_in_its_list():
    facts = rich_facts()
    talks = of_week(engagement_list(facts)).query("Status == 'Done'")
    signed = of_week(pledge_list(facts), "Date signed")
    events = of_week(event_list(facts))
    assert now(facts, "Engagements") == len(talks)
    assert now(facts, "Employers spoken to") == talks["Employer ID"].nunique()
    assert now(facts, "Agencies active") == talks["Agency"].nunique()
    assert now(facts, "Clashes") == len(of_week(clash_list(facts), "Second date"))
    assert now(facts, "Pledge sign-ups") == len(signed[signed["Duplicate sign-up of"] == ""])
    assert now(facts, "Events held") == len(events)
    assert now(facts, "Employers at events") == events["Employers came"].sum()
    assert now(facts, "New employers") == 1


@pytest.mark.parametrize(
    ("section", "column"), [("By agency", "Agency"), ("By type", "Type"), ("By reason", "Reason")]
)
def test_every_breakdown_adds_up_to_the_week(section, column):
    facts = rich_facts()
    talks = of_week(engagement_list(facts)).query("Status == 'Done'")
    shown = {line.measure: line.now for line in lines(facts) if line.section == section and line.now}
    assert shown == talks[column].value_counts().to_dict()


def test_actions_are_counted_by_colour_as_the_action_list_shows_them():
    facts = rich_facts()
    colours = action_list(facts)["RAG"].str.partition(":")[0].value_counts()
    shown = {line.note: line.now for line in lines(facts) if line.section == "Actions"}
    assert shown == colours.to_dict()


def test_one_employer_spoken_to_by_two_agencies_counts_once():
    facts = rich_facts()
    assert (now(facts, "Engagements"), now(facts, "Employers spoken to")) == (6, 5)


def test_a_week_that_an_agency_could_not_be_read_for_is_not_known_and_never_zero():
    line = next(
        line for line in lines(rich_facts()) if (line.section, line.measure) == ("By agency", CHAMBER)
    )
    assert line.now is None
    assert "last read 12 Nov 2026" in line.note
    whole = next(line for line in lines(rich_facts()) if line.measure == "Engagements")
    assert CHAMBER in whole.note


def test_an_agency_that_could_be_read_and_did_nothing_is_zero():
    facts = rich_facts(reads=(AgencyRead(CHAMBER, "chamber", True, 12, "2026-11-23"),))
    assert CHAMBER not in {line.measure for line in lines(facts)}
    assert all(not line.note.count("may lack") for line in lines(facts))


def test_a_failed_read_that_came_after_the_week_ended_takes_nothing_away():
    facts = rich_facts(reads=(AgencyRead(CHAMBER, "chamber", False, 12, "2026-11-23"),))
    assert all("may lack" not in line.note for line in lines(facts))


def test_figures_of_the_failed_read_itself_are_blank():
    frame = dashboard(rich_facts()).set_index("Measure")
    assert frame.loc[f"{CHAMBER}: rows read", "Last whole week"] == ""
    assert "locked by Excel" in frame.loc[f"{CHAMBER}: rows read", "Note"]


def test_what_waits_is_counted_for_each_agency_whose_rows_it_is_about():
    facts = rich_facts()
    assert now(facts, "Pairs to review", "Waiting") == 1
    assert now(facts, f"Pairs to review: {COLLEGE}", "Waiting") == 1
    assert now(facts, f"Problems to fix: {COUNCIL}", "Waiting") == 1
    notes = dashboard(facts).set_index("Measure")["Note"]
    assert notes["Problems to fix"].startswith("rows of the hub's tab Problems to fix, texts typed")


def test_only_the_pairs_that_stand_in_to_review_are_counted():
    assert now(rich_facts(asked=()), "Pairs to review", "Waiting") == 0


def test_what_an_agency_brings_on_its_first_day_is_not_news():
    firm = {"employer_id": "EMP-1", "Employer": "Oak", "First seen": "2026-11-18"}
    tables = {"Employers": [{"Employer": "Oak", "employer_id": "EMP-1", "agency": COLLEGE}]}
    facts = make_facts(tables, employers=[firm], first_seen={"R-EMPLOYERS1": "2026-11-18"})
    assert newcomers(facts, WEEK) == ()
    assert now(facts, "New employers") == ""


def views(*rows: tuple[str, str, str]) -> int | None:
    named = [
        {"Date": day, "Page": "Pledge", "Views": count, "Source of figure": source}
        for day, count, source in rows
    ]
    return views_in(make_facts({"Pledge page views": named}), WEEK)


@pytest.mark.parametrize(
    ("rows", "total"),
    [
        (
            [("2026-11-16", "140", "by week"), ("2026-11-17", "30", "by day"), ("2026-11-18", "9", "by day")],
            140,
        ),
        ([("2026-11-16", "10", "by day"), ("2026-11-17", "30", "by day")], 40),
        ([("2026-11-16", "10", "by day"), ("2026-11-16", "12", "by day")], 12),
        ([("2026-11-16", "140", ""), ("2026-11-17", "30", ""), ("2026-11-18", "9", "")], 140),
        ([("2026-11-16", "10", ""), ("2026-11-17", "30", "")], 40),
        ([("2026-11-16", "0", "by week")], 0),
        ([("2026-11-09", "10", "by week"), ("2026-11-23", "10", "by week")], None),
        ([("2026-11-16", "", "by week")], None),
        ([], None),
    ],
)
def test_page_views_of_a_day_are_never_added_to_the_week_that_holds_them(rows, total):
    assert views(*rows) == total


def test_pages_and_ways_of_coming_are_added():
    rows = [
        {
            "Date": "2026-11-16",
            "Page": "Pledge",
            "Views": "10",
            "Came from": "Newsletter",
            "Source of figure": "by week",
        },
        {
            "Date": "2026-11-16",
            "Page": "Pledge",
            "Views": "5",
            "Came from": "Search",
            "Source of figure": "by week",
        },
        {"Date": "2026-11-16", "Page": "Charter", "Views": "3", "Source of figure": "by week"},
    ]
    assert views_in(make_facts({"Pledge page views": rows}), WEEK) == 18


def test_an_average_is_only_given_where_every_week_is_known():
    frame = dashboard(rich_facts()).set_index("Measure")
    assert frame.loc["Pledge page views", "Four-week average"] == ""
    assert frame.loc["Engagements", "Four-week average"] == 1


def test_a_count_of_problems_says_whose_tab_it_counts():
    frame = dashboard(rich_facts()).set_index("Measure")
    assert frame.loc["Problems to fix", "Note"].startswith("rows of the hub's tab Problems to fix")
    assert "a workbook of its own has its own tab" in frame.loc[f"Problems to fix: {COLLEGE}", "Note"]


def test_labels_that_differ_in_capitals_alone_stand_in_one_order_every_night():
    spellings = ["VISIT", "VIsit", "ViSit", "Visit", "vISIT", "viSIT", "visIT", "visit"]
    talks = [{"Date": "2026-11-18", "Status": "Done", "Type": one} for one in spellings]
    frame = dashboard(make_facts({"Engagements": talks}))
    assert [one for one in frame["Measure"] if one.casefold() == "visit"] == spellings

"""Completeness: by column for the partnership, by agency for that agency's eyes alone."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from engage.insight.capabilities import told
from engage.insight.completeness import ALL_CORE, CAPABILITY, OWN_TAB, TAB
from engage.insight.facts import with_same_rows
from engage.insight.weeks import last_complete_week
from engage.model import History
from engage.schema import load_schema

from .registers import QUARTER, headline, rows_told
from .sample import CHAMBER, COLLEGE, COUNCIL, TODAY, make_facts

SCHEMA = load_schema()
COLUMNS = {tab.title: tab.columns for tab in SCHEMA.staff_tabs()}
NAMES = {name.casefold(): name for name in (COLLEGE, COUNCIL, CHAMBER)}
FIELDS = ("Employer", "Postcode", "Sector", "Employees here", "Stage")
cells = st.fixed_dictionaries(
    {"agency": st.sampled_from((COLLEGE, COUNCIL)), **{name: st.sampled_from(("", "x")) for name in FIELDS}}
)


def facts_of(rows, **more):
    return make_facts({"Employers": rows}, columns=COLUMNS, agencies=NAMES, **more)


@settings(max_examples=40, deadline=None)
@given(st.lists(cells, min_size=1, max_size=9))
def test_each_core_column_is_as_full_as_a_plain_count_says(rows):
    found = {row["Column"]: row for row in rows_told(facts_of(rows), CAPABILITY, TAB)}
    for name in FIELDS:
        filled = [row for row in rows if row[name]]
        mine = found[name]
        assert (mine["Cells"], mine["Filled"], mine["Empty"]) == (
            len(rows),
            len(filled),
            len(rows) - len(filled),
        )
        assert mine["%"] == len(filled) * 100 // len(rows)
        assert mine["Agencies that hold any"] == len({row["agency"] for row in filled})
    parts = [row["Filled"] for column, row in found.items() if column != ALL_CORE]
    assert found[ALL_CORE]["Filled"] == sum(parts)


@settings(max_examples=30, deadline=None)
@given(st.lists(cells, min_size=1, max_size=9))
def test_an_agency_sees_its_own_rows_beside_all_and_the_hub_sees_no_agency_alone(rows):
    mine = [row for row in rows if row["agency"] == COLLEGE]
    own = {row["Column"]: row for row in rows_told(facts_of(rows, audience=COLLEGE), CAPABILITY, OWN_TAB)}
    if mine:
        assert own["Postcode"]["Cells"] == len(mine)
        assert own["Postcode"]["%"] == sum(bool(row["Postcode"]) for row in mine) * 100 // len(mine)
        assert own["Postcode"]["All agencies, %"] == sum(bool(row["Postcode"]) for row in rows) * 100 // len(
            rows
        )
    hub = told(facts_of(rows), CAPABILITY, QUARTER)
    assert [table.tab for table in hub.tables] == [TAB]
    assert not any(agency in str(hub) for agency in (COLLEGE, COUNCIL))


def test_what_an_agency_does_not_share_is_no_gap():
    talks = [{"agency": COLLEGE, "Aim / Summary": ""}, {"agency": COUNCIL, "Aim / Summary": "Met"}]
    agencies = [{"Agency": COLLEGE, "Share contact details with partners": "Employer only"}]
    facts = make_facts({"Engagements": talks, "Agencies": agencies}, columns=COLUMNS, agencies=NAMES)
    aims = [row for row in rows_told(facts, CAPABILITY, TAB) if row["Column"] == "Aim / Summary"]
    assert [(row["Cells"], row["Filled"]) for row in aims] == [(1, 1)]
    own = replace(facts, audience=COLLEGE)
    aims = [row for row in rows_told(own, CAPABILITY, OWN_TAB) if row["Column"] == "Aim / Summary"]
    assert [(row["Cells"], row["Filled"]) for row in aims] == [(1, 0)]


CHANGED = {"Postcode": "2026-11-17", "Sector": "2026-11-18", "Stage": "2026-11-18", "Town": "2026-11-18"}
WEEK = last_complete_week(TODAY)


def changes(facts, span=WEEK):
    labels = ("Core fields filled in or corrected", "Core fields emptied")
    return tuple(headline(facts, CAPABILITY, label, span) for label in labels)


def test_core_cells_are_filled_or_emptied_on_the_day_on_which_the_sync_read_it():
    """Not Stage, which moves as the work goes on; not Town, which is no core column."""
    row = {"Postcode": "SK14 1QQ", "Sector": "", "Stage": "3 Met", "Town": "Hyde", "agency": COLLEGE}
    facts = replace(facts_of([row]), histories={"R-EMPLOYERS1": History("2026-10-01", CHANGED)})
    assert changes(facts) == (1, 1)
    assert changes(facts, WEEK.back(1)) == (0, 0)
    came = replace(facts, histories={"R-EMPLOYERS1": History("2026-11-18", CHANGED)})
    assert changes(came) == (0, 0)  # the row itself is new


def test_what_an_agency_does_not_share_is_not_counted_as_filled_either():
    rows = {"Contacts": [{"Email": "jo@oak.example", "Employer": "Oak", "agency": COLLEGE}]}
    rows["Agencies"] = [{"Agency": COLLEGE, "Share contact details with partners": "Employer only"}]
    history = History("2026-10-01", {"Email": "2026-11-17", "Employer": "2026-11-17"})
    facts = replace(make_facts(rows, columns=COLUMNS, agencies=NAMES), histories={"R-CONTACTS1": history})
    assert changes(facts) == (1, 0)
    assert changes(with_same_rows(facts, audience=COLLEGE)) == (2, 0)


def test_a_tab_of_an_agencys_own_workbook_is_where_it_is_shown():
    assert (SCHEMA.tabs[TAB].where, SCHEMA.tabs[OWN_TAB].where) == ("hub", "agency")

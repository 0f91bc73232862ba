"""Completeness: by column for the partnership, by agency for that agency's eyes alone."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from engage.insight.capabilities import told
from engage.insight.completeness import ALL_CORE, CAPABILITY, OWN_TAB, TAB
from engage.schema import load_schema

from .registers import QUARTER, rows_told
from .sample import CHAMBER, COLLEGE, COUNCIL, make_facts

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


def test_a_tab_of_an_agencys_own_workbook_is_where_it_is_shown():
    assert (SCHEMA.tabs[TAB].where, SCHEMA.tabs[OWN_TAB].where) == ("hub", "agency")

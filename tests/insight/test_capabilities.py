"""What the house promises of every capability, whichever it is."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engage.insight.capabilities import CAPABILITIES, before, tab_periods, tab_rows, told, told_of
from engage.insight.capability import PERIOD, Headline, Source
from engage.insight.dashboard import lines
from engage.insight.facts import as_of, with_same_rows
from engage.insight.quarters import quarter_of
from engage.insight.weeks import last_complete_week
from engage.linkage.compared import compared_by
from engage.model import Place, Record
from engage.schema import load_schema
from engage.sharing import HUB, Agreement
from engage.worlds import Judge, Setting, gather_facts, make_worlds
from tests.partnership import same_name

from .sample import COLLEGE, COUNCIL, TODAY, facts_of_all, make_facts

SCHEMA = load_schema()
SPANS = (last_complete_week(TODAY), quarter_of(TODAY), quarter_of(TODAY).back(1))
each = pytest.mark.parametrize("capability", CAPABILITIES, ids=lambda one: one.key)


def test_keys_numbers_and_tabs_are_each_used_once_and_the_order_is_that_of_the_numbers():
    keys, numbers = [one.key for one in CAPABILITIES], [one.number for one in CAPABILITIES]
    tabs = [tab for one in CAPABILITIES for tab in one.tabs]
    assert len(set(keys)) == len(keys)
    assert len(set(tabs)) == len(tabs)
    assert numbers == sorted(numbers)


@each
def test_its_tabs_are_built_tabs_of_the_schema_and_its_tables_are_theirs(capability):
    assert all(SCHEMA.tabs[tab].kind == "built" for tab in capability.tabs)
    assert {table.tab for span in SPANS for table in told(facts_of_all(), capability, span).tables} <= set(
        capability.tabs
    )


@each
def test_every_row_fills_exactly_the_headings_of_its_tab_and_charts_draw_some_of_them(capability):
    for span in SPANS:
        for table in told(facts_of_all(), capability, span).tables:
            headings = set(SCHEMA.tabs[table.tab].headings) - {PERIOD}
            assert all(set(row) == headings for row in table.rows)
            drawn = {name for chart in table.charts for name in (chart.label, *chart.values)}
            assert drawn | {*table.shown} | ({table.parts} - {""}) <= headings


@each
def test_it_says_the_same_to_every_audience_of_the_same_rows_unless_it_says_that_it_asks_who(capability):
    facts = facts_of_all()
    others = with_same_rows(facts, audience=COLLEGE, findings=(), run_id="another")
    said = [(capability.tell(facts, span), capability.tell(others, span)) for span in SPANS]
    assert any(one != other for one, other in said) == capability.asks_who


@each
def test_it_has_something_to_say_of_a_full_register_and_survives_an_empty_one(capability):
    assert any(told(facts_of_all(), capability, span).says for span in SPANS)
    for tables in ({}, {tab.title: [{}] for tab in SCHEMA.staff_tabs()}):
        assert not told(make_facts(tables), capability, SPANS[0]).problems or tables


@each
def test_the_same_facts_say_the_same_and_what_it_finds_to_mend_has_no_suggestion(capability):
    one, other = (told(facts_of_all(), capability, SPANS[1]) for _ in range(2))
    assert one == other
    assert all(not problem.suggestion and problem.record_id for problem in one.problems)


@each
def test_its_figures_are_rows_of_the_dashboard(capability):
    facts, week = facts_of_all(), SPANS[0]
    if not capability.on_dashboard:
        return
    shown = {(line.section, line.measure): line.now for line in lines(facts, week)}
    for headline in told(facts, capability, week).headlines:
        assert shown[capability.title, headline.label] == headline.value


@each
def test_a_built_tab_says_which_period_each_row_is_about(capability):
    facts = facts_of_all()
    for tab in capability.tabs:
        headings = SCHEMA.tabs[tab].headings
        rows = list(tab_rows(facts, capability, tab, headings))
        assert all(set(row) == set(headings) for row in rows)
        if PERIOD in headings:
            last = tab_periods(facts)[1]
            of_last = [row for row in rows if row[PERIOD] == "2026/27 Q2 (financial)"]
            tables = [table for table in told_of(facts, capability, last).tables if table.tab == tab]
            assert len(of_last) == sum(len(table.rows) for table in tables)


def test_facts_of_an_earlier_day_read_the_rows_once_and_never_look_ahead():
    facts = facts_of_all()
    earlier = as_of(facts, TODAY - timedelta(days=10))
    assert as_of(facts, TODAY + timedelta(days=1)) is facts
    assert as_of(facts, earlier.today) is earlier
    survey = next(one for one in CAPABILITIES if one.key == "engagement-survey")
    assert told(earlier, survey, quarter_of(TODAY)) != told(facts, survey, quarter_of(TODAY))


def test_a_figure_without_a_past_is_never_compared_with_one():
    pledges = next(one for one in CAPABILITIES if one.key == "pledges")
    assert before(facts_of_all(), pledges, SPANS[0]) == {}
    assert Headline("Signed", 3, dated=False).value == 3


def test_a_source_says_how_many_rows_were_left_out_and_why():
    assert Source("Engagements", 1).words == "From 1 row of Engagements"
    said = Source("Engagements", 1340, 12, "no date that can be read").words
    assert said == "From 1,340 rows of Engagements; 12 more left out: no date that can be read"


# --- The house keeps to the sharing policy, so that no capability has to ----------------------------------

AGREED = {
    COLLEGE: Agreement(COLLEGE, True, True, "Yes"),
    COUNCIL: Agreement(COUNCIL, True, False, "Yes"),  # nothing signed: it keeps its rows to itself
}
JUDGE = Judge(same_name, compared_by)


def row(number: int, tab: str, agency: str, **cells: str) -> Record:
    text = {"Employer": "Brightwell Bakery", "Agency": agency, "Postcode": "OL6 7ZZ"} | {
        key.replace("_", " "): cell for key, cell in cells.items()
    }
    return Record(f"R-{tab[:3]}{number}{agency[:1]}", tab, agency, Place(agency, tab, number), text, text)


def told_to_the_hub(records: list[Record]) -> list[object]:
    worlds = make_worlds(records, AGREED, SCHEMA, (), {}, audiences=(), judge=JUDGE)
    setting = Setting("Harwick & Dale", date(2026, 11, 23), "run", (), {}, {})
    facts = gather_facts(worlds[HUB], SCHEMA, setting, ())
    return [told(facts, capability, span) for capability in CAPABILITIES for span in SPANS]


OPEN = [
    row(1, "Employers", COLLEGE),
    row(1, "Engagements", COLLEGE, Date="2026-11-17", Type="Visit", Reason="Pledge", Status="Done"),
    row(1, "Pledges", COLLEGE, Pledge="Skills pledge", Date_signed="2026-11-18", Stage="Signed"),
]
CELLS = {
    "Date": st.sampled_from(["2026-11-17", "2026-08-03", ""]),
    "Date signed": st.sampled_from(["2026-11-18", ""]),
    "Type": st.sampled_from(["Redundancy", "Visit"]),
    "Status": st.sampled_from(["Done", "Planned"]),
    "Stage": st.sampled_from(["Delivered", "Enquired"]),
    "Employer": st.sampled_from(["Brightwell Bakery", "Hidden Works"]),
}


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.sampled_from([COUNCIL, COLLEGE]), st.fixed_dictionaries(CELLS)), max_size=4))
def test_rows_that_are_kept_back_or_sensitive_move_no_figure_of_what_others_are_told(hidden):
    """Those of an agency that has signed nothing, and sensitive ones of an agency that shares the rest."""
    kept_back = [
        row(number, tab, agency, Sensitive="Yes", **{k.replace(" ", "_"): v for k, v in cells.items()})
        for number, (agency, cells) in enumerate(hidden, 10)
        for tab in ("Engagements", *(["Employers", "Pledges"] if agency == COUNCIL else []))
    ]
    assert told_to_the_hub([*OPEN, *kept_back]) == told_to_the_hub(OPEN)

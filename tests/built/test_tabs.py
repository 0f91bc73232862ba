"""The built tabs as intents: right headings, typed cells, the same facts the same cells."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from engage.built.questions import ask
from engage.built.registry import agency_tabs, builders, hub_tabs
from engage.model import AgencyRead, Finding, Link, Pair, Place, Tab
from tests.built.sample import (
    BAKERY,
    COLLEGE,
    COUNCIL,
    EMPTY_BOOK,
    LINKED,
    SCHEMA,
    TODAY,
    as_tab,
    facts_of,
    material,
    record,
    rows_by_heading,
    tab_named,
)

BAD_POSTCODE = Finding(
    kind="bad-postcode",
    place=Place("college", "Employers", 12, "Postcode"),
    wrong="A postcode never ends in O.",
    found="SK14 5QO",
    suggestion="SK14 5QQ",
    record_id="R-AAAAAAA1",
    agency=COLLEGE,
)


def test_every_built_tab_of_the_schema_is_built_but_those_of_other_rooms() -> None:
    ours = {spec.title for where in ("hub", "agency") for spec in SCHEMA.built_tabs(where)}
    assert ours - set(builders()) == {"_engage", "Mail stops"}
    assert set(builders()) <= ours


def test_the_headings_key_and_answers_are_the_schemas() -> None:
    for intent in hub_tabs(material()):
        spec = SCHEMA.tabs[intent.tab]
        assert (intent.headings, intent.key, intent.answers) == (spec.headings, spec.key, spec.answers)
        assert all(len(row) == len(spec.headings) for row in intent.rows)


def test_decisions_come_before_the_answers_that_leave() -> None:
    assert hub_tabs(material())[0].tab == "Decisions"


def test_the_same_facts_make_the_same_intents() -> None:
    asking = ask(LINKED, BAKERY, None, EMPTY_BOOK, today=TODAY, per_week=5)
    once, again = (hub_tabs(material(questions=asking.questions, problems=[BAD_POSTCODE])) for _ in range(2))
    assert once == again


def test_what_was_published_yesterday_is_published_again_tonight() -> None:
    first = hub_tabs(material(problems=[BAD_POSTCODE]))
    tabs = {intent.tab: as_tab(intent) for intent in first}
    again = hub_tabs(material(problems=[BAD_POSTCODE], tabs=tabs))
    assert [intent.rows for intent in first] == [intent.rows for intent in again]
    assert all(intent.expects == tabs[intent.tab].rows for intent in again)


def test_dates_are_dates_counts_are_numbers_and_phones_read_nationally() -> None:
    rows = rows_by_heading(tab_named(hub_tabs(material()), "Employer list (built nightly)"))
    bakery = rows[0]
    assert bakery["Last contact"] == date(2026, 11, 20)
    assert (bakery["Engagements"], bakery["Records"]) == (2, 2)
    assert bakery["Phone"] == "0161 496 0101"


def test_your_employers_are_those_in_your_rows_with_who_else_knows_them() -> None:
    facts = facts_of(BAKERY, LINKED, audience=COLLEGE)
    rows = rows_by_heading(tab_named(agency_tabs(material(facts=facts)), "Your employers (built nightly)"))
    assert [row["Employer"] for row in rows] == ["Brightwell Bakery Ltd"]
    assert rows[0]["Who else knows them"] == COUNCIL
    assert str(rows[0]["Clash"]).startswith(f"{COUNCIL}, Visit, 18 Nov 2026")


def test_a_problem_is_linked_to_its_row_and_keeps_its_first_day() -> None:
    intent = tab_named(hub_tabs(material(problems=[BAD_POSTCODE])), "Problems to fix")
    row = rows_by_heading(intent)[0]
    assert row["Where"] == Link("Employers, row 12 (college)", "college", "Employers", 12)
    tab = as_tab(intent)
    old = Tab(tab.title, tuple(tuple(c.replace("2026-11-23", "2026-11-02") for c in r) for r in tab.rows))
    later = hub_tabs(material(problems=[BAD_POSTCODE], tabs={tab.title: old}))
    assert rows_by_heading(tab_named(later, "Problems to fix"))[0]["Since"] == date(2026, 11, 2)


@pytest.mark.parametrize(
    ("found", "reads"),
    [
        (replace(BAD_POSTCODE, kind="typed-in-built-tab"), ()),
        (BAD_POSTCODE, (AgencyRead(COLLEGE, "college", ok=False),)),
    ],
)
def test_a_row_that_nobody_can_find_again_stays_with_its_link(
    found: Finding, reads: tuple[AgencyRead, ...]
) -> None:
    intent = tab_named(hub_tabs(material(problems=[found])), "Problems to fix")
    facts = replace(facts_of(BAKERY, LINKED), reads=reads)
    again = material(facts=facts, tabs={"Problems to fix": as_tab(intent)})
    assert tab_named(hub_tabs(again), "Problems to fix").rows == intent.rows


def test_a_mended_cell_leaves_problems_to_fix() -> None:
    intent = tab_named(hub_tabs(material(problems=[BAD_POSTCODE])), "Problems to fix")
    again = hub_tabs(material(tabs={"Problems to fix": as_tab(intent)}))
    assert tab_named(again, "Problems to fix").rows == ()


def test_start_here_keeps_the_stamp_and_the_tick_as_they_stand() -> None:
    stamp = Tab("Start here", (("Start here", "How this workbook works"), ("Last sync", "23 Nov, 02:00")))
    intent = tab_named(hub_tabs(material(tabs={"Start here": stamp})), "Start here")
    assert intent.rows[0] == ("Last sync", "23 Nov, 02:00")


def test_the_sync_log_is_added_to_and_a_quiet_night_adds_nothing() -> None:
    first = tab_named(hub_tabs(material(log=[("2026-11-22 02:00", "hub", "built")])), "Sync log")
    quiet = tab_named(hub_tabs(material(tabs={"Sync log": as_tab(first)})), "Sync log")
    assert quiet.rows == first.rows == ((datetime.fromisoformat("2026-11-22 02:00"), "hub", "built"),)


def test_no_value_of_a_hidden_record_appears_in_any_tab() -> None:
    hidden = record(
        "R-HHHHHHH8",
        agency="Secret Agency",
        Employer="Xyzzy Ltd",
        Town="Xyzzy",
        Notes="xyzzy",
        Phone="+449999999999",
    )
    pair = Pair("R-AAAAAAA1#0", "R-HHHHHHH8#0", "employer", 0.7, 1, "review", ("same phone",), "x")
    linked = replace(
        LINKED,
        employer_of={**LINKED.employer_of, "R-HHHHHHH8#0": "EMP-0000001"},
        questions=(pair,),
        merges=(pair,),
    )
    assert hidden.record_id not in BAKERY
    facts = facts_of(BAKERY, linked)
    asking = ask(linked, BAKERY, None, EMPTY_BOOK, today=TODAY, per_week=5)
    tabs = hub_tabs(material(facts=facts, questions=asking.questions))
    told = repr([tab.rows for tab in tabs])
    assert "xyzzy" not in told.casefold()
    assert "R-HHHHHHH8" not in told
    assert "Secret Agency" not in told

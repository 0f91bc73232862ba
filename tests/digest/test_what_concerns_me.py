"""About, Sections and Show contact details, in the digest that comes of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from engage.digest.build import build_digest
from engage.digest.links import Links
from engage.digest.model import Digest
from engage.digest.readers import Reader
from engage.digest.render import render
from engage.digest.scope import names
from engage.digest.sections import SECTIONS
from engage.insight.weeks import Month
from engage.schema import load_schema
from tests.insight.sample import COLLEGE, COUNCIL, FIRMS, make_facts, rich_facts

RUTH = Reader("Ruth Hale", "ruth.hale@harwick-college.example", COLLEGE)
BAKERY, ENGINEERS, CARE = (name for _, name, *_ in FIRMS[:3])


def digest_of(facts=None, **rules: object) -> Digest:
    return build_digest(facts or rich_facts(), replace(RUTH, **rules), Links("../hub.xlsx"))


def said(digest: Digest) -> str:
    return " ".join(render(digest).text.split())


# --- About ----------------------------------------------------------------------------------------------


def test_my_sectors_tells_of_employers_of_those_sectors_and_no_others():
    digest = digest_of(about="My sectors", sectors=("engineering",))
    assert {talk.employer for talk in digest.talks.items} == {ENGINEERS}
    assert not digest.clashes
    assert not digest.pledges
    assert digest.charts == ()
    assert digest.headline == "1 engagement in the sector engineering"
    assert "about the sector engineering" in said(digest)


def test_an_employer_is_of_my_sectors_by_its_sic_code_too():
    facts = rich_facts()
    plants = [{"Sector": "Plants", "SIC prefixes": "25"}]
    sectors = make_facts({"Sectors": plants}).tables["Sectors"]
    made = facts.employers.assign(
        **{"SIC code": ["25620" if n == ENGINEERS else "" for n in facts.employers["Employer"]]}
    )
    facts = replace(facts, tables={**facts.tables, "Sectors": sectors}, employers=made)
    digest = digest_of(facts, about="My sectors", sectors=("Plants",))
    assert {talk.employer for talk in digest.talks.items} == {ENGINEERS}


def test_my_sectors_counts_as_the_dashboard_counts_them():
    digest = digest_of(about="My sectors", sectors=("Food and drink", "Engineering"))
    assert [figure.label for figure in digest.key_figures] == [
        "Engagements in Food and drink",
        "Engagements in Engineering",
        "Engagements by everyone",
    ]
    assert [figure.now for figure in digest.key_figures] == [3, 1, 6]
    assert all("Dashboard" in figure.href for figure in digest.key_figures)


def test_an_event_for_my_sector_is_mine_though_nobody_has_booked():
    facts = rich_facts()
    events = facts.tables["Events"].assign(Sector=["", "Engineering", ""])
    facts = replace(facts, tables={**facts.tables, "Events": events, "Attendance": pd.DataFrame()})
    digest = digest_of(facts, about="My sectors", sectors=("Engineering",))
    assert [event.event for event in digest.events_ahead.items] == ["Winter jobs fair"]
    assert not digest.events_past


def test_my_sectors_without_a_sector_hides_nothing():
    assert digest_of(about="My sectors").key_figures == digest_of().key_figures


def managed(by: str = "Ruth Hale", agency: str = COLLEGE):
    """Facts in which somebody is the bakery's Relationship manager, and nobody is named in an engagement."""
    facts = rich_facts()
    firms = facts.tables["Employers"].assign(agency=agency)
    firms["Relationship manager"] = [by, *[""] * (len(firms) - 1)]
    talks = facts.tables["Engagements"].assign(**{"Staff member": ""})
    return replace(facts, tables={**facts.tables, "Employers": firms, "Engagements": talks})


def test_my_employers_are_those_whose_relationship_manager_i_am():
    digest = digest_of(managed(), about="My employers")
    assert {talk.employer for talk in digest.talks.items} == {BAKERY}
    assert [clash.employer for clash in digest.clashes.items] == [BAKERY]
    assert digest.headline == "2 engagements with your employers"


def test_whom_another_agencys_namesake_looks_after_is_not_mine():
    assert not digest_of(managed(agency=COUNCIL), about="My employers").talks


@pytest.mark.parametrize("heading", ["Staff member", "Follow-up owner"])
def test_my_employers_are_also_those_i_spoke_to_or_follow_up(heading):
    facts = managed(by="")
    talks = facts.tables["Engagements"]
    talks[heading] = ["R. Hale" if who == CARE else "" for who in talks["Employer"]]
    assert {talk.employer for talk in digest_of(facts, about="My employers").talks.items} == {CARE}


def test_an_engagement_of_over_a_year_ago_makes_no_employer_mine():
    facts = managed(by="")
    talks = facts.tables["Engagements"].assign(Date="2025-11-20", **{"Staff member": "Ruth Hale"})
    facts = replace(facts, tables={**facts.tables, "Engagements": talks})
    assert digest_of(facts, about="My employers").is_quiet is False  # an agency could not be read
    assert digest_of(replace(facts, reads=()), about="My employers").is_quiet


def test_a_week_in_which_nothing_happened_to_my_employers_is_quiet_for_me():
    facts = replace(managed(by=""), reads=())
    assert not digest_of(facts).is_quiet
    quiet = digest_of(facts, about="My employers")
    assert quiet.is_quiet
    assert "nothing was recorded about your employers" in said(quiet)


@pytest.mark.parametrize("cell", ["Ruth Hale", "R. Hale", "Hale, Ruth", "Tom Ash; Ruth Hale", "ruth hale"])
def test_a_colleague_is_known_however_the_name_is_written(cell):
    assert names(cell, "Ruth Hale")


@pytest.mark.parametrize("cell", ["", "Ruth Hall", "Tom Hale", "Ruth", "The team"])
def test_nobody_else_is_taken_for_a_colleague(cell):
    assert not names(cell, "Ruth Hale")


def test_a_deputy_reads_of_the_owners_employers():
    away = replace(RUTH, name="Joan Lee", stands_in_for="Ruth Hale", about="My employers")
    digest = build_digest(managed(), away, Links("../hub.xlsx"))
    assert {talk.employer for talk in digest.talks.items} == {BAKERY}
    assert "because Ruth Hale is away and their row in the Coordinators tab names you as Deputy" in said(
        digest
    )


# --- Sections -------------------------------------------------------------------------------------------


def test_only_the_chosen_sections_come():
    digest = digest_of(sections=("Pledges", "Events"))
    assert digest.pledges
    assert digest.events_ahead
    assert digest.figures + digest.key_figures + digest.reads == ()
    assert not digest.clashes
    text = said(digest)
    assert "THE WEEK IN FIGURES" not in text
    assert "WHAT NEEDS YOU THIS WEEK" in text
    assert "may lack the latest of Harwick Chamber" in text


def test_a_choice_that_we_cannot_read_hides_nothing():
    assert digest_of(sections=("Gossip",)) == digest_of()


def test_the_sections_are_those_that_the_sheet_offers():
    offered = next(c for c in load_schema().tabs["Lists"].columns if c.heading == "Digest section")
    assert set(offered.values) == set(SECTIONS)


# --- Contact details ------------------------------------------------------------------------------------


def known_person(**cells: str):
    """A next step and a plan with somebody at the bakery whose details this audience may see."""
    talk = {
        "agency": COLLEGE,
        "Agency": COLLEGE,
        "Employer": BAKERY,
        "person_id": "PER-1",
        "Status": "Planned",
    }
    rows = [{**talk, "Date": "2026-11-26", "Next step": "Ring", "Next step by": "2026-11-25"}]
    person = {"person_id": "PER-1", "First name": "Jo", "Last name": "Lund", "Job title": "HR manager"}
    details = {"Email": "jo@bakery.example", "Phone": "+441614960101", "Do not contact": ""}
    facts = make_facts({"Engagements": [{**rows[0], "Sensitive": cells.pop("Sensitive", "")}]})
    return replace(facts, people=pd.DataFrame([{**person, **details, **cells}]))


def test_whoever_asked_for_it_reads_whom_to_speak_to():
    text = said(digest_of(known_person(), contacts=True))
    assert text.count("Speak to Jo Lund, HR manager, jo@bakery.example, 0161 496 0101.") == 2


def test_nobody_else_does():
    text = said(digest_of(known_person()))
    assert "jo@bakery.example" not in text
    assert "Lund" not in text


@pytest.mark.parametrize(
    "cells",
    [{"Do not contact": "All"}, {"Still in post?": "No"}, {"Sensitive": "Yes"}, {"person_id": "PER-2"}],
)
def test_some_are_shown_to_nobody(cells):
    assert "Lund" not in said(digest_of(known_person(**cells), contacts=True))


def test_details_that_an_agency_may_not_see_are_not_in_its_digest():
    hidden = replace(known_person(), people=pd.DataFrame())
    assert "Speak to" not in said(digest_of(hidden, contacts=True))


# --- The month ------------------------------------------------------------------------------------------


def test_the_monthly_digest_is_the_same_over_the_last_whole_month():
    digest = digest_of(rich_facts(today=date(2026, 12, 1)), edition="monthly")
    assert (digest.span, digest.period) == (Month(date(2026, 11, 1)), "2026-11")
    assert digest.title == "The month of November 2026"
    assert digest.key_figures[0].now == 9
    assert digest.headline.endswith("up 8 on the month before")
    text = said(digest)
    assert "THE MONTH IN FIGURES" in text
    assert "asks for a monthly digest" in text
    assert "week" not in text.replace("Four weeks", "")

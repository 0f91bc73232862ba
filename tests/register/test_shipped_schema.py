"""The shipped schema and the headings that other people really type."""

import json
from datetime import date

import pytest

from engage.model import Snapshot, Tab
from engage.register.headings import index_headings
from engage.register.read import Source, read_workbook
from engage.schema import load_schema

from .sample import DATA

SCHEMA = load_schema()
TODAY = date(2026, 9, 14)
SPELLINGS = [
    (heading, spelling)
    for heading, spellings in json.loads((DATA / "headings.json").read_text(encoding="utf-8")).items()
    if not heading.startswith("_")
    for spelling in spellings
]
# Words of the sample that our tabs know under another column's name.
ELSEWHERE = {"delegate": "Person", "attendee": "Person", "dna": "Did not come"}


def one_tab(title, *rows):
    return read_workbook(Snapshot("w", (Tab(title, rows),)), SCHEMA, Source("w", "College"), today=TODAY)[0]


@pytest.mark.parametrize(("heading", "spelling"), SPELLINGS)
def test_every_spelling_of_the_sample_is_known_in_a_tab_that_has_its_column(heading, spelling):
    known = {
        choice for spec in SCHEMA.staff_tabs() for choice in index_headings(spec).choices(spelling.upper())
    }
    wanted = ELSEWHERE.get(spelling, heading)
    assert any(wanted in choice for choice in known)


@pytest.mark.parametrize(
    ("headings", "due"),
    [
        (
            ("Action", "Outcome", "Start date", "Finish date", "Person/s Responsible", "Progress"),
            "Finish date",
        ),
        (
            ("Ref", "Action", "Responsible Partnership(s) and Organisation (s)", "Due Date", "Progress"),
            "Due Date",
        ),
    ],
)
def test_published_action_plans_are_known_by_their_headings(headings, due):
    row = tuple("May 2008 ongoing" if heading == due else "x y" for heading in headings)
    reading = one_tab("Sheet1", ("Our action plan",), headings, row)
    assert reading.spec is SCHEMA.tabs["Actions"]
    assert (reading.unknown, reading.doubtful) == ((), ())
    assert (reading.records[0]["Due date"], reading.records[0]["Ongoing"]) == ("2008-05-31", "Yes")


@pytest.mark.parametrize("spec", SCHEMA.staff_tabs(), ids=lambda spec: spec.title)
def test_a_tab_as_we_lay_it_out_is_understood_without_a_question(spec):
    reading = one_tab(spec.title, ("Record ID", *spec.headings))
    assert set(reading.columns) == set(spec.headings)
    assert reading.findings == ()


@pytest.mark.parametrize("spec", SCHEMA.staff_tabs(), ids=lambda spec: spec.title)
def test_a_tab_as_we_lay_it_out_is_known_under_any_title(spec):
    reading = one_tab("Sheet 7", spec.headings)
    assert reading.spec is spec


def test_a_row_that_says_what_the_lists_allow_has_no_findings():
    spec = SCHEMA.tabs["Employers"]
    typed = {
        "Employer": "Ember Digital",
        "Stage": "3 Met",
        "Offers apprenticeships": "Yes",
        "Rest until": "2026-10-01",
    }
    reading = one_tab("Employers", spec.headings, tuple(typed.get(heading, "") for heading in spec.headings))
    assert reading.findings == ()
    assert {h: reading.records[0][h] for h in typed} == typed

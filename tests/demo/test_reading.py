"""The demo as the product reads it: every agency's layout is understood as its engage.toml says."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

import pytest

from cli.opening import open_partnership
from engage.built.problem_groups import group_findings
from engage.config import load_config
from engage.demo.build import Demo
from engage.demo.columns import LAYOUTS
from engage.demo.mess import mistyped
from engage.demo.score import true_mentions
from engage.demo.world import World, stream
from engage.intake import Intake
from engage.model import record_of
from engage.pipeline import pull
from engage.register.postcode import read_postcode

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def intake(demo: Demo) -> Intake:
    config = load_config(demo.folder / "engage.toml")
    now = datetime.combine(demo.first_night, datetime.min.time()).replace(hour=5)
    return pull(open_partnership(config, now=now, draw=stream(1, "ids").choice), now, allow_deletions=False)


def test_every_tab_of_an_agency_is_read_as_what_it_is(intake: Intake) -> None:
    for key, layout in LAYOUTS.items():
        read = {tab.tab.title: tab.spec.title for tab in intake.readings_of(key) if tab.spec}
        assert read == {title: tab for title, (tab, _) in layout.items()}


def test_no_workbook_is_refused(intake: Intake) -> None:
    assert {key: pulled.problem for key, pulled in intake.pulled.items() if pulled.problem} == {}


def test_every_row_that_names_an_employer_is_a_record_and_no_header_or_total_is(
    demo: Demo, intake: Intake
) -> None:
    places = {(r.place.workbook, r.place.tab, r.place.row) for r in intake.records}
    rows = {(t.workbook, t.tab, t.row): t for t in demo.truth}
    assert [place for place, t in rows.items() if t.employer and place not in places] == []
    junk = {"repeated-header", "totals-row", "junk-row"}
    assert [place for place in places if place in rows and junk & set(rows[place].mess)] == []


def test_the_truth_names_a_mention_for_every_such_record(demo: Demo, intake: Intake) -> None:
    named = true_mentions(intake.records, demo.truth)
    employers = {t.employer for t in demo.truth if t.employer}
    assert {named[key] for key in named if key.endswith("#0")} == employers
    assert {record_of(key) for key in named} <= {record.record_id for record in intake.records}


def test_a_suggestion_for_a_mistyped_postcode_is_the_true_one(world: World) -> None:
    true = {site.postcode for employer in world.employers.values() for site in employer.sites}
    read = {postcode: read_postcode(mistyped(postcode)) for postcode in true if postcode}
    offered = {postcode: r.doubts[0].suggestion for postcode, r in read.items() if r.doubts[0].suggestion}
    assert not any(reading.clean for reading in read.values())
    assert len(offered) > 20
    assert [postcode for postcode, suggestion in offered.items() if suggestion != postcode] == []


def test_usual_words_and_lost_zeros_are_understood_and_what_is_left_is_little_enough_to_be_read(
    intake: Intake,
) -> None:
    asked = group_findings(intake.findings)
    assert len(asked) < 160
    assert Counter(finding.kind for finding in asked)["not-in-list"] < 25

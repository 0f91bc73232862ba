"""Each capability raises its line of the digest by what people type, and is silent without it."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from engage.config import HUB
from engage.digest.build import build_digest
from engage.digest.links import Links
from engage.digest.model import Digest
from engage.digest.readers import Reader
from engage.digest.sections import SECTIONS
from engage.insight.capabilities import CAPABILITIES
from engage.pipeline import Partnership, look
from tests.partnership import COLLEGE, COUNCIL, Town, row_of

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("lines of capabilities")]

FIRST, MIDWEEK = datetime.fromisoformat("2026-10-05T02:00"), datetime.fromisoformat("2026-11-18T02:00")
MONDAY = datetime.fromisoformat("2026-11-23T07:00")
RUTH = Reader("Ruth Hale", "ruth.hale@marlbeck.example", COUNCIL)
LONG_AGO = {"Date": "2026-02-10", "Employer": "Oak Foods", "Agency": COUNCIL, "Status": "Done"}
STANDING = {
    "Employers": [
        {"Employer": "Oak Foods", "Sector": "Food", "Employees_in_all": "40", "Agency": COUNCIL},
        {"Employer": "Pine Homes", "Sector": "Construction", "Employees_in_all": "8", "Agency": COUNCIL},
    ],
    "Engagements": [
        {**LONG_AGO, "Type": "Visit", "Reason": "Pledge", "Who_started_it": "Us", "Need_type": "Other",
         "Told_them_back": "Yes", "Feedback_1-5": "4"},
        {**LONG_AGO, "Date": "2026-02-20", "Type": "Redundancy", "Offer_made": "Yes"},
    ],
    "Pledges": [{"Employer": "Oak Foods", "Pledge": "Skills Pledge", "Stage": "Signed",
                 "Date_signed": "2026-03-02", "Agency": COUNCIL}],
    "Events": [{"Event": "Spring fair", "Date": "2026-03-20", "Agency": COUNCIL}],
    "Sectors": [{"Sector": "Food"}, {"Sector": "Construction"}],
    "Groups": [{"Group": "Board"}],
    "Group seats": [{"Group": "Board", "Seat": "Employers", "Rule": "Top N by headcount", "Seats": "2"}],
    "Group members": [{"Group": "Board", "Employer": "Oak Foods", "From": "2026-02-01"}],
    "Outcomes": [{"Date": "2026-03-02", "Type": "People trained", "Number": "12", "Agency": COUNCIL}],
    "Actions": [{"Action": "Meet", "Responsible": COUNCIL, "Due_date": "Ongoing", "Status": "Under way"}],
    "Targets": [{"Target": "Two talks", "Measure": "Engagements", "At_least": "2", "From": "2026-04-01",
                 "By": "2027-03-31"}],
}  # fmt: skip
THIS_WEEK = {"Date": "2026-11-17", "Employer": "Pine Homes", "Agency": COUNCIL, "Status": "Done"}
TALK = {**THIS_WEEK, "Type": "Visit", "Reason": "Pledge", "Who_started_it": "Us"}
TYPED = {
    "figures": {"Engagements": [TALK]},
    "coordination": {"Engagements": [TALK, {**TALK, "Agency": COLLEGE, "Date": "2026-11-19"}]},
    "single-offer": {"Engagements": [{**TALK, "Type": "Redundancy"}]},
    "pledges": {
        "Pledges": [{"Employer": "Pine Homes", "Pledge": "Skills Pledge", "Stage": "Signed",
                     "Date_signed": "2026-11-17", "Agency": COUNCIL}]
    },
    "seats": {"Group members": [{"Group": "Board", "Employer": "Pine Homes", "From": "2026-11-17"}]},
    "engagement-survey": {"Engagements": [TALK]},
    "events": {"Events": [{"Event": "Care fair", "Date": "2026-11-17", "Agency": COUNCIL}]},
    "action-plan": {
        "Actions": [{"Action": "Ask", "Responsible": COUNCIL, "Due_date": "1 November 2026",
                     "Status": "Under way"}]
    },
    "sme-voice": {"Engagements": [TALK]},
    "sectors": {"Engagements": [TALK]},
    "needs": {"Engagements": [{**TALK, "Need_type": "Recruitment"}]},
    "common-model": {"Engagements": [{**TALK, "Who_started_it": "Employer"}]},
    "outcomes": {
        "Outcomes": [{"Date": "2026-11-17", "Type": "People trained", "Number": "5", "Agency": COUNCIL}]
    },
    "feedback": {"Engagements": [{**TALK, "Feedback_1-5": "5"}]},
    "capacity": {"Engagements": [TALK]},
    "targets": {"Engagements": [TALK, {**TALK, "Date": "2026-11-16"}]},
}  # fmt: skip
"""Capability → what somebody types in the week that is told."""
RAISED = [one for one in CAPABILITIES if one.key in TYPED]
each = pytest.mark.parametrize("capability", RAISED, ids=lambda one: one.key)


def in_sheet(tab: str, rows: list[dict[str, str]]) -> list[list[str]]:
    return [row_of(tab, **cells) for cells in rows]


def laid_out(folder: Path) -> Town:
    rows = {tab.replace(" ", "_"): in_sheet(tab, cells) for tab, cells in STANDING.items()}
    made = Town(folder, **rows)
    made.sync(FIRST)
    return made


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Town:
    """Read once, on a night long before the week; nobody changes it."""
    return laid_out(tmp_path_factory.mktemp("standing"))


def digest(partnership: Partnership) -> Digest:
    """Monday's, of what stands in the sheets; nothing is written."""
    night = look(partnership, now=MONDAY)
    return build_digest(night.facts[HUB], RUTH, Links("../hub.xlsx"))


def with_rows(town: Town, typed: Mapping[str, list[dict[str, str]]]) -> Partnership:
    """The same partnership, after somebody has typed these rows into a copy of its hub."""
    hub = deepcopy(town.hub)
    for tab, rows in typed.items():
        for row in in_sheet(tab, rows):
            hub.insert_row(tab, 2, ["", *row])
    return replace(town.partnership, workbooks={**town.books, HUB: hub})


@pytest.fixture(scope="module")
def quiet(standing: Town) -> Digest:
    return digest(standing.partnership)


def told_by(digest: Digest, section: str) -> list[object]:
    return [getattr(digest, name) for name in SECTIONS[section]]


def titles(digest: Digest) -> set[str]:
    return {one.title for one in digest.changes.items}


def test_every_capability_has_somebody_who_types():
    remembered = {"shared-plans", "completeness"}  # when something changed is what the sync remembers
    assert {one.key for one in CAPABILITIES} == {*TYPED, *remembered}


def test_a_week_in_which_nobody_typed_anything_raises_no_line(quiet):
    assert titles(quiet) == set()


@each
def test_what_somebody_types_raises_the_line_of_each_capability(standing, quiet, capability):
    after = digest(with_rows(standing, TYPED[capability.key]))
    if capability.told_in:
        assert capability.title not in titles(after)
        assert told_by(after, capability.told_in) != told_by(quiet, capability.told_in)
    else:
        assert capability.title in titles(after)


def test_gaps_that_somebody_fills_or_makes_raise_the_line_of_completeness(tmp_path):
    town = laid_out(tmp_path)
    headings = town.hub.rows("Employers")[0]
    town.hub.type("Employers", 3, headings.index("Postcode") + 1, "SK14 1QQ")  # it was empty
    town.hub.type("Employers", 2, headings.index("Sector") + 1, "")
    town.sync(MIDWEEK)
    (line,) = [one for one in digest(town.partnership).changes.items if one.title == "What data are held"]
    assert [(one.label, one.now, one.before) for one in line.figures] == [
        ("Core fields filled in or corrected", 1, 0),
        ("Core fields emptied", 1, 0),
    ]


def test_an_event_that_is_opened_to_partners_raises_the_line_of_shared_plans(tmp_path):
    town = laid_out(tmp_path)
    fair = {"Event": "Care day", "Date": "2026-12-10", "Open_to_partner_input": "Yes", "Agency": COUNCIL}
    town.hub.insert_row("Events", 2, ["", *row_of("Events", **fair)])
    town.sync(MIDWEEK)
    assert titles(digest(town.partnership)) == {"Shared plans"}

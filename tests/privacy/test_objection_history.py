"""Every stretch of an objection is remembered: what was said, from which day until which, to which agency."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engage.config import Keep
from engage.insight.objections import HEADING, forget_ended, remember_objections
from engage.model import Objection, Place, Record, Stretch
from engage.privacy.access import gather
from engage.state import State, decode, encode
from tests.agencies.on_paper import Changing
from tests.partnership import COLLEGE, COUNCIL, NOW, row_of

from .planted import Planted, contacts

FIRST = date(2026, 11, 16)


def nights(*said: str) -> Objection | None:
    memory: dict[str, Objection] = {}
    for number, level in enumerate(said):
        cells = {HEADING: level, "First name": "Ada", "Last name": "Marsh", "Employer": "Ember Ltd"}
        row = Record("R-1", "Contacts", "College", Place("college", "Contacts", 2), cells, cells)
        memory = remember_objections([row], memory, (FIRST + timedelta(days=number)).isoformat())
        memory = dict(decode(encode(State(objections=memory), "college"), "college").objections)
    return memory.get("R-1")


def told(one: Objection | None) -> list[tuple[str, str, str]]:
    return [(each.level, each.since[8:], each.until[8:]) for each in one.history] if one else []


def test_the_first_stretch_stays_when_another_follows():
    assert told(nights("All", "", "Marketing")) == [("All", "16", "17"), ("Marketing", "18", "")]


def test_a_stricter_word_without_a_pause_is_a_stretch_of_its_own():
    one = nights("Marketing", "All", "All")
    assert told(one) == [("Marketing", "16", "17"), ("All", "17", "")]
    assert one is not None
    assert one.on == "2026-11-16"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["", "Marketing", "All"]), min_size=1, max_size=10))
def test_stretches_are_ordered_apart_and_the_last_is_what_is_in_force(said):
    one = nights(*said)
    history = one.history if one else ()
    assert all(a.since < a.until <= b.since for a, b in pairwise(history))
    assert (history[-1].level if history and not history[-1].until else "") == said[-1]
    days = [(FIRST + timedelta(days=n)).isoformat() for n in range(len(said))]
    for day, level in zip(days, said, strict=True):
        held = [each.level for each in history if each.since <= day and (not each.until or day < each.until)]
        assert held == ([level] if level else [])


@pytest.mark.slow
def test_the_answer_to_a_request_for_access_shows_each_stretch(tmp_path):
    cells = {"First_name": "Ada", "Last_name": "Marsh", "Employer": "Ember Digital Ltd", "Agency": COUNCIL}
    row = row_of("Contacts", Email="ada@ember.example", Do_not_contact="All", **cells)
    town = Planted(tmp_path, Contacts=[row], Engagements=[])
    town.sync()
    at = town.hub.rows("Contacts")[0].index("Do not contact") + 1
    town.hub.type("Contacts", 2, at, "")
    access = gather(town.partnership, "ada@ember.example", now=NOW + timedelta(days=1))
    found = [hit for hit in access.hits if hit.heading == "Do not contact" and hit.place.startswith("what")]
    assert [(hit.text, hit.day, hit.agency) for hit in found] == [
        ("All, until 17/11/2026", "2026-11-16", COUNCIL)
    ]


ENDED = Stretch("All", "2020-01-05", "2020-03-01", "College")
IN_FORCE = Objection("Marketing", "2020-06-01", "College", "college", past=(ENDED,))
LIFTED = Objection("All", "2020-01-05", "College", "college", lifted="2020-03-01")


def test_what_ended_goes_after_its_time_and_what_is_in_force_never():
    memory = {"R-1": IN_FORCE, "R-2": LIFTED}
    assert forget_ended(memory, "2020-03-01") == memory
    assert forget_ended(memory, "2020-03-02") == {"R-1": replace(IN_FORCE, past=())}
    assert forget_ended(memory, "2099-01-01") == {"R-1": replace(IN_FORCE, past=())}


def test_of_an_agency_that_left_only_what_is_in_force_stays():
    memory = {"R-1": IN_FORCE, "R-2": LIFTED, "R-3": replace(LIFTED, agency="Council")}
    assert forget_ended(memory, "", {"College"}) == {
        "R-1": replace(IN_FORCE, past=()),
        "R-3": replace(LIFTED, agency="Council"),
    }


def said_at_the_college(town: Changing, level: str) -> None:
    rows = town.college.rows("Contacts")
    town.college.type("Contacts", 2, rows[0].index("Do not contact") + 1, level)


def in_the_hub(town: Changing) -> list[list[tuple[str, str, str]]]:
    return [told(one) for one in decode(town.hub.rows("_engage"), "hub").objections.values()]


@pytest.mark.slow
@pytest.mark.parametrize(("last", "stays"), [("Marketing", [[("Marketing", "18", "")]]), ("", [])])
def test_the_hub_keeps_of_a_departed_agency_that_somebody_objects_and_not_since_what_else(
    tmp_path, last, stays
):
    town = Changing(tmp_path, Contacts=[], Engagements=[])
    town.college.add_tab("Contacts", contacts(row_of("Contacts", First_name="Ada", Last_name="Marsh",
                                                     Employer="Ember Digital Ltd")))  # fmt: skip
    for number, level in enumerate(("All", "", last)):
        said_at_the_college(town, level)
        town.sync(NOW + timedelta(days=number))
    town.leave(COLLEGE, NOW + timedelta(days=3))
    assert in_the_hub(town) == stays
    town.sync(NOW + timedelta(days=4))
    assert in_the_hub(town) == stays


@pytest.mark.slow
def test_a_sync_forgets_what_ended_longer_ago_than_the_settings_say(tmp_path):
    cells = {"First_name": "Ada", "Last_name": "Marsh", "Employer": "Ember Digital Ltd", "Agency": COUNCIL}
    row = row_of("Contacts", Do_not_contact="All", **{**cells, "May_we_email_news?": "Yes - asked"})
    town = Planted(tmp_path, Contacts=[row], Engagements=[])
    town.partnership = replace(town.partnership, config=replace(town.config, keep=Keep(contact_history=30)))
    town.sync()
    for heading in (HEADING, "May we email news?"):
        town.hub.type("Contacts", 2, town.hub.rows("Contacts")[0].index(heading) + 1, "")

    def known() -> tuple[int, int]:
        state = decode(town.hub.rows("_engage"), "hub")
        return len(state.objections), sum(len(past.permissions) for past in state.records.values())

    for day, kept in ((1, (1, 2)), (31, (1, 2)), (32, (0, 0))):
        town.sync(NOW + timedelta(days=day))
        assert known() == kept

"""Every stretch of an objection is remembered: what was said, from which day until which, to which agency."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engage.insight.objections import HEADING, remember_objections
from engage.model import Objection, Place, Record
from engage.privacy.access import gather
from engage.state import State, decode, encode
from tests.partnership import COUNCIL, NOW, row_of

from .planted import Planted

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

"""The common model: movement on the ladder, and who started it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engage.insight.capabilities import told
from engage.insight.common_model import CAPABILITY, TAB, TAB_STARTED
from engage.insight.ladder import moves
from engage.linkage.survivorship import Chosen, Steering
from engage.model import History

from .registers import QUARTER, done, headline, rows_told, two_nights
from .sample import make_facts

rungs = st.lists(
    st.tuples(
        st.sampled_from(("2026-08-01", "2026-10-05", "2026-11-20", "2026-12-24")), st.sampled_from("123456")
    ),
    max_size=3,
    unique_by=lambda one: one[0],
).map(lambda found: tuple(sorted(found)))
ROWS = st.lists(st.tuples(st.sampled_from(("EMP-A", "EMP-B", "EMP-C")), rungs), max_size=6)


def facts_of(rows):
    firms = [
        {"employer_id": key, "Employer": key, "First seen": "2026-01-05"}
        for key in dict.fromkeys(key for key, _ in rows)
    ]
    facts = make_facts(
        {"Employers": [{"Employer": key, "employer_id": key} for key, _ in rows]}, employers=firms
    )
    return replace(
        facts,
        histories={
            f"R-EMPLOYERS{n}": History("2026-01-05", rungs=found) for n, (_, found) in enumerate(rows, 1)
        },
    )


def stood(rows, day: str) -> dict[str, int]:
    """Where each employer stood on a day: the furthest of what its rows had last said."""
    furthest: dict[str, int] = {}
    for key, found in rows:
        said = [int(rung) for since, rung in found if since <= day]
        furthest[key] = max(furthest.get(key, 0), said[-1] if said else 0)
    return furthest


@settings(max_examples=60, deadline=None)
@given(ROWS, st.booleans())
def test_who_moved_is_who_stood_elsewhere_when_the_period_began_also_once_two_are_one(rows, merge):
    rows = [("EMP-A" if merge and key == "EMP-B" else key, found) for key, found in rows]
    before, after = stood(rows, "2026-09-30"), stood(rows, "2026-11-23")
    facts = facts_of(rows)
    up = sum(before[key] and after[key] > before[key] for key in after)
    down = sum(before[key] and after[key] < before[key] for key in after)
    new = sum(not before[key] and after[key] > 0 for key in after)
    named = ("Employers that moved up", "Employers that moved down", "Employers new on the ladder")
    assert [headline(facts, CAPABILITY, label) for label in named] == [up, down, new]
    for row in rows_told(facts, CAPABILITY, TAB):
        rung = int(row["Stage"][0]) if row["Stage"][0].isdigit() else 0
        if rung:
            assert row["Employers now"] == sum(value == rung for value in after.values())
            assert row["Employers before"] == sum(value == rung for value in before.values())


def test_an_employer_that_comes_to_design_with_us_is_news_for_whom_it_concerns():
    facts = facts_of([("EMP-A", (("2026-08-01", "3"), ("2026-11-20", "5")))])
    (news,) = told(facts, CAPABILITY, QUARTER).news
    assert news.text == "EMP-A is now at stage 5 Designing with us."
    assert news.employers == {"EMP-A"}


@settings(max_examples=40, deadline=None)
@given(two_nights)
def test_demand_led_is_what_employers_started_of_what_is_said(nights):
    for register in nights:
        said = [row["Who started it"] for row in done(register) if row["Who started it"]]
        expected = said.count("Employer") * 100 // len(said) if said else None
        facts = register.facts()
        assert headline(facts, CAPABILITY, "Started by the employer, %") == expected
        found = {
            row["Who started it"]: row["Engagements"] for row in rows_told(facts, CAPABILITY, TAB_STARTED)
        }
        assert sum(found.values()) == (len(done(register)) if found else 0)


def test_nobody_said_who_started_anything_is_not_known_and_never_nought():
    facts = make_facts({"Engagements": [{"Date": "2026-11-03", "Status": "Done"}]})
    assert headline(facts, CAPABILITY, "Started by the employer, %") is None


@pytest.mark.parametrize("started", ["employer", "Employer"])
def test_capitals_do_not_matter_in_who_started_it(started):
    facts = make_facts({"Engagements": [{"Date": "2026-11-03", "Status": "Done", "Who started it": started}]})
    assert headline(facts, CAPABILITY, "Started by the employer, %") == 100


@pytest.mark.parametrize(
    ("decided", "before", "now"), [("2026-11-02", 4, 2), ("2026-09-01", 2, 2), ("", 2, 2)]
)
def test_a_stage_that_somebody_decided_on_stands_from_that_day_as_in_the_employer_list(decided, before, now):
    facts = facts_of([("EMP-A", (("2026-08-01", "4"),))])
    steered = Steering(chosen={("EMP-A", "Stage"): Chosen("2 Contacted", decided)})
    (move,) = moves(replace(facts, steering=steered), QUARTER.first, QUARTER.last)
    assert (move.before, move.after) == (before, now)

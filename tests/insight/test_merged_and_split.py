"""A figure counted in employers changes by what a merge or a split between two nights implies, no more."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engage.insight import capacity, figures, targets
from engage.insight.facts import Facts

from .registers import FIRMS, GOLDEN, SPLIT_OFF, Register, Row, done, firm, headline, registers, rows_told
from .sample import TODAY


def asked(register: Register) -> list[Row]:
    """What we did, or meant to do, in the last 90 days; not what the employer began."""
    since = TODAY - timedelta(days=90)
    return [
        row
        for row in register.tables["Engagements"]
        if row["employer_id"]
        and row["Date"]
        and since < date.fromisoformat(row["Date"]) <= TODAY
        and row["Status"] != "Cancelled"
        and row["Who started it"] != "Employer"
    ]


def target_now(facts: Facts) -> object:
    """What the target says of the quarter."""
    (row,) = rows_told(facts, targets.CAPABILITY, targets.TAB)
    return row["Now"]


ENGAGED = "Employers engaged"
COUNTED: Mapping[str, tuple[Callable[[Facts], object], Callable[[Register], list[Row]]]] = {
    "spoken to": (lambda facts: headline(facts, figures.CAPABILITY, "Employers spoken to"), done),
    "asked": (
        lambda facts: sum(
            row["Asks in 90 days"] != 0 for row in rows_told(facts, capacity.CAPABILITY, capacity.TAB)
        ),
        asked,
    ),
    "engaged": (target_now, done),
}
TARGET = {
    "Target": "T",
    "Measure": ENGAGED,
    "At least": "9",
    "From": "2026-10-01",
    "By": "2026-12-31",
    "employer_id": "",
}


def told(register: Register) -> dict[str, object]:
    register.tables["Targets"] = [TARGET]
    facts = register.facts()
    return {name: figure(facts) for name, (figure, _) in COUNTED.items()}


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(registers(), st.sampled_from(FIRMS), st.sampled_from(FIRMS))
def test_a_merge_takes_one_from_each_figure_that_counted_both_and_nothing_from_any_other(before, kept, gone):
    now, after = told(before), told(before.merged(kept, gone))
    for name, (_, rows) in COUNTED.items():
        counted = {firm(row) for row in rows(before)}
        assert now[name] == len(counted)
        assert after[name] == len(counted) - (kept != gone and {kept, gone} <= counted)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(registers(), st.sampled_from(FIRMS), st.frozensets(st.integers(0, 7)), GOLDEN)
def test_a_split_adds_one_to_each_figure_that_counts_both_halves_and_nothing_to_any_other(
    before, one, rows_gone, golden
):
    split = before.split(one, rows_gone, golden)
    now, after = told(before), told(split)
    for name, (_, rows) in COUNTED.items():
        halves = {firm(row) for row in rows(split)} & {one, SPLIT_OFF}
        assert after[name] == now[name] + (len(halves) == 2)

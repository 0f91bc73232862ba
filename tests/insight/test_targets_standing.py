"""Targets on how things stand: on an earlier day, beside the tab's own figure, after merges and splits."""

from __future__ import annotations

from hypothesis import given, settings

from engage.insight.seats import CAPABILITY as SEATS
from engage.insight.seats import TAB as SEATS_TAB
from engage.insight.single_offer import CAPABILITY as OFFERS
from engage.insight.targets import CAPABILITY, TAB

from .registers import AGENCIES, Register, headline, rows_told, two_nights
from .target_sample import COLUMNS, TARGET, standing


def test_a_day_that_is_past_is_judged_as_things_stood_then():
    (row,) = rows_told(
        standing("Employers on a group", "Group = Care group", By="2026-11-20"), CAPABILITY, TAB
    )
    assert row["Now"] == 1


def test_a_target_says_the_figure_of_the_tab():
    (row,) = rows_told(standing("Share of situations with an offer"), CAPABILITY, TAB)
    assert row["Now"] == headline(standing("Engagements"), OFFERS, "Situations with an offer, %")
    seats = [row["Status"] for row in rows_told(standing("Engagements"), SEATS, SEATS_TAB)]
    (row,) = rows_told(standing("Seats filled"), CAPABILITY, TAB)
    assert row["Now"] == seats.count("Filled")


@settings(max_examples=40, deadline=None)
@given(two_nights)
def test_employers_on_a_group_are_those_of_a_plain_count_also_once_some_are_merged_or_split(nights):
    target = {
        **TARGET,
        "At least": "100",
        "Measure": "Employers on a group",
        "Filter": f"Agency = {AGENCIES[0]}",
    }
    for register in nights:
        register.tables["Targets"] = [{**target, "employer_id": ""}]
        facts = register.facts(columns=COLUMNS, agencies={AGENCIES[0].casefold(): AGENCIES[0]})
        assert [row["Now"] for row in rows_told(facts, CAPABILITY, TAB)] == [len(on_a_group(register))]


def on_a_group(register: Register) -> set[str]:
    return {
        row["employer_id"]
        for row in register.tables["Group members"]
        if row["agency"] == AGENCIES[0]
        and row["employer_id"]
        and row["From"] <= "2026-11-23" <= (row["To"] or "9999")
    }

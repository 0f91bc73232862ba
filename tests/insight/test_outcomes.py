"""Outcomes: in the period and in all, by fund; every number counted again in another way."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings

from engage.insight import outcomes
from engage.insight.outcomes import CAPABILITY, TAB

from .registers import QUARTER, Register, headline, rows_told, two_nights
from .sample import TODAY, make_facts


def by_pandas(register: Register) -> pd.DataFrame:
    frame = pd.DataFrame(
        register.tables["Outcomes"], columns=["Date", "Type", "Number", "£", "Fund", "employer_id"]
    )
    frame = frame[(frame["Date"] != "") & (frame["Date"] <= TODAY.isoformat())].copy()
    frame["n"] = [
        float(number) if number else 0.0 if pounds else 1.0
        for number, pounds in zip(frame["Number"], frame["£"], strict=True)
    ]
    frame["p"] = pd.to_numeric(frame["£"], errors="coerce").fillna(0)
    frame["inside"] = frame["Date"].between(QUARTER.first.isoformat(), QUARTER.last.isoformat())
    return frame


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(two_nights)
def test_numbers_and_pounds_by_kind_and_fund_are_those_that_pandas_adds_up(nights):
    for register in nights:
        rows, frame = rows_told(register.facts(), CAPABILITY, TAB), by_pandas(register)
        for row in rows:
            mine = frame[frame["Type"] == row["Type"]]
            if row["Fund"] != outcomes.ALL_FUNDS:
                mine = mine[mine["Fund"].replace("", outcomes.NO_FUND) == row["Fund"]]
            inside = mine[mine["inside"]]
            assert (row["Number"], row["Number in all"]) == (inside["n"].sum(), mine["n"].sum())
            assert (row["£"] or 0, row["£ in all"] or 0) == (inside["p"].sum(), mine["p"].sum())
            assert row["Employers"] == inside[inside["employer_id"] != ""]["employer_id"].nunique()
        whole = [row for row in rows if row["Fund"] == outcomes.ALL_FUNDS]
        assert {row["Type"] for row in whole} == set(frame["Type"])


def test_a_row_without_a_number_is_one_result_and_money_alone_is_none():
    facts = make_facts(
        {
            "Outcomes": [
                {"Date": "2026-11-02", "Type": "Job filled"},
                {"Date": "2026-11-02", "Type": "Money brought in", "£": "50000"},
                {"Date": "", "Type": "Job filled", "Number": "9"},
            ]
        }
    )
    said = {row["Type"]: (row["Number"], row["£"]) for row in rows_told(facts, CAPABILITY, TAB)}
    assert said == {"Job filled": (1, ""), "Money brought in": (0, 50000)}
    assert headline(facts, CAPABILITY, "Pounds brought in") == 50000


def test_what_is_dated_tomorrow_counts_for_nothing_yet():
    rows = [{"Date": "2026-11-24", "Type": "Job filled", "Number": "4"}]
    assert rows_told(make_facts({"Outcomes": rows}), CAPABILITY, TAB) == []

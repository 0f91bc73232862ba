"""Capacity: asks of all agencies together in 90 days, and who is to be left in peace."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings

from engage.insight.capabilities import told
from engage.insight.capacity import CAPABILITY, TAB

from .registers import QUARTER, headline, rows_told, two_nights
from .sample import TODAY, make_facts

SINCE = TODAY - timedelta(days=90)


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(two_nights)
def test_asks_of_all_agencies_come_together_on_the_merged_employer(nights):
    for register in nights:
        asks: dict[str, list[str]] = {}
        for row in register.tables["Engagements"]:
            asked = row["Status"] != "Cancelled" and row["Who started it"] != "Employer" and row["Date"]
            if asked and row["employer_id"] and SINCE < date.fromisoformat(row["Date"]) <= TODAY:
                asks.setdefault(row["employer_id"], []).append(row["agency"])
        facts = register.facts(most_asks=2)
        found = {row["Employer ID"]: row for row in rows_told(facts, CAPABILITY, TAB)}
        assert {key: row["Asks in 90 days"] for key, row in found.items() if row["Asks in 90 days"]} == {
            key: len(ones) for key, ones in asks.items()
        }
        assert all(found[key]["By whom"] == " and ".join(sorted(set(ones))) for key, ones in asks.items())
        if found:
            often = sum(len(ones) > 2 for ones in asks.values())
            resting = sum(golden["Rest until"] == "2027-01-31" for golden in register.employers.values())
            assert headline(facts, CAPABILITY, "Employers asked too often") == often
            assert headline(facts, CAPABILITY, "Employers that are to rest") == resting


@pytest.mark.parametrize(
    ("day", "counts"), [("2026-08-25", 0), ("2026-08-26", 1), ("2026-11-23", 1), ("2026-11-24", 0)]
)
def test_the_window_is_the_ninety_days_that_end_today(day, counts):
    talk = {"employer_id": "EMP-A", "Date": day, "agency": "Dale"}
    firms = [
        {"employer_id": "EMP-A", "Employer": "Acorn", "Rest until": "2027-01-01", "First seen": "2026-01-05"}
    ]
    (row,) = rows_told(make_facts({"Engagements": [talk]}, employers=firms), CAPABILITY, TAB)
    assert (row["Employer"], row["Asks in 90 days"]) == ("Acorn", counts)


def test_it_is_said_in_a_sentence():
    talks = [{"employer_id": "EMP-A", "Date": f"2026-11-{day}", "agency": "Dale"} for day in (10, 11, 12)]
    facts = make_facts(
        {"Engagements": talks}, employers=[{"employer_id": "EMP-A", "Employer": "Acorn"}], most_asks=2
    )
    assert told(facts, CAPABILITY, QUARTER).says == (
        "1 employer was asked 3 times in 90 days by all agencies together; 1 of them more than 2 times, "
        "the most that was agreed."
    )

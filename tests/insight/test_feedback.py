"""Feedback: an average is never said without the number of answers that it rests on."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings

from engage.insight.capabilities import told
from engage.insight.feedback import CAPABILITY, TAB

from .registers import QUARTER, done, firm, headline, rows_told, two_nights
from .sample import make_facts


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(two_nights)
def test_averages_and_counts_by_agency_are_those_of_pandas(nights):
    for register in nights:
        frame = pd.DataFrame(
            [
                (row["agency"], int(row["Feedback 1-5"]), firm(row))
                for row in done(register)
                if row["Feedback 1-5"] in {"1", "4", "5"}
            ],
            columns=["agency", "score", "firm"],
        )
        facts = register.facts()
        assert headline(facts, CAPABILITY, "Feedback answers") == len(frame)
        for row in rows_told(facts, CAPABILITY, TAB):
            mine = frame if row["Counted by"] == "All" else frame[frame["agency"] == row["Which"]]
            if row["Counted by"] in {"All", "Agency"}:
                assert row["Answers"] == len(mine)
                assert row["Average"] == round(mine["score"].mean(), 1)
                assert row["Employers"] == mine["firm"].nunique()


def test_its_sentence_says_how_many_answered_of_how_many():
    talks = [
        {"Date": "2026-11-03", "Status": "Done", "Feedback 1-5": score} for score in ("5", "2", "", "11")
    ]
    said = told(make_facts({"Engagements": talks}), CAPABILITY, QUARTER).says
    assert said == "Employers gave 3.5 of 5 on average in 2 answers (of 4 engagements); 1 gave 1 or 2."

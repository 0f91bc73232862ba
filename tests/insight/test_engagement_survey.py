"""The engagement survey: agency by type by reason, counted again by pandas; and in words."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings

from engage.insight.capabilities import told
from engage.insight.engagement_survey import CAPABILITY, NOT_SAID, TAB

from .registers import QUARTER, done, firm, rows_told, two_nights
from .sample import rich_facts


@pytest.mark.slow
@settings(max_examples=50, deadline=None)
@given(two_nights)
def test_every_cell_of_agency_type_and_reason_is_what_pandas_counts_also_after_a_merge(nights):
    for register in nights:
        rows = [
            (r["agency"], r["Type"] or NOT_SAID, r["Reason"] or NOT_SAID, firm(r)) for r in done(register)
        ]
        frame = pd.DataFrame(rows, columns=["agency", "type", "reason", "firm"])
        groups = frame.groupby(["agency", "type", "reason"])["firm"]
        expected = {key: (len(firms), firms.nunique()) for key, firms in groups}
        told_rows = rows_told(register.facts(), CAPABILITY, TAB)
        assert {
            (row["Agency"], row["Type"], row["Reason"]): (row["Engagements"], row["Employers"])
            for row in told_rows
        } == expected


def test_it_is_told_in_words_too():
    said = told(rich_facts(), CAPABILITY, QUARTER).says
    assert said == (
        "10 engagements with 6 employers by 2 agencies. Most often: Visit (3), for Recruitment (3)."
    )

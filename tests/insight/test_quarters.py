from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.insight.quarters import quarter_named, quarter_of, year_named, year_of
from engage.insight.weeks import YEAR_STARTS, last_complete_month, weeks_of

YEARS = st.sampled_from(sorted(YEAR_STARTS))
DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))


@given(DAYS, YEARS)
def test_every_day_is_in_its_quarter_and_its_quarter_in_its_year(day, year):
    quarter, whole = quarter_of(day, year), year_of(day, year)
    assert day in quarter
    assert whole.first <= quarter.first <= quarter.last <= whole.last
    assert whole.first.month == YEAR_STARTS[year]
    assert day not in quarter.back(1)
    assert quarter.back(1).last + timedelta(days=1) == quarter.first


@given(DAYS, YEARS)
def test_a_quarter_and_a_year_are_found_again_by_their_names(day, year):
    quarter, whole = quarter_of(day, year), year_of(day, year)
    assert quarter_named(quarter.label.partition(" (")[0], year) == quarter
    assert year_named(whole.label.partition(" (")[0], year) == whole


def test_a_label_says_which_kind_of_year_it_counts():
    assert quarter_of(date(2026, 8, 15)).label == "2026/27 Q2 (financial)"
    assert quarter_of(date(2026, 8, 15), "academic").label == "2026/27 Q1 (academic)"
    assert (
        quarter_of(date(2026, 8, 15), "academic-september").label == "2025/26 Q4 (academic, from September)"
    )
    assert year_of(date(2026, 8, 15), "calendar").label == "2026 (calendar)"
    assert quarter_named("2026/27-Q2").words == "1 July to 30 September 2026"


@pytest.mark.parametrize("label", ["2026/28-Q2", "2026-Q2", "2026/27-Q5", "Q2", "", "2026/27"])
def test_what_is_no_quarter_of_this_kind_of_year_is_refused(label):
    with pytest.raises(ValueError, match=r".*"):
        quarter_named(label, "financial")


@given(DAYS)
def test_the_weeks_of_a_period_are_those_whose_monday_is_in_it(day):
    month = last_complete_month(day)
    mondays = [week.monday for week in weeks_of(month)]
    days = [month.first + timedelta(days=at) for at in range((month.last - month.first).days + 1)]
    assert mondays == [one for one in days if one.weekday() == 0]

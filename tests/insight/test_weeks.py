from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.insight.weeks import Week, last_complete_week, quarter_label, week_named, week_of

DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@given(DAYS)
def test_the_last_complete_week_ended_before_today_and_less_than_eight_days_ago(today):
    week = last_complete_week(today)
    assert week.monday.weekday() == 0
    assert 1 <= (today - week.last).days <= 7


@given(DAYS)
def test_a_weeks_label_finds_it_again(day):
    assert week_named(week_of(day).label) == week_of(day)
    assert day in week_of(day)


@pytest.mark.parametrize(
    ("day", "year", "label"),
    [
        ("2026-03-31", "financial", "2025/26 Q4 (financial)"),
        ("2026-04-01", "financial", "2026/27 Q1 (financial)"),
        ("2026-08-01", "academic", "2026/27 Q1 (academic)"),
        ("2026-07-31", "academic", "2025/26 Q4 (academic)"),
        ("2026-12-31", "calendar", "2026 Q4 (calendar)"),
        ("1999-12-31", "financial", "1999/00 Q3 (financial)"),
    ],
)
def test_a_quarter_says_which_kind_of_year_it_is_of(day, year, label):
    assert quarter_label(date.fromisoformat(day), year) == label


def test_a_week_is_said_with_no_more_than_is_needed():
    assert Week(date(2026, 11, 16)).words == "16 to 22 November 2026"
    assert Week(date(2026, 11, 30)).words == "30 November to 6 December 2026"
    assert Week(date(2026, 12, 28)).words == "28 December 2026 to 3 January 2027"

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.digest.due import DAYS, MONTHLY, WEEKLY, due_day, is_due, last_period, next_due, when_words
from engage.insight.weeks import Month, Week, last_complete_month, weeks_of

WEEK, NOVEMBER = Week(date(2026, 11, 16)), Month(date(2026, 11, 1))


@pytest.mark.parametrize(
    ("period", "day", "due"),
    [
        (WEEK, "", date(2026, 11, 23)),
        (WEEK, "Thursday", date(2026, 11, 26)),
        (NOVEMBER, "Tuesday", date(2026, 12, 1)),
        (NOVEMBER, "Monday", date(2026, 12, 7)),
        (Month(date(2026, 12, 1)), "Friday", date(2027, 1, 1)),
    ],
)
def test_a_digest_comes_on_the_first_chosen_weekday_after_its_week_or_month(period, day, due):
    assert due_day(period, day) == due


def test_a_digest_waits_for_its_day_is_caught_up_and_then_is_stale():
    assert when_words(WEEK, "Thursday", date(2026, 11, 25)) == "comes on Thursday 26 November"
    assert is_due(WEEK, "Thursday", date(2026, 11, 29))
    assert when_words(NOVEMBER, "Tuesday", date(2026, 12, 14)) == ""
    assert "too late" in when_words(NOVEMBER, "Tuesday", date(2026, 12, 15))


def test_the_next_monthly_digest_is_due_in_the_next_month_once_this_one_went_out():
    today = date(2026, 12, 2)
    assert next_due("", today, sent=False, edition=MONTHLY) == date(2026, 12, 7)
    assert next_due("", today, sent=True, edition=MONTHLY) == date(2027, 1, 4)
    assert next_due("", date(2026, 12, 30), sent=False, edition=MONTHLY) == date(2027, 1, 4)


@given(
    st.dates(date(2020, 1, 6), date(2035, 1, 1)), st.sampled_from(DAYS), st.sampled_from([WEEKLY, MONTHLY])
)
def test_whoever_looks_every_day_finds_each_period_due(first, day, edition):
    days = [first + timedelta(days=number) for number in range(120)]
    seen = {last_period(edition, one) for one in days if is_due(last_period(edition, one), day, one)}
    wanted = {last_period(edition, one) for one in days[:-14]} - {last_period(edition, first)}
    assert wanted <= seen


@given(st.dates(date(2020, 1, 1), date(2035, 1, 1)))
def test_a_month_is_over_before_it_is_told_and_follows_the_one_before(today):
    month = last_complete_month(today)
    assert month.last < today <= month.back(-2).first
    assert month.back(1).last + timedelta(days=1) == month.first
    assert all(week.monday in month for week in weeks_of(month))

"""What is due when, as pure laws: no clock, no file."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.digest.due import DAYS, MONTHLY, WEEKLY, is_due, last_period
from engage.slots import (
    BEGUN,
    DONE,
    ELSEWHERE,
    FAILED,
    MISSED,
    SYNC,
    Mark,
    digest_slots,
    digests_due,
    digests_missed,
    next_digest,
    night_slot,
    nights_missed,
)

SEVEN, TWO = time(7), time(2)
EVERYBODY = frozenset((edition, day) for edition in (WEEKLY, MONTHLY) for day in DAYS)
LONG_AGO = datetime.fromisoformat("2001-01-01")
moments = st.datetimes(datetime.fromisoformat("2025-01-01"), datetime.fromisoformat("2028-12-31"))
times = st.times(max_value=time(23, 59)).map(lambda at: at.replace(second=0, microsecond=0))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def labels(slots) -> list[str]:
    return [slot.label for slot in slots]


@given(moments, times)
def test_a_slot_is_open_exactly_when_sending_by_hand_would_send(now: datetime, send_at: time) -> None:
    today = now.date()
    for slot in digest_slots(today, send_at):
        period = last_period(slot.job, today)
        by_hand = slot.period == period.label and is_due(period, slot.day, today)
        assert (slot.due.date() <= today and now < slot.until) == by_hand, slot


@given(moments, times)
def test_nothing_is_due_before_its_hour_whatever_is_late(now: datetime, send_at: time) -> None:
    due = digests_due(now, send_at, {})
    assert due == () or now.time() >= send_at
    assert all(slot.due <= now for slot in due)


@given(moments, times)
def test_what_is_done_is_not_due_and_what_is_over_is_missed_once(now: datetime, send_at: time) -> None:
    done = {slot.key: Mark(DONE, 1, slot.due) for slot in digest_slots(now.date(), send_at)}
    assert digests_due(now, send_at, done) == ()
    assert digests_missed(now, send_at, done, LONG_AGO, EVERYBODY) == ()
    missed = digests_missed(now, send_at, {}, LONG_AGO, EVERYBODY)
    said = {slot.key: Mark(MISSED, 0, now) for slot in missed}
    assert missed
    assert digests_missed(now, send_at, said, LONG_AGO, EVERYBODY) == ()


def test_a_weeks_digest_is_caught_up_until_its_week_is_not_the_last_any_more() -> None:
    late = digests_due(at("2026-11-29T23:59"), SEVEN, {})
    assert labels(late) == [f"2026-W47 {day}" for day in DAYS]
    assert digests_due(at("2026-11-30T00:00"), SEVEN, {}) == ()
    assert labels(digests_due(at("2026-11-30T07:00"), SEVEN, {})) == ["2026-W48 Monday"]


def test_a_months_digest_is_caught_up_for_thirteen_days() -> None:
    def monthly(now: str) -> list[str]:
        return [slot.label for slot in digests_due(at(now), SEVEN, {}) if slot.job == MONTHLY]

    assert monthly("2026-12-01T06:59") == []
    assert monthly("2026-12-01T07:00") == ["2026-11 Tuesday"]
    assert monthly("2026-12-14T23:00") == [f"2026-11 {day}" for day in (DAYS[1:] + DAYS)[:5]]
    assert monthly("2026-12-20T23:00") == ["2026-11 Monday"]
    assert monthly("2026-12-21T23:00") == []


@pytest.mark.parametrize("status", [BEGUN, FAILED])
def test_a_round_that_failed_or_was_cut_off_is_begun_again_ever_later(status: str) -> None:
    then, key = at("2026-11-23T07:00"), (WEEKLY, "2026-W47 Monday")
    for tries, minutes in ((1, 5), (2, 10), (6, 160), (7, 240), (50, 240)):
        marks, again = {key: Mark(status, tries, then)}, then + timedelta(minutes=minutes)
        assert digests_due(again - timedelta(seconds=1), SEVEN, marks) == ()
        assert labels(digests_due(again, SEVEN, marks)) == ["2026-W47 Monday"]


def test_a_new_day_does_not_wait_for_what_failed_before_it() -> None:
    marks = {(WEEKLY, "2026-W47 Monday"): Mark(FAILED, 9, at("2026-11-24T06:00"))}
    assert labels(digests_due(at("2026-11-24T07:00"), SEVEN, marks)) == ["2026-W47 Tuesday"]


def test_what_another_machine_does_is_neither_due_nor_missed_here() -> None:
    marks = {(WEEKLY, "2026-W47 Monday"): Mark(ELSEWHERE, 0, at("2026-11-23T07:00"))}
    assert digests_due(at("2026-11-23T12:00"), SEVEN, marks) == ()
    monday = {(WEEKLY, "Monday")}
    assert digests_missed(at("2026-11-30T00:00"), SEVEN, marks, at("2026-11-22T00:00"), monday) == ()


def test_a_digest_that_a_person_found_not_to_have_arrived_opens_its_day_again() -> None:
    marks = {(WEEKLY, "2026-W47 Monday"): Mark(DONE, 1, at("2026-11-23T07:00"))}
    found = {(WEEKLY, "2026-W47"): at("2026-11-23T11:00")}
    assert labels(digests_due(at("2026-11-23T11:01"), SEVEN, marks, found)) == ["2026-W47 Monday"]
    done = {(WEEKLY, "2026-W47 Monday"): Mark(DONE, 2, at("2026-11-23T11:01"))}
    assert digests_due(at("2026-11-23T11:06"), SEVEN, done, found) == ()


def test_a_try_that_fails_again_opens_no_other_day_of_its_week() -> None:
    tried = at("2026-11-27T07:00")
    marks = {(WEEKLY, f"2026-W47 {day}"): Mark(DONE, 1, at("2026-11-26T07:00")) for day in DAYS[:4]}
    marks[WEEKLY, "2026-W47 Friday"] = Mark(FAILED, 1, tried)
    failed = {(WEEKLY, "2026-W47"): tried}
    assert labels(digests_due(at("2026-11-28T07:00"), SEVEN, marks, failed)) == ["2026-W47 Friday"]
    marks[WEEKLY, "2026-W47 Friday"] = Mark(DONE, 1, at("2026-11-26T08:00"))
    assert labels(digests_due(at("2026-11-28T07:00"), SEVEN, marks, failed)) == ["2026-W47 Friday"]


def test_a_clock_set_back_into_a_week_called_missed_sends_it_after_all() -> None:
    marks = {(WEEKLY, "2026-W47 Monday"): Mark(MISSED, 0, at("2027-03-01T07:00"))}
    assert labels(digests_due(at("2026-11-23T07:00"), SEVEN, marks)) == ["2026-W47 Monday"]


def test_only_what_somebody_gets_and_nobody_did_since_we_watch_was_missed() -> None:
    now, since = at("2026-12-01T00:00"), at("2026-11-24T12:00")
    wanted = {(WEEKLY, "Tuesday"), (WEEKLY, "Thursday")}
    assert labels(digests_missed(now, SEVEN, {}, since, wanted)) == ["2026-W47 Thursday"]


def test_the_next_digest_is_the_first_that_somebody_gets_and_a_late_one_before_it() -> None:
    wanted = {(WEEKLY, "Thursday"), (MONTHLY, "Monday")}
    thursday = (WEEKLY, "2026-W47 Thursday")
    assert next_digest(at("2026-11-24T12:00"), SEVEN, {}, wanted).key == thursday
    assert next_digest(at("2026-11-28T12:00"), SEVEN, {}, wanted).key == thursday
    done = {thursday: Mark(DONE, 1, at("2026-11-26T07:00"))}
    assert next_digest(at("2026-11-28T12:00"), SEVEN, done, wanted).due == at("2026-12-03T07:00")
    assert next_digest(at("2026-11-28T12:00"), SEVEN, {}, frozenset()) is None


def test_the_nights_that_nobody_made_up_for_are_counted_and_tonight_is_not() -> None:
    missed = nights_missed(at("2026-11-19T02:00"), at("2026-11-23T09:00"), TWO, at("2026-01-01T00:00"))
    assert labels(missed) == ["2026-11-20", "2026-11-21", "2026-11-22"]
    assert night_slot(at("2026-11-23T09:00"), TWO).label == "2026-11-23"
    assert nights_missed(None, at("2026-11-23T09:00"), TWO, at("2026-01-01T00:00")) == ()


@given(moments, times, st.timedeltas(timedelta(), timedelta(days=30)))
def test_a_missed_night_is_one_between_the_last_sync_and_now(now: datetime, at: time, ago: timedelta) -> None:
    last = now - ago
    for night in nights_missed(last, now, at, LONG_AGO):
        assert last < night.due < night.until <= now
        assert (night.job, night.due.time()) == (SYNC, at)


def test_nights_of_before_we_kept_watch_were_not_missed() -> None:
    found = nights_missed(at("2026-11-10T02:00"), at("2026-11-23T09:00"), TWO, at("2026-11-22T00:00"))
    assert labels(found) == ["2026-11-22"]


def test_a_slot_says_its_week_in_words() -> None:
    slot = next(s for s in digest_slots(date(2026, 11, 23), SEVEN) if s.label == "2026-W47 Monday")
    assert slot.about == "16 to 22 November 2026"

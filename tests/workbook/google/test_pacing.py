"""Laws of pacing and of waiting, with a clock that moves when somebody sleeps."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.workbook.google.pacing import Pacer
from engage.workbook.google.retrying import Fate, Retrying, fate_of_status, retry_after_seconds
from tests.sheets_server.pretend_time import PretendTime


def most_in_a_minute(moments: list[float]) -> int:
    return max(sum(1 for other in moments if first <= other < first + 60) for first in moments)


@given(
    gaps=st.lists(st.floats(0, 20), min_size=1, max_size=120),
    users=st.lists(st.sampled_from("abc"), min_size=120, max_size=120),
)
def test_no_minute_ever_holds_more_than_the_limits(gaps: list[float], users: list[str]):
    clock = PretendTime()
    pacer = Pacer(clock.timing, per_user=7, per_project=12)
    sent: dict[str, list[float]] = {}
    by_all: list[float] = []
    for gap, user in zip(gaps, users, strict=False):
        clock.seconds += gap
        pacer.wait("read", user=user, project="p")
        sent.setdefault(user, []).append(clock.seconds)
        by_all.append(clock.seconds)
    assert all(most_in_a_minute(moments) <= 7 for moments in sent.values())
    assert most_in_a_minute(by_all) <= 12


def test_nobody_waits_below_the_limit():
    clock = PretendTime()
    pacer = clock.pacer()
    assert [pacer.wait("read", user="a", project="p") for _ in range(60)] == [0.0] * 60
    assert pacer.wait("write", user="a", project="p") == 0
    assert pacer.wait("read", user="b", project="p") == 0
    assert pacer.wait("read", user="a", project="p") == pytest.approx(61)


@given(failures=st.integers(1, 20), dice=st.floats(0, 1), asked=st.none() | st.floats(0, 500))
def test_a_wait_is_never_shorter_than_asked_nor_longer_than_the_longest(
    failures: int, dice: float, asked: float | None
):
    wait = Retrying().wait_seconds(failures, asked, dice)
    assert wait >= (asked or 0.5)
    assert wait <= max(asked or 0, 64)


def test_a_retry_after_that_is_longer_than_our_patience_ends_it():
    assert not Retrying().goes_on(1, 0.0, Retrying().wait_seconds(1, 3600.0, 0.0))


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("7", 7.0),
        (" 0 ", 0.0),
        ("Sun, 22 Nov 2026 10:00:30 GMT", 30.0),
        ("Sun, 22 Nov 2026 09:00:00 GMT", 0.0),
        ("soon", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_is_seconds_or_a_date(value: str | None, seconds: float | None):
    assert retry_after_seconds(value, datetime(2026, 11, 22, 10, tzinfo=UTC)) == seconds


@given(st.integers(400, 599))
def test_only_a_refused_quota_says_that_nothing_was_done_and_asking_again_may_help(status: int):
    fate = fate_of_status(status)
    assert (fate is Fate.NOT_NOW) == (status == 429)
    assert (fate is Fate.UNKNOWN) == (status == 408 or status >= 500)

"""What a night may cost at Google, held by the benchmark's own measurement on a small partnership."""

from __future__ import annotations

import pytest

from benchmarks.google import Night, measure

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300), pytest.mark.xdist_group("cost of a night")]


@pytest.fixture(scope="session")
def nights() -> dict[str, Night]:
    return {night.what: night for night in measure(2, 40)}


def test_a_quiet_night_costs_three_requests_a_workbook_at_most(nights: dict[str, Night]) -> None:
    assert 1 <= nights["a quiet one"].most <= 3


def test_a_busy_night_costs_six_requests_a_workbook_at_most(nights: dict[str, Night]) -> None:
    assert 3 <= nights["a busy one"].most <= 6


def test_no_minute_holds_more_requests_than_google_allows(nights: dict[str, Night]) -> None:
    assert max(night.busiest for night in nights.values()) <= 60


def test_the_everyday_way_takes_many_times_as_many(nights: dict[str, Night]) -> None:
    quiet, busy = nights["a quiet one"], nights["a busy one"]
    assert quiet.everyday is not None
    assert busy.everyday is not None
    assert quiet.everyday > 5 * (quiet.reads + quiet.writes)
    assert busy.everyday > 10 * (busy.reads + busy.writes)

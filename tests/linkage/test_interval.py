"""The interval of a share promises what it says, exactly."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engage.linkage.interval import at_least, checks_needed, share_interval

COUNTS = st.integers(1, 60).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))


def chance(hits: int, of: int, share: float) -> float:
    return math.comb(of, hits) * share**hits * (1 - share) ** (of - hits)


@settings(max_examples=30)
@given(st.integers(1, 40), st.floats(0.001, 0.999))
def test_it_holds_the_truth_at_least_95_times_of_100(of: int, share: float) -> None:
    held = sum(chance(k, of, share) for k in range(of + 1) if _holds(share_interval(k, of), share))
    assert held >= 0.95 - 1e-9


def _holds(interval: tuple[float, float], share: float) -> bool:
    return interval[0] <= share <= interval[1]


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [
        (0, 20, 0.0, 1 - 0.025 ** (1 / 20)),  # closed forms of Clopper and Pearson's ends
        (20, 20, 0.025 ** (1 / 20), 1.0),
        (1, 10, 1 - 0.975 ** (1 / 10), 0.4450),  # Clopper and Pearson's own chart reads 0.45
        (0, 0, 0.0, 1.0),
    ],
)
def test_it_is_the_interval_of_the_books(hits: int, of: int, low: float, high: float) -> None:
    assert share_interval(hits, of) == pytest.approx((low, high), abs=2e-4)


@given(COUNTS)
def test_it_holds_what_was_counted_and_narrows_with_more(counted: tuple[int, int]) -> None:
    hits, of = counted
    low, high = share_interval(hits, of)
    assert low <= hits / of <= high
    more = share_interval(hits * 10, of * 10)
    assert low - 1e-9 <= more[0] <= more[1] <= high + 1e-9


@given(COUNTS, st.floats(0, 1))
def test_the_tail_is_the_sum_of_its_terms(counted: tuple[int, int], share: float) -> None:
    hits, of = counted
    assert at_least(hits, of, share) == pytest.approx(
        sum(chance(k, of, share) for k in range(hits, of + 1)), abs=1e-9
    )


@pytest.mark.parametrize("counted", [(-1, 3), (4, 3)])
def test_what_is_no_share_is_refused(counted: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="is no share"):
        share_interval(*counted)


def test_how_many_must_be_checked_before_one_in_two_hundred_can_be_ruled_out() -> None:
    assert checks_needed(0, 0.995) == 736
    assert share_interval(736, 736)[0] >= 0.995 > share_interval(735, 735)[0]
    assert checks_needed(1, 0.995) > 736

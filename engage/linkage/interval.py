"""How sure a share is that was counted on a few: an interval that holds the truth 95 times of 100."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

LEVEL = 0.95
_STEPS = 60  # halvings: beyond the last digit of a float


def share_interval(hits: int, of: int, level: float = LEVEL) -> tuple[float, float]:
    """The exact interval of a share (Clopper and Pearson 1934, Biometrika 26:404): (low, high), 0..1.

    Chosen because it never promises too much: it holds the true share at least as often as `level` says, for
    few counts and shares near 1 too, where the usual approximations do not (Brown, Cai and DasGupta 2001).
    Of nothing, anything may be true: (0, 1). Raises ValueError unless 0 <= hits <= of.
    """
    if not 0 <= hits <= of:
        raise ValueError(f"{hits} of {of} is no share")
    tail = (1 - level) / 2
    low = _where(lambda share: at_least(hits, of, share) >= tail) if hits else 0.0
    high = _where(lambda share: at_least(hits + 1, of, share) >= 1 - tail) if hits < of else 1.0
    return low, high


def at_least(hits: int, of: int, share: float) -> float:
    """The probability of so many hits or more among `of` when each is one with probability `share`."""
    if hits * 2 > of:
        return min(1.0, math.fsum(_terms(range(hits, of + 1), of, share)))
    return max(0.0, 1 - math.fsum(_terms(range(hits), of, share)))


def checks_needed(wrong: int, aim: float, level: float = LEVEL, most: int = 100_000) -> int:
    """How many must be checked, `wrong` of them wrong, before the interval's low end is at `aim` or above.

    At most `most`. With none wrong and an aim of 0.995 it is 736: about 3.7 over what may be wrong.
    """
    low, high = wrong + 1, most
    while low < high:
        middle = (low + high) // 2
        if share_interval(middle - wrong, middle, level)[0] >= aim:
            high = middle
        else:
            low = middle + 1
    return low


def _where(is_beyond: Callable[[float], bool]) -> float:
    """The share from which on this is so."""
    low, high = 0.0, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (low, middle) if is_beyond(middle) else (middle, high)
    return (low + high) / 2


def _terms(counts: Iterable[int], of: int, share: float) -> Iterable[float]:
    if share <= 0 or share >= 1:
        return (float(count == (of if share >= 1 else 0)) for count in counts)
    whole, one, none = math.lgamma(of + 1), math.log(share), math.log1p(-share)
    return (
        math.exp(whole - math.lgamma(k + 1) - math.lgamma(of - k + 1) + k * one + (of - k) * none)
        for k in counts
    )

"""The most that a pair can weigh, as SQL: what cannot come to the review limit is never scored.

Most pairs that share a key share nothing else. Scoring one takes twenty times as long as seeing that.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Container
from dataclasses import dataclass

from ..model_file import Comparison, FixedModel, Level
from .dialect import Dialect, Test
from .scored import Scored

# Tests that cost next to nothing. Any other may turn out either way as far as the bound knows.
_CHEAP = frozenset({"equal", "equal at", "equal in", "overlap", "inside"})
# Splink adds the same bits in another order.
_SLACK_BITS = 1e-6


@dataclass(frozen=True, slots=True)
class Besides:
    """Pairs that are found though they are less likely, by so many bits: those on one of these levels.

    levels: (comparison, level) of comparisons whose tests cost next to nothing.
    """

    bits: float
    levels: tuple[tuple[str, str], ...]

    def test(self, model: FixedModel, dialect: Dialect) -> str:
        """SQL that is true of rows l and r on one of the levels."""
        every = ((comparison.name, level) for comparison in model.comparisons for level in comparison.levels)
        found = (level for name, level in every if (name, level.name) in self.levels)
        return " OR ".join(_any(level, dialect.of_rows) for level in found)


def possible(model: FixedModel, dialect: Dialect, weight: float, besides: Besides | None) -> str:
    """SQL that is true of two rows l and r of the mentions that may come to this weight."""
    most = most_possible(model, dialect)
    if not besides:
        return f"{most} >= {weight}"
    # The first condition leaves few pairs for the others.
    return f"{most} >= {lowest(weight, besides)} AND ({most} >= {weight} OR {besides.test(model, dialect)})"


def lowest(weight: float, besides: Besides | None) -> float:
    """The least weight of a pair that is found."""
    return weight - (besides.bits if besides else 0.0)


def likely_of(scored: Scored, probability: float, model: FixedModel, besides: Besides | None) -> Scored:
    """Those of the pairs found that are so likely, or stand on a level of those that need not be."""
    likely = scored.probability >= probability
    for comparison, level in besides.levels if besides else ():
        likely |= scored.stands(comparison, level, model)
    return scored.at(likely)


def most_possible(model: FixedModel, dialect: Dialect) -> str:
    """SQL for bits that two rows l and r of the mentions never exceed, the prior included."""
    prior = math.log2(model.prior / (1 - model.prior))
    parts = [_of_comparison(comparison, dialect) for comparison in model.comparisons]
    return "\n + ".join([str(prior + _SLACK_BITS), *parts])


def _of_comparison(comparison: Comparison, dialect: Dialect) -> str:
    """The heaviest level that a pair may stand on: the first whose test is cheap and holds, one whose test is
    dear and may hold, or one that is not tested.
    """
    columns = [dialect.column(name) for name in comparison.columns]
    unknown = " AND ".join(f"(l.{column} IS NULL OR r.{column} IS NULL)" for column in columns)
    dear = [level for level in comparison.levels if _all_in(level, dialect.needed)]
    cheap = [level for level in comparison.levels if _all_in(level, _CHEAP)]
    least = max(level.weight for level in comparison.levels if level not in dear and level not in cheap)
    otherwise = _heaviest(least, dear, dialect)
    cases = [
        f"WHEN {_any(level, dialect.of_rows)} THEN greatest({_bits(level)}, {otherwise})"
        for level in cheap
        if level.weight > least or level.term_frequency  # a lighter one would change nothing
    ]
    return f"CASE WHEN {unknown} THEN 0 {' '.join(cases)} ELSE {otherwise} END"


def _heaviest(least: float, dear: list[Level], dialect: Dialect) -> str:
    """The least, or the weight of a level that may hold; greatest() skips what is missing."""
    cases = [
        f"CASE WHEN {_any(level, dialect.possible)} THEN {level.weight} END"
        for level in dear
        if level.weight > least
    ]
    return f"greatest({', '.join([str(least), *cases])})" if cases else str(least)


def _all_in(level: Level, kinds: Container[str]) -> bool:
    return bool(level.tests) and all(test[0] in kinds for test in level.tests)


def _any(level: Level, written: Callable[[Test], str]) -> str:
    return " OR ".join(f"({written(test)})" for test in level.tests)


def _bits(level: Level) -> str:
    if not level.term_frequency:
        return str(level.weight)
    return f"{level.weight} + coalesce(log2({level.u} / greatest(l.tf, r.tf)), 0)"

"""The most that a pair can weigh, as SQL: what cannot come to the review limit is never scored.

Most pairs that share a key share nothing else. Scoring one takes twenty times as long as seeing that.
"""

from __future__ import annotations

import math

from ..model_file import Comparison, FixedModel, Level
from .dialect import Dialect

# Tests that cost next to nothing. Any other may turn out either way as far as the bound knows.
_CHEAP = frozenset({"equal", "equal at", "equal in", "overlap"})
# Splink adds the same bits in another order.
_SLACK_BITS = 1e-6


def most_possible(model: FixedModel, dialect: Dialect) -> str:
    """SQL for bits that two rows l and r of the mentions never exceed, the prior included."""
    prior = math.log2(model.prior / (1 - model.prior))
    parts = [_of_comparison(comparison, dialect) for comparison in model.comparisons]
    return "\n + ".join([str(prior + _SLACK_BITS), *parts])


def _of_comparison(comparison: Comparison, dialect: Dialect) -> str:
    """The first level whose test is cheap and holds, or the heaviest that no cheap test rules out."""
    columns = [dialect.column(name) for name in comparison.columns]
    unknown = " AND ".join(f"(l.{column} IS NULL OR r.{column} IS NULL)" for column in columns)
    least, tested = _rest(comparison)
    cases = [f"WHEN {_any(level, dialect)} THEN greatest({_bits(level)}, {least})" for level in tested]
    return f"CASE WHEN {unknown} THEN 0 {' '.join(cases)} ELSE {least} END"


def _rest(comparison: Comparison) -> tuple[float, list[Level]]:
    """(the heaviest level that is not tested, those that are): to test a lighter one would change nothing."""
    cheap = [level for level in comparison.levels if _is_cheap(level)]
    least = max(level.weight for level in comparison.levels if not _is_cheap(level))
    tested = [level for level in cheap if level.weight > least or level.term_frequency]
    return least, tested


def _is_cheap(level: Level) -> bool:
    return bool(level.tests) and all(test[0] in _CHEAP for test in level.tests)


def _any(level: Level, dialect: Dialect) -> str:
    return " OR ".join(f"({dialect.of_rows(test)})" for test in level.tests)


def _bits(level: Level) -> str:
    if not level.term_frequency:
        return str(level.weight)
    return f"{level.weight} + coalesce(log2({level.u} / greatest(l.tf, r.tf)), 0)"

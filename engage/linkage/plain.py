"""A fixed model weighed in plain Python, for few pairs that are not worth a database: an employer's sites.

The tests say the same as in score.py; those that need more than sets and equality are the database's alone.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from .model_file import Comparison, FixedModel

Value = str | float | list[str] | None
Row = Mapping[str, Value]


class Scales:
    """One model, ready to weigh many pairs."""

    def __init__(self, model: FixedModel) -> None:
        self._start = math.log2(model.prior / (1 - model.prior))
        self._comparisons = [
            (comparison, {level.name: level.weight for level in comparison.levels})
            for comparison in model.comparisons
        ]

    def weigh(self, one: Row, other: Row) -> tuple[float, dict[str, str]]:
        """(bits, the prior included; comparison → level, of those that both rows say something of)."""
        bits, levels = self._start, {}
        for comparison, weights in self._comparisons:
            if level := level_of(comparison, one, other):
                levels[comparison.name] = level
                bits += weights[level]
        return bits, levels


def level_of(comparison: Comparison, one: Row, other: Row) -> str:
    """The level that two rows stand on, "" if none of the columns is filled on both sides."""
    if not any(one.get(column) and other.get(column) for column in comparison.columns):
        return ""
    return next(
        level.name
        for level in comparison.levels
        if not level.tests or any(_holds(test, one, other) for test in level.tests)
    )


def _holds(test: tuple[str | float, ...], one: Row, other: Row) -> bool:
    left, right = one.get(str(test[1])), other.get(str(test[1]))
    return bool(left) and bool(right) and _TESTS[str(test[0])](left, right)


def _overlap(left: Value, right: Value) -> bool:
    return not set(_members(left)).isdisjoint(_members(right))


def _inside(left: Value, right: Value) -> bool:
    one, other = set(_members(left)), set(_members(right))
    return one <= other or other <= one


def _members(value: Value) -> list[str]:
    return value if isinstance(value, list) else []


_TESTS: Mapping[str, Callable[[Value, Value], bool]] = {
    "equal": lambda left, right: left == right,
    "overlap": _overlap,
    "inside": _inside,
}

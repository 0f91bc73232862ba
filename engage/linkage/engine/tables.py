"""Mentions and their keys as tables that a database takes in whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import pyarrow as pa

from ..model_file import FixedModel

Row = Mapping[str, str | float | list[str] | None]


@dataclass(frozen=True, slots=True)
class Batch:
    """Some mentions. rows: unique_id (their numbers), the model's columns, tf and kind; keys: id and key.

    instead: they stand in the place of what was taken in under their numbers before.
    """

    rows: pa.Table
    keys: pa.Table
    instead: bool = False


def batch(
    numbers: Sequence[int],
    rows: Sequence[Row],
    keys: Sequence[Iterable[str]],
    model: FixedModel,
    kinds: Sequence[int] | None = None,
    *,
    instead: bool = False,
) -> Batch:
    """The mentions of these numbers as tables; missing is null, never "" or [].

    kinds: numbers that tell apart what may only be compared with others than its own kind; all 0 by default.
    Types are said outright: a column that is missing everywhere must still be text or a list of texts.
    """
    lists = list_columns(model)
    columns: dict[str, pa.Array] = {"unique_id": pa.array(numbers, pa.int32())}
    for name in model_columns(model):
        kind = pa.list_(pa.string()) if name in lists else pa.string()
        columns[name] = pa.array([row.get(name) or None for row in rows], kind)
    columns["tf"] = pa.array([row.get("tf") for row in rows], pa.float64())
    columns["kind"] = pa.array(kinds or [0] * len(rows), pa.int32())
    own = [set(named) for named in keys]
    ids = [number for number, named in zip(numbers, own, strict=True) for _ in named]
    named = list(chain.from_iterable(own))
    keyed = pa.table({"id": pa.array(ids, pa.int32()), "key": pa.array(named, pa.string())})
    return Batch(pa.table(columns), keyed, instead)


def model_columns(model: FixedModel) -> list[str]:
    """The columns that a model compares, in order."""
    named = {column for comparison in model.comparisons for column in comparison.columns}
    for comparison in model.comparisons:
        for level in comparison.levels:
            named |= {str(part) for test in level.tests for part in test[1:] if isinstance(part, str)}
    return sorted(named | {model.term_column})


def list_columns(model: FixedModel) -> frozenset[str]:
    """Columns that the tests read as sets of texts."""
    tests = [test for comparison in model.comparisons for level in comparison.levels for test in level.tests]
    of_sets = [test[1:] for test in tests if test[0] in {"overlap", "jaccard", "inside", "crosses"}]
    of_sets += [test[2:] for test in tests if test[0] == "equal in"]
    return frozenset(str(part) for columns in of_sets for part in columns if isinstance(part, str))

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

    grounds: id and sign, what two of them must share for anything to be said of them; None where nothing is
    asked of that (features.employer_grounds).
    """

    rows: pa.Table
    keys: pa.Table
    grounds: pa.Table | None = None


def batch(
    numbers: Sequence[int],
    rows: Sequence[Row],
    keys: Sequence[Iterable[str]],
    model: FixedModel,
    kinds: Sequence[int] | None = None,
    grounds: Sequence[Iterable[str]] | None = None,
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
    signs = None if grounds is None else _by_number(numbers, grounds, "sign")
    return Batch(pa.table(columns), _by_number(numbers, keys, "key"), signs)


def _by_number(numbers: Sequence[int], said: Sequence[Iterable[str]], name: str) -> pa.Table:
    """A line for each text of each number, id and this column; a text that is said twice is one line."""
    own = [set(texts) for texts in said]
    ids = [number for number, texts in zip(numbers, own, strict=True) for _ in texts]
    texts = pa.array(list(chain.from_iterable(own)), pa.string())
    return pa.table({"id": pa.array(ids, pa.int32()), name: texts})


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

"""Match weights of pairs by Splink with a fixed model. The only module that knows Splink and DuckDB."""

from __future__ import annotations

import logging
from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import duckdb
import pyarrow as pa
from splink import DuckDBAPI, Linker

from .model_file import Comparison, FixedModel, Level, Score
from .pieces import Edge

log = logging.getLogger(__name__)
# Splink reports its own steps at INFO and above; our log is for the people who run the sync.
logging.getLogger("splink").setLevel(logging.ERROR)

MOST_REMEMBERED = 200_000  # scores, some 1 kB each
_SCORED: dict[tuple[tuple[str, str], Hashable, Hashable], Score] = {}

Row = Mapping[str, str | float | list[str] | None]


def score_pairs(rows: Mapping[str, Row], pairs: Sequence[Edge], model: FixedModel) -> dict[Edge, Score]:
    """Score exactly these pairs with the fixed model (Fellegi & Sunter 1969, by Splink).

    rows: key → what the model's columns hold (None or an empty list is missing), plus "tf", how often the
    name is met, 0..1. pairs: each (a, b) with a < b, once. Returns a score for every pair.

    A score hangs on the two rows and the model alone, so two rows met before in this process (each audience
    has most of its pairs in common with the hub) are not scored again.
    """
    seen = {key: _content(rows[key]) for key in {key for pair in pairs for key in pair}}
    name = (model.subject, model.version)
    new = [pair for pair in pairs if (name, seen[pair[0]], seen[pair[1]]) not in _SCORED]
    scores = _score(rows, new, model)
    if len(_SCORED) + len(scores) > MOST_REMEMBERED:
        _SCORED.clear()
        scores |= _score(rows, [pair for pair in pairs if pair not in scores], model)
    _SCORED.update({(name, seen[a], seen[b]): score for (a, b), score in scores.items()})
    return {(a, b): _SCORED[name, seen[a], seen[b]] for a, b in pairs}


def _content(row: Row) -> Hashable:
    cells = ((key, row[key]) for key in sorted(row))
    return tuple((key, tuple(cell) if isinstance(cell, list) else cell) for key, cell in cells)


def _score(rows: Mapping[str, Row], pairs: Sequence[Edge], model: FixedModel) -> dict[Edge, Score]:
    if not pairs:
        return {}
    wanted = {key: rows[key] for key in sorted({key for pair in pairs for key in pair})}
    backend = DuckDBAPI(quiet_connection())
    mentions = backend.register(_table(wanted, model), dataset_display_name="mentions")
    linker = Linker(mentions, _settings(model), log_level=None)
    frequencies = backend.register(_frequencies(wanted, model), dataset_display_name="frequencies")
    linker.table_management.register_term_frequency_lookup(frequencies, model.term_column)
    blocked = pa.table(
        {
            "join_key_l": [a for a, _ in pairs],
            "join_key_r": [b for _, b in pairs],
            "match_key": ["0"] * len(pairs),
        }
    )
    linker.table_management.register_blocked_pairs_for_predict(
        backend.register(blocked, dataset_display_name="candidates")
    )
    return _read(linker.inference.predict().as_pyarrow_table(), model)


def quiet_connection() -> duckdb.DuckDBPyConnection:
    """A database in memory that says nothing.

    Where Python runs no file (python -c, a program packed into one), DuckDB takes itself for a notebook's and
    draws its progress on stdout, in the middle of our JSON.
    """
    connection = duckdb.connect(":memory:")
    connection.execute("SET enable_progress_bar = false")
    return connection


def _table(rows: Mapping[str, Row], model: FixedModel) -> pa.Table:
    """One row a mention: unique_id, the model's columns, tf; missing is null, never "" or [].

    Types are said outright: a column that is missing everywhere must still be text or a list of texts.
    """
    lists = _list_columns(model)
    columns: dict[str, pa.Array] = {"unique_id": pa.array(list(rows), pa.string())}
    for name in sorted(_columns(model)):
        kind = pa.list_(pa.string()) if name in lists else pa.string()
        columns[name] = pa.array([row.get(name) or None for row in rows.values()], kind)
    columns["tf"] = pa.array([row.get("tf") for row in rows.values()], pa.float64())
    return pa.table(columns)


def _list_columns(model: FixedModel) -> set[str]:
    """Columns that the tests read as sets of texts."""
    tests = [test for comparison in model.comparisons for level in comparison.levels for test in level.tests]
    of_sets = [test[1:] for test in tests if test[0] in {"overlap", "jaccard", "inside", "crosses"}]
    of_sets += [test[2:] for test in tests if test[0] == "equal in"]
    return {str(part) for columns in of_sets for part in columns if isinstance(part, str)}


def _columns(model: FixedModel) -> set[str]:
    named = {column for comparison in model.comparisons for column in comparison.columns}
    for comparison in model.comparisons:
        for level in comparison.levels:
            named |= {str(part) for test in level.tests for part in test[1:] if isinstance(part, str)}
    return named | {model.term_column}


def _frequencies(rows: Mapping[str, Row], model: FixedModel) -> pa.Table:
    """How often each name is met: the term column and tf_<term column>, each name once.

    "Steakhouse" and "Steak House" are one name of unlike words: the larger figure holds, whichever came last.
    """
    terms: dict[str, float] = {}
    for row in rows.values():
        if term := row.get(model.term_column):
            terms[str(term)] = max(terms.get(str(term), 0.0), _frequency(row))
    names = sorted(terms)
    return pa.table(
        {
            model.term_column: pa.array(names, pa.string()),
            f"tf_{model.term_column}": [terms[n] for n in names],
        }
    )


def _frequency(row: Row) -> float:
    found = row.get("tf")
    return found if isinstance(found, float) else 0.0


def _settings(model: FixedModel) -> dict[str, Any]:
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "unique_id",
        "probability_two_random_records_match": model.prior,
        "blocking_rules_to_generate_predictions": [],
        "retain_intermediate_calculation_columns": True,
        "retain_matching_columns": True,
        "comparisons": [_comparison(comparison, model) for comparison in model.comparisons],
    }


def _comparison(comparison: Comparison, model: FixedModel) -> dict[str, Any]:
    missing = " AND ".join(f'("{name}_l" IS NULL OR "{name}_r" IS NULL)' for name in comparison.columns)
    levels: list[dict[str, Any]] = [
        {"sql_condition": missing, "label_for_charts": "unknown", "is_null_level": True}
    ]
    levels += [_level(level, model) for level in comparison.levels]
    return {"output_column_name": comparison.name, "comparison_levels": levels}


def _level(level: Level, model: FixedModel) -> dict[str, Any]:
    written = {
        "sql_condition": " OR ".join(f"({_test(test)})" for test in level.tests) or "ELSE",
        "label_for_charts": level.name,
        "m_probability": level.m,
        "u_probability": level.u,
    }
    if level.term_frequency:
        written |= {"tf_adjustment_column": model.term_column, "tf_adjustment_weight": 1.0}
    return written


# Each engine-neutral test of models/*.toml in DuckDB's SQL. {l} and {r} are the test's column on either
# side, {al} and {ar} the second column it names, {n} the number it gives. All read the same from both sides.
# "equal" is bare, so that Splink sees an exact match to weigh by term frequency.
_SQL = {
    "equal": "{l} = {r}",
    "overlap": "list_has_any({l}, {r})",
    "jaccard": "len(list_intersect({l}, {r})) >= {n} * len(list_distinct(list_concat({l}, {r})))",
    "inside": "len(list_intersect({l}, {r})) = least(len({l}), len({r})) AND list_has_any({al}, {ar})",
    "equal at": "{l} = {r} AND {al} = {ar}",
    "equal in": "{l} = {r} AND len(list_intersect({al}, {ar})) = least(len({al}), len({ar}))"
    " AND list_has_any({al}, {ar})",
    "starts": "(starts_with({l}, {r}) OR starts_with({r}, {l})) AND least(length({l}), length({r})) >= {n}",
    "similar": "jaro_winkler_similarity({l}, {r}) >= {n}",
    "crosses": "list_has_any({l}, {ar}) OR list_has_any({al}, {r})",
    "one letter off": "damerau_levenshtein({l}, {r}) = 1 AND least(length({l}), length({r})) >= 8",
    "initial": "least(length({l}), length({r})) = 1 AND {l}[1] = {r}[1]",
}


def _test(test: tuple[str | float, ...]) -> str:
    kind, column, *rest = test
    other = rest[0] if rest else ""
    return _SQL[str(kind)].format(
        l=f'"{column}_l"', r=f'"{column}_r"', al=f'"{other}_l"', ar=f'"{other}_r"', n=other
    )


def _read(table: pa.Table, model: FixedModel) -> dict[Edge, Score]:
    """Splink's table as scores; its level numbers count down to 0, -1 is unknown."""
    names = [comparison.name for comparison in model.comparisons]
    levels = [_level_names(comparison) for comparison in model.comparisons]
    bits = [_bits(table, name) for name in names]
    stands = [table[f"gamma_{name}"].to_pylist() for name in names]
    ends = zip(table["unique_id_l"].to_pylist(), table["unique_id_r"].to_pylist(), strict=True)
    sums = zip(table["match_weight"].to_pylist(), table["match_probability"].to_pylist(), strict=True)
    scores: dict[Edge, Score] = {}
    for row, ((a, b), (weight, probability)) in enumerate(zip(ends, sums, strict=True)):
        at = {name: levels[i][stands[i][row]] for i, name in enumerate(names)}
        parts = {name: bits[i][row] for i, name in enumerate(names)}
        scores[(a, b) if a < b else (b, a)] = Score(round(weight, 6), probability, at, parts)
    return scores


def _level_names(comparison: Comparison) -> dict[int, str]:
    return {-1: ""} | dict(enumerate(level.name for level in reversed(comparison.levels)))


def _bits(table: pa.Table, name: str) -> list[float]:
    """A comparison's bits, its term frequency's part included."""
    columns = [column for column in (f"mw_{name}", f"mw_tf_adj_{name}") if column in table.column_names]
    return [
        round(sum(parts), 6) for parts in zip(*(table[column].to_pylist() for column in columns), strict=True)
    ]

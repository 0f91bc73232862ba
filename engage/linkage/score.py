"""Match weights of pairs by Splink with a fixed model. The only module that knows Splink and DuckDB."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
from splink import DuckDBAPI, Linker

from .model_file import Comparison, FixedModel, Level

log = logging.getLogger(__name__)
# Splink reports its own steps at INFO and above; our log is for the people who run the sync.
logging.getLogger("splink").setLevel(logging.ERROR)

Row = Mapping[str, str | float | list[str] | None]


@dataclass(frozen=True, slots=True)
class Score:
    """How much speaks for a pair. weight: bits, prior included; probability 0..1.

    levels: comparison → the level the pair stands on ("" when unknown); parts: comparison → its bits.
    """

    weight: float
    probability: float
    levels: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, float] = field(default_factory=dict)


def score_pairs(
    rows: Mapping[str, Row], pairs: Sequence[tuple[str, str]], model: FixedModel
) -> dict[tuple[str, str], Score]:
    """Score exactly these pairs with the fixed model (Fellegi & Sunter 1969, by Splink).

    rows: key → what the model's columns hold (None or an empty list is missing), plus "tf", how often the
    name is met, 0..1. pairs: each (a, b) with a < b, once. Returns a score for every pair.
    """
    if not pairs:
        return {}
    wanted = {key for pair in pairs for key in pair}
    frame = _frame({key: rows[key] for key in sorted(wanted)}, model)
    backend = DuckDBAPI()
    linker = Linker(backend.register(frame, dataset_display_name="mentions"), _settings(model), log_level=None)
    linker.table_management.register_term_frequency_lookup(
        backend.register(_frequencies(frame, model), dataset_display_name="frequencies"), model.term_column
    )
    blocked = pd.DataFrame(pairs, columns=["join_key_l", "join_key_r"]).assign(match_key="0")
    linker.table_management.register_blocked_pairs_for_predict(
        backend.register(blocked, dataset_display_name="candidates")
    )
    return _read(linker.inference.predict().as_pandas_dataframe(), model)


def _frame(rows: Mapping[str, Row], model: FixedModel) -> pd.DataFrame:
    """One row a mention: unique_id, the model's columns, tf; missing is None, never "" or []."""
    columns = sorted(_columns(model))
    table = {"unique_id": list(rows)}
    for column in columns:
        table[column] = [row.get(column) or None for row in rows.values()]  # type: ignore[misc]
    table["tf"] = [row.get("tf") for row in rows.values()]  # type: ignore[misc]
    frame = pd.DataFrame(table)
    for column in columns:  # an all-missing column has no type of its own
        if frame[column].isna().all():
            frame[column] = frame[column].astype("string")
    return frame


def _columns(model: FixedModel) -> set[str]:
    named = {column for comparison in model.comparisons for column in comparison.columns}
    for comparison in model.comparisons:
        for level in comparison.levels:
            named |= {str(part) for test in level.tests for part in test[1:] if isinstance(part, str)}
    return named | {model.term_column}


def _frequencies(frame: pd.DataFrame, model: FixedModel) -> pd.DataFrame:
    terms = frame[[model.term_column, "tf"]].dropna().drop_duplicates(model.term_column)
    return terms.rename(columns={"tf": f"tf_{model.term_column}"})


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


def _test(test: tuple[str | float, ...]) -> str:
    """One engine-neutral test in DuckDB's SQL; every one gives the same for (a, b) and (b, a)."""
    kind, column, *rest = test
    left, right = f'"{column}_l"', f'"{column}_r"'
    match kind:
        case "equal":
            # Bare, without brackets or casts, so that Splink sees an exact match to weigh by term frequency.
            return f"{left} = {right}"
        case "overlap":
            return f"list_has_any({left}, {right})"
        case "jaccard":
            return f"len(list_intersect({left}, {right})) >= {rest[0]} * len(list_distinct(list_concat({left}, {right})))"
        case "inside":
            telling = f'list_has_any("{rest[0]}_l", "{rest[0]}_r")'
            return f"len(list_intersect({left}, {right})) = least(len({left}), len({right})) AND {telling}"
        case "starts":
            longer = f"starts_with({left}, {right}) OR starts_with({right}, {left})"
            return f"({longer}) AND least(length({left}), length({right})) >= {rest[0]}"
        case "similar":
            return f"jaro_winkler_similarity({left}, {right}) >= {rest[0]}"
        case "crosses":
            other = rest[0]
            return f'list_has_any({left}, "{other}_r") OR list_has_any("{other}_l", {right})'
        case "one letter off":
            return f"damerau_levenshtein({left}, {right}) = 1 AND least(length({left}), length({right})) >= 8"
        case "initial":
            return f"least(length({left}), length({right})) = 1 AND {left}[1] = {right}[1]"
    raise ValueError(f"models/*.toml: no test is called {kind!r}")


def _read(frame: pd.DataFrame, model: FixedModel) -> dict[tuple[str, str], Score]:
    """Splink's table as scores; the level numbers count down to 0, -1 is unknown."""
    scores: dict[tuple[str, str], Score] = {}
    names = {
        comparison.name: dict(enumerate(reversed([level.name for level in comparison.levels])))
        for comparison in model.comparisons
    }
    bits = {
        name: [column for column in (f"mw_{name}", f"mw_tf_adj_{name}") if column in frame] for name in names
    }
    for row in frame.to_dict("records"):
        levels = {name: names[name].get(int(row[f"gamma_{name}"]), "") for name in names}
        parts = {name: round(sum(float(row[column]) for column in bits[name]), 6) for name in names}
        a, b = sorted((str(row["unique_id_l"]), str(row["unique_id_r"])))
        scores[a, b] = Score(
            round(float(row["match_weight"]), 6), float(row["match_probability"]), levels, parts
        )
    return scores

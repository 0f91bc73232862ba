"""A fixed model as Splink's settings, in the words of one database."""

from __future__ import annotations

from typing import Any

from ..model_file import Comparison, FixedModel, Level
from .dialect import Dialect


def splink_settings(model: FixedModel, dialect: Dialect) -> dict[str, Any]:
    """The settings dictionary: m, u and the prior as the model gives them, nothing to train."""
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "unique_id",
        "probability_two_random_records_match": model.prior,
        "blocking_rules_to_generate_predictions": [],
        "retain_intermediate_calculation_columns": True,
        "retain_matching_columns": True,
        "comparisons": [_comparison(comparison, model, dialect) for comparison in model.comparisons],
    }


def _comparison(comparison: Comparison, model: FixedModel, dialect: Dialect) -> dict[str, Any]:
    missing = " AND ".join(
        f"({dialect.column(f'{name}_l')} IS NULL OR {dialect.column(f'{name}_r')} IS NULL)"
        for name in comparison.columns
    )
    levels: list[dict[str, Any]] = [
        {"sql_condition": missing, "label_for_charts": "unknown", "is_null_level": True}
    ]
    levels += [_level(level, model, dialect) for level in comparison.levels]
    return {"output_column_name": comparison.name, "comparison_levels": levels}


def _level(level: Level, model: FixedModel, dialect: Dialect) -> dict[str, Any]:
    written = {
        "sql_condition": " OR ".join(f"({dialect.of_pair(test)})" for test in level.tests) or "ELSE",
        "label_for_charts": level.name,
        "m_probability": level.m,
        "u_probability": level.u,
    }
    if level.term_frequency:
        written |= {"tf_adjustment_column": model.term_column, "tf_adjustment_weight": 1.0}
    return written

"""What a partnership may set about linkage."""

from __future__ import annotations

from dataclasses import dataclass


def before(bits: float, probability: float) -> float:
    """The probability that so many more bits raise to this one."""
    odds = probability / (1 - probability) / 2**bits if probability < 1 else 1e9
    return odds / (1 + odds)


@dataclass(frozen=True, slots=True)
class LinkSettings:
    """country: ISO code, decides how phones and postcodes are read. automatic, review: match probabilities.

    automatic: at or above it a pair may be merged without a person, if rules and support allow it too.
    review: at or above it a pair is asked about.

    Evidence for the defaults: the table of docs/reference/linkage.md, made with `python -m benchmarks.linkage
    --automatic … --review …`. The rules of vetoes.py, not `automatic`, are what keeps the precision: the
    weights only rank what those let through.

    spark: the master URL of the Apache Spark that scores a list (engine/spark.py); "" for DuckDB, as always.
    """

    country: str = "GB"
    automatic: float = 0.995
    review: float = 0.5
    spark: str = ""

"""What a partnership may set about linkage."""

from __future__ import annotations

from dataclasses import dataclass


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

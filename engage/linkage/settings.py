"""What a partnership may set about linkage."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LinkSettings:
    """country: ISO code, decides how phones and postcodes are read. automatic, review: match probabilities.

    automatic: at or above it a pair may be merged without a person, if rules and support allow it too.
    review: at or above it a pair is asked about.

    Evidence for the defaults: tests/linkage/test_messy_rows.py (no wrong merge, floors of its figures) and
    `python -m benchmarks.linkage` (a generated register, --automatic and --review to compare). The rules of
    vetoes.py, not `automatic`, are what keeps the precision: the weights only rank what those let through.
    """

    country: str = "GB"
    automatic: float = 0.995
    review: float = 0.5

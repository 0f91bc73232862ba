"""A fixed model as data (comparisons, levels, m and u: models/*.toml) and what it says; knows no engine."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from .normalise.words import read_toml


@dataclass(frozen=True, slots=True)
class Level:
    """One comparison level. tests: any of them puts a pair here; () is "everything else".

    m, u: how often pairs of one / of two different entities stand here.
    """

    name: str
    m: float
    u: float
    tests: tuple[tuple[str | float, ...], ...] = ()
    term_frequency: bool = False

    @property
    def weight(self) -> float:
        """The match weight in bits, before any term frequency."""
        return math.log2(self.m / self.u)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is compared; a pair weighs nothing when none of the columns is filled on both sides."""

    name: str
    columns: tuple[str, ...]
    levels: tuple[Level, ...]


@dataclass(frozen=True, slots=True)
class FixedModel:
    """A model that ships with the product. prior: probability that two random mentions match."""

    subject: str
    version: str
    prior: float
    comparisons: tuple[Comparison, ...]
    term_column: str
    grades: dict[str, float]


@dataclass(frozen=True, slots=True)
class Score:
    """How much speaks for a pair. weight: bits, prior included; probability 0..1.

    levels: comparison → the level the pair stands on ("" when unknown); parts: comparison → its bits.
    """

    weight: float
    probability: float
    levels: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, float] = field(default_factory=dict)


@cache
def fixed_model(subject: str) -> FixedModel:
    """The shipped model of "employer", "site" or "person"."""
    raw = read_toml(f"{subject}.toml")
    comparisons = tuple(
        Comparison(
            item["name"],
            tuple(item["columns"]),
            tuple(
                Level(
                    level["name"],
                    level["m"],
                    level["u"],
                    tuple(tuple(test) for test in level.get("test", ())),
                    level.get("term_frequency", False),
                )
                for level in item["level"]
            ),
        )
        for item in raw["comparison"]
    )
    terms = dict(raw["term_frequency"])
    column = str(terms.pop("column", ""))
    return FixedModel(raw["subject"], raw["version"], raw["prior"], comparisons, column, terms)

"""Pairs with their scores as columns: a million of them are seven arrays, not a million objects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from itertools import chain

import numpy as np
import numpy.typing as npt

from ..model_file import FixedModel, Score

Numbers = npt.NDArray[np.int32]
UNKNOWN = -1


@dataclass(frozen=True, slots=True)
class Scored:
    """One position a pair. a, b: numbers of mentions, a < b; weight: bits; probability: 0..1.

    levels: a column for each comparison of the model, the level from the top that the pair stands on, UNKNOWN
    when one of the two says nothing. term: bits that the name's frequency adds to the weight of its level.
    """

    a: Numbers
    b: Numbers
    weight: npt.NDArray[np.float64]
    probability: npt.NDArray[np.float64]
    levels: npt.NDArray[np.int8]
    term: npt.NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.a)

    def pairs(self) -> Iterator[tuple[int, int]]:
        """(a, b) of each position."""
        return zip(self.a.tolist(), self.b.tolist(), strict=True)

    def numbers(self) -> Iterator[int]:
        """The mentions at either end, some of them more than once."""
        return chain(self.a.tolist(), self.b.tolist())

    def stands(self, comparison: str, level: str, model: FixedModel) -> npt.NDArray[np.bool_]:
        """Where pairs stand on this level of this comparison."""
        index, compared = next((i, c) for i, c in enumerate(model.comparisons) if c.name == comparison)
        at = next(i for i, each in enumerate(compared.levels) if each.name == level)
        stand: npt.NDArray[np.bool_] = self.levels[:, index] == at
        return stand

    def at(self, positions: npt.NDArray[np.bool_] | npt.NDArray[np.int64]) -> Scored:
        """The pairs at these positions, or where the mask is true."""
        return Scored(*(getattr(self, field.name)[positions] for field in fields(self)))

    def by_piece(self) -> npt.NDArray[np.int64]:
        """The positions of the pairs, those that hang together side by side."""
        if not len(self):
            return np.empty(0, np.int64)
        label = np.arange(int(self.b.max()) + 1)
        while True:
            least = np.minimum(label[self.a], label[self.b])
            lower = label.copy()
            np.minimum.at(lower, self.a, least)
            np.minimum.at(lower, self.b, least)
            lower = lower[lower]
            if np.array_equal(lower, label):
                return np.lexsort((self.b, self.a, label[self.a]))
            label = lower

    def likelier(self, bits: npt.NDArray[np.float64]) -> Scored:
        """The same pairs with more bits than their comparisons give."""
        if not bits.any():
            return self
        weight = np.round(self.weight + bits, 6)
        probability = np.where(bits == 0, self.probability, 1 / (1 + 2**-weight))
        return replace(self, weight=weight, probability=probability)

    def in_order(self) -> Scored:
        """The same pairs, sorted by a, then b."""
        return self.at(np.lexsort((self.b, self.a)))

    def scores(self, model: FixedModel) -> Iterator[Score]:
        """Each pair's score as the rest of linkage reads it; pairs that stand alike share what they say."""
        said: dict[tuple[int, ...], _Standing] = {}
        rows = zip(
            self.weight.tolist(), self.probability.tolist(), map(tuple, self.levels.tolist()),
            self.term.tolist(), strict=True,
        )  # fmt: skip
        for weight, probability, stands, term in rows:
            if stands not in said:
                said[stands] = _Standing.on(stands, model)
            standing = said[stands]
            yield Score(weight, probability, standing.levels, standing.parts(term))


@dataclass(frozen=True, slots=True)
class _Standing:
    """What pairs say that stand on the same levels. bits: comparison → those of its level alone, rounded.

    terms: comparison → its level's bits, not rounded, where the name's frequency adds to them.
    """

    levels: Mapping[str, str]
    bits: Mapping[str, float]
    terms: Mapping[str, float]

    @classmethod
    def on(cls, stands: Sequence[int], model: FixedModel) -> _Standing:
        """What stands on these levels, UNKNOWN among them."""
        found = [
            (comparison.name, comparison.levels[at] if at != UNKNOWN else None)
            for comparison, at in zip(model.comparisons, stands, strict=True)
        ]
        return cls(
            {name: level.name if level else "" for name, level in found},
            {name: round(level.weight, 6) if level else 0.0 for name, level in found},
            {name: level.weight for name, level in found if level and level.term_frequency},
        )

    def parts(self, term: float) -> Mapping[str, float]:
        """Comparison → its bits. term: what the name's frequency adds."""
        if not self.terms:
            return self.bits
        return {**self.bits, **{name: round(bits + term, 6) for name, bits in self.terms.items()}}


def nothing_scored(model: FixedModel) -> Scored:
    """No pair at all."""
    none, bits = np.empty(0, np.int32), np.empty(0, np.float64)
    return Scored(none, none, bits, bits, np.empty((0, len(model.comparisons)), np.int8), bits)


def all_of(parts: Iterable[Scored], model: FixedModel) -> Scored:
    """The pairs of several parts as one."""
    every = [nothing_scored(model), *parts]
    return Scored(
        *(np.concatenate([getattr(part, field.name) for part in every]) for field in fields(Scored))
    )

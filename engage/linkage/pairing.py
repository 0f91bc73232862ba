"""The pairs that are looked at, scored and judged: what linking employers and people has in common.

Only pairs that reach the review limit leave the database, and pairs inside a piece that automatic ones hold
together: all else says nothing about any cluster. Pairs are columns (engine/scored.py), and a mention goes by
its number, in the order of their keys. Splink is not imported here: judging is done in other processes too.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, combinations
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt

from engage.model import Pair

from .bands import AUTOMATIC, band_of, bits_of_a_hint
from .crew import Crew
from .doubts import Judgement
from .engine.bound import Besides
from .engine.scored import Numbers, Scored, all_of
from .model_file import FixedModel, Score
from .pieces import Pieces
from .settings import LinkSettings, before

if TYPE_CHECKING:
    from .engine.opening import Engine

# Larger pieces are not compared all with all: a piece of 400 is 80,000 pairs, still a second's work.
RESCORED = 400
# What the list as a whole may say of a pair that the two rows alone make a little unlikely.
SAID_BITS = 3.0
AT_ONCE = 4_000  # pairs that are judged, or described, together

Mask = npt.NDArray[np.bool_]
Positions = npt.NDArray[np.int64]


class Judging(Protocol):
    """What employers and people do differently with a pair. It can be sent to another process."""

    @property
    def model(self) -> FixedModel:
        """The fixed model that scores them."""

    @property
    def besides(self) -> Besides | None:
        """Which less likely pairs are looked at, too."""

    @property
    def grounded(self) -> bool:
        """Whether nothing can be said of two that share no ground (features.employer_grounds)."""

    def judge(self, scored: Scored) -> list[Judgement]:
        """What may be decided about each pair without a person."""

    def describe(self, judged: Judged) -> list[Pair]:
        """Each pair with its band and its reasons."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Pairs with what was judged of each: said[code[i]] of the pair at position i. said: each once."""

    scored: Scored
    code: Numbers
    said: tuple[Judgement, ...]

    def at(self, positions: Positions | Mask) -> Judged:
        """The pairs at these positions, or where the mask is true."""
        return Judged(self.scored.at(positions), self.code[positions], self.said)

    def judgements(self) -> Iterator[Judgement]:
        """Of each pair, in order."""
        return (self.said[code] for code in self.code.tolist())

    def where(self, holds: Callable[[Judgement], bool]) -> Mask:
        """Where this holds of the judgement."""
        return np.array([holds(found) for found in self.said] or [False])[self.code]

    def doubting(self, pairs: Collection[tuple[int, int]], doubt: str) -> Judged:
        """The same with a doubt about these pairs."""
        if not pairs:
            return self
        known = {found: code for code, found in enumerate(self.said)}
        codes = self.code.copy()
        for index, pair in enumerate(self.scored.pairs()):
            if pair in pairs:
                doubted = replace(self.said[codes[index]], doubt=doubt, supported=False)
                codes[index] = known.setdefault(doubted, len(known))
        return Judged(self.scored, codes, tuple(known))

    def hinted(self) -> Judged:
        """The same, each pair likelier by its hint."""
        hints = np.array([found.hint for found in self.said] or [0.0])
        bits = bits_of_a_hint(hints[self.code], self.scored.weight)
        return replace(self, scored=self.scored.likelier(bits)) if bits.any() else self

    def automatic(self, settings: LinkSettings) -> Mask:
        """Where the machine may merge the two."""
        sure = Score(0.0, 1.0)
        free = self.where(lambda found: band_of(sure, found, settings) == AUTOMATIC)
        return free & (self.scored.probability >= settings.automatic)


@dataclass(frozen=True, slots=True)
class Compared:
    """Every pair that matters. asked: the same with the hints that count when people are asked. shown: where
    a pair is worth a person's look.
    """

    judged: Judged
    asked: Judged
    shown: Mask
    judging: Judging
    settings: LinkSettings

    def describe(self, positions: Positions, crew: Crew) -> Iterator[Pair]:
        """The pairs at these positions with their reasons, in this order."""
        some = self.asked.at(positions)
        order = some.scored.by_piece()
        together = (some.at(part) for part in _parts(order))
        described = list(chain.from_iterable(crew.map(self.judging.describe, together)))
        place = np.argsort(order).tolist()
        return (described[at] for at in place)


def judge_pairs(
    engine: Engine,
    mentions: int,
    judging: Judging,
    settings: LinkSettings,
    crew: Crew,
    besides: tuple[Numbers, Numbers] | None = None,
) -> Judged:
    """The likely pairs, and all pairs inside each piece that automatic ones hold together, in order.

    engine: all mentions are in it; mentions: how many numbers they have. besides: pairs, a < b, each once,
    that are looked at however unlikely they are.
    """
    least = before(SAID_BITS, settings.review)
    likely = engine.likely(least, grounded=judging.grounded, besides=judging.besides)
    found = _judged(likely, judging, crew)

    def with_these(pairs: tuple[Numbers, Numbers]) -> Judged:
        more = _judged(engine.score(*_unscored(found, mentions, pairs)), judging, crew)
        return _together(found, more, judging.model)

    if besides:
        found = with_these(besides)
    return with_these(_inside_pieces(found, settings, engine))


def _judged(scored: Scored, judging: Judging, crew: Crew) -> Judged:
    """Pairs that hang together are judged together, so that each mention is looked up once."""
    order = scored.by_piece()
    parts = crew.map(partial(_coded, judging), (scored.at(part) for part in _parts(order)))
    known: dict[Judgement, int] = {}
    found = [np.empty(0, np.int32)]
    for said, codes in parts:
        found.append(np.array([known.setdefault(one, len(known)) for one in said], np.int32)[codes])
    codes = np.empty(len(scored), np.int32)
    codes[order] = np.concatenate(found)
    bits = np.array([judgement.bits for judgement in known] or [0.0])[codes]
    return Judged(scored.likelier(bits), codes, tuple(known))


def _coded(judging: Judging, scored: Scored) -> tuple[list[Judgement], Numbers]:
    """What was judged of these pairs, each once, and which of it of each pair."""
    known: dict[Judgement, int] = {}
    codes = [known.setdefault(one, len(known)) for one in judging.judge(scored)]
    return [*known], np.array(codes, np.int32)


def _parts(order: Positions) -> Iterator[Positions]:
    return (order[first : first + AT_ONCE] for first in range(0, len(order), AT_ONCE))


def _together(one: Judged, other: Judged, model: FixedModel) -> Judged:
    """The pairs of both, in order."""
    scored = all_of([one.scored, other.scored], model)
    order = np.lexsort((scored.b, scored.a))
    known = {found: code for code, found in enumerate(one.said)}
    theirs = np.array([known.setdefault(found, len(known)) for found in other.said], np.int32)
    code = np.concatenate([one.code, theirs[other.code]])
    return Judged(scored.at(order), code[order], tuple(known))


def _inside_pieces(likely: Judged, settings: LinkSettings, engine: Engine) -> tuple[Numbers, Numbers]:
    """The pairs inside each piece; of a large piece those that share a key."""
    strong = likely.scored.at(likely.automatic(settings))
    pieces = [piece for piece in pieces_of(strong.pairs()) if len(piece) > 2]
    small = chain.from_iterable(combinations(piece, 2) for piece in pieces if len(piece) <= RESCORED)
    inside = [np.fromiter(chain.from_iterable(small), np.int32).reshape(-1, 2)]
    for piece in pieces:
        if len(piece) > RESCORED:
            inside.append(np.stack(engine.blocked_among(np.array(piece, np.int32)), axis=1))
    every = np.concatenate(inside)
    return every[:, 0], every[:, 1]


def _unscored(likely: Judged, mentions: int, pairs: tuple[Numbers, Numbers]) -> tuple[Numbers, Numbers]:
    """Those of these pairs that are not among the likely."""
    known = _as_one(likely.scored.a, likely.scored.b, mentions)
    new = ~np.isin(_as_one(*pairs, mentions), known)
    return pairs[0][new], pairs[1][new]


def _as_one(a: Numbers, b: Numbers, mentions: int) -> npt.NDArray[np.int64]:
    """A pair as one number."""
    return a.astype(np.int64) * mentions + b


def pieces_of(pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """What hangs together by these pairs, each piece sorted, in the order of their first numbers."""
    edges = list(pairs)
    pieces = Pieces({number for pair in edges for number in pair})
    for pair in edges:
        pieces.join(*pair)
    return pieces.groups()

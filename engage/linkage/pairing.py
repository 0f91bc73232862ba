"""The pairs that are looked at, scored and judged: what linking employers and people has in common.

Only pairs that reach the review limit leave the database, and pairs inside a piece that automatic ones hold
together: all else says nothing about any cluster. Pairs are columns (engine/scored.py), and a mention goes by
its number, in the order of their keys.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from engage.model import Pair

from .bands import AUTOMATIC, band_of
from .cluster import Evidence, average_linkage, join
from .decisions import Standing
from .engine.opening import Engine, open_engine
from .engine.scored import Numbers, Scored, all_of
from .engine.tables import Batch, Row, batch
from .model_file import FixedModel, Score
from .pieces import Edge, Pieces
from .settings import LinkSettings
from .vetoes import Judgement

# Larger pieces are not compared all with all: a piece of 400 is 80,000 pairs, still a second's work.
RESCORED = 400
AT_ONCE = 20_000  # mentions

M = TypeVar("M")
Mask = npt.NDArray[np.bool_]
Judge = Callable[[int, int, Score], Judgement]


@dataclass(frozen=True, slots=True)
class Judged:
    """Pairs with what was judged of each: said[code[i]] of the pair at position i. said: each once."""

    scored: Scored
    code: Numbers
    said: tuple[Judgement, ...]

    def judgements(self) -> Iterator[Judgement]:
        """Of each pair, in order."""
        return (self.said[code] for code in self.code.tolist())

    def where(self, holds: Callable[[Judgement], bool]) -> Mask:
        """The positions of the pairs of which this holds."""
        return np.array([holds(found) for found in self.said] or [False])[self.code]

    def doubting(self, pairs: Collection[tuple[int, int]], doubt: str) -> Judged:
        """The same with a doubt about these pairs."""
        if not pairs:
            return self
        at = [index for index, pair in enumerate(self.scored.pairs()) if pair in pairs]
        known = {found: code for code, found in enumerate(self.said)}
        codes = self.code.copy()
        for index in at:
            doubted = replace(self.said[codes[index]], doubt=doubt, supported=False)
            codes[index] = known.setdefault(doubted, len(known))
        return Judged(self.scored, codes, tuple(known))

    def automatic(self, settings: LinkSettings) -> Mask:
        """The positions of the pairs that the machine may merge."""
        sure = Score(0.0, 1.0)
        free = self.where(lambda found: band_of(sure, found, settings) == AUTOMATIC)
        return free & (self.scored.probability >= settings.automatic)


@dataclass(frozen=True, slots=True)
class Compared:
    """Every pair that matters. keys: the mentions' keys by number, in order. shown: those worth a look.

    describe: a pair's ends, score and judgement → the product's Pair.
    """

    keys: Sequence[str]
    judged: Judged
    shown: Mask
    settings: LinkSettings
    describe: Callable[[int, int, Score, Judgement], Pair]
    model: FixedModel

    def pairs(self) -> dict[Edge, Pair]:
        """The pairs worth a look, with their reasons, by the keys of their ends."""
        scored = self.judged.scored.at(self.shown)
        judgements = (self.judged.said[code] for code in self.judged.code[self.shown].tolist())
        found = zip(scored.pairs(), scored.scores(self.model), judgements, strict=True)
        return {
            (self.keys[a], self.keys[b]): self.describe(a, b, score, said) for (a, b), score, said in found
        }


def score_and_judge(
    batches: Iterable[Batch], mentions: int, judge: Judge, model: FixedModel, settings: LinkSettings
) -> Judged:
    """The likely pairs, and all pairs inside each piece that automatic ones hold together, in order.

    batches: the mentions' columns and blocking keys; mentions: how many there are.
    """
    with open_engine(model, mentions) as engine:
        for some in batches:
            engine.add(some)
        likely = _judged(engine.likely(settings.review), judge, model)
        a, b = _unscored(likely, mentions, settings, engine)
        more = _judged(engine.score(a, b), judge, model)
    return _together(likely, more, model)


def in_batches(
    mentions: Sequence[M], columns: Callable[[M], tuple[Row, Iterable[str]]], model: FixedModel
) -> Iterator[Batch]:
    """The mentions' columns and blocking keys, some thousands at a time."""
    for first in range(0, len(mentions), AT_ONCE):
        found = [columns(mention) for mention in mentions[first : first + AT_ONCE]]
        yield batch(first, [row for row, _ in found], [keys for _, keys in found], model)


def _judged(scored: Scored, judge: Judge, model: FixedModel) -> Judged:
    known: dict[Judgement, int] = {}
    codes = [
        known.setdefault(judge(a, b, score), len(known))
        for (a, b), score in zip(scored.pairs(), scored.scores(model), strict=True)
    ]
    bits = np.array([found.bits for found in known] or [0.0])[codes] if codes else np.empty(0)
    return Judged(scored.likelier(bits), np.array(codes, np.int32), tuple(known))


def _together(one: Judged, other: Judged, model: FixedModel) -> Judged:
    """The pairs of both, in order."""
    scored = all_of([one.scored, other.scored], model)
    order = np.lexsort((scored.b, scored.a))
    known = {found: code for code, found in enumerate(one.said)}
    theirs = np.array([known.setdefault(found, len(known)) for found in other.said], np.int32)
    code = np.concatenate([one.code, theirs[other.code]])
    return Judged(scored.at(order), code[order], tuple(known))


def _unscored(
    likely: Judged, mentions: int, settings: LinkSettings, engine: Engine
) -> tuple[Numbers, Numbers]:
    """The pairs inside each piece that are not among the likely; of a large piece those that share a key."""
    strong = likely.scored.at(likely.automatic(settings))
    pieces = [np.array(piece, np.int32) for piece in pieces_of(strong.pairs()) if len(piece) > 2]
    ends = [
        np.array(list(combinations(piece.tolist(), 2)), np.int32)
        for piece in pieces
        if len(piece) <= RESCORED
    ]
    ends += [np.stack(engine.blocked_among(piece), axis=1) for piece in pieces if len(piece) > RESCORED]
    inside = np.concatenate([np.empty((0, 2), np.int32), *ends])
    known = _as_one(likely.scored.a, likely.scored.b, mentions)
    new = inside[~np.isin(_as_one(inside[:, 0], inside[:, 1], mentions), known)]
    return new[:, 0], new[:, 1]


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


def cluster_listed(compared: Compared, standing: Standing) -> tuple[list[list[str]], list[Edge]]:
    """Clusters of the mentions by evidence and people's answers, and the answers refused."""
    keys = compared.keys
    apart = [pair for pair in standing.apart if _has(keys, pair)]
    together = [pair for pair in standing.together if _has(keys, pair)]
    grouped = _clusters(compared, [(bisect_left(keys, a), bisect_left(keys, b)) for a, b in apart])
    return join([[keys[number] for number in cluster] for cluster in grouped], together, apart)


def _has(keys: Sequence[str], pair: Edge) -> bool:
    places = [bisect_left(keys, key) for key in pair]
    return all(at < len(keys) and keys[at] == key for at, key in zip(places, pair, strict=True))


def _clusters(compared: Compared, held: list[tuple[int, int]]) -> list[list[int]]:
    """Average linkage within each piece that strong pairs hold together; all others on their own."""
    judged, apart = compared.judged, set(held)
    every = list(judged.scored.pairs())
    strong = np.flatnonzero(judged.automatic(compared.settings)).tolist()
    pieces = pieces_of(every[at] for at in strong if every[at] not in apart)
    clusters: list[list[int]] = []
    for piece, evidence in zip(pieces, _evidence(pieces, compared, apart), strict=True):
        clusters += average_linkage(piece, evidence)
    placed = {number for piece in pieces for number in piece}
    return sorted(clusters + [[number] for number in range(len(compared.keys)) if number not in placed])


def _evidence(
    pieces: Sequence[Sequence[int]], compared: Compared, held: set[tuple[int, int]]
) -> Iterator[Evidence[int]]:
    """What clustering goes by inside each piece, with what people hold apart."""
    judged, scored = compared.judged, compared.judged.scored
    piece = np.full(len(compared.keys), -1, np.int32)
    for index, members in enumerate(pieces):
        piece[list(members)] = index
    home = np.where(piece[scored.a] == piece[scored.b], piece[scored.a], -1)
    order = np.argsort(home, kind="stable")
    starts = np.searchsorted(home[order], np.arange(len(pieces) + 1))
    strong, barred = judged.automatic(compared.settings), judged.where(_bars)
    told = [(int(piece[a]), (a, b)) for a, b in held if piece[a] == piece[b]]
    for index in range(len(pieces)):
        at = order[starts[index] : starts[index + 1]]
        inside = scored.at(at)
        ends = list(inside.pairs())
        weights = dict(zip(ends, inside.weight.tolist(), strict=True))
        merged = {pair for pair, yes in zip(ends, strong[at].tolist(), strict=True) if yes}
        apart = {pair for pair, yes in zip(ends, barred[at].tolist(), strict=True) if yes}
        apart |= {pair for home_of, pair in told if home_of == index}
        yield Evidence(weights, frozenset(merged - held), frozenset(apart))


def _bars(found: Judgement) -> bool:
    return found.bars and bool(found.veto or found.doubt)

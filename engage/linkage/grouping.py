"""Clusters of listed mentions: average linkage within each piece, and people's answers over all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import compress, pairwise

import numpy as np

from .cluster import Evidence, average_linkage, join
from .decisions import Standing
from .doubts import YIELDING, Judgement
from .pairing import Compared, Positions, pieces_of
from .pieces import Edge
from .shelf import number_of


def cluster_listed(
    keys: Sequence[str], numbers: Iterable[int], compared: Compared, standing: Standing
) -> tuple[list[list[str]], list[Edge]]:
    """Clusters of the mentions by evidence and people's answers, and the answers refused.

    keys: of all numbers, in order; numbers: those that are somebody's.
    """
    here = {
        pair: (number_of(keys, pair[0]), number_of(keys, pair[1]))
        for pair in (*standing.apart, *standing.together)
    }
    apart = [pair for pair in standing.apart if min(here[pair]) >= 0]
    together = [pair for pair in standing.together if min(here[pair]) >= 0]
    merged = merged_numbers(compared, {here[pair] for pair in apart})
    placed = {number for cluster in merged for number in cluster}
    clusters = sorted(merged + [[number] for number in numbers if number not in placed])
    return join([[keys[number] for number in cluster] for cluster in clusters], together, apart)


def merged_numbers(compared: Compared, held: set[tuple[int, int]]) -> list[list[int]]:
    """The clusters of two mentions and more. held: pairs that people hold apart."""
    judged = compared.judged
    automatic = judged.scored.at(judged.automatic(compared.settings))
    pieces = pieces_of(pair for pair in automatic.pairs() if pair not in held)
    pair_is_enough = compared.settings.automatic > 0.5  # one strong pair, and nothing speaks against it
    clusters = [piece for piece in pieces if len(piece) == 2 and pair_is_enough]
    large = [piece for piece in pieces if len(piece) > 2 or not pair_is_enough]
    for piece, evidence in zip(large, _evidence(large, compared, held), strict=True):
        clusters += [found for found in average_linkage(piece, evidence) if len(found) > 1]
    return clusters


def _evidence(
    pieces: Sequence[Sequence[int]], compared: Compared, held: set[tuple[int, int]]
) -> Iterator[Evidence[int]]:
    """What clustering goes by inside each piece, with what people hold apart."""
    judged = compared.judged
    piece = {number: index for index, members in enumerate(pieces) for number in members}
    told: dict[int, set[tuple[int, int]]] = {}
    for pair in held:
        if piece.get(pair[0], -1) == piece.get(pair[1], -2):
            told.setdefault(piece[pair[0]], set()).add(pair)
    strong = judged.automatic(compared.settings)
    masks = (strong, judged.where(_bars), strong & judged.where(_is_sure), judged.where(_yields))
    for index, at in enumerate(_inside(piece, len(pieces), compared)):
        ends = list(judged.scored.at(at).pairs())
        weights = dict(zip(ends, judged.scored.weight[at].tolist(), strict=True))
        merged, apart, sure, yielding = (set(compress(ends, mask[at].tolist())) for mask in masks)
        apart |= told.get(index, set())
        yield Evidence(
            weights, frozenset(merged - held), frozenset(apart), frozenset(sure - held), frozenset(yielding)
        )


def _inside(piece: Mapping[int, int], pieces: int, compared: Compared) -> Iterator[Positions]:
    """The positions of the pairs inside each piece."""
    scored = compared.judged.scored
    most = int(scored.b.max(initial=0)) + 1
    home = np.full(most, -1, np.int64)
    if piece:
        home[np.array([*piece], np.int64)] = np.array([*piece.values()], np.int64)
    inside = np.where(home[scored.a] == home[scored.b], home[scored.a], -1)
    order = np.argsort(inside, kind="stable")
    starts = np.searchsorted(inside[order], np.arange(pieces + 1))
    return (order[start:end] for start, end in pairwise(starts.tolist()))


def _bars(found: Judgement) -> bool:
    return found.bars and bool(found.veto or found.doubt) and not _yields(found)


def _yields(found: Judgement) -> bool:
    return found.bars and not found.veto and found.doubt in YIELDING


def _is_sure(found: Judgement) -> bool:
    return found.sure

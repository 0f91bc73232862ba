"""Clusters from scored pairs: average linkage that people's decisions and vetoes bind."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Generic

from .pieces import Edge, K, components, edge

# Beyond this one comparison proves nothing more: without it one number would outvote three doubts.
CLIP = 12.0
_LEAST = 1e-6  # bits: what a sure pair leaves of others that speak against it


@dataclass(frozen=True, slots=True)
class Evidence(Generic[K]):
    """What clustering goes by; every edge is (a, b) with a < b.

    weights: bits of every scored pair. strong: pairs that the machine may merge. apart: pairs that it never
    may (vetoes, doubts, and what people held apart). sure: strong pairs that say so of all their rows (one
    company number, one person of both), whatever else is far apart; yielding: doubts that these answer.
    """

    weights: Mapping[tuple[K, K], float]
    strong: frozenset[tuple[K, K]]
    apart: frozenset[tuple[K, K]] = frozenset()
    sure: frozenset[tuple[K, K]] = frozenset()
    yielding: frozenset[tuple[K, K]] = frozenset()


@dataclass(frozen=True, slots=True)
class _Tie:
    """What lies between two groups: the sum of clipped weights over all cross pairs, and what they allow."""

    total: float = 0.0
    strong: bool = False
    apart: bool = False
    sure: bool = False
    yielding: bool = False

    def __add__(self, other: _Tie) -> _Tie:
        return _Tie(
            self.total + other.total,
            self.strong or other.strong,
            self.apart or other.apart,
            self.sure or other.sure,
            self.yielding or other.yielding,
        )

    def mean(self, pairs: int) -> float:
        """Bits of a pair, of so many; 0 where the two groups may not merge."""
        if not self.strong or self.apart or (self.yielding and not self.sure):
            return 0.0
        return max(self.total / pairs, _LEAST if self.sure else 0.0)


def average_linkage(keys: Iterable[K], evidence: Evidence[K]) -> list[list[K]]:
    """Clusters of which every merge had a strong pair, no pair held apart, and more for it than against.

    The two groups with the highest mean of clipped weights over all their pairs merge first (a pair that was
    not scored counts as 0); ties go by key, so the order of the input never shows. A sure pair needs no mean.
    """
    clusters: list[list[K]] = []
    neighbours: dict[K, list[tuple[K, K]]] = defaultdict(list)
    for pair in evidence.weights.keys() | evidence.apart | evidence.yielding:
        neighbours[pair[0]].append(pair)
    for component in components(keys, evidence.strong):
        inside = set(component)
        edges = [pair for key in component for pair in neighbours[key] if pair[1] in inside]
        clusters += [component] if len(component) == 1 else _agglomerate(component, edges, evidence)
    return sorted(clusters)


def _agglomerate(component: list[K], edges: Iterable[tuple[K, K]], evidence: Evidence[K]) -> list[list[K]]:
    groups = {key: [key] for key in component}
    ties: dict[K, dict[K, _Tie]] = {key: {} for key in component}
    for pair in edges:
        clipped = max(-CLIP, min(CLIP, evidence.weights.get(pair, 0.0)))
        tie = _Tie(
            clipped,
            pair in evidence.strong,
            pair in evidence.apart,
            pair in evidence.sure,
            pair in evidence.yielding,
        )
        ties[pair[0]][pair[1]] = ties[pair[1]][pair[0]] = tie
    heap = [_candidate(a, b, tie, groups) for a, others in ties.items() for b, tie in others.items() if a < b]
    heapq.heapify(heap)
    while heap:
        negative, a, b, sizes = heapq.heappop(heap)
        if negative >= 0:
            break
        if a in groups and b in groups and sizes == (len(groups[a]), len(groups[b])):
            _merge(a, b, groups, ties)
            for other, tie in ties[a].items():
                heapq.heappush(heap, _candidate(*edge(a, other), tie, groups))
    return [sorted(group) for group in groups.values()]


def _candidate(a: K, b: K, tie: _Tie, groups: Mapping[K, list[K]]) -> tuple[float, K, K, tuple[int, int]]:
    """A merge to try, best first; one that is not allowed sorts with the hopeless."""
    sizes = (len(groups[a]), len(groups[b]))
    return (-round(tie.mean(sizes[0] * sizes[1]), 9), a, b, sizes)


def _merge(a: K, b: K, groups: dict[K, list[K]], ties: dict[K, dict[K, _Tie]]) -> None:
    """Put group b into group a and add up what ties them to the others."""
    groups[a] += groups.pop(b)
    gone = ties.pop(b)
    gone.pop(a), ties[a].pop(b)
    for other, tie in gone.items():
        ties[a][other] = ties[other][a] = ties[a].get(other, _Tie()) + tie
        ties[other].pop(b)


def join(
    clusters: list[list[str]], together: Iterable[Edge], apart: Iterable[Edge]
) -> tuple[list[list[str]], list[Edge]]:
    """The clusters after people's Same, each joining two whole clusters; and those that could not be had.

    apart: what people hold apart; a Same that would bring two such mentions together is returned, not done.
    """
    home = {key: index for index, group in enumerate(clusters) for key in group}
    groups = {index: list(group) for index, group in enumerate(clusters)}
    barred = [pair for pair in apart if pair[0] in home and pair[1] in home]
    refused: list[Edge] = []
    for a, b in together:
        one, other = home[a], home[b]
        if one == other:
            continue
        if any({home[x], home[y]} == {one, other} for x, y in barred):
            refused.append(edge(a, b))
            continue
        for key in groups[other]:
            home[key] = one
        groups[one] += groups.pop(other)
    return sorted(sorted(group) for group in groups.values()), refused

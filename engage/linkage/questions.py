"""What people are asked: undecided pairs whose ends are apart, with how much hangs on each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from engage.model import Pair

from .bands import AUTOMATIC, REVIEW
from .decisions import Standing
from .pieces import Edge, edge


def ask(
    pairs: Iterable[Pair], cluster_of: Mapping[str, str], typed: Mapping[str, int], told: Standing
) -> list[tuple[int, Pair]]:
    """(value, pair): one question between every two clusters, by their strongest pair.

    A pair with a veto speaks for its two clusters before any other: it says why they are never merged.
    cluster_of: mention → cluster. typed: a typing that no cluster has yet → how many rows have it. value:
    how many mentions an answer would bring together. Two clusters that a person told apart, or was not sure
    of, are asked about again only if what was compared has changed.
    """
    every = sorted(pairs, key=lambda pair: (pair.veto == "", -pair.weight, pair.a, pair.b))
    sizes = Counter(cluster_of.values())
    settled = _settled(every, cluster_of, told)
    best: dict[Edge, Pair] = {}
    for pair in every:
        ends = _ends(pair.a, pair.b, cluster_of)
        if ends[0] != ends[1] and ends not in settled:
            best.setdefault(ends, _as_question(pair))
    return [(sum(sizes[end] or typed.get(end, 1) for end in ends), pair) for ends, pair in best.items()]


def _as_question(pair: Pair) -> Pair:
    """A pair that would be automatic but for others between the two clusters is asked, and says so."""
    if pair.band != AUTOMATIC:
        return pair
    return replace(pair, band=REVIEW, reasons=(*pair.reasons, "but others of their rows do not agree"))


def _ends(a: str, b: str, cluster_of: Mapping[str, str]) -> Edge:
    return edge(cluster_of.get(a, a), cluster_of.get(b, b))


def _settled(pairs: Iterable[Pair], cluster_of: Mapping[str, str], told: Standing) -> set[Edge]:
    """The pairs of clusters about which an answer still holds: nothing that was compared then has changed."""
    now = {edge(pair.a, pair.b): pair.compared for pair in pairs}
    return {
        _ends(a, b, cluster_of)
        for (a, b), decision in (told.answered or {}).items()
        if decision.compared in {"", now.get((a, b), decision.compared)}
    }

"""What people are asked: undecided pairs whose ends are apart, with how much hangs on each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from engage.model import Decision, Pair

from .bands import AUTOMATIC, REVIEW
from .decisions import Standing
from .pieces import Edge, Pieces, edge


def ask(
    pairs: Iterable[Pair],
    cluster_of: Mapping[str, str],
    typed: Mapping[str, int],
    told: Standing,
    compared: Callable[[str, str], str],
) -> list[tuple[int, Pair]]:
    """(value, pair): one question between two clusters, by their strongest pair, and none that others imply.

    Of three clusters that may all be one, two questions settle it, and the third is asked only when one of
    them was answered Different. A pair with a veto speaks for its two clusters before any other: it says why
    they are never merged, and implies nothing.
    cluster_of: mention → cluster. typed: a typing that no cluster has yet → how many rows have it. value:
    how many mentions an answer would bring together. compared: see compared.py. Two clusters that a person
    told apart, or was not sure of, are asked about again only if what was compared has changed; the question
    says which answer it reopens.
    """
    every = sorted(pairs, key=lambda pair: (pair.veto == "", -pair.weight, pair.a, pair.b))
    sizes = Counter(cluster_of.values())
    settled, reopened = _answered(every, cluster_of, told, compared)
    best: dict[Edge, Pair] = {}
    pieces = Pieces({end for pair in every for end in _ends(pair.a, pair.b, cluster_of)})
    for pair in every:
        ends = _ends(pair.a, pair.b, cluster_of)
        if ends[0] == ends[1] or ends in settled or ends in best:
            continue
        if ends in reopened or pair.veto or pieces.join(*ends):
            best[ends] = replace(_as_question(pair), reopens=reopened.get(ends))
    return [(sum(sizes[end] or typed.get(end, 1) for end in ends), pair) for ends, pair in best.items()]


def _as_question(pair: Pair) -> Pair:
    """A pair that would be automatic but for others between the two clusters is asked, and says so."""
    if pair.band != AUTOMATIC:
        return pair
    return replace(pair, band=REVIEW, reasons=(*pair.reasons, "but others of their rows do not agree"))


def _ends(a: str, b: str, cluster_of: Mapping[str, str]) -> Edge:
    return edge(cluster_of.get(a, a), cluster_of.get(b, b))


def _answered(
    pairs: Iterable[Pair],
    cluster_of: Mapping[str, str],
    told: Standing,
    compared: Callable[[str, str], str],
) -> tuple[set[Edge], dict[Edge, Decision]]:
    """The pairs of clusters about which an answer still holds: nothing that was compared then has changed, or
    they are not alike any more; and the latest answer of those about which one holds no more.

    An answer on a text is held against the row that it was given on, whichever stands for the text tonight.
    """
    alike = {edge(pair.a, pair.b) for pair in pairs}
    settled: set[Edge] = set()
    reopened: dict[Edge, Decision] = {}
    for (a, b), decision in sorted((told.answered or {}).items(), key=lambda item: (item[1].when, item[0])):
        ends = _ends(a, b, cluster_of)
        now = compared(decision.a, decision.b)
        if (a, b) not in alike or not now or decision.compared in {"", now}:
            settled.add(ends)
        else:
            reopened[ends] = decision
    return settled, reopened

"""What people are asked: undecided pairs whose ends are apart, with how much hangs on each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

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
    every = sorted(pairs, key=lambda pair: (pair.a, pair.b))
    sizes = Counter(cluster_of.values())
    settled, reopened = _answered(every, cluster_of, told, compared)
    between = [pair for pair in every if _are_open(_ends(pair.a, pair.b, cluster_of), settled)]
    return [
        (
            sum(sizes[end] or typed.get(end, 1) for end in ends),
            replace(as_question(pair), reopens=reopened.get(ends)),
        )
        for ends, pair in _needed(between, cluster_of, reopened)
    ]


def _are_open(ends: Edge, settled: Container[Edge]) -> bool:
    return ends[0] != ends[1] and ends not in settled


def _needed(
    pairs: Sequence[Pair], cluster_of: Mapping[str, str], reopened: Container[Edge]
) -> list[tuple[Edge, Pair]]:
    number: dict[str, int] = {}
    ends = [_ends(pair.a, pair.b, cluster_of) for pair in pairs]
    numbered = [[number.setdefault(end, len(number)) for end in each] for each in ends]
    vetoed = np.array([pair.veto != "" for pair in pairs], np.bool_)
    weight = np.array([pair.weight for pair in pairs], np.float64)
    anyway = np.array([each in reopened for each in ends], np.bool_)
    chosen = needed(np.array(numbered, np.int64).reshape(-1, 2), vetoed, weight, anyway)
    return [(ends[at], pairs[at]) for at in chosen.tolist()]


def needed(
    ends: npt.NDArray[np.int64],
    vetoed: npt.NDArray[np.bool_],
    weight: npt.NDArray[np.float64],
    anyway: npt.NDArray[np.bool_] | None = None,
) -> npt.NDArray[np.int64]:
    """Where the pairs are that are asked about: one between two clusters, and none that others imply.

    ends: the numbers of each pair's two clusters, never the same, a column for either end. A pair with a veto
    goes first, then the strongest, then the first of equals. anyway: asked, and implies nothing.
    """
    order = np.lexsort((-weight, ~vetoed))
    low, high = ends.min(axis=1)[order], ends.max(axis=1)[order]
    both = low * (int(ends.max(initial=0)) + 1) + high
    _, first = np.unique(both, return_index=True)
    chosen = order[np.sort(first)]
    free = vetoed[chosen] if anyway is None else vetoed[chosen] | anyway[chosen]
    pieces = Pieces(np.unique(ends).tolist())
    asked = [
        always or pieces.join(a, b)
        for always, (a, b) in zip(free.tolist(), ends[chosen].tolist(), strict=True)
    ]
    found: npt.NDArray[np.int64] = chosen[np.array(asked, np.bool_)]
    return found


def as_question(pair: Pair) -> Pair:
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

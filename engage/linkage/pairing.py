"""The pairs that are looked at, scored and judged: what linking employers and people has in common."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from engage.model import Pair

from .bands import AUTOMATIC, band_of
from .blocking import candidate_pairs
from .cluster import Evidence, average_linkage, join
from .decisions import Standing
from .features import Row
from .model_file import FixedModel, Score
from .pieces import Edge, components, edge
from .score import score_pairs
from .settings import LinkSettings
from .vetoes import Judgement

# Larger pieces are not compared all with all: a piece of 400 is 80,000 pairs, still a second's work.
RESCORED = 400


@dataclass(frozen=True, slots=True)
class Compared:
    """Every pair that was looked at: its scores, its judgement, and as the product's Pair; by edge."""

    scores: Mapping[Edge, Score] = field(default_factory=dict)
    judged: Mapping[Edge, Judgement] = field(default_factory=dict)
    pairs: Mapping[Edge, Pair] = field(default_factory=dict)

    def evidence(self, apart: Iterable[Edge]) -> Evidence:
        """What clustering goes by, with what people hold apart."""
        barred = {pair for pair, found in self.judged.items() if found.bars and (found.veto or found.doubt)}
        strong = {pair for pair, found in self.pairs.items() if found.band == AUTOMATIC}
        held = frozenset(apart)
        weights = {pair: score.weight for pair, score in self.scores.items()}
        return Evidence(weights, frozenset(strong - held), frozenset(barred | held))


def score_and_judge(
    rows: Mapping[str, Row],
    keys: Mapping[str, Iterable[str]],
    judge: Callable[[Edge, Score], Judgement],
    model: FixedModel,
    settings: LinkSettings,
) -> tuple[dict[Edge, Score], dict[Edge, Judgement]]:
    """The candidate pairs, and all pairs inside each piece that automatic ones hold together.

    rows: mention → the model's columns; keys: mention → its blocking keys.
    """
    scores = score_pairs(rows, candidate_pairs(keys), model)
    judged = {pair: judge(pair, score) for pair, score in scores.items()}
    strong = [pair for pair in scores if band_of(scores[pair], judged[pair], settings) == AUTOMATIC]
    more = score_pairs(rows, _unscored(rows, strong, scores), model)
    return scores | more, judged | {pair: judge(pair, score) for pair, score in more.items()}


def _unscored(keys: Iterable[str], strong: Iterable[Edge], scores: Mapping[Edge, Score]) -> list[Edge]:
    """The pairs inside each piece that blocking did not bring together."""
    pieces = [piece for piece in components(keys, strong) if 2 < len(piece) <= RESCORED]
    return sorted(
        edge(a, b) for piece in pieces for a, b in combinations(piece, 2) if edge(a, b) not in scores
    )


def cluster_listed(
    listed: Collection[str], compared: Compared, standing: Standing
) -> tuple[list[list[str]], list[Edge]]:
    """Clusters of the listed mentions by evidence and people's answers, and the answers refused."""
    apart = [pair for pair in standing.apart if pair[0] in listed and pair[1] in listed]
    together = [pair for pair in standing.together if pair[0] in listed and pair[1] in listed]
    return join(average_linkage(listed, compared.evidence(apart)), together, apart)

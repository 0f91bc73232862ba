"""Employers, first pass: the rows of the Employers tabs, compared with each other and clustered."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import combinations

from engage.model import Pair

from .bands import AUTOMATIC, REVIEW, band_of, make_pair
from .blocking import candidate_pairs
from .cluster import Edge, Evidence, average_linkage, components, edge, join
from .decisions import Standing
from .explain import employer_reasons
from .features import employer_keys, employer_row
from .mentions import Employer
from .model_file import Score, fixed_model
from .score import score_pairs
from .settings import LinkSettings
from .vetoes import Judgement, judge_employers

log = logging.getLogger(__name__)

# Larger pieces are not compared all with all: a piece of 400 is 80,000 pairs, still a second's work.
RESCORED = 400
# Two rivals whose weights lie this close (bits) are a choice that only a person can make.
RIVAL_MARGIN = 8.0


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


def cluster_employers(
    listed: Mapping[str, Employer], standing: Standing, settings: LinkSettings
) -> tuple[list[list[str]], list[Edge], Compared]:
    """Clusters of listed employers, the answers that contradict each other, and every pair compared."""
    compared = compare_employers(listed, settings)
    apart = [pair for pair in standing.apart if pair[0] in listed and pair[1] in listed]
    together = [pair for pair in standing.together if pair[0] in listed and pair[1] in listed]
    clusters = average_linkage(listed, compared.evidence(apart))
    joined, refused = join(clusters, together, apart)
    return joined, refused, compared


def compare_employers(listed: Mapping[str, Employer], settings: LinkSettings) -> Compared:
    """Score the candidate pairs, then all pairs inside each piece that strong ones hold together."""
    model = fixed_model("employer")
    rows = {key: employer_row(mention, model) for key, mention in listed.items()}
    keys = {key: set(employer_keys(mention)) for key, mention in listed.items()}
    scores = score_pairs(rows, candidate_pairs(keys), model)
    declared = declared_names(listed.values())

    def judge(pair: Edge) -> Judgement:
        return judge_employers(listed[pair[0]], listed[pair[1]], scores[pair], declared)

    judged = {pair: judge(pair) for pair in scores}
    strong = [pair for pair in scores if _band(scores[pair], judged[pair], settings) == AUTOMATIC]
    missing = unscored(listed, strong, scores)
    scores |= score_pairs(rows, missing, model)
    judged |= {pair: judge(pair) for pair in missing}
    judged = without_rivals(judged, scores, settings)
    kept = {pair: score for pair, score in scores.items() if score.probability >= settings.review}
    pairs = {pair: employer_pair(listed, pair, score, judged[pair], settings) for pair, score in kept.items()}
    return Compared(scores, judged, pairs)


def employer_pair(
    mentions: Mapping[str, Employer], pair: Edge, score: Score, judgement: Judgement, settings: LinkSettings
) -> Pair:
    """A scored pair with its band and its reasons."""
    a, b = mentions[pair[0]], mentions[pair[1]]
    reasons = employer_reasons(a, b, score, judgement.doubt)
    return make_pair(a, b, "employer", score, _band(score, judgement, settings), reasons, judgement.veto)


def _band(score: Score, judgement: Judgement, settings: LinkSettings) -> str:
    return band_of(score.probability, judgement, settings.automatic, settings.review)


def unscored(keys: Iterable[str], strong: Iterable[Edge], scores: Mapping[Edge, Score]) -> list[Edge]:
    """The pairs inside each piece that blocking did not bring together."""
    pieces = [piece for piece in components(keys, strong) if 2 < len(piece) <= RESCORED]
    return sorted(
        edge(a, b) for piece in pieces for a, b in combinations(piece, 2) if edge(a, b) not in scores
    )


def without_rivals(
    judged: Mapping[Edge, Judgement], scores: Mapping[Edge, Score], settings: LinkSettings
) -> dict[Edge, Judgement]:
    """Judgements, doubting whoever fits two employers equally well that are surely not one."""
    strong = {p: scores[p] for p, found in judged.items() if _band(scores[p], found, settings) == AUTOMATIC}
    fits: dict[str, dict[str, float]] = defaultdict(dict)
    for (a, b), score in strong.items():
        fits[a][b] = fits[b][a] = score.weight
    doubted: set[Edge] = set()
    for (a, b), found in judged.items():
        if found.veto:
            for between in fits[a].keys() & fits[b].keys():
                if abs(fits[a][between] - fits[b][between]) < RIVAL_MARGIN:
                    doubted |= {edge(a, between), edge(b, between)}
    doubt = "it fits two employers that are not the same"
    return {
        p: replace(found, doubt=doubt, supported=False) if p in doubted else found
        for p, found in judged.items()
    }


def declared_names(mentions: Iterable[Employer]) -> Callable[[str, str], bool]:
    """A test for two name keys: does any row give both as names of one employer?"""
    said: set[tuple[str, str]] = set()
    for mention in mentions:
        names = sorted({mention.name.key, *mention.name.aliases})
        said.update((one, other) for one in names for other in names if one != other)
    return lambda one, other: (one, other) in said


def best_between(pairs: Iterable[Pair], home: Mapping[str, str]) -> dict[tuple[str, str], Pair]:
    """The strongest review pair between every two clusters."""
    best: dict[tuple[str, str], Pair] = {}
    for pair in sorted(pairs, key=lambda pair: (pair.veto != "", -pair.weight, pair.a, pair.b)):
        ends = tuple(sorted((home.get(pair.a, pair.a), home.get(pair.b, pair.b))))
        if ends[0] != ends[1] and pair.band in {REVIEW, AUTOMATIC}:
            best.setdefault((ends[0], ends[1]), pair)
    return best

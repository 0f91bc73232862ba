"""Employers, first pass: the rows of the Employers tabs, compared with each other and clustered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from engage.model import Pair

from .bands import AUTOMATIC, band_of, make_pair
from .decisions import Standing
from .explain import employer_reasons
from .features import employer_keys, employer_row
from .mentions import Employer
from .model_file import Score, fixed_model
from .pairing import Compared, cluster_listed, score_and_judge
from .pieces import Edge, edge
from .settings import LinkSettings
from .vetoes import Judgement, judge_employers

# Two rivals whose weights lie this close (bits) are a choice that only a person can make.
RIVAL_MARGIN = 8.0


def cluster_employers(
    listed: Mapping[str, Employer], standing: Standing, settings: LinkSettings
) -> tuple[list[list[str]], list[Edge], Compared]:
    """Clusters of listed employers, the answers that contradict each other, and every pair compared."""
    compared = compare_employers(listed, settings)
    return *cluster_listed(listed, compared, standing), compared


def compare_employers(listed: Mapping[str, Employer], settings: LinkSettings) -> Compared:
    """Score and judge the pairs worth a look; those below the review band are left out of `pairs`."""
    model = fixed_model("employer")
    rows = {key: employer_row(mention, model) for key, mention in listed.items()}
    keys = {key: set(employer_keys(mention)) for key, mention in listed.items()}
    declared = declared_names(listed.values())

    def judge(pair: Edge, score: Score) -> Judgement:
        return judge_employers(listed[pair[0]], listed[pair[1]], score, declared)

    scores, judged = score_and_judge(rows, keys, judge, model, settings)
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
    return make_pair(a, b, score, band_of(score, judgement, settings), reasons, judgement.veto)


def without_rivals(
    judged: Mapping[Edge, Judgement], scores: Mapping[Edge, Score], settings: LinkSettings
) -> dict[Edge, Judgement]:
    """Judgements, doubting whoever fits two employers equally well that are surely not one."""
    strong = {p: scores[p] for p, found in judged.items() if band_of(scores[p], found, settings) == AUTOMATIC}
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

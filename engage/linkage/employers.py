"""Employers, first pass: the rows of the Employers tabs, compared with each other and clustered."""

from __future__ import annotations

from collections.abc import Mapping

from engage.model import Pair

from .bands import band_of, make_pair
from .decisions import Standing
from .explain import employer_reasons
from .features import employer_keys, employer_row
from .mentions import Employer
from .model_file import Score, fixed_model
from .namesakes import Names
from .pairing import Compared, Judged, cluster_listed, in_batches, score_and_judge
from .pieces import Edge, edge
from .settings import LinkSettings
from .vetoes import NUMBER_SLIP, Judgement, judge_employers

# Two rivals whose weights lie this close (bits) are a choice that only a person can make.
RIVAL_MARGIN = 8.0


def cluster_employers(
    listed: Mapping[str, Employer], standing: Standing, settings: LinkSettings
) -> tuple[list[list[str]], list[Edge], Compared]:
    """Clusters of listed employers, the answers that contradict each other, and every pair that matters."""
    compared = compare_employers(listed, settings)
    return *cluster_listed(compared, standing), compared


def compare_employers(listed: Mapping[str, Employer], settings: LinkSettings) -> Compared:
    """Score and judge the pairs worth a look."""
    model = fixed_model("employer")
    keys = sorted(listed)
    mentions = [listed[key] for key in keys]
    names = Names.of(mentions)

    def judge(a: int, b: int, score: Score) -> Judgement:
        return judge_employers(mentions[a], mentions[b], score, names)

    def describe(a: int, b: int, score: Score, judgement: Judgement) -> Pair:
        return employer_pair(mentions[a], mentions[b], score, judgement, settings)

    batches = in_batches(mentions, lambda one: (employer_row(one, model), employer_keys(one)), model)
    judged = without_rivals(score_and_judge(batches, len(keys), judge, model, settings), settings)
    shown = (judged.scored.probability >= settings.review) & judged.where(lambda found: found.ask)
    return Compared(keys, judged, shown, settings, describe, model)


def employer_pair(
    a: Employer, b: Employer, score: Score, judgement: Judgement, settings: LinkSettings
) -> Pair:
    """A scored pair with its band and its reasons."""
    reasons = employer_reasons(a, b, score, judgement.told, judgement.doubt)
    return make_pair(a, b, score, band_of(score, judgement, settings), reasons, judgement.veto)


def without_rivals(judged: Judged, settings: LinkSettings) -> Judged:
    """The same, doubting whoever fits two employers equally well that are surely not one."""
    told_apart = list(judged.scored.at(judged.where(_are_two)).pairs())
    fits = _fits({number for pair in told_apart for number in pair}, judged, settings)
    doubted: set[tuple[int, int]] = set()
    for a, b in told_apart:
        for between in fits[a].keys() & fits[b].keys():
            if abs(fits[a][between] - fits[b][between]) < RIVAL_MARGIN:
                doubted |= {edge(a, between), edge(b, between)}
    return judged.doubting(doubted, "it fits two employers that are not the same")


def _are_two(found: Judgement) -> bool:
    """Surely two: not if a slip in a number is all that says so."""
    return bool(found.veto) and found.veto != NUMBER_SLIP


def _fits(wanted: set[int], judged: Judged, settings: LinkSettings) -> dict[int, dict[int, float]]:
    """Mention → those that the machine may merge it with → bits, for the wanted ones."""
    fits: dict[int, dict[int, float]] = {number: {} for number in wanted}
    strong = judged.scored.at(judged.automatic(settings))
    for (a, b), weight in zip(strong.pairs(), strong.weight.tolist(), strict=True):
        if a in fits:
            fits[a][b] = weight
        if b in fits:
            fits[b][a] = weight
    return fits

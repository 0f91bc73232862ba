"""Linking with nothing clever in it: every two that share a key scored and judged, all of it in memory.

What linkage does in a database, in parts and by columns has to come to the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from itertools import combinations

from engage.linkage.bands import AUTOMATIC, band_of
from engage.linkage.cluster import Evidence, average_linkage
from engage.linkage.doubts import NUMBER_SLIP, YIELDING, Judgement
from engage.linkage.employers import RIVAL_MARGIN
from engage.linkage.features import employer_keys, employer_row, person_keys, person_row
from engage.linkage.mentions import Employer, Person, all_mentions
from engage.linkage.model_file import FixedModel, Score, fixed_model
from engage.linkage.namesakes import Names
from engage.linkage.people import Workplaces, judge_by_names
from engage.linkage.pieces import Edge, components, edge
from engage.linkage.resolve import likelier
from engage.linkage.score import Row, score_pairs
from engage.linkage.settings import LinkSettings
from engage.linkage.shared import direct_lines, without_shared
from engage.linkage.texts import enrich, group_texts
from engage.linkage.vetoes import judge_employers
from engage.model import Record

Clusters = list[list[str]]
Judged = dict[Edge, tuple[Score, Judgement]]


def blocked(keys: Mapping[str, Iterable[str]], large: int = 80) -> set[Edge]:
    """Every two that share a key; in a block of more than `large` they must share a second such key."""
    blocks: dict[object, set[str]] = defaultdict(set)
    for mention, named in keys.items():
        for key in named:
            blocks[key].add(mention)
    too_large = {key for key, block in blocks.items() if len(block) > large}
    for mention, named in keys.items():
        for two in combinations(sorted(too_large.intersection(named)), 2):
            blocks[two].add(mention)
    small = (
        block
        for key, block in blocks.items()
        if key not in too_large and (isinstance(key, str) or len(block) <= 4 * large)
    )
    return {pair for block in small for pair in combinations(sorted(block), 2)}


def firms_of(records: list[Record], settings: LinkSettings) -> Clusters:
    """The clusters of the listed employers."""
    employers, _ = all_mentions(records, settings.country)
    groups = group_texts(employers.values())
    return _firms(without_shared(enrich({k: m for k, m in employers.items() if m.listed}, groups)), settings)


def persons_of(records: list[Record], employer_of: Mapping[str, str], settings: LinkSettings) -> Clusters:
    """The clusters of the listed people. employer_of: employer mention → the merged employer."""
    employers, people = all_mentions(records, settings.country)
    own = without_shared(employers)
    places = Workplaces(employer_of, {key: one.domains for key, one in own.items()})
    return _persons({k: one for k, one in people.items() if one.listed}, employers, places, settings)


def _firms(listed: Mapping[str, Employer], settings: LinkSettings) -> Clusters:
    model, names = fixed_model("employer"), Names.of(listed.values())
    rows = {key: employer_row(one, model) for key, one in listed.items()}
    keys = {key: set(employer_keys(one)) for key, one in listed.items()}

    def judge(pair: Edge, score: Score) -> Judgement:
        return judge_employers(listed[pair[0]], listed[pair[1]], score, names)

    return _clusters(rows, _rivals_doubted(_every(rows, keys, judge, model, settings), settings), settings)


def _persons(
    listed: Mapping[str, Person],
    employers: Mapping[str, Employer],
    places: Workplaces,
    settings: LinkSettings,
) -> Clusters:
    model = fixed_model("person")
    lines = direct_lines(listed.values(), employers.values())
    where = {key: (places.employer(one), places.own_domains(one)) for key, one in listed.items()}
    rows = {key: person_row(one, lines, *where[key], model) for key, one in listed.items()}
    keys = {key: set(person_keys(one, lines, *where[key])) for key, one in listed.items()}
    judge_two = judge_by_names(listed.values(), places)

    def judge(pair: Edge, score: Score) -> Judgement:
        return judge_two(listed[pair[0]], listed[pair[1]], score)

    return _clusters(rows, _every(rows, keys, judge, model, settings), settings)


def _every(
    rows: Mapping[str, Row],
    keys: Mapping[str, Iterable[str]],
    judge: Callable[[Edge, Score], Judgement],
    model: FixedModel,
    settings: LinkSettings,
) -> Judged:
    scores = score_pairs(rows, sorted(blocked(keys)), model)
    judged = {pair: _weighed(score, judge(pair, score)) for pair, score in scores.items()}
    pieces = components(rows, _strong(judged, settings))
    inside = {edge(a, b) for piece in pieces for a, b in combinations(piece, 2)} - scores.keys()
    more = score_pairs(rows, sorted(inside), model)
    return judged | {pair: _weighed(score, judge(pair, score)) for pair, score in more.items()}


def _weighed(score: Score, said: Judgement) -> tuple[Score, Judgement]:
    return (likelier(score, said.bits) if said.bits else score), said


def _strong(judged: Judged, settings: LinkSettings) -> set[Edge]:
    return {pair for pair, (score, said) in judged.items() if band_of(score, said, settings) == AUTOMATIC}


def _rivals_doubted(judged: Judged, settings: LinkSettings) -> Judged:
    fits: dict[str, dict[str, float]] = defaultdict(dict)
    for a, b in _strong(judged, settings):
        fits[a][b] = fits[b][a] = judged[a, b][0].weight
    doubted = {
        edge(end, between)
        for (a, b), (_, said) in judged.items()
        for between in fits[a].keys() & fits[b].keys()
        if said.veto and said.veto != NUMBER_SLIP and abs(fits[a][between] - fits[b][between]) < RIVAL_MARGIN
        for end in (a, b)
    }
    doubt = "it fits two employers that are not the same"
    return {
        pair: (score, replace(said, doubt=doubt, supported=False) if pair in doubted else said)
        for pair, (score, said) in judged.items()
    }


def _clusters(rows: Iterable[str], judged: Judged, settings: LinkSettings) -> Clusters:
    barred = {pair for pair, (_, said) in judged.items() if said.bars and (said.veto or said.doubt)}
    yielding = {pair for pair in barred if not judged[pair][1].veto and judged[pair][1].doubt in YIELDING}
    weights = {pair: score.weight for pair, (score, _) in judged.items()}
    strong = _strong(judged, settings)
    sure = {pair for pair in strong if judged[pair][1].sure}
    parts = (strong, barred - yielding, sure, yielding)
    return average_linkage(rows, Evidence(weights, *(frozenset(part) for part in parts)))

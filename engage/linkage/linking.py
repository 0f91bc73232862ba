"""Linking, top to bottom: mentions → employers → sites → people → identifiers → what to ask.

Splink is imported with the first comparison, never with this module.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from engage.model import Decision, Linked, Membership, Pair, Record

from .cluster import join
from .compared import comparer
from .crew import Alone
from .decisions import Standing, on_pair, standing
from .identifiers import carry_over, changes
from .mentions import Employer, Person, all_mentions
from .pieces import Edge, edge, spanning
from .questions import ask
from .settings import LinkSettings
from .shared import without_shared
from .sites import site_clusters
from .texts import enrich, group_texts
from .unswept import unswept

__all__ = ["LinkSettings", "link"]

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Outcome:
    """One kind, clustered: clusters of mention keys, every pair worth showing, what stands for what.

    nodes: mention → the mention that stands for it (its typing's first). told: the answers that hold.
    refused: answers Same that other answers rule out. compared: see compared.py.
    """

    clusters: list[list[str]]
    pairs: Mapping[Edge, Pair]
    nodes: Mapping[str, str]
    told: Standing
    refused: Sequence[Edge]
    compared: Callable[[str, str], str]

    def in_one(self) -> dict[str, str]:
        """Mention → the first mention of its cluster."""
        return {key: cluster[0] for cluster in self.clusters for key in cluster}


def link(
    records: Sequence[Record], decisions: Sequence[Decision], before: Membership, settings: LinkSettings
) -> Linked:
    """Every mention of an employer or a person, with the merged employer, site and person it belongs to.

    records: rows of all staff tabs, in any order. decisions: every row of Decisions. before: last night's
    membership; identifiers are carried over from it. The same input, in any order, gives the same output.
    """
    with unswept():
        return _link(records, decisions, before, settings)


def _link(
    records: Sequence[Record], decisions: Sequence[Decision], before: Membership, settings: LinkSettings
) -> Linked:
    employers, people = all_mentions(records, settings.country)
    firms = _link_employers(employers, decisions, settings)
    employer_of = carry_over(firms.clusters, before.employers, "EMP")
    persons = _link_people(people, employers, employer_of, decisions, settings)
    person_of = carry_over(persons.clusters, before.people, "PER")
    listed = [[key for key in cluster if employers[key].listed] for cluster in firms.clusters]
    site_of = carry_over(site_clusters(listed, employers), before.sites, "SIT")
    log.info("linked %d employer and %d person mentions", len(employers), len(people))
    return Linked(
        employer_of=employer_of,
        site_of=site_of,
        person_of=person_of,
        questions=_questions(firms, persons),
        merges=(*_merges(firms), *_merges(persons)),
        contradictions=(*_contradictions(firms), *_contradictions(persons)),
        changes=(
            *changes(employer_of, before.employers),
            *changes(site_of, before.sites),
            *changes(person_of, before.people),
        ),
        pairs=tuple(pair for outcome in (firms, persons) for _, pair in sorted(outcome.pairs.items())),
    )


def _link_employers(
    employers: Mapping[str, Employer], decisions: Sequence[Decision], settings: LinkSettings
) -> _Outcome:
    from .listed import link_employers  # noqa: PLC0415 - brings Splink: only when there is work
    from .resolve import resolve_texts  # noqa: PLC0415

    groups = group_texts(employers.values())
    nodes = {member: group.key for group in groups for member in group.members}
    told = standing(decisions, "employer", nodes)
    listed = {key: mention for key, mention in employers.items() if mention.listed}
    listed = without_shared(enrich(listed, groups))
    found = link_employers(listed, told, settings)
    number = {key: index for index, cluster in enumerate(found.clusters) for key in cluster}
    resolved = resolve_texts(groups, listed, number, told, settings)
    members = {group.key: group.members for group in groups}
    whole, refused = _with_texts(found.clusters, number, resolved.home, resolved.founders, members, told)
    pairs = {**found.pairs(Alone()), **{edge(pair.a, pair.b): pair for pair in resolved.pairs}}
    return _Outcome(whole, pairs, nodes, told, sorted({*found.refused, *refused}), comparer(employers))


def _link_people(
    people: Mapping[str, Person],
    employers: Mapping[str, Employer],
    employer_of: Mapping[str, str],
    decisions: Sequence[Decision],
    settings: LinkSettings,
) -> _Outcome:
    from .listed import link_people  # noqa: PLC0415 - brings Splink: only when there is work
    from .named_people import group_named, resolve_named  # noqa: PLC0415
    from .people import Workplaces  # noqa: PLC0415

    own = without_shared(employers)
    places = Workplaces(employer_of, {key: mention.domains for key, mention in own.items()})
    listed = {key: person for key, person in people.items() if person.listed}
    groups = group_named(people.values(), places, decisions)
    nodes = {member: group.key for group in groups for member in group.members}
    told = standing(decisions, "person", nodes)
    found = link_people(listed, employers.values(), places, told, settings)
    number = {key: index for index, cluster in enumerate(found.clusters) for key in cluster}
    resolved = resolve_named(groups, listed, number, places, told)
    members = {group.key: group.members for group in groups}
    whole, refused = _with_texts(found.clusters, number, resolved.home, resolved.founders, members, told)
    pairs = {**found.pairs(Alone()), **{edge(pair.a, pair.b): pair for pair in resolved.pairs}}
    return _Outcome(whole, pairs, nodes, told, sorted({*found.refused, *refused}), comparer(people))


def _with_texts(
    clusters: Sequence[Sequence[str]],
    number: Mapping[str, int],
    home: Mapping[str, str],
    founders: Iterable[str],
    members: Mapping[str, Sequence[str]],
    told: Standing,
) -> tuple[list[list[str]], list[Edge]]:
    """The clusters with the typings that belong to them or are somebody new, and the answers refused."""
    whole = [list(cluster) for cluster in clusters]
    for group, row in home.items():
        whole[number[row]] += members[group]
    whole += [list(members[group]) for group in founders]
    placed = {key for cluster in whole for key in cluster}
    return join(whole, [pair for pair in told.together if placed.issuperset(pair)], told.apart)


def _questions(*outcomes: _Outcome) -> tuple[Pair, ...]:
    asked: list[tuple[int, Pair]] = []
    for outcome in outcomes:
        asked += ask(
            outcome.pairs.values(), outcome.in_one(), _members(outcome.nodes), outcome.told, outcome.compared
        )
    asked.sort(key=lambda item: (item[1].veto != "", -item[0], -item[1].weight, item[1].a, item[1].b))
    return tuple(pair for _, pair in asked)


def _members(nodes: Mapping[str, str]) -> dict[str, int]:
    sizes: dict[str, int] = {}
    for node in nodes.values():
        sizes[node] = sizes.get(node, 0) + 1
    return sizes


def _merges(outcome: _Outcome) -> tuple[Pair, ...]:
    """The automatic pairs that hold the clusters together, beyond what people joined."""
    home = outcome.in_one()
    ties: dict[Edge, float] = {
        key: pair.weight
        for key, pair in outcome.pairs.items()
        if pair.band == "automatic" and home[pair.a] == home[pair.b] and key not in outcome.told.apart
    }
    ties |= {
        pair: float("inf") for pair in outcome.told.together if home.get(pair[0]) == home.get(pair[1], "")
    }
    joined = set(outcome.told.together)
    return tuple(outcome.pairs[pair] for pair in sorted(spanning(home, ties)) if pair not in joined)


def _contradictions(outcome: _Outcome) -> tuple[tuple[Decision, Decision], ...]:
    """Answers that cannot both hold: on one pair, or a Same that others' answers rule out."""
    found = list(outcome.told.contradictions)
    home = outcome.in_one()
    answered = outcome.told.answered or {}
    for pair in outcome.refused:
        ends = {home.get(pair[0]), home.get(pair[1])}
        against = [
            p
            for p in sorted(outcome.told.apart)
            if {home.get(p[0]), home.get(p[1])} == ends and p in answered
        ]
        if pair in answered and against:
            found.append((on_pair(pair, answered[pair]), on_pair(against[0], answered[against[0]])))
    return tuple(found)

"""What free text comes to: the listed mention each typing means, whoever is new, and what to ask."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from engage.model import Pair

from .decisions import Standing


@dataclass(frozen=True, slots=True)
class Resolved:
    """home: group key → a mention of the cluster it means. founders: groups that are somebody of their own.

    pairs: what to ask. A group that is in none of them waits for an answer.
    """

    home: Mapping[str, str]
    founders: tuple[str, ...]
    pairs: tuple[Pair, ...]


class Typings(Protocol):
    """Mentions that are typed alike; key stands for all of them."""

    @property
    def key(self) -> str: ...  # noqa: D102
    @property
    def members(self) -> tuple[str, ...]: ...  # noqa: D102


def told_by_people(
    groups: Iterable[Typings], cluster_of: Mapping[str, int], standing: Standing
) -> tuple[dict[str, str], dict[str, set[int]]]:
    """What people said of these typings: group → the listed mention it is, and the clusters it is not.

    cluster_of: listed mention → its cluster's number. A Same into a cluster that a Different rules out does
    not count.
    """
    group_of = {member: group.key for group in groups for member in group.members}
    told: dict[str, str] = {}
    out: dict[str, set[int]] = defaultdict(set)
    for text, row in _ends(standing.together):
        if text in group_of and row in cluster_of:
            told[group_of[text]] = row
    for text, row in _ends(sorted(standing.apart)):
        if text in group_of and row in cluster_of:
            out[group_of[text]].add(cluster_of[row])
    return {group: row for group, row in told.items() if cluster_of[row] not in out[group]}, out


def _ends(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Each pair from both its ends."""
    return [ends for a, b in pairs for ends in ((a, b), (b, a))]

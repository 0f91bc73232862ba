"""Identifiers for the clusters of a list: made from the first row in each, as a night makes new ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from engage.linkage.identifiers import fresh_identifier, new_identifier
from engage.linkage.sites import site_clusters
from engage.model import mention

from .linking import AT_ONCE, MOST_PEOPLE, Linked, TakenRows, in_lots
from .row_ids import RowIds


def employer_ids(firms: Linked, ids: RowIds) -> list[str]:
    """Row number → the identifier of its employer, "" for a row that names none."""
    return _identifiers(firms, len(ids), "EMP", ids.keys().__getitem__)


def site_ids(taken: TakenRows, firms: Linked, ids: RowIds) -> list[str]:
    """Row number → the identifier of its site; a row that may be at several sites is one of its own."""
    home = np.full(len(ids), -1)
    for site in _sites(taken, firms):
        home[site] = site[0]
    somewhere = np.flatnonzero(home >= 0)
    found = _identifiers(
        replace(firms, numbers=somewhere, home=home), len(ids), "SIT", ids.keys().__getitem__
    )
    for number in firms.numbers[home[firms.numbers] < 0].tolist():
        found[number] = new_identifier("SIT", ids.keys()[number])
    return found


def person_ids(taken: TakenRows, persons: Linked, ids: RowIds) -> list[str]:
    """Row number → the identifiers of the people it names, joined "; ", "" for none."""
    where = taken.where.tolist()

    def key(number: int) -> str:
        row, ordinal = divmod(where[number], MOST_PEOPLE)
        return mention(ids.id(row), ordinal)

    found = [""] * len(ids)
    for place, identifier in zip(where, _identifiers(persons, len(where), "PER", key), strict=True):
        row = place // MOST_PEOPLE
        found[row] = f"{found[row]}; {identifier}" if found[row] else identifier
    return found


def _identifiers(linked: Linked, count: int, prefix: str, key: Callable[[int], str]) -> list[str]:
    found = [""] * count
    taken: set[str] = set()
    for number in linked.numbers.tolist():
        first = int(linked.home[number])
        if first == number:
            found[number] = fresh_identifier(prefix, key(number), taken)
            taken.add(found[number])
        else:
            found[number] = found[first]
    return found


def _sites(taken: TakenRows, firms: Linked) -> Sequence[list[int]]:
    """The sites of every employer, rows by number."""
    order = firms.numbers[np.argsort(firms.home[firms.numbers], kind="stable")]
    clusters = np.split(order, np.flatnonzero(np.diff(firms.home[order])) + 1)
    sites: list[list[int]] = []
    for lot in in_lots((cluster.tolist() for cluster in clusters if len(cluster)), AT_ONCE):
        mentions = taken.own.take(number for cluster in lot for number in cluster)
        sites += site_clusters(lot, mentions)
    return sites

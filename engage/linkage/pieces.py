"""Pieces: what hangs together when some things are joined, one with one (union-find)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Generic, TypeVar

Edge = tuple[str, str]
K = TypeVar("K", str, int)
"""A mention by its key, or by its number in the order of the keys."""


def edge(a: K, b: K) -> tuple[K, K]:
    """The pair in its one order."""
    return (a, b) if a < b else (b, a)


class Pieces(Generic[K]):
    """Keys in pieces, at first each on its own."""

    def __init__(self, keys: Iterable[K]) -> None:
        self._parent: dict[K, K] = {key: key for key in keys}

    def root(self, key: K) -> K:
        """The first key of the piece that this one is in."""
        while self._parent[key] != key:
            self._parent[key] = self._parent[self._parent[key]]
            key = self._parent[key]
        return key

    def join(self, a: K, b: K) -> bool:
        """Make one piece of two; whether they were two."""
        first, other = sorted((self.root(a), self.root(b)))
        self._parent[other] = first
        return first != other

    def groups(self) -> list[list[K]]:
        """The keys of each piece, sorted, in the order of their first keys."""
        found: dict[K, list[K]] = defaultdict(list)
        for key in sorted(self._parent):
            found[self.root(key)].append(key)
        return sorted(found.values())


def components(keys: Iterable[K], edges: Iterable[tuple[K, K]]) -> list[list[K]]:
    """Connected components, each sorted, in the order of their first keys."""
    pieces = Pieces(keys)
    for pair in edges:
        pieces.join(*pair)
    return pieces.groups()


def spanning(keys: Iterable[K], edges: dict[tuple[K, K], float]) -> list[tuple[K, K]]:
    """The heaviest edges that hold these keys together, one fewer than they are in one piece."""
    pieces = Pieces(keys)
    return [pair for pair in sorted(edges, key=lambda pair: (-edges[pair], pair)) if pieces.join(*pair)]

"""Pieces: what hangs together when some things are joined, one with one (union-find)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

Key = str
Edge = tuple[Key, Key]


def edge(a: Key, b: Key) -> Edge:
    """The pair in its one order."""
    return (a, b) if a < b else (b, a)


class Pieces:
    """Keys in pieces, at first each on its own."""

    def __init__(self, keys: Iterable[Key]) -> None:
        self._parent = {key: key for key in keys}

    def root(self, key: Key) -> Key:
        """The first key of the piece that this one is in."""
        while self._parent[key] != key:
            self._parent[key] = self._parent[self._parent[key]]
            key = self._parent[key]
        return key

    def join(self, a: Key, b: Key) -> bool:
        """Make one piece of two; whether they were two."""
        first, other = sorted((self.root(a), self.root(b)))
        self._parent[other] = first
        return first != other

    def groups(self) -> list[list[Key]]:
        """The keys of each piece, sorted, in the order of their first keys."""
        found: dict[Key, list[Key]] = defaultdict(list)
        for key in sorted(self._parent):
            found[self.root(key)].append(key)
        return sorted(found.values())


def components(keys: Iterable[Key], edges: Iterable[Edge]) -> list[list[Key]]:
    """Connected components, each sorted, in the order of their first keys."""
    pieces = Pieces(keys)
    for pair in edges:
        pieces.join(*pair)
    return pieces.groups()


def spanning(keys: Iterable[Key], edges: dict[Edge, float]) -> list[Edge]:
    """The heaviest edges that hold these keys together, one fewer than they are in one piece."""
    pieces = Pieces(keys)
    return [pair for pair in sorted(edges, key=lambda pair: (-edges[pair], pair)) if pieces.join(*pair)]

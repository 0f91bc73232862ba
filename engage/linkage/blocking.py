"""Which pairs are worth comparing: mentions that share a key, in blocks that stay small."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations

# A block larger than this is a chain, a business park or an agent: split by a second key, never all with all.
LARGE = 80


def candidate_pairs(keys: Mapping[str, Iterable[str]]) -> list[tuple[str, str]]:
    """Every two mentions that share a key, each pair once, a < b, in order.

    keys: mention → its blocking keys. In a block of more than 80 mentions two must share a second key.
    """
    blocks: dict[str, set[str]] = defaultdict(set)
    for mention, named in keys.items():
        for key in named:
            blocks[key].add(mention)
    pairs: set[tuple[str, str]] = set()
    large = {key for key, block in blocks.items() if len(block) > LARGE}
    for key, block in blocks.items():
        if key in large:
            continue
        pairs.update(combinations(sorted(block), 2))
    pairs.update(_within_large(large, blocks, keys))
    return sorted(pairs)


def _within_large(
    large: set[str], blocks: Mapping[str, set[str]], keys: Mapping[str, Iterable[str]]
) -> set[tuple[str, str]]:
    """Pairs that share two large keys, as long as those blocks are small."""
    second: dict[tuple[str, str], set[str]] = defaultdict(set)
    for mention, named in keys.items():
        for first, other in combinations(sorted(large.intersection(named)), 2):
            second[first, other].add(mention)
    small = (block for block in second.values() if 1 < len(block) <= 4 * LARGE)
    return {pair for block in small for pair in combinations(sorted(block), 2)}

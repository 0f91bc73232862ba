"""Identifiers that stay: carried over by the largest overlap, new ones made from the founding mention."""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterable, Mapping, Sequence

from engage.model import Change

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_identifier(prefix: str, founder: str, salt: int = 0) -> str:
    """EMP-, SIT- or PER- and seven Crockford base32 characters that only the founding mention decides."""
    seed = f"{prefix}\x1f{founder}\x1f{salt}".encode()
    number = int.from_bytes(hashlib.blake2b(seed, digest_size=8).digest(), "big")
    return prefix + "-" + "".join(_CROCKFORD[number >> (5 * place) & 31] for place in range(7))


def carry_over(
    clusters: Sequence[Sequence[str]], before: Mapping[str, frozenset[str]], prefix: str
) -> dict[str, str]:
    """Mention → identifier. Each old identifier goes to the cluster that holds most of its mentions.

    A tie goes to the cluster with the smallest mention. An identifier of before is never given to strangers.
    """
    home = {key: index for index, cluster in enumerate(clusters) for key in cluster}
    overlaps = [
        (-count, min(clusters[index]), identifier, index)
        for identifier, members in before.items()
        for index, count in _counts(home, members).items()
    ]
    given: dict[int, str] = {}
    used: set[str] = set()
    for _, _, identifier, index in sorted(overlaps):
        if index not in given and identifier not in used:
            given[index] = identifier
            used.add(identifier)
    taken = used | set(before)
    for index in sorted(range(len(clusters)), key=lambda index: min(clusters[index])):
        if index not in given:
            given[index] = fresh_identifier(prefix, min(clusters[index]), taken)
            taken.add(given[index])
    return {key: given[index] for key, index in home.items()}


def _counts(home: Mapping[str, int], members: Iterable[str]) -> dict[int, int]:
    counts: dict[int, int] = {}
    for key in members:
        if key in home:
            counts[home[key]] = counts.get(home[key], 0) + 1
    return counts


def fresh_identifier(prefix: str, founder: str, taken: Container[str]) -> str:
    """A new identifier that is not taken."""
    salt = 0
    while (made := new_identifier(prefix, founder, salt)) in taken:
        salt += 1
    return made


def changes(ids: Mapping[str, str], before: Mapping[str, frozenset[str]]) -> list[Change]:
    """Every merge and split since last time, merges first. ids: mention → its identifier tonight."""
    was = {key: identifier for identifier, members in before.items() for key in members}
    sources: dict[str, set[str]] = {}
    targets: dict[str, set[str]] = {}
    for key, identifier in ids.items():
        if key in was:
            sources.setdefault(identifier, set()).add(was[key])
            targets.setdefault(was[key], set()).add(identifier)
    merged = [
        Change("merge", identifier, tuple(sorted(gone)))
        for identifier, old in sorted(sources.items())
        if (gone := {name for name in old if name != identifier and targets[name] == {identifier}})
    ]
    split = [Change("split", old, tuple(sorted(now))) for old, now in sorted(targets.items()) if len(now) > 1]
    return merged + split

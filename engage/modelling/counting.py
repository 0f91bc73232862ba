"""How often pairs of an invented register stand on each level of the models: a check on what is judged.

Counted on Register (register.py) with fixed seeds: pairs that are truly one, and pairs of different entities
picked at random; for sites, pairs of rows of one employer. A comparison that is missing on either side counts
for nothing. Whole numbers alone are kept, so that the same seeds give the same file on every machine.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from engage.linkage.features import Row, employer_row, person_row
from engage.linkage.mentions import Employer, all_mentions
from engage.linkage.model_file import fixed_model
from engage.linkage.pieces import Edge, edge
from engage.linkage.plain import level_of
from engage.linkage.score import score_pairs
from engage.linkage.shared import direct_lines, without_shared
from engage.linkage.sites import site_row

from .register import Register, generate

# Never those that benchmarks are measured with (1, 2, 7 and what they are given).
SEEDS = (101, 102)
ROWS = 2000
APART = 50_000  # pairs a seed: a level of u 0.0003 is met some fifteen times

Rows = Mapping[str, Row]


@dataclass(frozen=True, slots=True)
class Hits:
    """Of how many pairs that are one, and of how many that are two, how many stand on a level."""

    same: int = 0
    same_of: int = 0
    apart: int = 0
    apart_of: int = 0

    def __add__(self, other: Hits) -> Hits:
        return Hits(
            self.same + other.same,
            self.same_of + other.same_of,
            self.apart + other.apart,
            self.apart_of + other.apart_of,
        )


# (subject, comparison, level) → hits
Counted = dict[tuple[str, str, str], Hits]


def count(seeds: Sequence[int] = SEEDS, rows: int = ROWS, apart: int = APART) -> Counted:
    """What is counted on the registers of these seeds together; the same every time."""
    counted: Counted = defaultdict(Hits)
    for seed in seeds:
        for key, hits in _of_register(generate(rows, seed), apart):
            counted[key] += hits
    return dict(counted)


def _of_register(register: Register, apart: int) -> Iterable[tuple[tuple[str, str, str], Hits]]:
    employers, people = all_mentions(register.records, "GB")
    own = without_shared(employers)
    listed = {key: own[key] for key, mention in employers.items() if mention.listed}
    firms: Rows = {key: employer_row(mention, fixed_model("employer")) for key, mention in listed.items()}
    lines = direct_lines(people.values(), employers.values())
    persons: Rows = {
        key: person_row(
            p, lines, register.employers[p.employer], own[p.employer].domains, fixed_model("person")
        )
        for key, p in people.items()
        if p.listed and key in register.people
    }
    yield from _hits("employer", _by_engine("employer", firms, register.employers, apart))
    yield from _hits("person", _by_engine("person", persons, register.people, apart))
    yield from _hits("site", _sites(listed, register))


Levels = Mapping[str, Counter[str]]


def _by_engine(subject: str, rows: Rows, truth: Mapping[str, str], apart: int) -> tuple[Levels, Levels]:
    return (
        _levels(subject, rows, true_pairs(rows, truth)),
        _levels(subject, rows, random_pairs(rows, truth, apart)),
    )


def _levels(subject: str, rows: Rows, pairs: Sequence[Edge]) -> Levels:
    """Comparison → level → how many of these pairs stand on it."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for score in score_pairs(rows, pairs, fixed_model(subject)).values():
        for comparison, level in score.levels.items():
            if level:
                counts[comparison][level] += 1
    return counts


def _sites(listed: Mapping[str, Employer], register: Register) -> tuple[Levels, Levels]:
    """Rows of one employer: at one of its places, and at two."""
    rows = {key: site_row(mention) for key, mention in listed.items() if key in register.sites}
    one: dict[str, Counter[str]] = defaultdict(Counter)
    two: dict[str, Counter[str]] = defaultdict(Counter)
    for a, b in true_pairs(rows, register.employers):
        counts = one if register.sites[a] == register.sites[b] else two
        for comparison in fixed_model("site").comparisons:
            if level := level_of(comparison, rows[a], rows[b]):
                counts[comparison.name][level] += 1
    return one, two


def _hits(subject: str, counts: tuple[Levels, Levels]) -> Iterable[tuple[tuple[str, str, str], Hits]]:
    for comparison in fixed_model(subject).comparisons:
        same, apart = (found.get(comparison.name, Counter()) for found in counts)
        for level in comparison.levels:
            hits = Hits(same[level.name], same.total(), apart[level.name], apart.total())
            yield (subject, comparison.name, level.name), hits


def true_pairs(rows: Iterable[str], truth: Mapping[str, str]) -> list[Edge]:
    """Every two rows that are truly one."""
    groups: dict[str, list[str]] = defaultdict(list)
    for key in rows:
        groups[truth[key]].append(key)
    return [pair for group in groups.values() for pair in combinations(sorted(group), 2)]


def random_pairs(rows: Iterable[str], truth: Mapping[str, str], apart: int) -> list[Edge]:
    """Pairs of different entities, picked at random and the same every time."""
    chance, keys = random.Random(1), sorted(rows)
    drawn = {edge(*chance.sample(keys, 2)) for _ in range(apart)}
    return sorted(pair for pair in drawn if truth[pair[0]] != truth[pair[1]])

"""How often pairs stand on each level of the fixed model, beside the m and u that it ships.

python -m benchmarks.levels: counted on a generated register, m on its true pairs and u on pairs of different
employers or people picked at random. A comparison that is missing on either side does not count.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations

from engage.linkage.features import Row, employer_row, person_row
from engage.linkage.mentions import all_mentions
from engage.linkage.model_file import fixed_model
from engage.linkage.pieces import Edge, edge
from engage.linkage.score import score_pairs
from engage.linkage.shared import direct_lines, without_shared

from .linkage_register import Register, generate

APART = 50_000  # random pairs: a level of u 0.0003 is met some fifteen times
Rows = Mapping[str, Row]


def main() -> None:
    """Print one table a model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    register = generate(asked.rows, asked.seed)
    firms, people = model_rows(register)
    show("employer", firms, register.employers)
    show("person", people, register.people)


def model_rows(register: Register) -> tuple[Rows, Rows]:
    """The models' columns of listed employers and people; people work at their true employers."""
    employers, people = all_mentions(register.records, "GB")
    own = without_shared(employers)
    lines = direct_lines(people.values(), employers.values())
    model = fixed_model("person")
    firms = {key: employer_row(own[key], fixed_model("employer")) for key, e in employers.items() if e.listed}
    persons = {
        key: person_row(p, lines, register.employers[p.employer], own[p.employer].domains, model)
        for key, p in people.items()
        if p.listed and key in register.people
    }
    return firms, persons


def show(subject: str, rows: Rows, truth: Mapping[str, str]) -> None:
    """The levels of one model: shipped and counted shares, and how many pairs they are counted from."""
    one, two = (
        _levels(rows, pairs, subject) for pairs in (true_pairs(rows, truth), random_pairs(rows, truth))
    )
    print(f"\n{subject:<10} {'level':<16} {'m':>8} {'counted':>8} {'u':>9} {'counted':>9}")  # noqa: T201
    for comparison in fixed_model(subject).comparisons:
        same, apart = one[comparison.name], two[comparison.name]
        for level in comparison.levels:
            m, u = (found[level.name] / (found.total() or 1) for found in (same, apart))
            print(  # noqa: T201
                f"{comparison.name:<10} {level.name:<16} {level.m:8.4f} {m:8.4f} {level.u:9.5f} {u:9.5f}"
            )
        print(f"{'':<10} {'pairs':<16} {'':>8} {same.total():>8} {'':>9} {apart.total():>9}")  # noqa: T201


def true_pairs(rows: Rows, truth: Mapping[str, str]) -> list[Edge]:
    """Every two rows that are truly one."""
    groups: dict[str, list[str]] = defaultdict(list)
    for key in rows:
        groups[truth[key]].append(key)
    return [pair for group in groups.values() for pair in combinations(sorted(group), 2)]


def random_pairs(rows: Rows, truth: Mapping[str, str]) -> list[Edge]:
    """Pairs of different entities, picked at random and the same every time."""
    chance, keys = random.Random(1), sorted(rows)
    drawn = {edge(*chance.sample(keys, 2)) for _ in range(APART)}
    return sorted(pair for pair in drawn if truth[pair[0]] != truth[pair[1]])


def _levels(rows: Rows, pairs: Sequence[Edge], subject: str) -> Mapping[str, Counter[str]]:
    """Comparison → level → how many of these pairs stand on it."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for score in score_pairs(rows, pairs, fixed_model(subject)).values():
        for comparison, level in score.levels.items():
            if level:
                counts[comparison][level] += 1
    return counts


if __name__ == "__main__":
    main()

"""Precision, recall, questions and time of linkage on generated registers: python -m benchmarks.linkage."""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engage.linkage.linking import LinkSettings, link
from engage.model import Linked, Membership, Pair

from .linkage_register import Register, generate


@dataclass(frozen=True, slots=True)
class Scores:
    """Pairwise: of the pairs in one cluster, how many are true (precision), of the true, how many (recall).

    impure: clusters that hold two entities. reached: recall if every question were answered rightly.
    """

    precision: float
    recall: float
    reached: float
    impure: int


def pairwise(ids: Mapping[str, str], truth: Mapping[str, str], questions: Sequence[Pair] = ()) -> Scores:
    """Score clusters against the truth; a mention without an id is on its own."""
    got = {key: ids.get(key, key) for key in truth}
    both, found, real = (
        Counter(zip(got.values(), truth.values(), strict=True)),
        Counter(got.values()),
        Counter(truth.values()),
    )
    agreed = sum(map(_pairs, both.values()))
    mixed = Counter(cluster for cluster, _ in both)
    answered = _answered(got, truth, questions)
    after = Counter((answered[got[key]], truth[key]) for key in truth)
    total = sum(map(_pairs, real.values())) or 1
    return Scores(
        precision=agreed / (sum(map(_pairs, found.values())) or 1),
        recall=agreed / total,
        reached=sum(map(_pairs, after.values())) / total,
        impure=sum(1 for count in mixed.values() if count > 1),
    )


def _pairs(count: int) -> int:
    return count * (count - 1) // 2


def _answered(got: Mapping[str, str], truth: Mapping[str, str], questions: Sequence[Pair]) -> dict[str, str]:
    """Cluster → cluster after every question about a true pair was answered Same."""
    parent = {cluster: cluster for cluster in got.values()}

    def root(cluster: str) -> str:
        while parent[cluster] != cluster:
            cluster = parent[cluster]
        return cluster

    for pair in questions:
        if pair.a in truth and truth[pair.a] == truth.get(pair.b):
            one, other = sorted((root(got[pair.a]), root(got[pair.b])))
            parent[other] = one
    return {cluster: root(cluster) for cluster in parent}


def report(register: Register, linked: Linked, seconds: float) -> list[str]:
    """The lines of the table for one register."""
    lines = []
    rows = {record.record_id: record.tab for record in register.records}
    listed = {k: v for k, v in register.employers.items() if rows[k.partition("#")[0]] == "Employers"}
    texts = {k: v for k, v in register.employers.items() if k not in listed}
    for label, ids, truth, kind in (
        ("employers", linked.employer_of, listed, "employer"),
        ("with free text", linked.employer_of, listed | texts, "employer"),
        ("people", linked.person_of, register.people, "person"),
    ):
        asked = [pair for pair in linked.questions if pair.kind == kind]
        true = sum(1 for pair in asked if truth.get(pair.a, 1) == truth.get(pair.b, 2))
        s = pairwise(ids, truth, asked)
        lines.append(
            f"{len(rows):>7} {label:<15} {s.precision:9.4f} {s.recall:7.4f} {s.reached:8.4f} {s.impure:7d}"
            f" {len(asked):>6} ({true} true) {seconds:7.1f} s"
        )
    return lines


def main() -> None:
    """Print one table a size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[2000, 20000])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--automatic", type=float, default=LinkSettings().automatic)
    parser.add_argument("--review", type=float, default=LinkSettings().review)
    asked = parser.parse_args()
    settings = LinkSettings(automatic=asked.automatic, review=asked.review)
    print(f"{'rows':>7} {'what':<15} precision  recall  +answers  impure  questions     time")  # noqa: T201
    for rows in asked.rows:
        register = generate(rows, asked.seed)
        started = time.perf_counter()
        linked = link(register.records, [], Membership(), settings)
        for line in report(register, linked, time.perf_counter() - started):
            print(line)  # noqa: T201


if __name__ == "__main__":
    main()

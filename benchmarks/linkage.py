"""Precision, recall, questions and time of linkage on generated registers: python -m benchmarks.linkage."""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engage.linkage.linking import LinkSettings, link
from engage.linkage.pieces import components
from engage.model import Linked, Membership, Pair, record_of

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


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: rows of all tabs, what was linked, how well, what is asked, in how long."""

    rows: int
    what: str
    scores: Scores
    asked: int
    asked_rightly: int
    seconds: float


def pairwise(ids: Mapping[str, str], truth: Mapping[str, str], questions: Sequence[Pair] = ()) -> Scores:
    """Score clusters against the truth; a mention without an id is on its own."""
    got = {key: ids.get(key, key) for key in truth}
    answered = _answered(got, truth, questions)
    both = Counter((got[key], truth[key]) for key in truth)
    after = Counter((answered[got[key]], truth[key]) for key in truth)
    mixed = Counter(cluster for cluster, _ in both)
    agreed, total = _pairs(both), _pairs(Counter(truth.values())) or 1
    return Scores(
        precision=agreed / (_pairs(Counter(got.values())) or agreed or 1),
        recall=agreed / total,
        reached=_pairs(after) / total,
        impure=sum(1 for count in mixed.values() if count > 1),
    )


def _pairs(groups: Counter[Any]) -> int:
    """How many pairs lie within groups of these sizes."""
    return sum(count * (count - 1) // 2 for count in groups.values())


def _answered(got: Mapping[str, str], truth: Mapping[str, str], questions: Sequence[Pair]) -> dict[str, str]:
    """Cluster → cluster after every question about a true pair was answered Same."""
    same = [
        (got[pair.a], got[pair.b])
        for pair in questions
        if pair.a in truth and truth[pair.a] == truth.get(pair.b)
    ]
    return {cluster: group[0] for group in components(got.values(), same) for cluster in group}


def listed_only(register: Register) -> dict[str, str]:
    """The truth of the Employers rows alone."""
    tabs = {record.record_id: record.tab for record in register.records}
    return {key: firm for key, firm in register.employers.items() if tabs[record_of(key)] == "Employers"}


def measure(rows: int, seed: int, automatic: float, review: float) -> list[Line]:
    """Link a register of about so many Employers rows, as a night does."""
    register = generate(rows, seed)
    started = time.perf_counter()
    linked = link(register.records, [], Membership(), LinkSettings(automatic=automatic, review=review))
    return _lines(register, linked, time.perf_counter() - started)


def _lines(register: Register, linked: Linked, seconds: float) -> list[Line]:
    kinds = (
        ("employers", linked.employer_of, listed_only(register), "employer"),
        ("with free text", linked.employer_of, register.employers, "employer"),
        ("people", linked.person_of, register.people, "person"),
    )
    lines = []
    for what, ids, truth, kind in kinds:
        asked = [pair for pair in linked.questions if pair.kind == kind and {pair.a, pair.b} <= truth.keys()]
        rightly = sum(truth[pair.a] == truth[pair.b] for pair in asked)
        scores = pairwise(ids, truth, asked)
        lines.append(Line(len(register.records), what, scores, len(asked), rightly, seconds))
    return lines


def main() -> None:
    """Print one table a size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[2000, 20000], help="rows of Employers")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--automatic", type=float, default=LinkSettings().automatic)
    parser.add_argument("--review", type=float, default=LinkSettings().review)
    asked = parser.parse_args()
    print(f"{'rows':>7} {'what':<15} precision  recall  +answers  impure  questions     time")  # noqa: T201
    for rows in asked.rows:
        for line in measure(rows, asked.seed, asked.automatic, asked.review):
            s = line.scores
            print(  # noqa: T201
                f"{line.rows:>7} {line.what:<15} {s.precision:9.4f} {s.recall:7.4f} {s.reached:8.4f}"
                f" {s.impure:7d} {line.asked:>6} ({line.asked_rightly} true) {line.seconds:7.1f} s"
            )


if __name__ == "__main__":
    main()

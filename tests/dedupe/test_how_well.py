"""How well unlabelled lists are deduplicated, from file to file: a public list and the frozen register."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner

from cli import main
from engage.modelling.register import generate

DATA = Path(__file__).parent / "data"


class Found(NamedTuple):
    """Pairs of rows: of those in one cluster, and of those truly one; review pairs per 1,000 rows."""

    precision: float
    recall: float
    f1: float
    asked: float


def pairs(groups: Iterable[Hashable]) -> int:
    return sum(size * (size - 1) // 2 for size in Counter(groups).values())


def found(given: Path, truth: Sequence[str], *options: str) -> Found:
    """What engage dedupe finds in a file, in one folder with its results; truth: whose each data row is."""
    clusters, review = given.with_name("clusters.csv"), given.with_name("review.csv")
    command = ["dedupe", str(given), "--out", str(clusters), "--review", str(review), *options]
    shown = CliRunner().invoke(main, command)
    assert shown.exit_code == 3, shown.output  # done, with something for a person to look at
    ids = [row["cluster_id"] for row in read(clusters)]
    assert len(ids) == len(truth)
    right, merged, true = pairs(zip(ids, truth, strict=True)), pairs(ids), pairs(truth)
    asked = 1000 * len(read(review)) / len(ids)
    return Found(right / merged, right / true, 2 * right / (merged + true), asked)


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_two_guides_to_restaurants_are_told_together_without_a_label(tmp_path):
    given = tmp_path / "restaurants.csv"
    given.write_bytes((DATA / "restaurants.csv").read_bytes())
    truth = [row["true_id"] for row in read(DATA / "restaurants.truth.csv")]
    assert [row["record_id"] for row in read(given)] == [
        row["record_id"] for row in read(DATA / "restaurants.truth.csv")
    ]
    got = found(given, truth, "--country", "US")
    assert got.precision == 1
    assert got.f1 >= 0.96
    assert got.asked <= 15


@pytest.mark.slow
def test_ten_thousand_rows_of_a_seed_that_built_no_model_are_told_together(tmp_path):
    register = generate(10_000, 88411)
    rows = [record for record in register.records if record.tab == "Employers"]
    headings = list(dict.fromkeys(heading for row in rows for heading in row.typed))
    given = tmp_path / "register.csv"
    with given.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, headings, restval="")
        table.writeheader()
        table.writerows(row.typed for row in rows)
    got = found(given, [register.employers[f"{row.record_id}#0"] for row in rows])
    assert got.precision > 0.995
    assert got.f1 >= 0.96
    assert got.asked <= 15

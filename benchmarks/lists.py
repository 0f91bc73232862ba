"""One generated list, linked by each way there is: quality, time, memory. `engage dedupe` from file to files.

The peers (peers.py) get names, phones and domains as Engage has read them, and the seconds of that reading
are in theirs. Nobody but Engage asks anything.
"""

from __future__ import annotations

import csv
import os
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from cli import main
from engage.model import Place, Record

from . import dedupe_file, peers

ENGAGE = "engage dedupe"
SCORING = "Splink's scoring alone"
# The most rows that each is run on: dedupe takes gigabytes beyond, the comparison of spellings hours.
MOST = {"dedupe, 100 labels": 1_000, "rapidfuzz in blocks": 100_000}


@dataclass(frozen=True, slots=True)
class Quality:
    """Of pairs, 0..1: precision, recall. bcubed: F1 by row (Bagga & Baldwin 1998). wrong: pairs joined that
    are not one.

    asked: pairs that a person is to look at.
    """

    precision: float
    recall: float
    bcubed: float
    wrong: int
    asked: int = 0

    @property
    def f1(self) -> float:
        """Of pairs."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Line:
    """One way on one list. seconds: by the clock; work: of the processor, helpers included.

    quality: None where no clusters come of it. missing: the package that is not installed here.
    """

    name: str
    rows: int
    seconds: float
    work: float
    quality: Quality | None = None
    missing: str = ""


def measure(name: str, rows: int, seed: int) -> Line:
    """Make the list, link it in this way."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "list.csv"
        truth = dedupe_file.write(file, rows, seed)
        if name == ENGAGE:
            return _engage(file, truth)
        try:
            return _peer(name, file, truth)
        except ImportError as error:
            return Line(name, len(truth), 0, 0, missing=str(error.name))


def _engage(file: Path, truth: Sequence[str]) -> Line:
    out, review = file.with_name("out.csv"), file.with_name("review.csv")
    clock = _Clock()
    ran = CliRunner().invoke(main, ["dedupe", str(file), "--out", str(out), "--review", str(review)])
    seconds, work = clock.read()
    if ran.exit_code not in {0, 3}:
        raise RuntimeError(ran.output)
    with out.open(encoding="utf-8", newline="") as found:
        clusters = [row["cluster_id"] for row in csv.DictReader(found)]
    with review.open(encoding="utf-8", newline="") as found:
        asked = sum(1 for _ in csv.reader(found)) - 1
    return Line(ENGAGE, len(truth), seconds, work, quality(clusters, truth, asked))


def _peer(name: str, file: Path, truth: Sequence[str]) -> Line:
    records = _records(file)
    if name == SCORING:
        scoring = peers.ready_to_score(records)
        clock = _Clock()
        scoring()
        return Line(name, len(truth), *clock.read())
    known = dict(zip((f"{record.record_id}#0" for record in records), truth, strict=True))
    clock = _Clock()
    found = peers.PEERS[name](records, known)
    read = clock.read()
    clusters = [found.get(f"{record.record_id}#0", record.record_id) for record in records]
    return Line(name, len(truth), *read, quality(clusters, truth))


def _records(file: Path) -> list[Record]:
    with file.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    return [
        Record(f"R-{at:07}", "Employers", "", Place("list"), row, row) for at, row in enumerate(rows, start=1)
    ]


class _Clock:
    """From now on, by the clock and of the processor."""

    def __init__(self) -> None:
        self._from = self._now()

    def read(self) -> tuple[float, float]:
        """(seconds by the clock, seconds of the processor) since it was made."""
        now = self._now()
        return now[0] - self._from[0], now[1] - self._from[1]

    @staticmethod
    def _now() -> tuple[float, float]:
        return time.perf_counter(), sum(os.times()[:4])


def quality(clusters: Sequence[str], truth: Sequence[str], asked: int = 0) -> Quality:
    """How good clusters are, row by row beside the truth."""
    both, got, real = Counter(zip(clusters, truth, strict=True)), Counter(clusters), Counter(truth)
    agreed, joined, true = _pairs(both), _pairs(got), _pairs(real)
    precision = sum(n * n / got[cluster] for (cluster, _), n in both.items()) / len(truth)
    recall = sum(n * n / real[firm] for (_, firm), n in both.items()) / len(truth)
    return Quality(
        precision=agreed / joined if joined else 1.0,
        recall=agreed / true if true else 1.0,
        bcubed=2 * precision * recall / (precision + recall),
        wrong=joined - agreed,
        asked=asked,
    )


def _pairs(groups: Counter[str] | Counter[tuple[str, str]]) -> int:
    return sum(count * (count - 1) // 2 for count in groups.values())

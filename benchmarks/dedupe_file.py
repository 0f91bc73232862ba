"""Time of `engage dedupe` on a file: the Employers rows of a generated register, both results written."""

from __future__ import annotations

import csv
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from cli import main

from .linkage_register import growing

HEADINGS = (
    "Employer", "Trading as", "Address", "Town", "Postcode", "Company number", "Charity number", "Phone",
    "Mobile", "Website", "Email", "Contact name", "Job title",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Run:
    """rows: of the file; seconds: from file to files; review: pairs to look at; exit_code: the command's."""

    rows: int
    seconds: float
    review: int
    exit_code: int


def measure(rows: int, seed: int) -> Run:
    """Write about so many rows, run the command on them in this process."""
    with tempfile.TemporaryDirectory() as folder:
        file, out, review = (Path(folder) / name for name in ("list.csv", "out.csv", "review.csv"))
        written = write(file, rows, seed)
        started = time.perf_counter()
        ran = CliRunner().invoke(main, ["dedupe", str(file), "--out", str(out), "--review", str(review)])
        seconds = time.perf_counter() - started
        with review.open(encoding="utf-8", newline="") as found:
            asked = sum(1 for _ in csv.reader(found)) - 1
    return Run(written, seconds, asked, ran.exit_code)


def write(file: Path, rows: int, seed: int) -> int:
    """The register's Employers rows as a .csv; how many."""
    with file.open("w", encoding="utf-8", newline="") as opened:
        table = csv.DictWriter(opened, HEADINGS, restval="")
        table.writeheader()
        written = 0
        for cells in employers_rows(rows, seed):
            table.writerow(cells)
            written += 1
    return written


def employers_rows(rows: int, seed: int) -> Iterator[dict[str, str]]:
    """The cells of a register's Employers rows, made as they are asked for: a million are never held."""
    for register in growing(rows, seed):
        yield from (dict(record.typed) for record in register.records if record.tab == "Employers")
        register.records.clear()
        register.employers.clear()
        register.people.clear()

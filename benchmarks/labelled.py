"""Linkage against a list whose truth is known: python -m benchmarks.labelled LIST.csv TRUTH.csv --country US

LIST.csv has record_id and any headings of the Employers tab, spelled as in MEANS or as in the schema;
TRUTH.csv has record_id and true_id. docs/reference/linkage.md keeps what was found on public lists.
"""

from __future__ import annotations

import argparse
import csv
import time
from pathlib import Path

from engage.linkage.linking import LinkSettings, link
from engage.model import Membership, Place, Record, mention

from .linkage import pairwise

# How public lists of organisations head what the register calls otherwise.
MEANS = {"name": "Employer", "address": "Address", "city": "Town", "phone": "Phone", "postcode": "Postcode"}


def read_records(path: Path) -> list[Record]:
    """The rows as records of Employers tabs, one agency for each value of a column "source"."""
    with path.open(encoding="utf-8", newline="") as file:
        return [_record(row) for row in csv.DictReader(file)]


def _record(row: dict[str, str]) -> Record:
    agency = row.get("source", "list")
    cells = {MEANS.get(heading, heading): cell for heading, cell in row.items()}
    return Record(row["record_id"], "Employers", agency, Place(agency, "Employers"), cells, cells)


def main() -> None:
    """Print pairwise precision and recall, with nobody asked and with every question answered."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", type=Path, metavar="LIST.csv")
    parser.add_argument("truth", type=Path, metavar="TRUTH.csv")
    parser.add_argument("--country", default="GB")
    asked = parser.parse_args()
    with asked.truth.open(encoding="utf-8", newline="") as file:
        truth = {mention(row["record_id"]): row["true_id"] for row in csv.DictReader(file)}
    started = time.perf_counter()
    linked = link(read_records(asked.rows), [], Membership(), LinkSettings(country=asked.country))
    seconds = time.perf_counter() - started
    found = pairwise(linked.employer_of, truth, linked.questions)
    print(  # noqa: T201
        f"precision {found.precision:.4f}  recall {found.recall:.4f}  recall after {len(linked.questions)}"
        f" answers {found.reached:.4f}  {seconds:.1f} s"
    )


if __name__ == "__main__":
    main()

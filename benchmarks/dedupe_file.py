"""The Employers rows of a generated register as one .csv, with the truth."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from .linkage_register import growing

HEADINGS = (
    "Employer", "Trading as", "Address", "Town", "Postcode", "Company number", "Charity number", "Phone",
    "Mobile", "Website", "Email", "Contact name", "Job title",
)  # fmt: skip


def write(file: Path, rows: int, seed: int) -> list[str]:
    """Write about so many rows; which firm each of them is."""
    truth = []
    with file.open("w", encoding="utf-8", newline="") as opened:
        table = csv.DictWriter(opened, HEADINGS, restval="")
        table.writeheader()
        for cells, firm in employers_rows(rows, seed):
            table.writerow(cells)
            truth.append(firm)
    return truth


def employers_rows(rows: int, seed: int) -> Iterator[tuple[dict[str, str], str]]:
    """(cells, firm) of a register's Employers rows, made as they are asked for: a million are never held."""
    for register in growing(rows, seed):
        for record in register.records:
            if record.tab == "Employers":
                yield dict(record.typed), register.employers[f"{record.record_id}#0"]
        register.records.clear()
        register.employers.clear()
        register.people.clear()
        register.sites.clear()

"""What each row of the demo truly is, so that what the sync makes of it can be measured."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

TRUTH_FILE = "truth.csv"
_COLUMNS = ("workbook", "tab", "row", "key", "employer", "site", "people", "mess", "record_id")


@dataclass(frozen=True, slots=True)
class TruthRow:
    """One row as it stood when the demo was built.

    workbook: key in engage.toml; tab, row: as the sheet shows them. key: what the row is about in the
    world ("G0012"), "" for a row that says nothing (repeated header, totals, junk).
    employer, site: keys, "" none. people: keys in the order the row names them. mess: slugs of mess.KINDS.
    record_id: the row's id after the first night, by which it is known when rows have moved; "" before it,
    and in a workbook that ids are not written to.
    """

    workbook: str
    tab: str
    row: int
    key: str = ""
    employer: str = ""
    site: str = ""
    people: tuple[str, ...] = ()
    mess: tuple[str, ...] = ()
    record_id: str = ""


def write_truth(folder: Path, rows: Iterable[TruthRow]) -> Path:
    """Keep the truth beside the workbooks, in truth.csv."""
    path = folder / TRUTH_FILE
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(_COLUMNS)
        for r in rows:
            people, mess = ";".join(r.people), ";".join(r.mess)
            writer.writerow((r.workbook, r.tab, r.row, r.key, r.employer, r.site, people, mess, r.record_id))
    return path


def read_truth(folder: Path) -> tuple[TruthRow, ...]:
    """The truth of a demo folder, as it was built. Raises FileNotFoundError in any other folder."""
    with (folder / TRUTH_FILE).open(encoding="utf-8", newline="") as file:
        return tuple(
            TruthRow(
                row["workbook"], row["tab"], int(row["row"]), row["key"], row["employer"], row["site"],
                _split(row["people"]), _split(row["mess"]), row["record_id"],
            )
            for row in csv.DictReader(file)
        )  # fmt: skip


def _split(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split(";") if part)

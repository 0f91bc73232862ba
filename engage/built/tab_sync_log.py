"""Sync log: what it says, and a row for each change or failure of tonight. A quiet night adds none."""

from __future__ import annotations

from collections.abc import Iterator

from engage.built.as_read import read_rows
from engage.built.material import CellsByHeading, Material

TITLE = "Sync log"
HEADINGS = ("When", "Workbook", "What happened")
MOST_ROWS = 2_000  # some three years of nights; the oldest rows go first


def log_rows(material: Material) -> Iterator[CellsByHeading]:
    """The rows as read, then tonight's."""
    old = read_rows(material.tabs.get(TITLE), HEADINGS)
    new = [dict(zip(HEADINGS, row, strict=True)) for row in material.log]
    yield from [*old, *new][-MOST_ROWS:]


BUILDS = {TITLE: log_rows}

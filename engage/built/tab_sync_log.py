"""Sync log: what it says, and a row for each change or failure of tonight. A quiet night adds none.

A line on a merge or a split holds names and reasons for as long as all its rows may be seen by the hub's
readers; then only its identifiers stay.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from engage.built.as_read import read_rows
from engage.built.material import CellsByHeading, Material

TITLE = "Sync log"
HEADINGS = ("When", "Workbook", "What happened")
_CHANGE = re.compile(r"(?:EMP|SIT|PER)-\w+ .*?(?:now includes|was split)")
_ROW = re.compile(r"\bR-\w+")
_NAME = re.compile(r" “[^”]*”")
MOST_ROWS = 2_000  # some three years of nights; the oldest rows go first


def log_rows(material: Material) -> Iterator[CellsByHeading]:
    """The rows as read, then tonight's."""
    seen = material.facts.records.keys()
    old = [_kept(row, seen) for row in read_rows(material.tabs.get(TITLE), HEADINGS)]
    new = [dict(zip(HEADINGS, row, strict=True)) for row in material.log]
    yield from [*old, *new][-MOST_ROWS:]


def _kept(row: Mapping[str, str], seen: Collection[str]) -> CellsByHeading:
    what = row.get(HEADINGS[2], "")
    if not _CHANGE.match(what) or all(record_id in seen for record_id in _ROW.findall(what)):
        return row
    return {**row, HEADINGS[2]: _NAME.sub("", what).partition(": ")[0]}


BUILDS = {TITLE: log_rows}

"""An accepted question about somebody who was erased → the cells that it empties or rewrites."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engage.model import Finding, Record
from engage.ports import AcceptSuggestion
from engage.register.read import TabReading

from .withheld import EMPTY_CELL, ERASED_CELL, ERASED_ROW

KINDS = frozenset({ERASED_ROW, ERASED_CELL})


def clearing(finding: Finding, record: Record, reading: TabReading) -> Iterator[AcceptSuggestion]:
    """What an accepted finding of these kinds writes: every filled cell of its row, or its one cell.

    record: the row as it reads tonight, which is as it was when it was asked about, or its finding would have
    another key.
    """
    spelled = _spelled(reading)
    headings = [h for h, text in record.typed.items() if text] if finding.kind == ERASED_ROW else [
        finding.place.column
    ]  # fmt: skip
    wanted = "" if finding.kind == ERASED_ROW or finding.suggestion == EMPTY_CELL else finding.suggestion
    for heading in headings:
        yield AcceptSuggestion(
            reading.tab.title,
            reading.header_row,
            record.record_id,
            spelled.get(heading, heading),
            record.typed[heading],
            wanted,
            erases=True,
        )


def _spelled(reading: TabReading) -> Mapping[str, str]:
    header = reading.tab.rows[reading.header_row - 1]
    return {heading: header[at] for heading, at in reading.columns.items() if at < len(header)}

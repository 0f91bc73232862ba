"""An accepted question about somebody who was erased → the cells that it empties or rewrites."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engage.model import Finding, Record
from engage.ports import AcceptSuggestion
from engage.register.read import TabReading
from engage.register.record import stray_column
from engage.schema import Schema

from .book import ErasedBook
from .claims import claims_on
from .withheld import EMPTY_CELL, ERASED_CELL, ERASED_ROW, cells_without

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


def cells_to_clear(
    record: Record, reading: TabReading, book: ErasedBook, schema: Schema
) -> Iterator[tuple[int, str]]:
    """(column from 1, what it is to read) of every cell of a row that names somebody who was erased.

    What every question about the row, accepted, would write; its Record ID stays.
    """
    at = {heading: column + 1 for heading, column in reading.columns.items()}
    header = reading.tab.rows[reading.header_row - 1]
    for number, heading in enumerate(header, 1):
        at.setdefault(heading, number)
    row = reading.tab.rows[record.place.row - 1]
    for claim in claims_on(record, book):
        if claim.whole:
            yield from ((n, "") for n in range(1, len(row) + 1) if n - 1 != reading.id_column)
            return
        for heading, text in cells_without(record, claim, book, schema):
            column = at.get(heading, stray_column(heading))
            if column:
                yield column, text


def _spelled(reading: TabReading) -> Mapping[str, str]:
    header = reading.tab.rows[reading.header_row - 1]
    return {heading: header[at] for heading, at in reading.columns.items() if at < len(header)}

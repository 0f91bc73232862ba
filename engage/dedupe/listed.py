"""The rows of somebody's own list as records that linkage understands, each with an id of its own."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Sequence

from engage.model import Grid, Place, Record, Row
from engage.register.text import is_blank

from .columns import Columns


def records_of(rows: Grid, columns: Columns, blanks: Collection[str]) -> list[Record]:
    """One record for every row below the headings, in order; place.row counts data rows from 1.

    A record's id is made from what its row says (and from how many rows said just that before), so that it
    is the same wherever the row stands, and whatever other rows are there.
    """
    seen: Counter[str] = Counter()
    records = []
    for number, row in enumerate(rows[columns.header_row :], start=1):
        said = _said(row, columns.header)
        seen[said] += 1
        record_id = f"L-{said}" + (f"-{seen[said]}" if seen[said] > 1 else "")
        records.append(_record(record_id, number, row, columns, blanks))
    return records


def _record(record_id: str, number: int, row: Row, columns: Columns, blanks: Collection[str]) -> Record:
    typed = {heading: row[at] for heading, at in columns.at.items() if at < len(row)}
    known = frozenset(blanks)
    clean = {heading: "" if is_blank(text, known) else text for heading, text in typed.items()}
    source = clean.get("Agency", "")
    return Record(record_id, columns.kind, source, Place("list", columns.kind, number), typed, clean)


def _said(row: Row, header: Sequence[str]) -> str:
    """Sixteen hex digits for the cells of a row, whatever order the columns have."""
    names = [*header, *[""] * len(row)]
    cells = sorted((names[at], text) for at, text in enumerate(row) if text.strip())
    text = "\x1e".join(f"{name}\x1f{cell}" for name, cell in cells)
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()

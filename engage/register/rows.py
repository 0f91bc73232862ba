"""Which rows below the headings are records, and which are headings again, totals or section titles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from engage.model import Row
from engage.register.headings import heading_key
from engage.register.reading import Doubt
from engage.register.text import squash

_TOTAL = re.compile(r"(grand |sub[ -]?)?totals?( .{0,20})?|sum|count|average|averages", re.IGNORECASE)
_NUMBER = re.compile(r"[£$€]?\s*-?[\d,. ]+\s*%?")
_SECTION = re.compile(r".*:\s*|-{3,}|={3,}|\*{3,}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row below the headings. number: from 1, as the sheet shows it.

    doubt: why it is passed over though it might be data; None for a row to read.
    carried: schema heading → the value that a cell above fills down into this row's blank one.
    """

    number: int
    cells: Row
    doubt: Doubt | None = None
    carried: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RowShape:
    """What rows are judged by. All columns count from 0; first: the column that names a row, -1 if none."""

    header: Row
    known: Mapping[str, int]
    id_column: int | None = None
    first: int = -1
    fills_down: tuple[str, ...] = ()


def data_rows(rows: Sequence[Row], header_row: int, shape: RowShape) -> Iterator[SheetRow]:
    """The rows to read, and those passed over with a doubt; blank rows and repeated headings are left out."""
    header = tuple(heading_key(text) for text in shape.header)
    carried: dict[str, str] = {}
    for number, row in enumerate(rows[header_row:], start=header_row + 1):
        filled = [at for at, text in enumerate(row) if text and not text.isspace()]
        if not filled or _repeats(row, filled, header):
            continue
        has_id = shape.id_column in filled
        carried.update(_typed_once(row, shape))
        if not has_id and len(filled) == 1 and any(shape.known[h] == filled[0] for h in shape.fills_down):
            continue
        doubt = None if has_id else _junk(row, filled, shape)
        yield SheetRow(number, row, doubt, dict(carried))


def _typed_once(row: Row, shape: RowShape) -> dict[str, str]:
    at = {heading: shape.known[heading] for heading in shape.fills_down}
    return {heading: row[i] for heading, i in at.items() if i < len(row) and row[i].strip()}


def _repeats(row: Row, filled: list[int], header: tuple[str, ...]) -> bool:
    """Whether a row is the heading row once more, typed again further down or pasted in with a block."""
    same = sum(1 for at in filled if at < len(header) and header[at] == heading_key(row[at]))
    return same >= min(3, len(filled)) and same * 2 > len(filled) and (same > 1 or len(header) == 1)


def _junk(row: Row, filled: list[int], shape: RowShape) -> Doubt | None:
    """Why a row is no record: a total, a section's title, or a lone remark; None if it is one."""
    text = squash(row[filled[0]])
    others = [squash(row[at]) for at in filled[1:]]
    if _TOTAL.fullmatch(text.rstrip(" :")) and all(_NUMBER.fullmatch(other) for other in others):
        return Doubt("row-passed-over", "This looks like a total, so the row is not read as a record.")
    if len(filled) > 1:
        return None
    alone = filled[0] == 0 and shape.first not in (0, -1)
    if alone or filled[0] not in shape.known.values() or _SECTION.fullmatch(text):
        return Doubt(
            "row-passed-over",
            "Only one cell of this row is filled in, so it is taken for a title or a remark and not read.",
        )
    return None

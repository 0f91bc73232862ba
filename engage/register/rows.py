"""Which rows below the headings are records, and which are headings again, totals or section titles."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from engage.model import Row
from engage.register.headings import heading_key
from engage.register.reading import Doubt, Reading
from engage.register.text import squash

_TOTAL = re.compile(r"(grand |sub[ -]?)?totals?( .{0,20})?|sum|count|average|averages", re.IGNORECASE)
_NUMBER = re.compile(r"[£$€]?\s*-?[\d,. ]+\s*%?")
_MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_YEAR = r"'?(?:(?:19|20)[0-9]{2}|[0-9]{2})(?:\s*[-/]\s*(?:20)?[0-9]{2})?"
_PART = (
    r"(?:spring|summer|autumn|winter|michaelmas|lent|easter)(?:\s+(?:half[\s-]+)?term)?(?:\s+[12])?"
    r"|(?:half[\s-]+)?term\s+[1-6]|(?:q|qtr\.?\s*|quarter\s+)[1-4]|[1-4](?:st|nd|rd|th)\s+(?:quarter|qtr)"
)
_PERIOD = re.compile(
    rf"(?:{_MONTHS}(?:\s*(?:-|to|/|&|and)\s*{_MONTHS})?|{_PART})[\s,-]*{_YEAR}|{_YEAR}\s+(?:{_MONTHS}|{_PART})"
    r"|(?:q|quarter\s+)[1-4]|(?:19|20)[0-9]{2}\s*[-/]\s*(?:20)?[0-9]{2}"
    rf"|(?:week|w/?c|wk)\s*(?:commencing|beginning|ending|no\.?)?\s*[0-9]{{1,2}}[\s/.].{{0,20}}"
)
_MONTH = re.compile(rf"{_MONTHS}(?:\s*(?:-|to|/|&|and)\s*{_MONTHS})?")
TOTAL = Doubt(
    "row-passed-over",
    "This looks like a total, so the row is not read as a record.",
    "Leave it as it is; if it is a record, fill in its other cells.",
)
TITLE = Doubt(
    "row-passed-over",
    "Only one cell of this row is filled in, so it is taken for a title or a remark and not read.",
    "Leave it as it is; if it is a record, fill in its other cells.",
)
_SECTION = re.compile(r".*:\s*|-{3,}|={3,}|\*{3,}", re.DOTALL)

Reader = Callable[[str], Reading]


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
    """What rows are judged by. All columns count from 0; first: the column that names a row, -1 if none.

    readers: how columns are read whose values have a shape (dates, numbers); dated: whether one has dates.
    """

    header: Row
    known: Mapping[str, int]
    id_column: int | None = None
    first: int = -1
    fills_down: tuple[str, ...] = ()
    readers: Mapping[int, Reader] = field(default_factory=dict)
    dated: bool = False


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
        return TOTAL
    if len(filled) > 1:
        return None
    alone = filled[0] == 0 and shape.first not in (0, -1)
    if alone or filled[0] not in shape.known.values() or _SECTION.fullmatch(text):
        return TITLE
    return TITLE if is_period(text, dated=shape.dated) or not _may_hold(shape, filled[0], row) else None


def is_period(text: str, *, dated: bool) -> bool:
    """Whether a lone cell names a time, as people head a block of rows: "NOVEMBER 2025", "Q3 2025/26".

    dated: whether the tab's rows have dates; only there is a bare month ("May", "June") no name.
    """
    words = squash(text).casefold().strip(" .:-*")
    return bool(_PERIOD.fullmatch(words)) or (dated and bool(_MONTH.fullmatch(words)))


def _may_hold(shape: RowShape, at: int, row: Row) -> bool:
    """Whether the column could hold this text: "Visits to schools" is no value of a column of dates."""
    read = shape.readers.get(at)
    return read is None or not (doubts := read(row[at]).doubts) or bool(doubts[0].suggestion)

"""What a batch keeps in _engage of the cells that it overwrites: the answer to having no compare-and-swap.

The requests of one batch run in order and together. So each batch first copies the rows that it is about
to write in, as values, into _engage, right of the memory that the pipeline keeps there, and then writes.
Whatever stood in them at that very moment, a racing edit too, is in that copy: the read-back compares it with
what the guard saw, and so does the next sync if we are killed before the read-back.

Column E, row 1: what this adapter remembers (Memory). From row 2, one kept row a row: in E what it is (Kept,
as JSON), from F on its cells.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from engage.model import Grid, Row, fingerprint

from ..cells import cell_at, trim
from .stale_warning import without_text

MEMORY_COLUMNS = 3  # of the pipeline's memory: Kind, Key, Value
NOTE_COLUMN = 5
FIRST_COLUMN = 6
FIRST_ROW = 2
LONGEST_CELL = 49_000  # characters; Google holds 50,000
LONGEST_NAME = 2_000  # characters of a row that names itself
NOTED = (10_000, 1_000, 100)  # characters of each text that are noted beside a kept row
LIKE_AN_ID = re.compile("R-[0-9A-Z]{8}")


@dataclass(frozen=True, slots=True)
class Memory:
    """self_id: the spreadsheet that this was written in, by which a copy is known. tabs: built tab → its id
    here, by which it is found when somebody renames it. batch: names the last batch that was applied.
    ready: tab id → the last of its rows that has formats and drop-downs (more_rows.py)."""

    self_id: str = ""
    tabs: Mapping[str, int] = field(default_factory=dict)
    batch: str = ""
    ready: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ours:
    """One cell that the batch wrote in a kept row: before is what the guard saw there.

    anchor, name: the column that names the row and what the guard saw there; 0 and "" if none does. Of the
    heading of the ids, which no single cell names, and of what gives a cell back what we had covered, name
    is the whole row (row_name), or "" where that is too long.
    """

    column: int
    anchor: int
    name: str
    before: str
    value: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A row as it stood when the batch overwrote it.

    seen: fingerprint of the row as the guard saw it. ours: the cells written in it; none for a row of a
    built tab. cells: the copy ("" cells at the end left out). witness: of a row that was not written in, what
    the guard saw in the columns where others below it were (column, text). moved: the columns in which the
    witness kept with this row reads otherwise; a short row cannot tell by itself that a column came in.
    """

    sheet_id: int
    row: int
    seen: str
    ours: tuple[Ours, ...] = ()
    cells: Row = ()
    witness: tuple[tuple[int, str], ...] = ()
    moved: frozenset[int] = frozenset()

    @property
    def name(self) -> tuple[int, int, str, bool]:
        """What tells it from the others of one batch."""
        return self.sheet_id, self.row, self.seen, bool(self.witness)

    @property
    def is_as_seen(self) -> bool:
        """Whether nobody crossed the write."""
        return row_mark(self.cells) == self.seen and self.moved.isdisjoint(each.column for each in self.ours)


def row_name(row: Sequence[str]) -> str:
    """A row as one text."""
    return "\x1f".join(row)


def row_named(name: str) -> Row:
    """The row that row_name wrote."""
    return tuple(name.split("\x1f"))


def row_mark(row: Sequence[str]) -> str:
    """What tells one row from another."""
    return fingerprint("\x1f".join(trim(list(row))))


def memory_text(memory: Memory) -> str:
    """The memory as its cell holds it."""
    held = {
        "spreadsheet": memory.self_id,
        "batch": memory.batch,
        "tabs": dict(sorted(memory.tabs.items())),
        "ready": {str(number): row for number, row in sorted(memory.ready.items())},
    }
    return json.dumps(held, ensure_ascii=False, separators=(",", ":"))


def note_text(kept: Kept) -> str:
    """What stands beside a kept row; long texts are cut, so that it fits into a cell."""
    texts = (_note(kept, longest) for longest in NOTED)
    return next((text for text in texts if len(text) <= LONGEST_CELL), _note(replace(kept, ours=()), 0))


def _note(kept: Kept, longest: int) -> str:
    ours = [
        [cell.column, cell.anchor, cell.name, cell.before[:longest], cell.value[:longest]]
        for cell in kept.ours
    ]
    note = [kept.sheet_id, kept.row, kept.seen, ours]
    if kept.witness:
        note.append([(column, text[:longest]) for column, text in kept.witness])
    return json.dumps(note, ensure_ascii=False, separators=(",", ":"))


def read_memory(engage: Grid) -> Memory:
    """What the adapter remembers; nothing if somebody has changed the cell by hand."""
    try:
        held = json.loads(_cell(engage, 1))
        tabs = {str(title): int(number) for title, number in held["tabs"].items()}
        ready = {int(number): int(row) for number, row in held.get("ready", {}).items()}
        return Memory(str(held["spreadsheet"]), tabs, str(held["batch"]), ready)
    except (ValueError, TypeError, KeyError, AttributeError):
        return Memory()


def read_kept(engage: Grid) -> tuple[Kept, ...]:
    """The rows that the last batches kept, in order; a note that cannot be read is passed over."""
    return tuple(_kept_rows(engage))


def _kept_rows(engage: Grid) -> Iterable[Kept]:
    moved: dict[int, frozenset[int]] = {}
    for number in range(FIRST_ROW, len(engage) + 1):
        try:
            sheet_id, row, seen, ours, *witness = json.loads(_cell(engage, number))
            cells = without_text(row, trim(engage[number - 1][FIRST_COLUMN - 1 :]))
            if witness:
                moved[sheet_id] = frozenset(_moved(cells, *witness))
            texts = tuple((column, text) for column, text in (witness[0] if witness else ()))
            mine = tuple(Ours(*cell) for cell in ours)
            yield Kept(sheet_id, row, seen, mine, cells, texts, moved.get(sheet_id, frozenset()))
        except (ValueError, TypeError):
            continue


def _moved(cells: Row, witness: Iterable[tuple[int, str]]) -> Iterable[int]:
    """The columns in which a witness no longer reads as the guard saw it, or as far as that was noted."""
    return (column for column, text in witness if not cell_at((cells,), 1, column).startswith(text))


def last_row(engage: Grid) -> int:
    """The last row of _engage that is in use right of the memory; 0 if none is."""
    used = (number for number, row in enumerate(engage, 1) if any(row[NOTE_COLUMN - 1 :]))
    return max(used, default=0)


def memory_rows(engage: Grid) -> Grid:
    """The pipeline's part of _engage."""
    rows = [trim(row[:MEMORY_COLUMNS]) for row in engage]
    while rows and not rows[-1]:
        rows.pop()
    return tuple(rows)


def _cell(engage: Grid, row: int) -> str:
    return (
        engage[row - 1][NOTE_COLUMN - 1] if len(engage) >= row and len(engage[row - 1]) >= NOTE_COLUMN else ""
    )

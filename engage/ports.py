"""What the pipeline asks of the outside world: intents and the Workbook port.

An intent names its record by id or by what its row held when it was read, never by address alone, and
carries what it expects to find: people type while we think. Finding the cell, looking again just before
the write, and reading back are the adapter's (engage/workbook/locate.py does the deciding for all).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from .model import CellValue, Grid, Row, Snapshot

RECORD_ID = "Record ID"


@dataclass(frozen=True, slots=True)
class AddIdColumn:
    """Head a column "Record ID" at the right end of an adopted tab. header: the heading row as read."""

    tab: str
    header_row: int
    header: Row


@dataclass(frozen=True, slots=True)
class GiveId:
    """Put record_id into this row's Record ID cell.

    row: where it stood when read, a hint only. expects: the row's cells as read, its old id included.
    """

    tab: str
    header_row: int
    row: int
    expects: Row
    record_id: str


@dataclass(frozen=True, slots=True)
class AcceptSuggestion:
    """Write a suggestion that a person accepted, if the cell still holds what it was made for.

    heading: the heading as the sheet spells it. erases: what stood there is to be kept nowhere.
    """

    tab: str
    header_row: int
    record_id: str
    heading: str
    expects: str
    value: str
    erases: bool = False


@dataclass(frozen=True, slots=True)
class PublishTab:
    """Make a built tab read so. Created if missing.

    headings: row 1. rows: the body, one value a heading. key: the heading that names a row, "" for none.
    answers: headings that only people write; their cells are carried over by key from the sheet as it is
    at the moment of writing, rows keep their order there and new ones come after; a row that is to go
    stays if its answer is not the one in `answered` (key → answer as read).
    expects: the whole tab as it was read (None: there was none); if what people see has moved since,
    other than in answers, the tab is left for next time.
    """

    tab: str
    headings: Row
    rows: tuple[tuple[CellValue, ...], ...]
    key: str = ""
    answers: frozenset[str] = frozenset()
    answered: tuple[tuple[str, str], ...] = ()
    expects: Grid | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class SetCell:
    """Put a value beside a label in column A of a built tab (the time stamp in Start here; its tick box).

    look_first: False where the last look of this very run is guard enough; what has moved since is found by
    the read-back, put right, and then looked for.
    """

    tab: str
    label: str
    value: str | bool
    look_first: bool = True


@dataclass(frozen=True, slots=True)
class RestoreCell:
    """Undo one cell of the last run, if it still holds what the run wrote (expects)."""

    tab: str
    header_row: int
    record_id: str
    heading: str
    expects: str
    value: str


Intent = AddIdColumn | GiveId | AcceptSuggestion | PublishTab | SetCell | RestoreCell


@dataclass(frozen=True, slots=True)
class Change:
    """One cell that was written: address as the sheet shows it, what stood there before, what stands now."""

    tab: str
    row: int
    column: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one intent.

    status: "done"; "same" (nothing to write); "moved" (what it expected is no longer there: left for next
    time); "displaced" (a racing edit lost its place: `changes` hold its text in `before`).
    """

    intent: Intent
    status: Literal["done", "same", "moved", "displaced"]
    changes: tuple[Change, ...] = field(default=())
    note: str = ""


Then = Callable[[Sequence[Outcome]], Sequence[Intent]]


class Workbook(Protocol):
    """A workbook that people edit. name: its key in engage.toml; title: what people call it."""

    name: str
    title: str

    def read(self) -> Snapshot:
        """Everything in it, at one moment. Raises WorkbookError."""
        ...

    def peek(self, tab: str) -> Grid:
        """The rows of one tab, by the cheapest look there is; () if there is no such tab.

        At Google one small request of a tab's first columns. For deciding whether there is anything to do,
        never for writing. Raises WorkbookError.
        """
        ...

    def apply(self, intents: Sequence[Intent], *then: Then) -> tuple[Outcome, ...]:
        """Guard, push, read back: one outcome an intent, in order. All or nothing for each tab.

        then: what else to write in the same breath, each given what the guard found for all before it
        (statuses "done", "same", "moved"); the outcomes of these intents follow.
        Raises WorkbookError with nothing written; a view-only workbook raises too.
        """
        ...

    def read_back(self) -> Snapshot:
        """Everything in it as it stood after our last look or write. Raises WorkbookError."""
        ...

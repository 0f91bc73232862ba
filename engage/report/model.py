"""The report as a frozen value: everything that the page, the .xlsx and the terminal may say, worked out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from engage.insight.capability import Cell
from engage.insight.weeks import long_day
from engage.report.revision import Revision
from engage.schema import Column

KINDS = {"week": "Weekly", "month": "Monthly", "quarter": "Quarterly", "year": "Annual"}


@dataclass(frozen=True, slots=True)
class Figure:
    """One number and what it was a period before; None where nobody knows, which is never 0."""

    label: str
    value: int | None
    before: int | None = None
    note: str = ""

    @property
    def text(self) -> str:
        """The number, or that it is not known."""
        return "not known" if self.value is None else f"{self.value:,}"

    @property
    def change(self) -> str:
        """ "up 3 from 9", "down 2 from 9", "as before"; "" where either is not known."""
        if self.value is None or self.before is None:
            return ""
        step = self.value - self.before
        return f"{'up' if step > 0 else 'down'} {abs(step):,} from {self.before:,}" if step else "as before"


@dataclass(frozen=True, slots=True)
class Drawing:
    """Bars: one name a bar, and for each series its numbers in that order. more: bars left out.

    in_table: the table below it has the same bars in its rows, so that a page need not draw it.
    """

    title: str
    names: tuple[str, ...]
    series: tuple[tuple[str, tuple[float, ...]], ...]
    more: int = 0
    in_table: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its columns as the schema has them, and rows of as many cells.

    bars: heading of the numbers that are drawn as a bar in each row, "" none. numbers: whether every column
    but the first holds counts, which may stand close together.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    drawings: tuple[Drawing, ...] = ()
    bars: str = ""
    numbers: bool = False

    def share(self, row: tuple[Cell, ...]) -> float:
        """A row's bar, in per cent of the longest of the table; 0 draws none."""
        at = next(at for at, column in enumerate(self.columns) if column.heading == self.bars)
        known = [cell for cells in self.rows if isinstance(cell := cells[at], int | float)]
        mine = row[at]
        return 100 * mine / max(known) if isinstance(mine, int | float) and mine > 0 else 0


@dataclass(frozen=True, slots=True)
class Section:
    """One capability. grids: its tables as they are told on paper. sheets: the same rows whole, as they
    stand in the built tabs. sources: what they were counted from, in words."""

    key: str
    title: str
    says: str
    figures: tuple[Figure, ...]
    grids: tuple[Grid, ...]
    sheets: tuple[Grid, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """One period for one audience. as_of: the last day that counts. read: when the sheets were read.

    audience: "" for the readers of the hub, else the agency. silent: titles of what has nothing to say.
    warning: whose figures may be missing. reads: (agency, how fresh, whether it was read). version: 0 is not
    frozen, 1 the first issue. revision: of a later one, what has changed since the one before.
    """

    partnership: str
    audience: str
    unit: str
    label: str
    words: str
    as_of: date
    read: str
    sections: tuple[Section, ...]
    silent: tuple[str, ...] = ()
    messages: tuple[str, ...] = ()
    introduction: str = ""
    warning: str = ""
    reads: tuple[tuple[str, str, bool], ...] = ()
    version: int = 0
    issued: str = ""
    is_over: bool = True
    revision: Revision | None = None

    @property
    def kind(self) -> str:
        """ "Quarterly report"; "The quarter so far" while it runs."""
        return f"{KINDS[self.unit]} report" if self.is_over else f"The {self.unit} so far"

    @property
    def title(self) -> str:
        """ "Quarterly report, 2026/27 Q2 (financial)"."""
        return f"{self.kind}, {self.label}"

    @property
    def as_of_words(self) -> str:
        """What it is told from: "As of 30 September 2026, from the sheets as read on 5 October, 09:12"."""
        said = f"As of {long_day(self.as_of)}, from the sheets as read on {self.read}."
        again = f" Version {self.version}, issued {self.issued}." if self.version else ""
        return said + again

    @property
    def before_words(self) -> str:
        """What its figures are set against."""
        return f"the {self.unit} before" + ("" if self.is_over else ", up to the same day")

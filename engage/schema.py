"""The tabs and columns of the register, from sheets_schema/*.toml: frozen values, checked once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Column:
    """One column. type: text, long-text, name, date, due-date, time, moment, number, money, size, percent,
    postcode, phone, email, url, company-number, charity-number, sic, sectors, people, bodies, yes-no,
    list, audience, id, link.

    time: a time of day; moment: a date with a time. people, bodies: one cell may name several.
    audience: one of the values, or agencies by name.
    filled_by: "staff" (S), "list" (L), "system" (B), "answer" (only people write, in a built tab).
    values: allowed values when they are fixed (for a column of the Lists tab: what it starts with);
    list_name: the column of the Lists tab (or the tab "Agencies", "Events", "Sectors", "Schemes", "Groups",
    whose first column it is) that they come from. several: a cell may hold several, joined by ";".
    aliases: other headings of the column; wordings: other ways to say a value, each with that value.
    personal: may hold details of a living person, free text included. core: part of the minimum data set.
    laid_out: False for columns we understand when we meet them but do not lay out ourselves.
    fills_down: typed once for many rows. width: in characters.
    """

    heading: str
    type: str = "text"
    filled_by: str = "staff"
    values: tuple[str, ...] = ()
    list_name: str = ""
    aliases: tuple[str, ...] = ()
    wordings: tuple[tuple[str, str], ...] = ()
    help: str = ""
    required: bool = False
    core: bool = False
    personal: bool = False
    laid_out: bool = True
    width: int = 16
    fills_down: bool = False
    several: bool = False


@dataclass(frozen=True, slots=True)
class TabSpec:
    """One tab. kind: "staff" or "built". where: "hub", "agency" or "both" (which workbooks have it).

    key: the heading that names a row of a built tab. subject: "employer", "person" or "": what a row is.
    has_ids: whether its rows are records with a Record ID (Lists is the one staff tab whose are not).
    """

    title: str
    kind: str
    where: str
    columns: tuple[Column, ...]
    help: str = ""
    key: str = ""
    subject: str = ""
    order: int = 0
    hidden: bool = False
    aliases: tuple[str, ...] = ()
    has_ids: bool = True

    def column(self, heading: str) -> Column | None:
        """The column with this heading, or None."""
        return next((column for column in self.columns if column.heading == heading), None)

    @property
    def headings(self) -> tuple[str, ...]:
        """Every heading that we lay out, in order."""
        return tuple(column.heading for column in self.columns if column.laid_out)

    @property
    def answers(self) -> frozenset[str]:
        """The headings of a built tab that only people write."""
        return frozenset(column.heading for column in self.columns if column.filled_by == "answer")


@dataclass(frozen=True, slots=True)
class Schema:
    """Every tab by title, in the order of the workbook.

    blanks: cells that mean unknown, lower-case. ambiguous: headings, lower-case, that mean different things
    in different tabs: understood by tab and neighbours only.
    """

    tabs: Mapping[str, TabSpec]
    blanks: frozenset[str]
    ambiguous: frozenset[str] = field(default=frozenset())

    def staff_tabs(self) -> tuple[TabSpec, ...]:
        """The tabs that people fill and whose rows are records (so not Lists)."""
        return tuple(tab for tab in self.tabs.values() if tab.kind == "staff" and tab.has_ids)

    def built_tabs(self, where: str) -> tuple[TabSpec, ...]:
        """The tabs that the system builds in the "hub", or in an "agency" workbook."""
        return tuple(tab for tab in self.tabs_of(where) if tab.kind == "built")

    def tabs_of(self, where: str) -> tuple[TabSpec, ...]:
        """Every tab that the "hub", or an "agency" workbook of our own making, has."""
        return tuple(tab for tab in self.tabs.values() if tab.where in (where, "both"))


def load_schema(own: Path | None = None) -> Schema:
    """The shipped schema, with the partnership's own folder of TOML files laid over it.

    A file in `own` with the title of a shipped tab adds columns and aliases to it; with another, a tab.
    Raises SchemaError naming every fault of every file at once.
    """
    from .schema_files import read_schema  # noqa: PLC0415 - pydantic only where files are read

    return read_schema(own)

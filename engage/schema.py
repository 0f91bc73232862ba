"""The tabs and columns of the register, from sheets_schema/*.toml: frozen values, checked once.

PLACEHOLDER SIGNATURES until the room is furnished; names and fields are the contract.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Column:
    """One column. type: text, long-text, name, date, due-date, number, money, size, percent, postcode, phone,
    email, url, company-number, charity-number, sic, sectors, people, bodies, yes-no, list, id, link, time.

    filled_by: "staff" (S), "list" (L), "system" (B), "answer" (only people write, in a built tab).
    values: allowed values when filled_by is "list" and they are fixed; list_name: the column of the Lists
    tab (or "Agencies", "Events", "Sectors", "Schemes", "Groups") they come from. laid_out: False for
    columns we understand when we meet them but do not lay out ourselves.
    """

    heading: str
    type: str = "text"
    filled_by: str = "staff"
    values: tuple[str, ...] = ()
    list_name: str = ""
    aliases: tuple[str, ...] = ()
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

    def column(self, heading: str) -> Column | None:
        """The column with this heading, or None."""
        return next((column for column in self.columns if column.heading == heading), None)

    @property
    def headings(self) -> tuple[str, ...]:
        """Every heading that we lay out, in order."""
        return tuple(column.heading for column in self.columns if column.laid_out)


@dataclass(frozen=True, slots=True)
class Schema:
    """Every tab by title, in the order of the workbook; blanks: cells that mean unknown, lower-case."""

    tabs: Mapping[str, TabSpec]
    blanks: frozenset[str]

    def staff_tabs(self) -> tuple[TabSpec, ...]:
        """The tabs that people fill."""
        return tuple(tab for tab in self.tabs.values() if tab.kind == "staff")


def load_schema(own: Path | None = None) -> Schema:
    """The shipped schema, with the partnership's own folder of TOML files laid over it.

    Raises SchemaError naming every fault of every file at once.
    """
    raise NotImplementedError

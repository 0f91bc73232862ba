"""The domain's nouns, as frozen values that know nothing of files, networks or clocks.

Workbook → tab → record → cell. A cell is text as a person sees it ("" is blank); a true date in the
sheet reads as ISO "2026-11-22", a whole number without ".0".
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

Row = tuple[str, ...]
Grid = tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab as read: rows[0] is the sheet's row 1; rows are ragged, trailing blanks left out.

    sheet_id: what names the tab when its title changes ("" where the format has no such thing).
    """

    title: str
    rows: Grid
    sheet_id: str = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A whole workbook at one moment. workbook: its key in engage.toml ("hub", "college")."""

    workbook: str
    tabs: tuple[Tab, ...]
    writable: bool = True

    def tab(self, title: str) -> Tab | None:
        """The tab with this title, or None."""
        return next((tab for tab in self.tabs if tab.title == title), None)


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is, in a person's words. row counts from 1 as the sheet shows it; 0 is no row."""

    workbook: str
    tab: str = ""
    row: int = 0
    column: str = ""

    def __str__(self) -> str:
        parts = [self.tab, f"row {self.row}" if self.row else "", self.column]
        return f"{', '.join(part for part in parts if part)} ({self.workbook})"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a person should look at; never a reason to stop.

    kind: a slug ("bad-postcode"). found: the cell as typed. wrong: one plain sentence.
    suggestion: the value that accepting it would put in the cell; "" if there is none to make.
    record_id: the row's id, "" before it has one or when the finding is about a tab.
    """

    kind: str
    place: Place
    wrong: str
    found: str = ""
    suggestion: str = ""
    record_id: str = ""
    agency: str = ""

    @property
    def key(self) -> str:
        """The same finding has the same key every night, whatever row it stands in."""
        where = self.record_id or f"{self.place.tab}:{self.place.row}"
        parts = (self.kind, self.place.workbook, where, self.place.column, self.found)
        return "F-" + fingerprint("\x1f".join(parts))


@dataclass(frozen=True, slots=True)
class Record:
    """One row of a staff tab.

    tab: the schema's title ("Employers"), whatever the sheet calls it; place: where it stands tonight.
    typed: schema heading → the cell as typed. clean: schema heading → the value as understood
    (dates ISO, postcodes spaced, phones E.164, emails lower-case, several joined by "; "; "" unknown).
    """

    record_id: str
    tab: str
    agency: str
    place: Place
    typed: Mapping[str, str] = field(hash=False)
    clean: Mapping[str, str] = field(hash=False)

    def __getitem__(self, heading: str) -> str:
        return self.clean.get(heading, "")


@dataclass(frozen=True, slots=True)
class Link:
    """A built cell that opens a place: text is what it reads as."""

    text: str
    workbook: str
    tab: str
    row: int = 1
    column: int = 1


CellValue = str | int | float | date | Link


def cell_text(value: CellValue | None) -> str:
    """What a cell with this value reads as when it is pulled again."""
    match value:
        case None:
            return ""
        case Link():
            return value.text
        case date():
            return value.isoformat()[:10]
        case bool():
            return "TRUE" if value else "FALSE"
        case float():
            return str(int(value)) if value.is_integer() else repr(value)
        case _:
            return str(value)


def fingerprint(text: str) -> str:
    """Twelve hex digits that stand for a text; equal texts, equal digits, on every machine."""
    return hashlib.blake2b(text.encode("utf-8"), digest_size=6).hexdigest()

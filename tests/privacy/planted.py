"""One person planted in a partnership: marks in every field, and in the free text of three agencies."""

from __future__ import annotations

import sqlite3
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from engage.linkage.compared import compared_by
from engage.linkage.linking import LinkSettings, link
from engage.workbook.memory import MemoryWorkbook
from engage.worlds import Judge
from tests.partnership import COUNCIL, SCHEMA, Town, row_of

MAIL, PHONE, MOBILE = "zyxandra.quillfeather@emberdigital.example", "0161 496 0991", "07700 900991"
SHAPED = {"Email": MAIL, "Phone": PHONE, "Mobile": MOBILE, "First name": "Zyxandra",
          "Last name": "Quillfeather", "Employer": "Ember Digital Ltd", "Date got": "03/03/2026",
          "Contact name": "", "Title": "Ms", "Contact kind": "Person", "May we email news?": "Yes - asked",
          "Do not contact": "", "Still in post?": "Yes", "Preferred way": "Email"}  # fmt: skip
MARKS = ("zyx", "quillfeather", "0161 496 0991", "1614960991", "07700 900991", "7700900991")


def her_row(agency: str = "", **cells: str) -> list[str]:
    """A row of Contacts with a mark in every field that takes words."""
    return [
        cells.get(
            c.heading.replace(" ", "_"),
            SHAPED.get(c.heading, agency if c.heading == "Agency" else f"Zyx{c.heading}"),
        )
        for c in SCHEMA.tabs["Contacts"].columns
        if c.laid_out
    ]


def contacts(*rows: list[str]) -> list[list[str]]:
    return [list(SCHEMA.tabs["Contacts"].headings), *rows]


HIS_ROW = row_of(
    "Contacts",
    First_name="Bob",
    Last_name="Marsh",
    Employer="Ember Digital Ltd",
    Agency=COUNCIL,
    Email="bob.marsh@emberdigital.example",
    Notes="by Zyxandra Quillfeather's desk",
)


def talk(summary: str, **cells: str) -> list[str]:
    usual = {
        "Agency": COUNCIL,
        "Date": "12/11/2026",
        "Employer": "Ember Digital Ltd",
        "Status": "Done",
        "Type": "Visit",
    }
    return row_of("Engagements", **{**usual, "Aim_/_Summary": summary, **cells})


class Planted(Town):
    """The small town, and in it Zyxandra Quillfeather of Ember Digital."""

    def __init__(
        self, folder: Path, *, make: Any = MemoryWorkbook, judge: Judge | None = None, **rows: Any
    ) -> None:
        usual: dict[str, Any] = {
            "Contacts": [her_row(COUNCIL), HIS_ROW],
            "Engagements": [
                talk("Met Zyxandra Quillfeather about two apprentices", Contact="Zyxandra Quillfeather"),
                talk("Bob Marsh asked us to ring Ms Quillfeather on 0161 496 0991", Contact="Bob Marsh"),
            ],
        }  # fmt: skip
        super().__init__(folder, make=make, **{**usual, **rows})
        headings = list(SCHEMA.tabs["Engagements"].headings)
        self.college.add_tab("Contacts", contacts(her_row(Job_title="Zyxhead of skills", Mobile="")))
        self.college.add_tab(
            "Engagements", [headings, talk("Zyxandra showed us round", Contact="Z. Quillfeather", Agency="")]
        )
        self.jobcentre.add_tab(
            "Engagements", [headings, talk(f"Vacancy sent by {MAIL}; Quillfeather will call", Agency="")]
        )
        settings = LinkSettings()
        self.use(
            judge
            or Judge(
                lambda records, decisions, before: link(records, decisions, before, settings), compared_by
            )
        )

    def use(self, judge: Judge) -> None:
        parts = {name: getattr(self.partnership, name) for name in self.partnership.__slots__}
        self.partnership = type(self.partnership)(**(parts | {"judge": judge}))


def traces(town: Town, folder: Path) -> dict[str, list[str]]:
    """Where a mark of hers is found: cells by tab, and files by name, database pages as they lie."""
    found: dict[str, list[str]] = {}
    for name, book in town.books.items():
        for tab in book.read().tabs:
            cells = [c for row in tab.rows for c in row if any(mark in c.casefold() for mark in MARKS)]
            if cells:
                found[f"{name}: {tab.title}"] = cells
    for path in folder.rglob("*"):
        if path.is_file():
            held = b"\n".join(unpacked(path)).lower()
            if hits := [mark for mark in MARKS if mark.encode() in held]:
                found[path.name] = hits
    return found


def unpacked(path: Path) -> Iterator[bytes]:
    """A file's bytes as they lie, its name, what is packed in it, and the blobs of a database."""
    data = path.read_bytes()
    yield from (path.name.encode(), data)
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            yield from (archive.read(name) for name in archive.namelist())
    if data.startswith(b"SQLite format 3"):
        with closing(sqlite3.connect(path)) as database:
            for (table,) in database.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table'"
            ).fetchall():
                for row in database.execute(f"SELECT * FROM {table}"):
                    yield from (zlib.decompress(cell) for cell in row if isinstance(cell, bytes))
    at = data.find(b"\x78\x9c")
    while at >= 0:  # what an older version of a row left in a page
        with suppress(zlib.error):
            yield zlib.decompressobj().decompress(data[at:])
        at = data.find(b"\x78\x9c", at + 2)

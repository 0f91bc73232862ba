"""One person planted in a partnership: marks in every field, and in the free text of three agencies."""

from __future__ import annotations

import sqlite3
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from engage.linkage.compared import compared_by
from engage.linkage.linking import LinkSettings, link
from engage.linkage.mentions import person_mentions
from engage.model import Decision, Linked, Membership, Record
from engage.workbook.memory import MemoryWorkbook
from engage.worlds import Judge
from tests.partnership import COUNCIL, SCHEMA, Town, row_of, same_name

MAIL, PHONE, MOBILE = "zyxandra.quillfeather@emberdigital.example", "0161 496 0991", "07700 900991"
SHAPED = {"Email": MAIL, "Phone": PHONE, "Mobile": MOBILE, "First name": "Zyxandra",
          "Last name": "Quillfeather", "Employer": "Ember Digital Ltd", "Date got": "03/03/2026",
          "Contact name": "", "Title": "Ms", "Contact kind": "Person", "May we email news?": "Yes - asked",
          "Do not contact": "", "Still in post?": "Yes", "Preferred way": "Email"}  # fmt: skip
# Six letters at least: three stand in packed bytes and in marks by chance.
MARKS = ("zyxqwv", "zyxandra", "quillfeather", "0161 496 0991", "1614960991", "07700 900991", "7700900991")


def her_row(agency: str = "", **cells: str) -> list[str]:
    """A row of Contacts with a mark in every field that takes words."""
    return [
        cells.get(
            c.heading.replace(" ", "_"),
            SHAPED.get(c.heading, agency if c.heading == "Agency" else f"Zyxqwv {c.heading}"),
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


def by_name_and_mailbox(
    records: Sequence[Record], decisions: Sequence[Decision], before: Membership
) -> Linked:
    """A linkage that needs no model: one mailbox, or one full name at one employer, is one person.

    Two whom somebody called different stay apart.
    """
    linked = same_name(records, decisions, before)
    apart = [
        {d.a, d.b} for d in decisions if d.kind == "person" and d.verdict == "Different" and not d.undone
    ]
    people = sorted((p for record in records for p in person_mentions(record)), key=lambda p: p.key)
    members: dict[str, set[str]] = {}
    marks: dict[str, set[str]] = {}
    for person in people:
        firm = linked.employer_of.get(person.employer, "")
        mine = {
            *person.mailboxes,
            f"{person.name.first} {person.name.surname} at {firm}" if firm else person.key,
        }
        fitting = [one for one in sorted(members) if marks[one] & mine]
        same = next((one for one in fitting if not _parted({*members[one], person.key}, apart)), "")
        same = same or f"PER-{person.key[2:9]}"
        members.setdefault(same, set()).add(person.key)
        marks.setdefault(same, set()).update(mine)
    return replace(linked, person_of={key: one for one, keys in members.items() for key in keys})


def _parted(keys: set[str], apart: Sequence[set[str]]) -> bool:
    return any(pair <= keys for pair in apart)


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
        self.college.add_tab("Contacts", contacts(her_row(Job_title="Zyxqwv head of skills", Mobile="")))
        self.college.add_tab(
            "Engagements", [headings, talk("Zyxandra showed us round", Contact="Z. Quillfeather", Agency="")]
        )
        self.jobcentre.add_tab(
            "Engagements", [headings, talk(f"Vacancy sent by {MAIL}; Quillfeather will call", Agency="")]
        )
        self.partnership = replace(self.partnership, judge=judge or Judge(by_name_and_mailbox, compared_by))


def as_the_model_links() -> Judge:
    """The real linkage, for the tests that have to show that it is met with."""
    settings = LinkSettings()
    return Judge(lambda records, decisions, before: link(records, decisions, before, settings), compared_by)


def traces(town: Town, folder: Path, marks: tuple[str, ...] = MARKS) -> dict[str, list[str]]:
    """Where a mark is found: cells by tab, and files by name, database pages as they lie."""
    found: dict[str, list[str]] = {}
    for name, book in town.books.items():
        for tab in book.read().tabs:
            cells = [c for row in tab.rows for c in row if any(mark in c.casefold() for mark in marks)]
            if cells:
                found[f"{name}: {tab.title}"] = cells
    for path in folder.rglob("*"):
        if path.is_file():
            raw, held = path.read_bytes().lower(), b"\n".join(unpacked(path)).lower()
            if hits := [mark for mark in marks if mark.encode() in held or mark.encode() in raw]:
                found[path.name] = hits
    return found


def unpacked(path: Path) -> Iterator[bytes]:
    """A file's name, what it holds or what is packed in it, and the blobs of a database."""
    data = path.read_bytes()
    yield path.name.encode()
    if not zipfile.is_zipfile(path) and not data.startswith(b"SQLite format 3"):
        yield data
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

"""Whatever the history of rows, merges, splits, departures and returns: nobody who objected is written to."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from engage.built.decision_book import pair_key
from engage.desk import open_desk
from engage.linkage.compared import compared_by
from engage.model import mention
from engage.pipeline import look
from engage.privacy.contacts import contact_list
from engage.recipients import who_reads
from engage.sharing import HUB
from engage.worlds import Judge
from tests.agencies.on_paper import Changing
from tests.partnership import COLLEGE, COUNCIL, NOW, row_of

from .planted import by_name_and_mailbox, contacts

pytestmark = pytest.mark.slow

SOAK = bool(os.environ.get("ENGAGE_SOAK"))
PEOPLE = (
    ("Ada", "Marsh", "Ember Digital Ltd"),
    ("Ben", "Stone", "Holt Roofing"),
    ("Cleo", "Marsh", "Ember Digital Ltd"),
)
WORDS = ("asked us not to contact her again", "do not email", "please remove from list", "opted out")
BOOKS = ("hub", "college")
DOES = ("add", "add", "object", "object in notes", "delete", "split", "sync", "leave", "join")
STEP = st.tuples(st.sampled_from(DOES), st.integers(0, 2), st.sampled_from(BOOKS), st.integers(0, 3))
DOMAINS = tuple(f"firm{who}.example" for who in range(3))


def mail_of(who: int, workbook: str) -> str:
    """A person has another address in each agency's row: only the name says that they are one."""
    return f"{PEOPLE[who][0]}.{workbook}@{DOMAINS[who]}".lower()


class History:
    """What people do, night after night. blocked: addresses of whoever objected, or was one with an objector;
    refused: those to whom nothing at all may go."""

    def __init__(self, folder: Path) -> None:
        usual = {"Name": "x", "Agency": COUNCIL, "Gets": "Weekly"}
        readers = [row_of("Coordinators", Email=mail_of(w, b), **usual) for w in range(3) for b in BOOKS]
        self.town = Changing(folder, Contacts=[], Engagements=[])
        for row in readers:
            self.town.hub.insert_row("Coordinators", 2, ["", *row])
        self.town.college.add_tab("Contacts", contacts())
        settings, mine = self.town.config.path, ", ".join(f'"{one}"' for one in DOMAINS)
        settings.write_text(settings.read_text("utf-8").replace('"marlbeck.example"]', f"{mine}]"), "utf-8")
        self.town.reload()
        self.town.partnership = replace(self.town.partnership, judge=Judge(by_name_and_mailbox, compared_by))
        self.left = False
        self.blocked: set[str] = set()
        self.refused: set[str] = set()
        self.split: set[int] = set()
        self.nights = 0

    def do(self, what: str, who: int, workbook: str, which: int) -> None:
        rows = [n for n, cells in enumerate(self.rows(workbook), 1) if mail_of(who, workbook) in cells]
        if what == "sync":
            self.sync()
        elif what in ("leave", "join"):
            self.college(what)
        elif self.left and workbook == "college":
            return  # nobody reads it any more
        elif what == "add" and not rows:
            self.add(who, workbook)
        elif what == "split":
            self.part(who)
        elif what == "delete" and rows:
            self.sync()  # what nobody ever read, nobody can know
            self.town.books[workbook].delete_row("Contacts", rows[0])
        elif rows:
            self.object(who, workbook, rows[0], which, in_notes="notes" in what)

    def college(self, what: str) -> None:
        """It leaves, whatever was typed there a moment before, or it comes back."""
        if what == "leave" and not self.left:
            self.nights += 1
            self.town.leave(COLLEGE, NOW + timedelta(days=self.nights))
            self.left = True
            self.count()
        elif what == "join" and self.left:
            self.town.come_back(COLLEGE, NOW + timedelta(days=self.nights))
            self.left = False
            self.sync()

    def rows(self, workbook: str):
        return self.town.books[workbook].rows("Contacts")

    def add(self, who: int, workbook: str) -> None:
        first, last, employer = PEOPLE[who]
        cells = row_of("Contacts", First_name=first, Last_name=last, Employer=employer,
                       Email=mail_of(who, workbook), Agency=COUNCIL if workbook == "hub" else "")  # fmt: skip
        self.town.books[workbook].insert_row("Contacts", 2, [*([""] if workbook == "hub" else []), *cells])

    def object(self, who: int, workbook: str, number: int, which: int, *, in_notes: bool) -> None:
        header, book = self.rows(workbook)[0], self.town.books[workbook]
        heading = "Notes" if in_notes else "Do not contact"
        if book.cell("Contacts", number, header.index(heading) + 1):
            return  # nobody takes a word back here
        said = WORDS[which] if in_notes else ("All", "Marketing")[which % 2]
        book.type("Contacts", number, header.index(heading) + 1, said)
        self.blocked.add(mail_of(who, workbook))
        self.refused |= {mail_of(who, workbook)} if said != "Marketing" else set()

    def part(self, who: int) -> None:
        """Somebody says that the two agencies' rows are two people."""
        self.sync()
        ids = []
        for workbook in BOOKS:
            header = self.rows(workbook)[0]
            ids += [
                c[header.index("Record ID")] for c in self.rows(workbook)[1:] if mail_of(who, workbook) in c
            ]
        if len(ids) == 2 and not self.left and who not in self.split:
            said = {"When": "2026-11-16 09:00", "Pair": pair_key(*(mention(one, 1) for one in ids)),
                    "About": "Person", "Decision": "Different", "How decided": "by a person"}  # fmt: skip
            headings = self.town.hub.rows("Decisions")[0]
            place = len(self.town.hub.rows("Decisions")) + 1
            self.town.hub.insert_row("Decisions", place, [said.get(h, "") for h in headings])
            self.split.add(who)

    def sync(self) -> None:
        self.nights += 1
        self.town.sync(NOW + timedelta(days=self.nights), allow_deletions=True)
        self.count()

    def count(self) -> None:
        """Whoever is one with somebody who objected is blocked with them."""
        for who in {0, 1, 2} - self.split:
            both = {mail_of(who, workbook) for workbook in BOOKS}
            here = {mail for mail in both if any(mail in cells for b in BOOKS for cells in self.rows(b))}
            self.blocked |= here if self.blocked & both else set()
            self.refused |= here if self.refused & both else set()

    def mailable(self) -> set[str]:
        """Whom any list would name."""
        seeing = [] if self.left else [COLLEGE]
        night = look(self.town.partnership, now=NOW + timedelta(days=self.nights))
        return {one[6] for audience in (HUB, *seeing) for one in contact_list(night, audience).rows}

    def readers(self) -> set[str]:
        """Whom a digest would be written to."""
        desk = open_desk(self.town.partnership, now=NOW + timedelta(days=self.nights))
        return {one.email for one in who_reads(desk)[0]}


@settings(max_examples=60 if SOAK else 3, phases=[Phase.explicit, Phase.generate])
@given(st.lists(STEP, min_size=6, max_size=16))
def test_nobody_who_objected_is_ever_on_a_list_or_written_to(steps):
    with TemporaryDirectory() as folder:
        history = History(Path(folder))
        for step in steps:
            history.do(*step)
        assert history.mailable() & history.blocked == set()
        history.sync()
        assert history.mailable() & history.blocked == set()
        assert history.readers() & history.refused == set()

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

from engage.agencies.pausing import pause, resume
from engage.built.decision_book import pair_key
from engage.desk import open_desk
from engage.insight.permission import MARKETING, SERVICE
from engage.linkage.compared import compared_by
from engage.model import mention
from engage.night import Night
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
NEWS, YES = "May we email news?", "Yes - asked"
DOES = (
    "add", "add", "add", "object", "object", "object in notes", "no to news", "no to news", "take it back",
    "delete", "split",
    "sync", "sync", "leave", "join", "pause", "resume", "share", "share nobody", "share nothing",
)  # fmt: skip
SAYS = {
    "object": ("Do not contact", ("All", "Marketing")),
    "object in notes": ("Notes", WORDS),
    "no to news": (NEWS, ("No",)),
}
SHARES = {"share": "Yes", "share nobody": "Employer only", "share nothing": "No"}
STEP = st.tuples(st.sampled_from(DOES), st.integers(0, 2), st.sampled_from(BOOKS), st.integers(0, 3))
# How it begins: with nobody, or with everybody known to both agencies, of which one may share nothing.
EVERYBODY = tuple(("add", who, workbook, 0) for who in range(3) for workbook in BOOKS)
BEGINNINGS = (
    (),
    EVERYBODY,
    (*EVERYBODY, ("share nobody", 0, "hub", 0)),
    (*EVERYBODY, ("share nothing", 0, "hub", 0)),
)
DOMAINS = tuple(f"firm{who}.example" for who in range(3))


def mail_of(who: int, workbook: str) -> str:
    """A person has another address in each agency's row: only the name says that they are one."""
    return f"{PEOPLE[who][0]}.{workbook}@{DOMAINS[who]}".lower()


class History:
    """What people do, night after night.

    held: (whose row, its workbook, number of the objection) → the addresses that it holds: the objector's,
    and of whoever was one with them meanwhile. all_mail: those of them to whom nothing at all may go.
    """

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
        self.unread = ""  # why nobody reads the college's workbook
        self.held: dict[tuple[int, str, int], set[str]] = {}
        self.all_mail: set[tuple[int, str, int]] = set()
        self.shared = True  # the college's people, so that they are merged with the hub's
        self.split: set[int] = set()
        self.deleted: set[str] = set()  # workbooks of which rows went since the last night
        self.nights, self.said = 0, 0

    @property
    def blocked(self) -> set[str]:
        """Addresses of whoever objected, or was one with an objector, and nobody took it back."""
        return {mail for key in self.held for mail in self.of(key)}

    @property
    def refused(self) -> set[str]:
        """Those of them to whom nothing at all may go."""
        return {mail for key in self.all_mail & self.held.keys() for mail in self.of(key)}

    def of(self, key: tuple[int, str, int]) -> set[str]:
        """The addresses that an objection holds, and those of the person in any row that is there now."""
        return self.held[key] | (self.here(key[0]) if key[0] not in self.split else set())

    def here(self, who: int) -> set[str]:
        """The addresses that rows of the workbooks of tonight give this person."""
        books = [book for book in BOOKS if book == "hub" or self.unread != "left"]
        both = {mail_of(who, workbook) for workbook in BOOKS}
        return {mail for mail in both if any(mail in cells for b in books for cells in self.rows(b))}

    def do(self, what: str, who: int, workbook: str, which: int) -> None:
        rows = [n for n, cells in enumerate(self.rows(workbook), 1) if mail_of(who, workbook) in cells]
        if what == "sync":
            self.sync()
        elif what in ("leave", "join", "pause", "resume", *SHARES):
            self.college(what)
        elif self.unread and workbook == "college":
            return  # nobody reads it
        elif what == "add" and not rows:
            self.add(who, workbook)
        elif what == "split":
            self.part(who)
        elif what == "delete" and rows:
            self.delete(who, workbook, rows[0])
        elif what == "take it back" and rows:
            self.take_back(who, workbook, rows[0])
        elif rows and what in SAYS:
            heading, words = SAYS[what]
            self.object(who, workbook, rows[0], heading, words[which % len(words)])

    def college(self, what: str) -> None:
        """It leaves, whatever was typed there a moment before, comes back, is paused, shares less or more."""
        name, agency = COLLEGE, self.town.config.agency(COLLEGE)
        if what in SHARES:
            self.town.share(name, SHARES[what])
            self.shared = what == "share"
        elif what == "leave" and self.unread != "left":
            self.nights += 1
            self.town.leave(name, NOW + timedelta(days=self.nights))
            self.count()
            self.unread = "left"
        elif what == "join" and self.unread == "left":
            self.town.come_back(name, NOW + timedelta(days=self.nights))
            self.unread = ""
            self.sync()
        elif what in ("pause", "resume") and agency and self.unread != "left":
            self.sync()  # what nobody ever read, nobody can know
            pause(self.town.config, agency, NOW.date(), withdrawn=False)
            self.unread = "paused"
            if what == "resume":
                resume(self.town.config, agency)
                self.unread = ""
            self.town.reload()

    def delete(self, who: int, workbook: str, number: int) -> None:
        """The row goes, and with it whoever could take its objection back."""
        self.sync()
        self.town.books[workbook].delete_row("Contacts", number)
        self.deleted.add(workbook)
        mine = [key for key in self.held if key[:2] == (who, workbook)]
        for key in mine:
            self.held[who, f"deleted from {workbook}", key[2]] = self.held.pop(key)
            self.all_mail |= {(who, f"deleted from {workbook}", key[2])} if key in self.all_mail else set()

    def take_back(self, who: int, workbook: str, number: int) -> None:
        """The agency takes the words back in the same row."""
        header = self.rows(workbook)[0]
        for heading, text in (("Notes", ""), ("Do not contact", ""), (NEWS, YES)):
            self.town.books[workbook].type("Contacts", number, header.index(heading) + 1, text)
        self.held = {key: mails for key, mails in self.held.items() if key[:2] != (who, workbook)}

    def rows(self, workbook: str):
        return self.town.books[workbook].rows("Contacts")

    def add(self, who: int, workbook: str) -> None:
        if workbook in self.deleted:
            self.sync()  # what is deleted and typed anew on one day is one row, edited
        first, last, employer = PEOPLE[who]
        cells = row_of("Contacts", First_name=first, Last_name=last, Employer=employer,
                       Email=mail_of(who, workbook), Agency=COUNCIL if workbook == "hub" else "",
                       **{"May_we_email_news?": YES})  # fmt: skip
        self.town.books[workbook].insert_row("Contacts", 2, [*([""] if workbook == "hub" else []), *cells])

    def object(self, who: int, workbook: str, number: int, heading: str, said: str) -> None:
        at, book = self.rows(workbook)[0].index(heading) + 1, self.town.books[workbook]
        if book.cell("Contacts", number, at) not in ("", YES):
            return  # nobody writes over a word here
        book.type("Contacts", number, at, said)
        self.said += 1
        key = (who, workbook, self.said)
        self.held[key] = {mail_of(who, workbook)}
        self.all_mail |= {key} if said not in ("Marketing", "No") else set()

    def part(self, who: int) -> None:
        """Somebody says that the two agencies' rows are two people."""
        self.sync()
        if self.unread or who in self.split:
            return
        ids = []
        for workbook in BOOKS:
            header = self.rows(workbook)[0]
            ids += [
                c[header.index("Record ID")] for c in self.rows(workbook)[1:] if mail_of(who, workbook) in c
            ]
        if len(ids) == 2:
            said = {"When": "2026-11-16 09:00", "Pair": pair_key(*(mention(one, 1) for one in ids)),
                    "About": "Person", "Decision": "Different", "How decided": "by a person"}  # fmt: skip
            headings = self.town.hub.rows("Decisions")[0]
            place = len(self.town.hub.rows("Decisions")) + 1
            self.town.hub.insert_row("Decisions", place, [said.get(h, "") for h in headings])
            self.split.add(who)

    def sync(self) -> None:
        self.nights += 1
        self.town.sync(NOW + timedelta(days=self.nights), allow_deletions=True)
        self.deleted.clear()
        self.count()

    def count(self) -> None:
        """Whoever is merged with somebody who objected is held with them, though they part again."""
        for who in {0, 1, 2} - self.split if self.shared else ():
            for key, mails in self.held.items():
                mails.update(self.here(who) if key[0] == who else ())

    def look(self) -> Night:
        return look(self.town.partnership, now=NOW + timedelta(days=self.nights))

    def listed(self, purpose: str) -> set[str]:
        """Whom any list for this purpose would name."""
        night = self.look()
        audiences = (audience for audience in (HUB, COLLEGE, COUNCIL) if audience in night.facts)
        return {one[6] for each in audiences for one in contact_list(night, each, purpose=purpose).rows}

    def readers(self) -> set[str]:
        """To whom a digest is written, of those who would be."""
        desk = open_desk(self.town.partnership, now=NOW + timedelta(days=self.nights))
        return {one.email for one in who_reads(desk)[0]}

    def check(self) -> None:
        assert self.listed(MARKETING) & self.blocked == set()
        assert self.listed(SERVICE) & self.refused == set()


@settings(max_examples=100 if SOAK else 4, phases=[Phase.explicit, Phase.generate])
@given(st.sampled_from(BEGINNINGS), st.lists(STEP, min_size=8, max_size=20))
def test_nobody_who_objected_is_ever_on_a_list_or_written_to(beginning, steps):
    with TemporaryDirectory() as folder:
        history = History(Path(folder))
        for step in (*beginning, *steps):
            history.do(*step)
        history.check()
        history.sync()
        history.check()
        assert history.readers() & history.refused == set()

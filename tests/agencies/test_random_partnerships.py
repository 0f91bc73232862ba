"""Whatever agencies do, join, leave, share, pause: no value of one that shares nothing is anybody else's."""

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
from engage.desk import open_desk
from engage.issues import Issues
from engage.linkage.compared import compared_by
from engage.privacy.contacts import contact_list
from engage.recipients import who_reads
from engage.worlds import Judge
from tests.partnership import COLLEGE, COUNCIL, JOBCENTRE, NOW, SCHEMA, row_of
from tests.privacy.planted import by_name_and_mailbox, talk, traces

from .on_paper import Changing

pytestmark = pytest.mark.slow

SOAK = bool(os.environ.get("ENGAGE_SOAK"))
BOOKS = {"college": (COLLEGE, "Firms", 3), "jobcentre": (JOBCENTRE, "List", 2)}
DOES = (
    "add", "add a person", "share with nobody", "share again", "pause", "withdraw", "resume", "leave", "join",
    "old settings", "sync",
)  # fmt: skip
STEP = st.tuples(st.sampled_from(DOES), st.sampled_from(sorted(BOOKS)))


class Histories:
    """What becomes of two agencies, night after night. Whatever one of them adds has its mark.

    Now and then somebody puts back the settings of the first day, as from a backup.

    silent: workbook → why nothing of it may be seen: "No", "withdrawn", "left".
    """

    def __init__(self, folder: Path) -> None:
        self.folder, self.town, self.nights = folder, Changing(folder), 0
        self.silent: dict[str, str] = {}
        self.town.partnership = replace(self.town.partnership, judge=Judge(by_name_and_mailbox, compared_by))
        self.first = self.town.config.path.read_text("utf-8")
        for name in (COUNCIL, COLLEGE, JOBCENTRE):
            cells = {"Name": "x", "Email": f"{name.split()[-1]}@marlbeck.example".lower(), "Agency": name}
            self.town.hub.insert_row("Coordinators", 2, ["", *row_of("Coordinators", Gets="Weekly", **cells)])
        for key in BOOKS:
            for tab in ("Contacts", "Engagements"):
                self.town.books[key].add_tab(tab, [list(SCHEMA.tabs[tab].headings)])
            self.add(key)
            self.add_person(key)
        self.sync()  # what nobody ever read, nobody can show

    @property
    def now(self):
        return NOW + timedelta(days=self.nights)

    def do(self, what: str, key: str) -> None:
        name, left = BOOKS[key][0], self.silent.get(key) == "left"
        if what == "add":
            self.add(key)
        elif what == "add a person":
            self.add_person(key)
        elif what == "sync":
            self.sync()
        elif what == "old settings":
            self.put_back()
        elif what == "leave" and self.town.config.agency(name):
            self.leave(key, name)  # perhaps a second time, after a restore
        elif what == "join" and left:
            self.town.come_back(name, self.now)
            self.silent.pop(key)
            self.town.share(name, "Yes")
            self.sync()
        elif not left:
            self.change(what, key, name)

    def change(self, what: str, key: str, name: str) -> None:
        agency = self.town.config.agency(name)
        assert agency is not None
        if what.startswith("share"):
            self.town.share(name, "Yes" if what == "share again" else "No")
            self._note(key, "No", silent=what != "share again")
        elif what in ("pause", "withdraw"):
            pause(self.town.config, agency, self.now.date(), withdrawn=what == "withdraw")
            self._note(key, "withdrawn", silent=what == "withdraw")
        elif what == "resume":
            resume(self.town.config, agency)
            self._note(key, "withdrawn", silent=False)
        self.town.reload()

    def leave(self, key: str, name: str) -> None:
        self.nights += 1
        self.town.leave(name, self.now)
        self.silent[key] = "left"

    def put_back(self) -> None:
        """The settings know of no pause and no departure any more; the hub does of the departures."""
        self.town.config.path.write_text(self.first, "utf-8")
        self.town.reload()
        for key in BOOKS:
            if self.silent.get(key) != "left":
                self._note(key, "withdrawn", silent=False)

    def _note(self, key: str, why: str, *, silent: bool) -> None:
        held = set(filter(None, self.silent.pop(key, "").split("+")))
        held = held | {why} if silent else held - {why}
        if held:
            self.silent[key] = "+".join(sorted(held))

    def add(self, key: str) -> None:
        _, tab, row = BOOKS[key]
        ids = [""] if self.town.books[key].rows(tab)[row - 2][:1] == ("Record ID",) else []
        self.town.books[key].insert_row(tab, row, [*ids, f"Zyx{key} Works {self.nights}", "Hyde", "OL6 8QQ"])

    def add_person(self, key: str) -> None:
        """Somebody new at a firm, and visits that are planned, which every digest of those weeks names."""
        mark, mail = f"Zyx{key} {self.nights}", f"zyx{key}{self.nights}@emberdigital.example"
        person = {"First_name": "Ann", "Last_name": mark, "Employer": "Ember Digital Ltd", "Email": mail}
        self.insert(key, "Contacts", row_of("Contacts", **{**person, "May_we_email_news?": "Yes - asked"}))
        for days in (3, 10, 17):
            cells = {"Date": f"{self.now + timedelta(days=days):%d/%m/%Y}", "Employer": f"{mark} Works"}
            self.insert(key, "Engagements", talk(f"Meet {mark}", Agency="", Status="Planned", **cells))

    def insert(self, key: str, tab: str, cells: list[str]) -> None:
        book = self.town.books[key]
        header, spec = book.rows(tab)[0], SCHEMA.tabs[tab]
        by_heading = dict(zip(spec.headings, cells, strict=True))
        book.insert_row(tab, 2, [by_heading.get(heading, "") for heading in header])

    def sync(self) -> None:
        self.nights += 1
        self.town.sync(self.now, allow_deletions=True)

    def seen(self, key: str) -> dict[str, list[str]]:
        return self.town.places_of(f"zyx{key}", {key})

    def told(self, key: str) -> list[str]:
        """Digests of others' readers, and lists of contacts, in which its mark stands."""
        desk = open_desk(self.town.partnership, now=self.now)
        issues, others = Issues(desk, None), (o for o in who_reads(desk)[0] if o.agency != BOOKS[key][0])
        pages = {f"digest of {one.agency}": issues.written(one)[2].text.casefold() for one in others}
        for audience in desk.night.facts.keys() - {BOOKS[key][0]}:
            pages[f"list for {audience}"] = str(contact_list(desk.night, audience)).casefold()
        return [where for where, text in pages.items() if f"zyx{key}" in text]


@settings(max_examples=100 if SOAK else 4, phases=[Phase.explicit, Phase.generate])
@given(st.lists(STEP, min_size=5, max_size=16))
def test_no_value_of_a_departed_or_silent_agency_is_anywhere_but_in_its_own_workbook(steps):
    with TemporaryDirectory() as folder:
        history = Histories(Path(folder))
        for step in steps:
            history.do(*step)
        history.sync()
        for key in BOOKS:
            assert bool(history.seen(key)) is (key not in history.silent), (key, history.silent)
            if key in history.silent:
                assert history.told(key) == []
            if history.silent.get(key) == "left":
                files = traces(history.town, history.folder, (f"zyx{key}",))
                assert [place for place in files if not place.startswith(key)] == []


@pytest.mark.parametrize("key", sorted(BOOKS))
def test_merges_within_an_agencys_own_rows_lose_their_words_when_it_leaves(key, tmp_path):
    history = Histories(tmp_path)
    assert "hub: Decisions" in history.seen(key)  # its visits to one firm were merged with one another
    history.do("leave", key)
    assert history.seen(key) == {}
    history.do("join", key)
    history.do("share with nobody", key)
    history.sync()
    assert history.seen(key) == {}


def test_what_is_shared_is_told_so_that_the_law_above_is_about_something():
    with TemporaryDirectory() as folder:
        history = Histories(Path(folder))
        for key in BOOKS:
            assert {"list for hub"} <= set(history.told(key))
            assert any(where.startswith("digest") for where in history.told(key))

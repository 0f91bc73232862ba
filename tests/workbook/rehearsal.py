"""One server a test process that answers as Google does, and workbooks on it through the real client."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from functools import cache
from pathlib import Path

from engage.config import Google
from engage.schema import TabSpec
from engage.workbook.google.adapter import GoogleWorkbook
from engage.workbook.google.client import GoogleClient
from engage.workbook.google.signing_in import sign_in
from tests.sheets_server.app import application
from tests.sheets_server.cells import Cell
from tests.sheets_server.pretend_time import PretendTime
from tests.sheets_server.serving import serving
from tests.sheets_server.spreadsheet import Spreadsheet
from tests.sheets_server.tab import Tab
from tests.sheets_server.world import World

Tabs = Mapping[str, Iterable[Iterable[str]]]
OWNER = "jo@college.example"
_OPEN = ExitStack()  # closed with the process


class Rehearsal:
    """A server with a world of its own, and a signed-in client. Nobody waits: the clock is pretended."""

    def __init__(self) -> None:
        self.world = World()
        self.served = _OPEN.enter_context(serving(application(self.world)))
        self.clock = PretendTime()
        self.served.front.quota.now = self.clock.now
        folder = Path(_OPEN.enter_context(tempfile.TemporaryDirectory()))
        self.settings = Google(credentials=self.served.key_file(folder), endpoint=self.served.url)
        self.client = self.connect()
        self._tokens = map(str, itertools.count(1))

    def connect(self) -> GoogleClient:
        """A client of its own, signed in."""
        return GoogleClient(
            sign_in(self.settings),
            endpoint=self.settings.endpoint,
            timeout=(5.0, 60.0),
            pacer=self.clock.pacer(),
            timing=self.clock.timing,
        )

    def sheet(self, tabs: Tabs, *, title: str = "peer", share: bool = True) -> Spreadsheet:
        """A spreadsheet that a person made and shared with us."""
        book = self.world.create(title, owner=OWNER, locale="en_GB")
        if share:
            book.people[self.client.caller] = "writer"
        for number, (name, rows) in enumerate(tabs.items()):
            tab = book.tabs[0] if number == 0 else Tab(self.world.new_number(), name)
            tab.title = name
            body = [list(row) for row in rows]
            tab.resize(max(1000, len(body)), max([26, *map(len, body)]))
            for at, row in enumerate(body):
                tab.put_row(at, 0, [Cell(text or None) for text in row])
            if number:
                book.tabs.append(tab)
        return book

    def workbook(
        self,
        key: str,
        sheet: str,
        *,
        view_only: bool = False,
        neighbours: Mapping[str, GoogleWorkbook] | None = None,
        tabs: Mapping[str, TabSpec] | None = None,
    ) -> GoogleWorkbook:
        """The adapter under test."""
        return GoogleWorkbook(
            key,
            sheet,
            self.client,
            token=self._tokens.__next__,
            view_only=view_only,
            neighbours=neighbours,
            tabs=tabs,
        )


@cache
def rehearsal() -> Rehearsal:
    """The one of this process."""
    return Rehearsal()

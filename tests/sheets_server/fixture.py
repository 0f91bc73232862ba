"""The whole server for a test: spreadsheets, people, faults, a clock that nobody waits for, and clients.

from tests.sheets_server.fixture import sheets_server  # noqa: F401 - in a conftest; server, notebook too
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from engage.config import Google
from engage.workbook.google.client import GoogleClient
from engage.workbook.google.pacing import Pacer
from engage.workbook.google.signing_in import sign_in

from .app import application
from .notebook import Notebook
from .pretend_time import PretendTime
from .serving import Served, serving
from .spreadsheet import Spreadsheet
from .world import World

OWNER = "kim@tameside.example"


@dataclass(slots=True)
class SheetsServer:
    """served: port, tokens, quota, faults. world: the spreadsheets. clock: the client's and the quota's."""

    served: Served
    world: World
    clock: PretendTime
    pacer: Pacer
    settings: Google

    @property
    def address(self) -> str:
        """The service account's, to share with."""
        return next(iter(self.served.front.office.services))

    def client(self, *, timeout: tuple[float, float] = (5.0, 5.0)) -> GoogleClient:
        """Signed in as the service account. timeout: seconds; make the second small to play "slow"."""
        return GoogleClient(
            sign_in(self.settings),
            endpoint=self.served.url,
            timeout=timeout,
            pacer=self.pacer,
            timing=self.clock.timing,
        )

    def spreadsheet(self, title: str, *, role: str = "writer", owner: str = OWNER) -> Spreadsheet:
        """A new one of somebody in the United Kingdom, shared with the service account ("": it is not)."""
        book = self.world.create(title, owner=owner, locale="en_GB")
        book.time_zone = "Europe/London"
        if role:
            book.people[self.address.casefold()] = role
        return book


@pytest.fixture
def notebook() -> Notebook:
    """The smallest thing that can stand behind the front."""
    return Notebook()


@pytest.fixture
def server(notebook: Notebook) -> Iterator[Served]:
    """The front alone, on a free port: tokens, quota and faults, and a notebook behind them."""
    with serving(notebook) as served:
        yield served


@pytest.fixture
def sheets_server(tmp_path: Path) -> Iterator[SheetsServer]:
    """A server on a free port until the end of the test."""
    world, clock = World(), PretendTime()
    with serving(application(world)) as served:
        served.front.quota.now = clock.now
        settings = Google(credentials=served.key_file(tmp_path), endpoint=served.url)
        yield SheetsServer(served, world, clock, clock.pacer(), settings)

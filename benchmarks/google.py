"""What nights on Google Sheets cost: requests, bytes and seconds, by the server that answers as Google does.

The clock that quota and pacing go by stands still unless somebody waits: the machine is as fast as a machine
can be, so that pacing alone keeps a minute from holding too many requests.
"""

from __future__ import annotations

import itertools
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import gspread

from engage.cache import Cache
from engage.config import HUB, Agency, Config, GoogleSheet, Mail
from engage.linkage.compared import compared_by
from engage.model import Decision, Linked, Membership, Record, mention
from engage.pipeline import Partnership, Report, sync
from engage.register.identity import make_id
from engage.schema import load_schema
from engage.workbook.google.adapter import GoogleWorkbook
from engage.worlds import Judge
from tests.partnership import hub_tabs
from tests.sheets_server.spreadsheet import Spreadsheet
from tests.workbook.hands import Hands
from tests.workbook.rehearsal import Rehearsal

from .linkage_register import generate

SCHEMA = load_schema()
START = datetime(2026, 11, 16, 2)  # noqa: DTZ001 - the partnership's own clock
TABS = ("Employers", "Contacts", "Engagements")
TYPED_OVER = {"Employers": "Phone", "Contacts": "Mobile", "Engagements": "Next step"}
NEW_ROWS, CHANGED_CELLS = 20, 30  # a tab, on a busy day


@dataclass(frozen=True, slots=True)
class Night:
    """One night. most_reads, most_writes: of the workbook that took most. reads, writes: of all.

    busiest: the most requests of one user in one minute, reads or writes. sent, got: megabytes. seconds: in
    all; at_google: of these waiting for the server. everyday: requests of the everyday way, None if nobody
    ran it.
    """

    what: str
    most_reads: int
    most_writes: int
    reads: int
    writes: int
    busiest: int
    sent: float
    got: float
    seconds: float
    at_google: float
    everyday: int | None = None

    @property
    def most(self) -> int:
        """Requests of the workbook that took most."""
        return self.most_reads + self.most_writes


def measure(agencies: int, rows: int) -> list[Night]:
    """A first, a quiet and a busy night on a hub and so many agencies' workbooks, all at Google.

    rows: of each of TABS in each agency's workbook.
    """
    with tempfile.TemporaryDirectory() as folder:
        town = Town(Path(folder), agencies, rows)
        first, _ = town.night("the first", START)
        quiet, _ = town.night("a quiet one", START + timedelta(minutes=30))
        town.busy_day()
        busy, report = town.night("a busy one", START + timedelta(days=1))
        return [first, town.beside(quiet, None), town.beside(busy, report)]


class Town:
    """A partnership at the local server."""

    def __init__(self, folder: Path, agencies: int, rows: int) -> None:
        self.google, self.rows = Rehearsal(), rows
        names = [f"Agency {number}" for number in range(1, agencies + 1)]
        self.sheets: dict[str, Spreadsheet] = {HUB: self.google.sheet(_hub(names), title="hub")}
        for name, tabs in zip(names, _dealt(agencies, rows), strict=True):
            self.sheets[name] = self.google.sheet(tabs, title=name)
        self.wires = Wires(self.google)
        self.partnership = self._partnership(folder, names)

    def _partnership(self, folder: Path, names: Sequence[str]) -> Partnership:
        config = Config(
            folder / "engage.toml", "Bench", GoogleSheet(self.sheets[HUB].id), folder,
            Mail(folder / "outbox"),
            tuple(Agency(name, key=name, workbook=GoogleSheet(self.sheets[name].id)) for name in names),
        )  # fmt: skip
        books: dict[str, GoogleWorkbook] = {}
        tokens = map(str, itertools.count())
        for key, sheet in self.sheets.items():
            books[key] = GoogleWorkbook(
                key, sheet.id, self.google.client, token=tokens.__next__, neighbours=books
            )
        draw = random.Random(1).choice
        return Partnership(
            config, SCHEMA, books, Cache(folder / "cache.sqlite"), Judge(same_name, compared_by),
            lambda: make_id(draw), "bench",
        )  # fmt: skip

    def night(self, what: str, now: datetime) -> tuple[Night, Report]:
        """One sync, with what went over the wires."""
        with self.wires.counting(what, {sheet.id for sheet in self.sheets.values()}) as counted:
            report = sync(self.partnership, now=now)
        if report.problems or report.notes:
            raise RuntimeError(f"{what} measures nothing: {report.problems} {report.notes}")
        return counted[0], report

    def busy_day(self) -> None:
        """In every agency's workbook and tab, new rows below the last and cells typed over."""
        chance = random.Random(2)
        for key, sheet in self.sheets.items():
            hands = Hands(self.google.world, sheet)
            for tab in TABS if key != HUB else ():
                header = hands.rows(tab)[0]
                for number in range(NEW_ROWS):
                    hands.insert_row(tab, self.rows + 2 + number, _new_row(header, key, number))
                for _ in range(CHANGED_CELLS):
                    row = chance.randrange(2, self.rows + 2)
                    column = header.index(TYPED_OVER[tab]) + 1
                    hands.type(tab, row, column, f"01632 960{chance.randrange(1000):03d}")

    def beside(self, night: Night, report: Report | None) -> Night:
        """The night, and the requests of the everyday way to read and write the same."""
        changed = _rows_changed(report) if report else {}
        with self.wires.counting(night.what, {sheet.id for sheet in self.sheets.values()}) as counted:
            everyday(gspread.Client(None, http_client=lambda *_: self.google.client), self.sheets, changed)
        took = counted[0]
        told = {name: getattr(night, name) for name in Night.__slots__}
        return Night(**told | {"everyday": took.reads + took.writes})


def everyday(client: gspread.Client, sheets: Mapping[str, Spreadsheet], changed: Mapping[str, Any]) -> None:
    """Open every spreadsheet, get_all_records tab by tab, and write what changed row by row."""
    for key, sheet in sheets.items():
        book = client.open_by_key(sheet.id)
        tabs = {tab.title: tab for tab in book.worksheets()}
        for tab in tabs.values():
            tab.get_all_records(expected_headers=[])
        for title, rows in changed.get(key, {}).items():
            for number, cells in rows.items():
                tabs[title].update([list(cells)], f"A{number}")


def _rows_changed(report: Report) -> dict[str, dict[str, dict[int, tuple[str, ...]]]]:
    """Workbook → tab → row number → its cells, for every row that a night wrote in."""
    found: dict[str, dict[str, dict[int, tuple[str, ...]]]] = {}
    for pushed in report.pushed:
        for change in (change for outcome in pushed.outcomes for change in outcome.changes):
            found.setdefault(pushed.workbook, {}).setdefault(change.tab, {})[change.row] = (change.after,)
    return found


class Wires:
    """What goes between a client and the server."""

    def __init__(self, google: Rehearsal) -> None:
        self.google, self.sent, self.got, self.seconds = google, 0, 0, 0.0
        google.client.session.hooks["response"].append(self._note)

    def _note(self, answer: Any, *_: object, **__: object) -> None:
        self.sent += len(answer.request.body or b"")
        self.got += len(answer.content)
        self.seconds += answer.elapsed.total_seconds()

    @contextmanager
    def counting(self, what: str, sheets: set[str]) -> Iterator[list[Night]]:
        """Yields a list that holds the Night once the block has ended."""
        front, clock = self.google.served.front, self.google.clock
        front.calls.clear()
        clock.sleep(120.0)  # yesterday's requests do not count
        front.quota.forget()
        self.sent = self.got = 0
        self.seconds, started = 0.0, time.perf_counter()
        found: list[Night] = []
        yield found
        took = time.perf_counter() - started
        refused = [call for call in front.calls if call.status >= 400]
        if refused:
            raise RuntimeError(f"{what} measures nothing: {refused[0]}")
        reads, writes = (_per_sheet(front.calls, sheets, method) for method in ("GET", ""))
        busiest = max(sheets, key=lambda sheet: reads[sheet] + writes[sheet])
        found.append(
            Night(
                what, reads[busiest], writes[busiest], reads.total(), writes.total(),
                front.quota.most_in_a_minute, self.sent / 1e6, self.got / 1e6, took, self.seconds,
            )
        )  # fmt: skip


def _per_sheet(calls: Any, sheets: set[str], method: str) -> Counter[str]:
    mine = (call for call in calls if (call.method == "GET") == (method == "GET"))
    ids = (part.partition(":")[0] for call in mine for part in call.path.split("/"))
    return Counter(sheet for sheet in ids if sheet in sheets)


# --- the partnership ---------------------------------------------------------------------------------------


def _hub(names: Sequence[str]) -> dict[str, list[list[str]]]:
    headings = SCHEMA.tabs["Agencies"].headings
    told = {
        "Lawful basis": "Public task",
        "Sharing agreement signed": "2026-01-05",
        "Share contact details with partners": "Yes",
    }
    rows = [[name if h == "Agency" else told.get(h, "") for h in headings] for name in names]
    return hub_tabs(SCHEMA, Agencies=rows)


def _dealt(agencies: int, rows: int) -> list[dict[str, list[list[str]]]]:
    """Tabs of each agency: rows of one register, dealt out so that most employers are known to several."""
    records = generate(agencies * rows * 2, 1).records
    books: list[dict[str, list[list[str]]]] = [{} for _ in range(agencies)]
    for tab in TABS:
        headings = [h for h in SCHEMA.tabs[tab].headings if h != "Agency"]
        mine = [record for record in records if record.tab == tab][: agencies * rows]
        assert len(mine) == agencies * rows
        for at, book in enumerate(books):
            book[tab] = [headings, *(_row(headings, record.typed) for record in mine[at::agencies])]
    return books


def _row(headings: Sequence[str], typed: Mapping[str, str]) -> list[str]:
    """As typed; an engagement has a day and a type, so that it is a record and not a finding."""
    told = {"Date": "2026-11-03", "Type": "Visit"} | dict(typed)
    return [told.get(heading, "") for heading in headings]


def _new_row(header: Sequence[str], key: str, number: int) -> list[str]:
    told = {
        "Employer": f"Newcomer {key} {number} Ltd",
        "Last name": f"Newman {number}",
        "Phone": "0161 496 0000",
        "Date": "2026-11-17",
        "Type": "Visit",
    }
    return [told.get(heading, "") for heading in header]


def same_name(records: Sequence[Record], decisions: Sequence[Decision], before: Membership) -> Linked:
    """Employers of one name are one, people of one name there too: linking is measured elsewhere."""
    employers, people = dict[str, str](), dict[str, str]()
    homes: dict[tuple[str, ...], str] = {}
    for record in sorted(records, key=lambda r: r.record_id):
        name = record["Employer"].casefold()
        own = record.record_id.removeprefix("R-")
        employers[mention(record.record_id)] = homes.setdefault((name,), f"EMP-{own}")
        if record["Last name"]:
            who = (name, record["First name"].casefold(), record["Last name"].casefold())
            people[mention(record.record_id, 1)] = homes.setdefault(who, f"PER-{own}")
    return Linked(employers, {}, people, (), ())


if __name__ == "__main__":
    import sys

    for line in measure(int(sys.argv[1]), int(sys.argv[2])):
        print(line)  # noqa: T201

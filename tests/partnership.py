"""A small partnership in memory for tests: a hub, a college with its own layout, a view-only jobcentre."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from engage.cache import Cache
from engage.config import HUB, Agency, Config, Mail
from engage.linkage.compared import compared_by
from engage.model import Decision, Linked, Membership, Pair, Record, mention
from engage.pipeline import Partnership, Report, sync
from engage.register.identity import make_id
from engage.schema import Schema, load_schema
from engage.workbook.memory import MemoryWorkbook
from engage.worlds import Judge

NOW = datetime.fromisoformat("2026-11-16T02:00")
SCHEMA = load_schema()
COUNCIL, COLLEGE, JOBCENTRE = "Marlbeck Council", "Stevenport College", "Marlbeck Jobcentre"

COLLEGE_EMPLOYERS = [
    ["Our employers, autumn term"],
    ["Company", "Town", "Postcode", "Tel", "Comments", "Our own code"],
    ["Ember Digital Ltd", "Hyde", "M34 3QQ", "0161 496 0200", "", "X1"],
    ["Kestrel Payroll LLP", "Hyde", "M34 3QQ", "0161 496 0201", "rings on Mondays", "X2"],
    ["Dobson Joinery", "Stalybridge", "SK15 1QQ", "0161 496 0210", "", "X3"],
    ["Holt Roofing", "Stalybridge", "SK15 2QQ", "0161 496 0211", "", "X4"],
]
JOBCENTRE_EMPLOYERS = [
    ["Employer", "Town", "Postcode", "Phone"],
    ["Ember Digital Limited", "Hyde", "M34 3QQ", "0161 496 0200"],
    ["Riverside Hospital", "Ashton", "OL6 9RR", "0161 496 0300"],
]
AGENCIES = {
    COUNCIL: ("MBC", "Yes"),
    COLLEGE: ("STC", "Yes"),
    JOBCENTRE: ("JCP", "Yes"),
}


def hub_tabs(schema: Schema = SCHEMA, **rows: Sequence[Sequence[str]]) -> dict[str, list[list[str]]]:
    """The hub as init lays it out, without looks. rows: tab title with _ for spaces → staff rows."""
    tabs = {}
    for spec in schema.tabs_of(HUB):
        ids = ["Record ID"] if spec.kind == "staff" and spec.has_ids else []
        body = [[*(["" for _ in ids]), *row] for row in rows.get(spec.title.replace(" ", "_"), [])]
        tabs[spec.title] = [[*ids, *spec.headings], *body]
    tabs["Start here"] = [["Start here", "How this workbook works"], ["Last sync", ""], ["Sync now", ""]]
    del tabs["_engage"]
    return tabs


def row_of(tab: str, **cells: str) -> list[str]:
    """A staff row as laid out; cells by heading with _ for spaces."""
    return [cells.get(heading.replace(" ", "_"), "") for heading in SCHEMA.tabs[tab].headings]


def agency_rows() -> list[list[str]]:
    return [
        row_of(
            "Agencies",
            Agency=name,
            Short_name=short,
            Lawful_basis="Public task",
            Sharing_agreement_signed="2026-01-05",
            Share_contact_details_with_partners=share,
        )
        for name, (short, share) in AGENCIES.items()
    ]


def same_name(records: Sequence[Record], decisions: Sequence[Decision], before: Membership) -> Linked:
    """A linkage that needs no model: rows with one name are merged, those with one postcode are asked about.

    It obeys decisions as the real one does, so that laws about the sync can be tried many times a second.
    """
    named = {mention(r.record_id): r for r in sorted(records, key=lambda r: r.record_id) if r["Employer"]}
    apart = {
        (d.a, d.b) for d in decisions if not d.undone and d.verdict.startswith(("Different", "Same group"))
    }
    together = {
        (d.a, d.b) for d in decisions if not d.undone and d.verdict == "Same" and d.how == "by a person"
    }
    home: dict[str, str] = {key: key for key in named}
    merges, questions = [], []
    keys = list(named)
    for at, a in enumerate(keys):
        for b in keys[at + 1 :]:
            pair = Pair(
                a, b, "employer", 0.99, 9.0, "automatic", ("same name",), compared(named[a], named[b])
            )
            if (a, b) in apart:
                continue
            if (a, b) in together or plain(named[a]) == plain(named[b]):
                if home[a] != home[b] and not any(
                    {home[x], home[y]} == {home[a], home[b]} for x, y in apart if x in home and y in home
                ):
                    merges += [pair] if (a, b) not in together else []
                    gone, kept = home[b], home[a]
                    home = {key: kept if to == gone else to for key, to in home.items()}
            elif named[a]["Postcode"] and named[a]["Postcode"] == named[b]["Postcode"]:
                questions.append(pair)
    asked = [q for q in questions if home[q.a] != home[q.b] and not answered(q, decisions)]
    ids = {key: f"EMP-{named[to].record_id[2:9]}" for key, to in home.items()}
    return Linked(ids, {}, {}, tuple(asked), tuple(merges), pairs=tuple(questions))


def plain(record: Record) -> str:
    words = record["Employer"].casefold().replace("limited", "ltd").split()
    return " ".join(word for word in words if word != "ltd")


def compared(a: Record, b: Record) -> str:
    return compared_by([a, b])(mention(a.record_id), mention(b.record_id))


def answered(pair: Pair, decisions: Iterable[Decision]) -> bool:
    return any((d.a, d.b) == (pair.a, pair.b) and not d.undone and d.how == "by a person" for d in decisions)


class Town:
    """A partnership in memory and the sync that runs on it.

    make: makes its workbooks; they have the methods of MemoryWorkbook.
    """

    def __init__(
        self, folder: Path, *, seed: int = 1, make: Any = MemoryWorkbook, **rows: Sequence[Sequence[str]]
    ) -> None:
        rows = {"Agencies": agency_rows(), **rows}
        self.hub = make(HUB, hub_tabs(**rows), title="hub")
        self.college = make("college", {"Firms": COLLEGE_EMPLOYERS}, title="college")
        self.jobcentre = make("jobcentre", {"List": JOBCENTRE_EMPLOYERS}, view_only=True)
        self.books = {book.name: book for book in (self.hub, self.college, self.jobcentre)}
        self.config = Config(
            path=folder / "engage.toml",
            partnership="Marlbeck Works",
            hub=folder / "hub",
            state=folder / "state",
            mail=Mail(folder / "outbox"),
            agencies=(
                Agency(COUNCIL, "MBC", "council"),
                Agency(COLLEGE, "STC", "college", folder / "college", tabs={"Firms": "Employers"}),
                Agency(JOBCENTRE, "JCP", "jobcentre", folder / "jobcentre", True, {"List": "Employers"}),
            ),
        )
        draw = random.Random(seed).choice
        self.partnership = Partnership(
            self.config, SCHEMA, self.books, Cache(folder / "state" / "cache.sqlite"),
            Judge(same_name, compared_by), lambda: make_id(draw), "this-machine",
        )  # fmt: skip

    def sync(self, now: datetime = NOW, **options: bool) -> Report:
        return sync(self.partnership, now=now, **options)

    def grids(self) -> dict[str, dict[str, tuple[tuple[str, ...], ...]]]:
        return {name: {t.title: t.rows for t in book.read().tabs} for name, book in self.books.items()}

    def texts(self, workbook: str, tab: str) -> set[str]:
        return {cell for row in self.books[workbook].rows(tab) for cell in row if cell}


def by_heading(rows: Sequence[Sequence[str]], header_row: int = 1) -> list[dict[str, str]]:
    header = rows[header_row - 1]
    return [dict(zip(header, row, strict=False)) for row in rows[header_row:]]


def without_ids(grid: Sequence[Sequence[str]]) -> list[list[str]]:
    """A staff tab as people know it: the Record ID column taken out, trailing blanks off."""
    columns = {at for row in grid[:10] for at, cell in enumerate(row) if cell == "Record ID"}
    rows = [["" if at in columns else cell for at, cell in enumerate(row)] for row in grid]
    return trimmed(rows)


def trimmed(rows: Iterable[Sequence[str]]) -> list[list[str]]:
    found = []
    for row in rows:
        cells = list(row)
        while cells and not cells[-1]:
            cells.pop()
        found.append(cells)
    while found and not found[-1]:
        found.pop()
    return found


def count_by(items: Iterable[str]) -> dict[str, int]:
    counts: dict[str, int] = defaultdict(int)
    for item in items:
        counts[item] += 1
    return dict(counts)

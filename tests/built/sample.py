"""A small invented partnership for the tests of golden records and built tabs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

import pandas as pd

from engage.built.decision_book import Book
from engage.built.material import Material
from engage.insight.facts import Facts
from engage.linkage.golden import golden_employers, golden_people
from engage.model import History, Linked, Pair, Place, Record, Tab, cell_text, mention
from engage.ports import PublishTab
from engage.schema import load_schema

TODAY = date(2026, 11, 23)
NOW = "2026-11-23 02:00"
SCHEMA = load_schema()
COLLEGE, COUNCIL, CHAMBER = "Harwick College", "Dale Borough Council", "Harwick Chamber"


def record(
    record_id: str, tab: str = "Employers", agency: str = COLLEGE, row: int = 2, **cells: str
) -> Record:
    """A record whose typed and clean cells are the same; keyword names with _ for a space."""
    named = {key.replace("__", "?").replace("_", " "): text for key, text in cells.items()}
    return Record(
        record_id, tab, agency, Place(agency.rsplit(maxsplit=1)[-1].lower(), tab, row), named, named
    )


def by_id(records: Iterable[Record]) -> dict[str, Record]:
    return {one.record_id: one for one in records}


def link(
    employers: Mapping[str, Iterable[str]] | None = None,
    people: Mapping[str, Iterable[str]] | None = None,
    sites: Mapping[str, Iterable[str]] | None = None,
    **more: object,
) -> Linked:
    """Clusters by id; a key without # is the employer of that record."""

    def turned(clusters: Mapping[str, Iterable[str]] | None) -> dict[str, str]:
        return {
            key if "#" in key else mention(key): cluster
            for cluster, keys in (clusters or {}).items()
            for key in keys
        }

    made = Linked(turned(employers), turned(sites), turned(people))
    return replace(made, **more)  # type: ignore[arg-type]


def history(records: Mapping[str, Record], **changed: str) -> dict[str, History]:
    """All first seen on 5 January; changed: record id with _ for - → the day its every field changed."""
    days = {key.replace("_", "-"): day for key, day in changed.items()}
    return {
        key: History("2026-01-05", dict.fromkeys(one.typed, days[key]) if key in days else {})
        for key, one in records.items()
    }


def facts_of(
    records: Mapping[str, Record], linked: Linked, *, audience: str = "hub", **changed: str
) -> Facts:
    """Facts with golden records made by the code under test."""
    histories = history(records, **changed)
    firms = golden_employers(
        records, linked, histories, headings=SCHEMA.tabs["Employers"].headings, today=TODAY
    )
    people = golden_people(
        records, linked, histories, firms, headings=SCHEMA.tabs["Contacts"].headings, today=TODAY
    )
    return Facts(
        audience=audience,
        partnership="Harwick & Dale Skills Partnership",
        today=TODAY,
        run_id="run-1",
        records=records,
        histories=histories,
        linked=linked,
        tables=_tables(records, linked),
        employers=firms.frame,
        people=people.frame,
    )


def _tables(records: Mapping[str, Record], linked: Linked) -> dict[str, pd.DataFrame]:
    rows: dict[str, list[dict[str, str]]] = {}
    for one in records.values():
        own = {
            "record_id": one.record_id,
            "agency": one.agency,
            "workbook": one.place.workbook,
            "row": str(one.place.row),
            "employer_id": linked.employer_of.get(mention(one.record_id), ""),
            "person_id": linked.person_of.get(mention(one.record_id, 1), ""),
        }
        blanks = dict.fromkeys((column.heading for column in SCHEMA.tabs[one.tab].columns), "")
        rows.setdefault(one.tab, []).append({**own, **blanks, **one.clean})
    return {tab: pd.DataFrame(found) for tab, found in rows.items()}


BAKERY = by_id(
    [
        record("R-AAAAAAA1", agency=COLLEGE, Employer="Brightwell Bakery Ltd", Town="Harwick",
               Postcode="SK16 4AA", Phone="+441614960101", Stage="3 Met", Notes="likes mornings"),
        record("R-BBBBBBB2", agency=COUNCIL, row=5, Employer="Brightwell Bakery", Postcode="SK16 4AA",
               Website="brightwell.example", Rest_until="2026-12-01", Notes="closed in August"),
        record("R-CCCCCCC3", agency=CHAMBER, row=9, Employer="Brightwell Cakes", Postcode="OL6 7ZZ"),
        record("R-DDDDDDD4", "Contacts", COLLEGE, 2, First_name="J", Last_name="Whittle",
               Employer="Brightwell Bakery", Email="office@brightwell.example", Do_not_contact="Marketing"),
        record("R-EEEEEEE5", "Contacts", COUNCIL, 3, First_name="Joanne", Last_name="Whittle",
               Employer="Brightwell Bakery", Email="j.whittle@brightwell.example", Phone="+441614960102"),
        record("R-FFFFFFF6", "Engagements", COUNCIL, 4, Date="2026-11-18", Employer="Brightwell Bakery",
               Contact="Joanne Whittle", Status="Done", Type="Visit", Staff_member="A. Shah"),
        record("R-GGGGGGG7", "Engagements", COLLEGE, 6, Date="2026-11-20", Employer="Brightwell Bakery",
               Status="Done", Type="Phone call"),
    ]
)  # fmt: skip
REVIEW_PAIR = Pair(
    "R-AAAAAAA1#0", "R-CCCCCCC3#0", "employer", 0.72, 1.4, "review", ("names are alike",), "cafe01"
)
MERGED_PAIR = Pair(
    "R-AAAAAAA1#0", "R-BBBBBBB2#0", "employer", 0.99, 9.1, "automatic", ("same postcode",), "cafe02"
)
LINKED = link(
    employers={
        "EMP-0000001": ["R-AAAAAAA1", "R-BBBBBBB2", "R-DDDDDDD4", "R-EEEEEEE5", "R-FFFFFFF6", "R-GGGGGGG7"],
        "EMP-0000002": ["R-CCCCCCC3"],
    },
    people={"PER-0000001": ["R-DDDDDDD4#1", "R-EEEEEEE5#1", "R-FFFFFFF6#1"]},
    sites={"SIT-1": ["R-AAAAAAA1", "R-BBBBBBB2"], "SIT-2": ["R-CCCCCCC3"]},
    questions=(REVIEW_PAIR,),
    merges=(MERGED_PAIR,),
    pairs=(MERGED_PAIR, REVIEW_PAIR),
)


def material(**more: object) -> Material:
    made = Material(facts=facts_of(BAKERY, LINKED), schema=SCHEMA)
    return replace(made, **more)  # type: ignore[arg-type]


def as_tab(intent: PublishTab, **answers: str) -> Tab:
    """The tab as it reads once published; answers: row key → what people chose there."""
    at = intent.headings.index(intent.key) if intent.key else 0
    column = next((n for n, heading in enumerate(intent.headings) if heading in intent.answers), None)
    rows = []
    for row in intent.rows:
        texts = [cell_text(value) for value in row]
        if column is not None and texts[at] in answers:
            texts[column] = answers[texts[at]]
        rows.append(tuple(texts))
    return Tab(intent.tab, (intent.headings, *rows))


def tab_named(intents: Iterable[PublishTab], title: str) -> PublishTab:
    return next(intent for intent in intents if intent.tab == title)


def rows_by_heading(intent: PublishTab) -> list[dict[str, object]]:
    return [dict(zip(intent.headings, row, strict=True)) for row in intent.rows]


EMPTY_BOOK = Book()

"""The workbooks: rows that staff typed, grey tabs, and the hidden memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from engage.config import Home
from engage.erased.naming import named_in
from engage.insight.objections import HEADING, NO, marks_of
from engage.insight.objections import NEWS as NO_NEWS
from engage.insight.weeks import british
from engage.model import Record, Stretch, Tab, record_of
from engage.permitted import HEADING as NEWS
from engage.permitted import stretches
from engage.register.read import TabReading
from engage.schema import Schema
from engage.workbook.xlsx.redacting import texts_elsewhere
from engage.workbook.xlsx.swap import read_file

from .in_backups import clear_live_files
from .store import Hit, Search, Store, names

NOT_A_CELL = "a comment, link or property"


def search_sheets(search: Search) -> Iterator[Hit]:
    """Every cell of every workbook that holds something on the subject."""
    schema, intake = search.schema, search.night.intake
    for key, pulled in intake.pulled.items():
        known = {reading.tab.title: reading for reading in intake.readings_of(key)}
        for tab in pulled.snapshot.tabs if pulled.snapshot else ():
            if tab.title in known:
                yield from _staff(search, known[tab.title], key, pulled.title)
            else:
                yield from _other(search, tab, pulled.title, schema)
        yield from _elsewhere(search, pulled.home.workbook, pulled.title)
    yield from dict.fromkeys((*_permissions(search), *_objections(search)))


def _objections(search: Search) -> Iterator[Hit]:
    """What the hidden memory knows of when the person objected, stretch by stretch; also of deleted rows."""
    records = {record.record_id: record for record in search.night.intake.records}
    theirs = {record_of(key) for key in search.subject.mentions}
    mine = [(key, records[record_of(key)]) for key in search.subject.mentions if record_of(key) in records]
    marks = frozenset(mark for key, one in mine for mark in marks_of(one, int(key.rpartition("#")[2] or 1)))
    for key, one in search.night.intake.objections.items():
        if key in theirs or (key not in records and one.marks & marks):
            for told in one.history:
                heading, said = (NEWS, replace(told, level=NO)) if told.level == NO_NEWS else (HEADING, told)
                yield _remembered(key, one.workbook, heading, said, sure=key in theirs)


def _permissions(search: Search) -> Iterator[Hit]:
    """What the person's rows answered on news by e-mail, answer by answer; also those that are gone, if their
    Email was the same."""
    memory = search.night.intake.remembered
    theirs = {record_of(key) for key in search.subject.mentions}
    mails = {memory[key].marks["Email"] for key in theirs if key in memory and "Email" in memory[key].marks}
    for key, past in memory.items():
        if key in theirs or (past.gone and past.marks.get("Email") in mails):
            for told in stretches(past.permissions):
                yield _remembered(key, past.workbook, NEWS, told, sure=key in theirs)


def _remembered(key: str, workbook: str, heading: str, told: Stretch, *, sure: bool) -> Hit:
    """One stretch of days in the hidden memory."""
    text = f"{told.level}, until {british(told.until)}" if told.until else f"{told.level}, in force"
    where = f"what the system remembers of {key} ({workbook})"
    return Hit(WORKBOOKS.name, where, heading, text, told.since, told.agency, sure=sure)


def _elsewhere(search: Search, workbook: Home, title: str) -> Iterator[Hit]:
    """Comments, links and properties of an .xlsx file, which the sync neither reads nor writes."""
    if isinstance(workbook, Path) and workbook.is_file():
        for part, text in texts_elsewhere(read_file(workbook, title)[0], title):
            sure = names(search, (text,))
            if sure is not None:
                yield Hit(WORKBOOKS.name, f"{NOT_A_CELL}, {part} ({title})", "", text, sure=sure, free=True)


def _staff(search: Search, reading: TabReading, workbook: str, title: str) -> Iterator[Hit]:
    """Rows that people typed: of the person's own rows every cell, of others those that name them."""
    ids = {(r.place.tab, r.place.row): r for r in search.night.intake.records if r.place.workbook == workbook}
    for typed in reading.records:
        record = ids.get((typed.place.tab, typed.place.row), typed)
        own = record.record_id in search.subject.rows
        theirs = {record_of(key) for key in search.subject.mentions}
        sure = True if record.record_id in theirs else names(search, _texts(record))
        if sure is None and record.record_id not in search.subject.doubtful:
            continue
        for heading, text in typed.typed.items():
            if text and (own or _is_personal(search, record, heading, text, record.record_id in theirs)):
                yield _hit(search, record, heading, text, title, sure=bool(sure))


def _texts(record: Record) -> list[str]:
    return [*record.typed.values(), f"{record['First name']} {record['Last name']}"]


def _is_personal(search: Search, record: Record, heading: str, text: str, theirs: bool) -> bool:
    """Whether a cell of a row that is not wholly theirs is about them."""
    column = search.schema.tabs[record.tab].column(heading)
    alone = theirs and len(named_in(record)) < 2 and column is not None and column.personal
    return alone or any(found.grade not in ("firm",) for found in search.matcher.find(text))


def _hit(search: Search, record: Record, heading: str, text: str, title: str, *, sure: bool) -> Hit:
    history = search.night.intake.histories.get(record.record_id)
    column = search.schema.tabs[record.tab].column(heading)
    return Hit(
        store="Workbooks",
        place=f"{record.place.tab}, row {record.place.row} ({title})",
        heading=heading,
        text=text,
        day=history.changed_on(heading) if history else "",
        agency=record.agency,
        record_id=record.record_id,
        sure=sure,
        free=column is None or column.type == "long-text",
    )


def _other(search: Search, tab: Tab, title: str, schema: Schema) -> Iterator[Hit]:
    """Grey tabs, and tabs that are left alone: the cells of rows that name the person."""
    header = tab.rows[0] if tab.rows else ()
    spec = schema.tabs.get(tab.title)
    for number, row in enumerate(tab.rows, 1):
        own = any(cell in search.subject.ids for cell in row)
        sure = True if own else names(search, row)
        for at, text in enumerate(row):
            heading = header[at] if at < len(header) else f"column {at + 1}"
            column = spec.column(heading) if spec else None
            about = own or any(found.grade != "firm" for found in search.matcher.find(text))
            if sure is not None and text and about:
                yield Hit(
                    "Workbooks",
                    f"{tab.title}, row {number} ({title})",
                    heading,
                    text,
                    agency="",
                    sure=sure,
                    free=column is not None and column.type == "long-text",
                )


WORKBOOKS = Store(
    name="Workbooks",
    holds="What agencies type, the lists that are built from it, and the hidden notes of the system: when "
    "each row was first seen and changed, and what it said on which days of being contacted and sent news.",
    keeps="For as long as the agency keeps the row; grey tabs are built anew every night.",
    search=search_sheets,
    clear=clear_live_files,
    why_not="What staff typed is cleared by its agency, in its Problems to fix; grey tabs by the next sync.",
)

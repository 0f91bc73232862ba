"""A workbook's snapshot → the register's records, tab by tab, and what people should look at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from engage.model import Finding, Place, Record, Row, Snapshot, Tab
from engage.register.headings import (
    HeadingIndex,
    HeadingMatch,
    heading_doubt,
    index_headings,
    match_headings,
    near_heading,
)
from engage.register.reading import Doubt
from engage.register.rows import RowShape, SheetRow, data_rows
from engage.register.tabs import Recognised, is_ours, recognise
from engage.register.values import Context, Reader, reader_for
from engage.schema import Schema, TabSpec


@dataclass(frozen=True, slots=True)
class Source:
    """Whose workbook it is and what its owner has confirmed.

    workbook: its key in engage.toml. agency: "" for a shared workbook, where each row's Agency cell says.
    tabs: sheet title → schema tab ("" = leave alone). headings: sheet title → heading as typed → schema
    heading ("" = leave alone). country: for phones and postcodes.
    """

    workbook: str
    agency: str = ""
    tabs: Mapping[str, str] = field(default_factory=dict)
    headings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    country: str = "GB"


@dataclass(frozen=True, slots=True)
class TabReading:
    """One sheet tab as understood. spec None: no tab of the register, left alone.

    header_row counts from 1 (0: none found); columns: schema heading → column, and id_column, from 0.
    records: record_id as typed ("" missing), place.row from 1; typed also holds the unknown columns under
    their own headings. unknown, doubtful: headings as the sheet spells them that are not read.
    """

    tab: Tab
    spec: TabSpec | None
    header_row: int = 0
    columns: Mapping[str, int] = field(default_factory=dict)
    id_column: int | None = None
    records: tuple[Record, ...] = ()
    unknown: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


def read_workbook(
    snapshot: Snapshot,
    schema: Schema,
    source: Source,
    *,
    today: date,
    agencies: Mapping[str, str] = {},
    lists: Mapping[str, tuple[str, ...]] = {},
) -> tuple[TabReading, ...]:
    """Every tab that is not the system's own, in the sheet's order; never raises for what a cell holds.

    agencies: every spelling of an agency (name, short name, alias; case-folded) → its name.
    lists: list name ("Sectors", "Events") → its values, for columns that are chosen from a list.
    """
    context = Context(today, schema.blanks, source.country, agencies, lists)
    tabs = (tab for tab in snapshot.tabs if not is_ours(tab.title, schema))
    return tuple(_TabReader(tab, schema, source, context).read() for tab in tabs)


class _TabReader:
    """The reading of one tab, step by step."""

    def __init__(self, tab: Tab, schema: Schema, source: Source, context: Context) -> None:
        self.tab, self.schema, self.source, self.context = tab, schema, source, context
        self.findings: list[Finding] = []

    def read(self) -> TabReading:
        known = recognise(self.tab, self.schema, confirmed=self.source.tabs.get(self.tab.title))
        if known.spec is None:
            return TabReading(self.tab, None)
        if not known.header_row:
            self._note(Doubt("no-heading-row", _NO_HEADER.format(known.spec.title)))
            return TabReading(self.tab, known.spec, findings=tuple(self.findings))
        return self._read_known(known, known.spec)

    def _read_known(self, known: Recognised, spec: TabSpec) -> TabReading:
        header = self.tab.rows[known.header_row - 1]
        index = index_headings(spec)
        match = match_headings(
            header,
            index,
            confirmed=self.source.headings.get(self.tab.title, {}),
            body=self.tab.rows[known.header_row :],
        )
        if known.guessed:
            self._note(Doubt("tab-guessed", _GUESSED.format(spec.title)))
        self._note_headings(header, known.header_row, match, index)
        records = tuple(self._records(spec, header, known.header_row, match))
        return TabReading(
            self.tab,
            spec,
            known.header_row,
            match.columns,
            match.id_column,
            records,
            tuple(header[at] for at in sorted((*match.unknown, *match.left, *match.twice))),
            tuple(header[at] for at in match.doubtful),
            tuple(self.findings),
        )

    def _records(self, spec: TabSpec, header: Row, header_row: int, match: HeadingMatch) -> Iterator[Record]:
        shape = _shape(spec, header, match)
        readers = {
            heading: reader_for(column, self.context)
            for heading in match.columns
            if (column := spec.column(heading))
        }
        others = _other_names(header, match)
        for row in data_rows(self.tab.rows, header_row, shape):
            if row.doubt:
                self._note(row.doubt, row=row.number, found=" | ".join(filter(None, row.cells)))
            else:
                yield self._record(spec, row, match, readers, others)

    def _record(
        self,
        spec: TabSpec,
        row: SheetRow,
        match: HeadingMatch,
        readers: Mapping[str, Reader],
        others: Mapping[int, str],
    ) -> Record:
        typed = {heading: _cell(row.cells, at) for heading, at in match.columns.items()}
        record_id = _cell(row.cells, match.id_column).strip() if match.id_column is not None else ""
        clean: dict[str, str] = {}
        for heading, text in typed.items():
            reading = readers[heading](text or row.carried.get(heading, ""))
            clean[heading] = reading.clean
        agency = self.source.agency or clean.get("Agency", "")
        for at, text in enumerate(row.cells):
            if text and at not in match.columns.values() and at != match.id_column:
                typed[others.get(at) or f"(column {at + 1})"] = text
        place = Place(self.source.workbook, self.tab.title, row.number)
        return Record(record_id, spec.title, agency, place, typed, clean)

    def _note_headings(self, header: Row, number: int, match: HeadingMatch, index: HeadingIndex) -> None:
        for at, choices in match.doubtful.items():
            self._note(heading_doubt(header[at], choices), row=number, column=header[at], found=header[at])
        for at in match.unknown:
            near = near_heading(header[at], index)
            self._note(
                Doubt("unknown-heading", _UNKNOWN, near), row=number, column=header[at], found=header[at]
            )
        for at, heading in match.twice.items():
            doubt = Doubt("heading-twice", _TWICE.format(heading))
            self._note(doubt, row=number, column=header[at], found=header[at])

    def _note(self, doubt: Doubt, *, row: int = 0, column: str = "", found: str = "") -> None:
        place = Place(self.source.workbook, self.tab.title, row, column)
        finding = Finding(doubt.kind, place, doubt.wrong, found, doubt.suggestion, agency=self.source.agency)
        self.findings.append(finding)


def _shape(spec: TabSpec, header: Row, match: HeadingMatch) -> RowShape:
    required = [match.columns[c.heading] for c in spec.columns if c.required and c.heading in match.columns]
    fills = tuple(c.heading for c in spec.columns if c.fills_down and c.heading in match.columns)
    return RowShape(header, match.columns, match.id_column, required[0] if required else -1, fills)


def _other_names(header: Row, match: HeadingMatch) -> dict[int, str]:
    """What columns that are not read are called in Record.typed: their own heading, told apart if taken."""
    taken = set(match.columns)
    names: dict[int, str] = {}
    for at in sorted((*match.unknown, *match.left, *match.twice, *match.doubtful)):
        name = header[at]
        while name in taken:
            name += " (again)"
        names[at] = name
        taken.add(name)
    return names


def _cell(cells: Row, at: int) -> str:
    return cells[at] if at < len(cells) else ""


_NO_HEADER = (
    "No row of headings of {} was found in the top ten rows, so nothing of this tab was read; "
    "put the heading row back."
)
_GUESSED = "This tab is read as {}, going by its headings; say so if that is wrong."
_UNKNOWN = "We do not know this heading; the column is kept as it is and not read."
_TWICE = "{} is already read from another column; this one is kept as it is and not read."

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
from engage.register.record import column_letters, row_reader
from engage.register.rows import RowShape, data_rows
from engage.register.sensitive import is_sensitive_heading
from engage.register.tabs import is_ours, recognise
from engage.register.text import squash
from engage.register.values import Context, looks_like, reader_for, wordings_of
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
    wordings: Mapping[str, Mapping[str, str]] = {},
) -> tuple[TabReading, ...]:
    """Every tab that is not the system's own, in the sheet's order; never raises for what a cell holds.

    agencies: every spelling of an agency (name, short name, alias; case-folded) → its name.
    lists: list name ("Sectors", "Events") → its values, for columns that are chosen from a list.
    wordings: list name → how else people write a value → the value; the schema's own stand beside them.
    """
    context = Context(
        today, schema.blanks, source.country, agencies, lists, wordings_of(schema) | dict(wordings)
    )
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
            what = _NO_HEADER.format(known.spec.title)
            self._note(Doubt("no-heading-row", what, "Put the heading row back."))
            return TabReading(self.tab, known.spec, findings=tuple(self.findings))
        if known.guessed:
            what = f"This tab is read as {known.spec.title}, going by its headings."
            self._note(Doubt("tab-guessed", what, _IF_NOT_SO))
        if not known.spec.has_ids:
            return self._read_lists(known.spec, known.header_row)
        return self._read_rows(known.spec, known.header_row)

    def _read_lists(self, spec: TabSpec, header_row: int) -> TabReading:
        """A tab whose columns are lists: every cell, under headings of any wording; nothing is doubtful."""
        header = self.tab.rows[header_row - 1]
        named = [(squash(name), at) for at, name in enumerate(header) if name.strip()]
        columns = dict(reversed(named))
        rows = enumerate(self.tab.rows[header_row:], start=header_row + 1)
        records = tuple(self._list_row(spec, columns, row, number) for number, row in rows if any(row))
        return TabReading(self.tab, spec, header_row, columns, None, records)

    def _list_row(self, spec: TabSpec, columns: Mapping[str, int], row: Row, number: int) -> Record:
        typed = {name: row[at] for name, at in columns.items() if at < len(row) and row[at].strip()}
        clean = {name: squash(text) for name, text in typed.items()}
        place = Place(self.source.workbook, self.tab.title, number)
        return Record("", spec.title, self.source.agency, place, typed, clean)

    def _read_rows(self, spec: TabSpec, header_row: int) -> TabReading:
        header, match = self._read_headings(spec, header_row)
        shape = _shape(spec, header, match, self.context)
        reader = row_reader(
            spec,
            header,
            match,
            self.context,
            sheet=self.tab.title,
            workbook=self.source.workbook,
            agency=self.source.agency,
        )
        records = []
        for row in data_rows(self.tab.rows, header_row, shape):
            if row.doubt:
                first = next(at for at, text in enumerate(row.cells) if text and not text.isspace())
                self._note(row.doubt, row=row.number, found=" | ".join(filter(None, row.cells)), at=first)
            else:
                records.append(reader.read(row))
        for at in sorted(reader.strays):
            self._note(STRAY_COLUMN, row=header_row, column=column_letters(at), at=at)
        unread = sorted((*match.unknown, *match.left, *match.twice))
        return TabReading(
            self.tab,
            spec,
            header_row,
            match.columns,
            match.id_column,
            tuple(records),
            tuple(header[at] for at in unread),
            tuple(header[at] for at in match.doubtful),
            (*self.findings, *reader.findings),
        )

    def _read_headings(self, spec: TabSpec, header_row: int) -> tuple[Row, HeadingMatch]:
        header, body = self.tab.rows[header_row - 1], self.tab.rows[header_row:]
        index = index_headings(spec)
        match = match_headings(
            header,
            index,
            confirmed=self.source.headings.get(self.tab.title, {}),
            body=body,
            fits=lambda column, values: looks_like(column, values, self.context),
        )
        for at, doubt in _heading_doubts(header, match, index):
            self._note(doubt, row=header_row, column=header[at], found=header[at], at=at, whole_column=True)
        for heading in _missing_required(spec, match):
            what = f"No column is headed {heading}, and every row needs one."
            self._note(Doubt("missing-heading", what, _ADD_HEADING), row=header_row, column=heading)
        return header, match

    def _note(
        self,
        doubt: Doubt,
        *,
        row: int = 0,
        column: str = "",
        found: str = "",
        at: int = -1,
        whole_column: bool = False,
    ) -> None:
        place = Place(self.source.workbook, self.tab.title, row, column, at + 1)
        cells = ((row, ""),) if whole_column else ()  # a title put above the headings makes no new question
        agency = self.source.agency
        finding = Finding(doubt.kind, place, doubt.wrong, found, doubt.suggestion, "", agency, cells)
        self.findings.append(finding)


def _heading_doubts(header: Row, match: HeadingMatch, index: HeadingIndex) -> Iterator[tuple[int, Doubt]]:
    for at, choices in match.doubtful.items():
        yield at, heading_doubt(header[at], choices)
    for at in match.unknown:
        if not is_sensitive_heading(header[at]):
            near = near_heading(header[at], index)
            remedy = f'Accept suggestion to read it as "{near}", or rename it.' if near else _YOUR_OWN
            yield at, Doubt("unknown-heading", _UNKNOWN, remedy, near)
    for at, heading in match.twice.items():
        other = squash(header[match.columns[heading]])
        what = f'This says the same as "{other}", which is read; this one is not.'
        yield at, Doubt("heading-twice", what, "Keep the one that is kept up; rename the other.")
    for at in (*match.unknown, *match.left):
        if is_sensitive_heading(header[at]):
            yield at, SENSITIVE_COLUMN


def _missing_required(spec: TabSpec, match: HeadingMatch) -> list[str]:
    return [c.heading for c in spec.columns if c.required and c.heading not in match.columns]


def _shape(spec: TabSpec, header: Row, match: HeadingMatch, context: Context) -> RowShape:
    required = [match.columns[c.heading] for c in spec.columns if c.required and c.heading in match.columns]
    fills = tuple(c.heading for c in spec.columns if c.fills_down and c.heading in match.columns)
    shaped = {match.columns[c.heading]: c for c in spec.columns if c.heading in match.columns}
    readers = {at: reader_for(column, context) for at, column in shaped.items() if column.type in SHAPED}
    first, dated = required[0] if required else -1, any(c.type == "date" for c in shaped.values())
    return RowShape(header, match.columns, match.id_column, first, fills, readers, dated)


SHAPED = frozenset(
    {"date", "number"}
)  # types whose cells can be told from a title that stands in their column
_NO_HEADER = "No row of headings of {} was found in the top ten rows, so nothing of this tab was read."
_IF_NOT_SO = "If it is something else, give it another title or ask for it to be left alone in engage.toml."
_UNKNOWN = "We do not know this heading; the column is kept as it is and not read."
_YOUR_OWN = "Leave it if it is your own; otherwise rename it."
_ADD_HEADING = "Add the heading, or rename the one that stands for it."
SENSITIVE_COLUMN = Doubt(
    "sensitive-column",
    "This column looks like personal details that do not belong in a register of employers.",
    "Please take them out.",
)
STRAY_COLUMN = Doubt(
    "column-without-heading",
    "This column has no heading; what stands in it is kept and not read.",
    "Give it a heading.",
)

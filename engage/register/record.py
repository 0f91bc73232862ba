"""One row below the headings → one Record, and the findings in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from engage.model import Finding, Place, Record, Row
from engage.register.headings import HeadingMatch
from engage.register.reading import Doubt
from engage.register.rows import SheetRow
from engage.register.sensitive import holds_ni_number
from engage.register.values import Context, Reader, reader_for
from engage.register.whole_row import RowRules, rules_for, understand_row
from engage.schema import TabSpec

STRAY = "(column "  # what a column without a heading is called in Record.typed: "(column F)"
NI_NUMBER = Doubt(
    "sensitive-value",
    "This looks like a National Insurance number, which must not be kept here.",
    "Take it out of the cell.",
)


_NO_AGENCY = Doubt(
    "agency-missing",
    "No agency is named in this row, so we cannot say whose it is.",
    "Choose the agency whose row it is.",
)


@dataclass(slots=True)
class RowReader:
    """Reads the rows of one tab. strays: columns without a heading in which something stands."""

    spec: TabSpec
    header: Row
    sheet: str
    workbook: str
    agency: str
    readers: Mapping[str, tuple[int, Reader]]
    others: Mapping[int, str]
    id_column: int | None
    rules: RowRules
    remarks: frozenset[str]
    needs_agency: bool
    findings: list[Finding] = field(default_factory=list)
    strays: set[int] = field(default_factory=set)

    def read(self, row: SheetRow) -> Record:
        """The record of this row; what is doubtful in it is added to findings."""
        record_id = _cell(row.cells, self.id_column).strip() if self.id_column is not None else ""
        typed: dict[str, str] = {}
        clean: dict[str, str] = {}
        doubts: list[tuple[str, Doubt]] = []
        for heading, (at, reader) in self.readers.items():
            typed[heading] = text = _cell(row.cells, at)
            reading = reader(text if text.strip() else row.carried.get(heading, ""))
            clean[heading] = reading.clean
            if reading.doubts and text.strip():
                doubts += [(heading, doubt) for doubt in reading.doubts]
        self._keep_others(row.cells, typed)
        agency = self._understand_agency(clean, doubts)
        doubts += [(h, NI_NUMBER) for h, text in typed.items() if h in self.remarks and holds_ni_number(text)]
        doubts += understand_row(self.rules, typed, clean)
        place = Place(self.workbook, self.sheet, row.number)
        for heading, doubt in doubts:
            self._note(heading, doubt, typed, record_id, agency, row.number)
        return Record(record_id, self.spec.title, agency, place, typed, clean)

    def _keep_others(self, cells: Row, typed: dict[str, str]) -> None:
        """What stands in columns that are not read, so that nothing typed is lost from sight."""
        for at, name in self.others.items():
            if at < len(cells) and cells[at]:
                typed[name] = cells[at]
        for at, text in enumerate(cells):
            blank_heading = at >= len(self.header) or not self.header[at].strip()
            if blank_heading and text.strip():
                self.strays.add(at)
                typed[f"{STRAY}{column_letters(at)})"] = text

    def _understand_agency(self, clean: dict[str, str], doubts: list[tuple[str, Doubt]]) -> str:
        if self.needs_agency and not clean.get("Agency"):
            if not self.agency:
                doubts.append(("Agency", _NO_AGENCY))
            clean["Agency"] = self.agency
        return self.agency or clean.get("Agency", "")

    def _note(
        self, heading: str, doubt: Doubt, typed: Mapping[str, str], record_id: str, agency: str, number: int
    ) -> None:
        at = self.readers[heading][0] if heading in self.readers else self._other_column(heading)
        shown = self.header[at] if heading in self.readers and at is not None else heading
        found = "" if doubt.kind == NI_NUMBER.kind else typed.get(heading, "")
        place = Place(self.workbook, self.sheet, number, shown, at + 1 if at is not None else 0)
        finding = Finding(doubt.kind, place, doubt.wrong, found, doubt.suggestion, record_id, agency)
        self.findings.append(finding)

    def _other_column(self, name: str) -> int | None:
        return next((at for at, other in self.others.items() if other == name), None)


def row_reader(
    spec: TabSpec,
    header: Row,
    match: HeadingMatch,
    context: Context,
    *,
    sheet: str,
    workbook: str,
    agency: str,
) -> RowReader:
    """The reader of a tab whose heading row has been understood."""
    readers = {
        column.heading: (match.columns[column.heading], reader_for(column, context))
        for column in spec.columns
        if column.heading in match.columns
    }
    others = other_names(header, match)
    own = spec.column("Agency")
    free = {c.heading for c in spec.columns if c.type in {"text", "long-text", "name"}}
    return RowReader(
        spec,
        header,
        sheet,
        workbook,
        agency,
        readers,
        others,
        match.id_column,
        rules_for(spec, context, tuple(others.values()), {h: header[at] for h, at in match.columns.items()}),
        frozenset(free | set(others.values())),
        needs_agency=own is not None and own.list_name == "Agencies",
    )


def other_names(header: Sequence[str], match: HeadingMatch) -> dict[int, str]:
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


def column_letters(at: int) -> str:
    """The letters that a sheet shows for a column counted from 0: 0 → A, 26 → AA."""
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def stray_column(name: str) -> int:
    """The column, from 1, of what Record.typed calls "(column F)"; 0 for any other name."""
    letters = name.removeprefix(STRAY).removesuffix(")")
    if not name.startswith(STRAY) or not letters.isalpha():
        return 0
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _cell(cells: Row, at: int) -> str:
    return cells[at] if at < len(cells) else ""

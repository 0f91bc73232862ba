"""What a person needs to see of one side of a question: the row as its agency typed it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from engage.insight.reading import fold
from engage.linkage.evidence import names_in, person_cells
from engage.model import Link, Record, record_of

SIDE_HEADINGS = ("Employer", "Town", "Postcode", "Company number", "Phone", "Email", "Website", "Person",
                 "Job title")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Side:
    """One mention. shown: heading → text for the sheet; plain: the same as understood, for comparing."""

    key: str
    agency: str
    shown: Mapping[str, str] = field(hash=False)
    plain: Mapping[str, str] = field(hash=False)
    row: Link = field(default=Link("", "", ""))

    @property
    def label(self) -> str:
        """One line: who, where, whose row it is."""
        person, employer = self.shown["Person"], self.shown["Employer"]
        names = [person, employer] if not self.key.endswith("#0") else [employer]
        parts = [part for part in (*names, self.shown["Postcode"]) if part]
        return f"{', '.join(parts)} ({self.agency})" if self.agency else ", ".join(parts)


def side_of(mention_key: str, records: Mapping[str, Record]) -> Side | None:
    """One side, or None if this audience may not see its row (or the row is gone)."""
    record = records.get(record_of(mention_key))
    if record is None:
        return None
    ordinal = int(mention_key.rpartition("#")[2] or 0)
    cells = person_cells(record, ordinal) if ordinal else dict(record.clean)
    person = _person(record, ordinal, cells)
    plain = {heading: cells.get(heading, "") for heading in SIDE_HEADINGS} | {"Person": person}
    shown = {heading: _as_typed(record, heading, plain[heading]) for heading in SIDE_HEADINGS}
    place = record.place
    link = Link(f"{place.tab}, row {place.row}", place.workbook, place.tab, place.row)
    return Side(mention_key, record.agency, shown, plain, link)


def differs_in(a: Side, b: Side) -> tuple[str, ...]:
    """The headings under which both say something, and not the same."""
    return tuple(
        heading
        for heading in SIDE_HEADINGS
        if a.plain[heading] and b.plain[heading] and fold(a.plain[heading]) != fold(b.plain[heading])
    )


def _person(record: Record, ordinal: int, cells: Mapping[str, str]) -> str:
    if ordinal:
        return " ".join(part for part in (cells.get("First name", ""), cells.get("Last name", "")) if part)
    return "; ".join(" ".join(part for part in name if part) for name in names_in(record))


def _as_typed(record: Record, heading: str, plain: str) -> str:
    """People know their own spelling; but where a cell names several people, only this one's part."""
    typed = record.typed.get(heading, "").strip()
    several = len(names_in(record)) > 1 and heading in ("Email", "Job title")
    return plain if several or not typed or not plain else typed

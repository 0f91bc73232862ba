"""Readers whose address the mail server refused for good: the lead of their agency is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from engage.built.as_read import read_rows
from engage.digest.links import Published
from engage.digest.model import Todo
from engage.digest.plain import plain
from engage.digest.readers import EDITIONS, STOP_HEADINGS, Reader
from engage.insight.facts import Facts
from engage.insight.reading import fold, rows_of
from engage.insight.weeks import british, read_day, short_day
from engage.model import Finding, Record, Refusal, Tab
from engage.register.email import read_emails
from engage.register.text import split_several
from engage.wording import ENGAGE

MAIL_HEADINGS = ("Email", "Deputy")


@dataclass(frozen=True, slots=True)
class RefusedReader:
    """A row of Coordinators with an address that was refused. heading: Email or Deputy."""

    record: Record
    heading: str
    refusal: Refusal


def refused_addresses(stops: Tab | None) -> dict[str, Refusal]:
    """Address → how it was refused, of those in Mail stops that no person asked to stop."""
    found: dict[str, Refusal] = {}
    for row in read_rows(stops, STOP_HEADINGS):
        if row.get("By", "") == ENGAGE:
            refusal = Refusal(row.get("When", ""), row.get("Why", ""))
            found |= dict.fromkeys(split_several(read_emails(row.get("Email", "")).clean), refusal)
    return found


def refused_readers(records: Iterable[Record], refused: Mapping[str, Refusal]) -> tuple[RefusedReader, ...]:
    """The rows of Coordinators with such an address, in the order of the sheet."""
    found = (
        RefusedReader(record, heading, refused[address])
        for record in records
        if record.tab == "Coordinators"
        for heading in MAIL_HEADINGS
        if (address := record[heading].strip().lower()) in refused
    )
    return tuple(sorted(found, key=lambda one: (one.record.place.row, one.heading)))


def refusal_findings(records: Iterable[Record], refused: Mapping[str, Refusal]) -> tuple[Finding, ...]:
    """The same as rows of Problems to fix; they go when the address is corrected, or out of Mail stops."""
    return tuple(_finding(one) for one in refused_readers(records, refused))


def _finding(one: RefusedReader) -> Finding:
    record, refusal = one.record, one.refusal
    what = f"The mail server refuses this address ({british(refusal.when[:10])}: {refusal.why})"
    fix = (
        "Correct it; if it is right after all, delete its row in Mail stops. If this colleague has left, "
        "type Left into Paused until. What hangs on their name is listed beside this."
    )
    return Finding(
        kind="mail-refused",
        place=replace(record.place, column=one.heading),
        wrong=f"{what}, so no digest goes there. {fix}",
        found=record.typed.get(one.heading, record[one.heading]),
        record_id=record.record_id,
        agency=record.agency,
    )


def refusal_todos(facts: Facts, reader: Reader, shown: Published) -> Iterator[Todo]:
    """Colleagues whom no digest reaches, for the lead of their agency."""
    if facts.refused and is_lead(facts, reader):
        for one in refused_readers(facts.records.values(), facts.refused):
            if one.record.agency == reader.agency:
                yield _todo(one, shown)


def is_lead(facts: Facts, reader: Reader) -> bool:
    """Whether this reader answers for their agency; anybody of it, where its lead person gets no digest."""
    rows, mine = rows_of(facts, "Coordinators"), fold(reader.agency)
    reached = {row.get("Email", "") for row in rows if row.get("Gets", "") in EDITIONS} - facts.refused.keys()
    agencies = (row for row in rows_of(facts, "Agencies") if fold(row.get("Agency", "")) == mine)
    leads = {row.get("Lead email", "") for row in agencies} & reached
    return reader.email in leads or not leads


def _todo(one: RefusedReader, shown: Published) -> Todo:
    day, place = read_day(one.refusal.when), one.record.place
    who = plain(one.record["Name"], 80) or "a colleague"
    whose = f"{who}’s deputy" if one.heading == "Deputy" else who
    when = f" on {short_day(day)}" if day else ""
    text = f"Correct the address of {whose}: no digest gets there"
    detail = f"The mail server refused it{when}: {plain(one.refusal.why, 120)}"
    return Todo("No mail", text, detail, shown.links.to(place.tab, place.row), "red")

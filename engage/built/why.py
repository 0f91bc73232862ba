"""Why a golden record says what it says: agency, row and since when of each value; why its rows are one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

from engage.built.decision_book import Book
from engage.built.preview import place_order
from engage.built.sides import side_of
from engage.built.typed import shown_phones
from engage.insight.facts import Facts
from engage.insight.weeks import british
from engage.linkage.golden import golden_employers, golden_people
from engage.linkage.survivorship import plain
from engage.model import Linked, Pair, record_of
from engage.schema import Schema


@dataclass(frozen=True, slots=True)
class Said:
    """One row's value of one field. stands: it is the golden value; rule: why. since: ISO date.

    A person's decision has no row: its tab is Decisions, its record_id the key of its row there."""

    field: str
    value: str
    stands: bool
    rule: str
    agency: str
    workbook: str
    tab: str
    row: int
    since: str
    record_id: str


@dataclass(frozen=True, slots=True)
class MergedRow:
    """A row behind the golden record."""

    record_id: str
    agency: str
    workbook: str
    tab: str
    row: int
    label: str


@dataclass(frozen=True, slots=True)
class Bond:
    """Why two of its rows are one: the reasons in words, and who decided."""

    pair: str
    reasons: str
    decided: str


@dataclass(frozen=True, slots=True)
class Why:
    """An answer to `engage why`."""

    golden_id: str
    name: str
    said: tuple[Said, ...]
    rows: tuple[MergedRow, ...]
    bonds: tuple[Bond, ...]

    def document(self) -> dict[str, object]:
        """The answer for --json."""
        return asdict(self)


def why(
    facts: Facts,
    schema: Schema,
    book: Book,
    golden_id: str,
    field: str = "",
    *,
    country: str = "GB",
) -> Why | None:
    """Where the values of an EMP- or PER- record come from; None if this audience has no such record.

    field: a heading, in any spelling of capitals and spaces; "" for all of them.
    """
    wanted = golden_id.strip().upper()
    cluster = _cluster(facts.linked, wanted)
    keys = sorted(key for key, one in cluster.items() if one == wanted and record_of(key) in facts.records)
    if not keys:
        return None
    found = _said(facts, schema, wanted, field, country)
    return Why(
        golden_id=wanted,
        name=_name(facts, wanted),
        said=tuple(found),
        rows=tuple(_rows(facts, keys)),
        bonds=tuple(_bonds(facts, book, frozenset(keys))),
    )


def _cluster(linked: Linked, golden_id: str) -> dict[str, str]:
    return dict(linked.person_of if golden_id.startswith("PER") else linked.employer_of)


def _name(facts: Facts, golden_id: str) -> str:
    if golden_id.startswith("PER"):
        found = facts.people[facts.people["person_id"] == golden_id]
        return f"{found.iloc[0]['First name']} {found.iloc[0]['Last name']}".strip() if len(found) else ""
    found = facts.employers[facts.employers["employer_id"] == golden_id]
    return str(found.iloc[0]["Employer"]) if len(found) else ""


def _said(facts: Facts, schema: Schema, golden_id: str, field: str, country: str) -> Iterator[Said]:
    employers = golden_employers(
        facts.records,
        facts.linked,
        facts.histories,
        headings=schema.tabs["Employers"].headings,
        today=facts.today,
        steering=facts.steering,
    )
    found = employers
    if golden_id.startswith("PER"):
        found = golden_people(
            facts.records,
            facts.linked,
            facts.histories,
            employers,
            headings=schema.tabs["Contacts"].headings,
            today=facts.today,
            steering=facts.steering,
        )
    log = found.provenance[found.provenance["golden_id"] == golden_id]
    for entry in log.to_dict("records"):
        if not field or plain(str(entry["field"])) == plain(field):
            yield Said(
                field=str(entry["field"]),
                value=shown_phones(str(entry["value"]), country),
                stands=bool(entry["won"]),
                rule=str(entry["rule"]),
                agency=str(entry["agency"]),
                workbook=str(entry["workbook"]),
                tab=str(entry["tab"]),
                row=int(entry["row"]),
                since=str(entry["since"]),
                record_id=str(entry["record_id"]),
            )


def _rows(facts: Facts, keys: Sequence[str]) -> Iterator[MergedRow]:
    for key in sorted(keys, key=lambda key: place_order(facts.records[record_of(key)])):
        record, side = facts.records[record_of(key)], side_of(key, facts.records)
        place = record.place
        label = side.label if side else ""
        yield MergedRow(record.record_id, record.agency, place.workbook, place.tab, place.row, label)


def _bonds(facts: Facts, book: Book, keys: frozenset[str]) -> Iterator[Bond]:
    """People's answers first, then the machine's merges that hold the rest together."""
    answered: set[tuple[str, str]] = set()
    for entry in book.entries:
        decision = entry.decision
        if entry.stands and decision and decision.how != "automatically" and {decision.a, decision.b} <= keys:
            answered.add((decision.a, decision.b))
            who = f"{decision.verdict}, {decision.how}{f' ({decision.by})' if decision.by else ''}"
            yield Bond(entry.key, decision.reason, f"{who}, {british(decision.when[:10])}")
    for pair in facts.linked.merges:
        if {pair.a, pair.b} <= keys and (pair.a, pair.b) not in answered:
            yield Bond(f"{pair.a} ~ {pair.b}", "; ".join(pair.reasons), _machine(pair))


def _machine(pair: Pair) -> str:
    return f"automatically, {min(99.9, pair.probability * 100):.1f} % likely the same"

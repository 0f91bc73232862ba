"""Offering "Use this" for a text typed over a value of a list, and taking the answer up into Decisions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from engage.built.chosen import GOLDEN, GONE, LISTS, Choice, choices, read_value, record_for
from engage.built.decision_book import BY_PERSON, NOT_SHARED, Book, Entry, value_mark
from engage.built.sides import side_of
from engage.model import Linked, Membership, Record, record_of
from engage.register.values import Context
from engage.schema import Schema

USE = "Use this"
ANCHORS = 4  # more mentions make the cell no surer: the identifier itself goes by all of them every night


def offer(schema: Schema, context: Context) -> Callable[[str, str, str, str], bool]:
    """(tab, key of the row, heading, text) → whether that text, typed there, can be decided on."""

    def offered(tab: str, key: str, heading: str, text: str) -> bool:
        return (
            tab in LISTS and bool(GOLDEN.match(key)) and bool(read_value(key, heading, text, schema, context))
        )

    return offered


def may_use(cells: Mapping[str, str], workbook: str) -> bool:
    """Whether a row of Problems to fix offers "Use this": a text typed over a value of a list of the hub."""
    typed = cells.get("Problem", "").startswith("T-") and bool(cells.get("What it says", ""))
    return workbook == "hub" and typed and bool(GOLDEN.match(cells.get("Record", "")))


def record_choices(
    book: Book,
    rows: Iterable[Mapping[str, str]],
    linked: Linked,
    before: Membership,
    records: Mapping[str, Record],
    *,
    now: str,
) -> Book:
    """The book with a row for each "Use this" among the answered rows of the hub's Problems to fix.

    linked, records: the hub's tonight; before: its clusters at the last sync, for a record that was merged
    meanwhile. An answer that the book holds already is not added again.
    """
    for cells in rows:
        if cells.get("Decision", "").casefold() == USE.casefold():
            book = _add(book, cells, linked, before, records, now)
    return book


def _add(
    book: Book,
    cells: Mapping[str, str],
    linked: Linked,
    before: Membership,
    records: Mapping[str, Record],
    now: str,
) -> Book:
    asked, heading, text = cells["Record"], cells.get("Column", ""), cells["What it says"]
    kind = "people" if asked.startswith("PER") else "employers"
    was: frozenset[str] = getattr(before, kind).get(asked, frozenset())
    choice = Choice("", asked, heading, text, now, anchors=tuple(sorted(was)))
    golden_id = record_for(choice, linked.membership())
    standing = [one for one in choices(book) if (one.golden_id, one.heading) == (golden_id, heading)]
    if standing and standing[-1].text == text.strip():
        return book
    members = getattr(linked.membership(), kind).get(golden_id, frozenset())
    sides = [side for key in sorted(members, key=_own_rows_first(records)) if (side := side_of(key, records))]
    key, said = f"{golden_id or asked} {heading}", f"{heading}: {text}"
    return book.add_value(
        key,
        {
            "When": now.replace("T", " "),
            "A": sides[0].label if sides else asked,
            "B": said,
            "Decision": USE,
            "Reason": f"Typed over it: {cells.get('Where', '')}".rstrip(": ") if sides else GONE,
            "How decided": BY_PERSON,
            "By": cells.get("Agency", ""),
            "Compared": " ".join([*(side.key for side in sides[:ANCHORS]), value_mark(key, said)]),
        },
    )


def _own_rows_first(records: Mapping[str, Record]) -> Callable[[str], tuple[bool, str]]:
    """An employer's own row says surer who it is than a name in somebody's engagement."""

    def order(key: str) -> tuple[bool, str]:
        record = records.get(record_of(key))
        return record is None or record.tab not in ("Employers", "Contacts"), key

    return order


def hide_withheld(book: Book, withheld: frozenset[str], linked: Linked) -> Book:
    """The book without the words of values whose record has left the shared lists for good."""
    here = linked.membership()
    gone = {
        choice.key
        for choice in choices(book)
        if not record_for(choice, here) and {record_of(key) for key in choice.anchors} & withheld
    }
    return replace(
        book, entries=tuple(_hidden(entry) if entry.key in gone else entry for entry in book.entries)
    )


def _hidden(entry: Entry) -> Entry:
    return replace(entry, cells={**entry.cells, "A": NOT_SHARED, "B": NOT_SHARED, "Reason": NOT_SHARED})

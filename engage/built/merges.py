"""Automatic merges, as rows of Decisions: written once, dated when they hold no more, never rewritten."""

from __future__ import annotations

from collections.abc import Mapping

from engage.built.decision_book import AUTOMATICALLY, MERGING, Book, Entry, pair_key
from engage.built.sides import side_of
from engage.model import Decision, Linked, Pair, Record


def record_merges(book: Book, linked: Linked, records: Mapping[str, Record], *, now: str) -> Book:
    """The book with a row for each automatic merge that has none, and a date on those that hold no more.

    An automatic row is never rewritten: when its two ends have come apart (both are still there), its
    "Undone on" is filled; should they be merged again, a new row says so.
    """
    gone = [entry.key for entry in book.entries if entry.stands and _came_apart(entry, linked, records)]
    book = book.withdraw(gone, now[:10])
    written = {pair_key(d.a, d.b) for d in book.history if not d.undone and d.verdict in MERGING}
    for pair in linked.merges:
        a, b = side_of(pair.a, records), side_of(pair.b, records)
        if a and b and pair_key(pair.a, pair.b) not in written:
            written.add(pair_key(pair.a, pair.b))
            book = book.add(_automatic(pair, now), *_in_order(pair.a, pair.b, a.label, b.label))
    return book


def _in_order(first: str, second: str, first_label: str, second_label: str) -> tuple[str, str]:
    return (first_label, second_label) if first < second else (second_label, first_label)


def _came_apart(entry: Entry, linked: Linked, records: Mapping[str, Record]) -> bool:
    decision = entry.decision
    if decision is None or decision.how != AUTOMATICALLY:
        return False
    if side_of(decision.a, records) is None or side_of(decision.b, records) is None:
        return False
    clusters = linked.employer_of if decision.kind == "employer" else linked.person_of
    ends = clusters.get(decision.a), clusters.get(decision.b)
    return None not in ends and ends[0] != ends[1]


def _automatic(pair: Pair, now: str) -> Decision:
    a, b = sorted((pair.a, pair.b))
    reason = "; ".join(pair.reasons)
    return Decision(a, b, pair.kind, "Same", now, reason, AUTOMATICALLY, "", pair.compared)

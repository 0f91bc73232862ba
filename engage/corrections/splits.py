"""Merges that people took back: what was one, from when until when. Read out of the book of Decisions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from engage.built.decision_book import MERGING, UNDO_OF, Book, Entry, pair_key
from engage.model import Linked


@dataclass(frozen=True, slots=True)
class Split:
    """One merge taken back. a, b: its two mentions; kind: "employer" or "person".

    key: names it for ever: the Pair cell of the row of Decisions that holds the two apart.
    since, until: local ISO minutes; from when to when the two were told as one.
    """

    key: str
    kind: str
    a: str
    b: str
    since: str
    until: str


def splits_in(book: Book) -> tuple[Split, ...]:
    """Every merge that a person took back and that is still taken back, the oldest first.

    A merge that came apart because somebody mended a row is none: what was told then was true then.
    """
    found = [split for entries in _by_pair(book) for split in _splits_of(entries)]
    return tuple(sorted(found, key=lambda split: (split.until, split.key)))


def _by_pair(book: Book) -> Iterator[list[Entry]]:
    pairs: dict[tuple[str, str, str], list[Entry]] = defaultdict(list)
    for entry in book.entries:
        if entry.decision is not None:
            pairs[entry.decision.kind, entry.decision.a, entry.decision.b].append(entry)
    yield from pairs.values()


def _splits_of(entries: list[Entry]) -> Iterator[Split]:
    """Of the rows on one pair, oldest first."""
    since, ended = "", ""
    for entry in entries:
        decision = entry.decision
        assert decision is not None
        if decision.verdict in MERGING:
            if not since or (ended and ended < decision.when[:10]):  # it came apart, and came to be one again
                since = minute(decision.when)
            ended = entry.cells.get("Undone on", "")
        elif decision.reason.startswith(UNDO_OF):
            if since and entry.stands:
                until = minute(decision.when)
                yield Split(entry.key, decision.kind, decision.a, decision.b, since, until)
            since = ""


def minute(text: str) -> str:
    """A moment as the ledger writes it, to the minute: "2026-11-16T02:00"."""
    return text.replace(" ", "T")[:16]


def split_of(entry: Entry, until: str) -> Split | None:
    """The split that taking back this merge now would be; until: local ISO minute. None for no merge."""
    decision = entry.decision
    if decision is None or decision.verdict not in MERGING:
        return None
    key = pair_key(decision.a, decision.b)
    return Split(key, decision.kind, decision.a, decision.b, minute(decision.when), minute(until))


def is_apart(split: Split, linked: Linked) -> bool:
    """Whether both rows are there, and are two."""
    ends = clusters_of(split.kind, linked)
    return split.a in ends and split.b in ends and ends[split.a] != ends[split.b]


def clusters_of(kind: str, linked: Linked) -> dict[str, str]:
    """Mention → the merged record that it is in, of employers or of people."""
    return dict(linked.employer_of if kind == "employer" else linked.person_of)


def as_one(linked: Linked, split: Split) -> Linked:
    """The linking as it would be were the two still one. Precondition: is_apart."""
    ends = clusters_of(split.kind, linked)
    into, gone = sorted((ends[split.a], ends[split.b]))
    joined = {key: into if one == gone else one for key, one in ends.items()}
    return (
        replace(linked, employer_of=joined) if split.kind == "employer" else replace(linked, person_of=joined)
    )

"""Some automatic merges, drawn at random for a person to check: the only way to know how many are right.

A check is a row of Decisions like any answer: Same if the merge is right, else an Undo and the Different that
goes with it. Its reason says in which sample it was drawn, so that the sheets alone hold what was found.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from engage.built.answers import Seeing, record_answer, undo
from engage.built.decision_book import AUTOMATICALLY, BY_PERSON, Book, Entry
from engage.built.sides import Side, side_of
from engage.model import Record

_DRAWN = re.compile(r"drawn in sample (\S+): (\d+) of (\d+) automatic merges")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A sample. sample: its name; size: how many were drawn, of how many that stood then."""

    sample: str
    size: int
    of: int

    @property
    def words(self) -> str:
        """How the reason of a decision says it."""
        return f"drawn in sample {self.sample}: {self.size} of {self.of} automatic merges"


@dataclass(frozen=True, slots=True)
class Check:
    """One automatic merge to be looked at."""

    entry: Entry
    a: Side
    b: Side
    drawn: Drawn


def drawn_in(reason: str) -> Drawn | None:
    """The sample that the reason of a decision names, None if it names none."""
    found = _DRAWN.search(reason)
    return Drawn(found[1], int(found[2]), int(found[3])) if found else None


def draw(
    book: Book, records: Mapping[str, Record], size: int, *, seed: str, kind: str = ""
) -> tuple[Check, ...]:
    """At most so many of the automatic merges that stand and that nobody has judged, each equally likely.

    records: what whoever checks may see. seed: names the sample; the same draws the same. kind: "employer" or
    "person", "" for both.
    """
    judged = {(d.a, d.b) for d in book.history if d.how == BY_PERSON and not d.undone}
    every = {}
    for entry in book.entries:
        d = entry.decision
        if d is None or not entry.stands or d.how != AUTOMATICALLY or (d.a, d.b) in judged:
            continue
        a, b = side_of(d.a, records), side_of(d.b, records)
        if a and b and kind in {"", d.kind}:
            every[d.a, d.b] = (entry, a, b)
    chosen = random.Random(f"check {seed}").sample(sorted(every), min(size, len(every)))
    drawn = Drawn(seed, len(chosen), len(every))
    return tuple(Check(*every[pair], drawn) for pair in chosen)


def record_check(book: Book, check: Check, *, right: bool, by: str, now: str, seeing: Seeing) -> Book:
    """The book with what a person found. now: local ISO minute; seeing: see answers.as_they_are."""
    if not right:
        before = len(book.entries)
        book = undo(book, check.entry, now=now, by=by, seeing=seeing)
        *kept, last = book.entries
        assert len(book.entries) == before + 1
        return replace(book, entries=(*kept, _noted(last, check.drawn)))
    assert check.entry.decision is not None
    found = replace(
        check.entry.decision,
        when=now,
        how=BY_PERSON,
        by=by or "somebody",
        reason=f"checked; {check.drawn.words}",
    )
    return record_answer(book, seeing(found), (check.a.label, check.b.label))


def _noted(entry: Entry, drawn: Drawn) -> Entry:
    """A row that was just added, with the sample in its reason."""
    assert entry.decision is not None
    reason = f"{entry.decision.reason}; {drawn.words}"
    return Entry(entry.key, {**entry.cells, "Reason": reason}, replace(entry.decision, reason=reason))

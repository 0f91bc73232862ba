"""Rows of Decisions, held against what they said when they were last read.

People may only choose Undo there. What else is changed in a row, by a slip, a sort of one column or a drag
over it, has no effect: the row counts as it was, and Problems to fix says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from .built.decision_book import BY_PERSON, NOT_SURE, OUTDATED, PAIR, SEEN, TITLE, Book, Entry
from .config import HUB
from .model import Decision, Finding, Place

UNREADABLE = "cannot be read"  # how a pair is held apart whose row nobody ever read
MEND = "Put its Pair, About and Decision back as they were, from the version history"


def remembered_decisions(book: Book) -> dict[str, Decision]:
    """Row key → what the row says, for every row that was ever understood."""
    decisions = {entry.key: entry.decision for entry in book.entries if entry.decision}
    return {key: decision for key, decision in decisions.items() if decision.how != UNREADABLE}


def hold(book: Book, before: Mapping[str, Decision]) -> Book:
    """The book with every row as it was last read, but for what was undone since.

    before: row key → decision. A row whose Pair cannot be read stands for one whose key is missing. One that
    cannot be read, and never was, holds its pair apart if its Pair cell can.
    """
    here = {entry.key for entry in book.entries}
    missing = (decision for key, decision in sorted(before.items()) if key not in here)
    held = [_held(entry, before, missing) for entry in book.entries]
    findings = tuple(_in_words(finding, book, held) for finding in book.findings)
    changed = (_changed(was, now) for was, now in zip(book.entries, held, strict=True))
    return Book(tuple(held), (*findings, *(finding for finding in changed if finding)))


def _held(entry: Entry, before: Mapping[str, Decision], missing: Iterator[Decision]) -> Entry:
    past, now = before.get(entry.key), entry.decision
    if past is None and now is None and not (entry.is_problem or entry.is_value):
        past = next(missing, None) or _apart(entry)
    return replace(entry, decision=_as_before(past, entry)) if past else entry


def _as_before(past: Decision, entry: Entry) -> Decision:
    """The decision as it was; undone if it was or is, outdated likewise; its words as they are now."""
    cells, now = entry.cells, entry.decision
    undone = past.undone or (now.undone if now else bool(cells.get("Undone on", "")))
    compared = OUTDATED if cells.get("Compared", "") == OUTDATED else past.compared
    words = {"reason": cells.get("Reason", ""), "seen": cells.get(SEEN, "")}
    return replace(past, undone=undone, compared=compared, **words)


def _apart(entry: Entry) -> Decision | None:
    pair = PAIR.match(entry.key)
    if pair is None:
        return None
    a, b = sorted((pair[1], pair[2]))
    kind = "employer" if a.endswith("#0") and b.endswith("#0") else "person"
    return Decision(a, b, kind, NOT_SURE, entry.cells.get("When", ""), how=UNREADABLE)


def _in_words(finding: Finding, book: Book, held: list[Entry]) -> Finding:
    """The finding on a row that cannot be understood, with what the row counts as."""
    if finding.kind != "decision-unreadable":
        return finding
    unread = (e for was, e in zip(book.entries, held, strict=True) if was.decision is None and e.decision)
    mine = next((e for e in unread if finding.found == _text_of(e)), None)
    if mine is None or mine.decision is None:
        return finding
    known = mine.decision.how != UNREADABLE
    counts = f"counts as it was read before, “{mine.decision.verdict}”" if known else "holds its pair apart"
    return replace(finding, wrong=f"This row of Decisions cannot be understood, so it {counts}. {MEND}.")


def _text_of(entry: Entry) -> str:
    return " | ".join(text for text in entry.cells.values() if text)


def _changed(was: Entry, now: Entry) -> Finding | None:
    """A finding if a row that can be read says something else than it did."""
    if was.decision is None or now.decision is None or _says(was.decision) == _says(now.decision):
        return None
    undone = "undone, " if now.decision.undone else ""
    return Finding(
        kind="decision-changed",
        place=Place(HUB, TITLE, 0, "Decision"),
        wrong=f"This row of Decisions was changed by hand. It still counts as it was: {undone}"
        f"“{now.decision.verdict}”, {now.decision.how or BY_PERSON}. Put it back; to take a decision back, "
        "choose Undo in its row.",
        found=f"{was.cells.get('About', '')}: {was.decision.verdict}, {was.decision.how}",
        record_id=was.key,
    )


def _says(decision: Decision) -> tuple[str, str, str, bool]:
    return decision.kind, decision.verdict, decision.how, decision.undone

"""What people answered in the sheet since last night, as rows of Decisions and as things to do.

Nothing here forgets an answer: it becomes a row of the book, or stands already in it, or it stays in its cell
with a finding that says why it could not be taken.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from engage.built import questions as review
from engage.built.as_read import read_rows
from engage.built.decision_book import (
    BY_PERSON,
    MERGING,
    NOT_SHARED,
    NOT_SURE,
    OUTDATED,
    PAIR,
    UNDO,
    UNDO_OF,
    VERDICTS,
    Book,
    Entry,
)
from engage.built.rows_then import rows_then
from engage.built.sides import SIDE_HEADINGS, Side, side_of
from engage.insight.weeks import moment_words
from engage.linkage.survivorship import plain
from engage.model import Decision, Finding, Place, Record, Tab

Seeing = Callable[[Decision], Decision]


@dataclass(frozen=True, slots=True)
class Taken:
    """The outcome of taking answers. book: with the new rows. answered: (key, answer as read) of the rows of
    To review that may leave it. findings: answers that could not be understood; their rows stay."""

    book: Book
    answered: tuple[tuple[str, str], ...] = ()
    findings: tuple[Finding, ...] = ()


def as_they_are(
    records: Mapping[str, Record], compared: Callable[[str, str], str], country: str = "GB"
) -> Seeing:
    """A decision → the same, given to its two rows as they stand tonight.

    records: what the hub's readers may see. compared: (mention, mention) → tonight's fingerprint of the two
    (Pair.compared), "" if unknown: then what it was given to stays.
    """

    def seeing(decision: Decision) -> Decision:
        a, b = decision.a, decision.b
        now = compared(a, b)
        return replace(decision, compared=now, seen=rows_then(a, b, records, country)) if now else decision

    return seeing


def take_undos(book: Book, *, now: str, seeing: Seeing) -> Book:
    """The book after every Undo that people have typed in it.

    now: local ISO minute. seeing: see as_they_are. A merge that is taken back gets its date and, at the end,
    a "Different" on the same pair, so that tonight's linkage does not merge it again. Any other answer is
    withdrawn, and the pair is judged afresh. An Undo whose date stands was done before.
    """
    pending = [entry for entry in book.entries if _is_pending(entry)]
    for entry in pending:
        book = undo(book, entry, now=now, by="", seeing=seeing)
    return book


def undo(book: Book, entry: Entry, *, now: str, by: str, seeing: Seeing) -> Book:
    """The book with one row taken back; by: who asked for it, "" if it was typed in the sheet.

    Who undoes a merge has seen its rows as they are, not as they were when they were merged.
    """
    decision = entry.decision
    book = book.withdraw([entry.key], now[:10])
    if decision is None or decision.verdict not in MERGING:
        return book
    same = [e.key for e in book.entries if e.stands and e.decision and _merges_pair(e.decision, decision)]
    held_apart = replace(
        decision,
        verdict="Different",
        when=now,
        how=BY_PERSON,
        by=by or decision.by,
        reason=f"{UNDO_OF} {moment_words(entry.cells.get('When', '')) or 'an earlier row'} ({decision.how})",
        undone=False,
    )
    sides = entry.cells.get("A", ""), entry.cells.get("B", "")
    return book.withdraw(same, now[:10]).add(seeing(held_apart), *sides)


def take_answers(
    tab: Tab | None,
    book: Book,
    records: Mapping[str, Record],
    seeing: Seeing,
    *,
    now: str,
    workbook: str = "hub",
) -> Taken:
    """The answers in To review, as rows of the book.

    records: what the hub's readers may see tonight. seeing: see as_they_are. now: local ISO minute. If a row
    was changed after the question was asked, its answer is recorded but does not hold: it was given to
    something else.
    """
    answered: list[tuple[str, str]] = []
    findings: list[Finding] = []
    for cells in read_rows(tab, review.HEADED):
        decision = _read_answer(cells, now)
        if decision is not None:
            labels = _label(decision.a, records), _label(decision.b, records)
            book = record_answer(book, _as_seen(decision, cells, records, seeing), labels)
            answered.append((cells[review.KEY], cells["Decision"]))
        elif cells.get("Decision", "") and cells.get(review.KEY, ""):
            # Beside no question it is a text like any other in a grey tab, and handed back as such.
            place = Place(workbook, review.TITLE, 0, "Decision")
            findings.append(not_understood(place, cells["Decision"], cells))
    return Taken(book, tuple(answered), tuple(findings))


def record_answer(book: Book, decision: Decision, labels: tuple[str, str]) -> Book:
    """The book with a person's answer at its end, unless it says so already. labels: the sides, a then b.

    An earlier answer to what has changed since is withdrawn, and so is every one on a pair that people
    disagreed on: this answer resolves it. Two agencies' answers to the same facts both stand, and linkage
    holds the pair apart until somebody resolves it.
    """
    standing = [e for e in book.entries if e.stands and e.decision and _same_pair(e.decision, decision)]
    answers = {e.key: e.decision for e in standing if e.decision and e.decision.how == BY_PERSON}
    if any(_says_the_same(earlier, decision) for earlier in answers.values()):
        return book
    disputed = len({earlier.verdict for earlier in answers.values()} - {NOT_SURE}) > 1
    over = [key for key, earlier in answers.items() if disputed or _gives_way(earlier, decision)]
    return book.withdraw(over, decision.when[:10]).add(decision, *labels)


# --- What is asked of one row ----------------------------------------------------------------------------


def _is_pending(entry: Entry) -> bool:
    asked = entry.cells.get("Undo", "").casefold() == UNDO
    known = entry.decision is not None or entry.is_problem or entry.is_value
    return asked and not entry.cells.get("Undone on", "") and known


def _same_pair(one: Decision, other: Decision) -> bool:
    return (one.a, one.b) == (other.a, other.b)


def _merges_pair(one: Decision, other: Decision) -> bool:
    return _same_pair(one, other) and one.verdict in MERGING


def _gives_way(earlier: Decision, later: Decision) -> bool:
    """Whether an earlier answer says nothing against a later one: unsure, of other facts, or one's own."""
    return earlier.verdict == NOT_SURE or earlier.compared != later.compared or earlier.by == later.by


def _says_the_same(one: Decision, other: Decision) -> bool:
    return (one.verdict, one.compared, one.by) == (other.verdict, other.compared, other.by)


def _read_answer(cells: Mapping[str, str], now: str) -> Decision | None:
    """The answer in a row of To review; None if there is none, or none that we understand.

    Its key says what it is about: somebody may have typed over the cell that does.
    """
    pair = PAIR.match(cells.get(review.KEY, ""))
    if pair is None:
        return None
    a, b = sorted((pair[1], pair[2]))
    kind = "employer" if a.endswith("#0") else "person"
    words = {word.casefold(): word for word in VERDICTS[kind]}
    verdict = words.get(cells.get("Decision", "").casefold())
    if verdict is None:
        return None
    return Decision(a, b, kind, verdict, now, cells.get("Why", ""), by=cells.get("For", ""))


def _as_seen(
    decision: Decision, cells: Mapping[str, str], records: Mapping[str, Record], seeing: Seeing
) -> Decision:
    """The answer with what the person saw: tonight's rows, if both still read as they were shown."""
    sides = {letter: side_of(key, records) for letter, key in (("A", decision.a), ("B", decision.b))}
    as_asked = all(side is not None and _reads_so(side, cells, letter) for letter, side in sides.items())
    return seeing(decision) if as_asked else replace(decision, compared=OUTDATED)


def _reads_so(side: Side, cells: Mapping[str, str], letter: str) -> bool:
    return all(
        _squeezed(heading, side.shown[heading]) == _squeezed(heading, cells.get(f"{heading} {letter}", ""))
        for heading in SIDE_HEADINGS
    )


def _squeezed(heading: str, text: str) -> str:
    """A cell without what a spreadsheet or a way of writing phone numbers may change in it."""
    return plain(text)[-9:] if heading == "Phone" else plain(text)


def _label(key: str, records: Mapping[str, Record]) -> str:
    side = side_of(key, records)
    return side.label if side else NOT_SHARED


def not_understood(place: Place, typed: str, cells: Mapping[str, str]) -> Finding:
    """The finding on an answer that is none of the words offered.

    It names the row by what the row says first (its key), since rows of a built tab move up as others leave.
    """
    return Finding(
        kind="answer-unknown",
        place=place,
        wrong="This is not one of the answers in the drop-down list, so nothing was done. Please choose one.",
        found=typed,
        record_id=next(iter(cells.values()), ""),
    )

"""Answers given in a terminal: the same rows of Decisions that an answer in the sheet becomes.

They are written into Decisions and nowhere else, under the sync's own guard; the next sync acts on them, and
takes the answered questions out of To review.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from .built.answers import Seeing, as_they_are, record_answer, undo
from .built.decision_book import MERGING, PAIR, VERDICTS, Book, Entry
from .built.material import Material
from .built.preview import Preview, compare
from .built.questions import Question
from .built.registry import hub_tabs
from .config import HUB
from .corrections.as_told import FactsOf, facts_if
from .errors import UsageError, WorkbookBusy
from .lease import check_lease
from .model import Decision, record_of
from .night import Night
from .pipeline import Partnership
from .ports import PublishTab
from .pushing import carry_out

DECISIONS = "Decisions"


def seeing_tonight(partnership: Partnership, night: Night) -> Seeing:
    """What an answer given now is given to: the rows as this night read them."""
    records = night.worlds[HUB].records
    by_id = {record.record_id: record for record in records}
    return as_they_are(by_id, partnership.judge.compared(records), partnership.config.country)


def answer(book: Book, question: Question, verdict: str, *, by: str, now: datetime, seeing: Seeing) -> Book:
    """The book with this answer at its end. by: "" for the agencies that were asked.

    Raises UsageError if the verdict is none of those that fit the question.
    """
    pair = question.pair
    words = {word.casefold(): word for word in VERDICTS[pair.kind]}
    if verdict.casefold() not in words:
        raise UsageError(
            f"“{verdict}” is no answer to this question", fix=f"say one of: {', '.join(words.values())}"
        )
    decision = Decision(
        a=question.a.key,
        b=question.b.key,
        kind=pair.kind,
        verdict=words[verdict.casefold()],
        when=now.isoformat(timespec="minutes"),
        reason="; ".join(pair.reasons),
        by=by or "; ".join(question.agencies),
        compared=pair.compared,
    )
    labels = question.a.label, question.b.label
    if decision.a > decision.b:
        decision, labels = replace(decision, a=decision.b, b=decision.a), labels[::-1]
    return record_answer(book, seeing(decision), labels)


def merges_of(night: Night, wanted: str) -> tuple[Entry, ...]:
    """The standing merges in Decisions that hold a merged record together, or that of one pair.

    wanted: EMP-…, PER-…, a Pair cell, or two record ids with a space between. () if there is none.
    """
    text = wanted.strip()
    linked = night.worlds[HUB].linked
    clusters = {**linked.employer_of, **linked.person_of}
    pair = PAIR.match(text)
    ids = frozenset(text.upper().replace("~", " ").split())
    merges = [e for e in night.book.entries if e.stands and e.decision and e.decision.verdict in MERGING]
    return tuple(
        entry
        for entry in merges
        if (d := entry.decision)
        and (
            clusters.get(d.a) == clusters.get(d.b) == text.upper()
            or (pair is not None and {d.a, d.b} == {pair[1], pair[2]})
            or (len(ids) == 2 and {record_of(d.a), record_of(d.b)} == ids)
        )
    )


def take_back(night: Night, entry: Entry, *, by: str, now: datetime, seeing: Seeing) -> Book:
    """The book with one merge taken back and its pair held apart."""
    return undo(night.book, entry, now=now.isoformat(timespec="minutes"), by=by, seeing=seeing)


def facts_with(partnership: Partnership, night: Night, book: Book) -> FactsOf:
    """Audience → its facts as the next sync would have them with this book: the hub linked again."""
    hub = night.worlds[HUB]
    linked = partnership.judge.link(hub.records, book.decisions, hub.linked.membership())
    return facts_if(night, partnership.config, partnership.schema, linked, book)


def preview_of(night: Night, after: FactsOf, entry: Entry) -> Preview:
    """What would be other than tonight for the two rows of a merge, and in the Dashboard."""
    assert entry.decision is not None
    keys = frozenset({entry.decision.a, entry.decision.b})
    return compare(night.facts[HUB], after[HUB], entry.decision.kind, keys)


def write_decisions(partnership: Partnership, night: Night, book: Book) -> int:
    """Write the book into Decisions; returns how many cells changed.

    Raises LeaseHeld if another machine syncs this partnership, WorkbookBusy if the tab has changed meanwhile.
    """
    check_lease(night.intake, partnership.asker, night.now)
    outcomes = carry_out(
        [_intent(partnership, night, book)], partnership.workbooks[HUB], partnership.cache, night.run
    )
    if any(outcome.status == "moved" for outcome in outcomes):
        raise WorkbookBusy(
            "somebody changed Decisions while you were answering, so nothing was written",
            where=f"{DECISIONS} ({HUB})",
            fix="run the command again",
        )
    return sum(len(outcome.changes) for outcome in outcomes)


def _intent(partnership: Partnership, night: Night, book: Book) -> PublishTab:
    tabs = {tab.title: tab for tab in night.intake.hub.tabs}
    material = Material(facts=night.facts[HUB], schema=partnership.schema, tabs=tabs, book=book)
    return next(intent for intent in hub_tabs(material) if intent.tab == DECISIONS)

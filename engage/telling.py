"""A sync's report, told: in words for people, as a document for programs. Ids and counts, no names."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

from .config import HUB
from .owners import NEW_OWNER, with_new_owners
from .pipeline import Report
from .problems import cells_to_mend
from .wording import counted


def as_document(report: Report) -> dict[str, Any]:
    """One JSON document. cells_written does not count the time stamp and the hidden memory."""
    night = report.night
    linked = night.worlds[HUB].linked
    return {
        "run": night.run,
        "dry_run": report.dry_run,
        "cells_written": report.cells_written,
        "workbooks": [_workbook(key, report) for key in night.intake.pulled],
        "employers": len(set(linked.employer_of.values())),
        "people": len(set(linked.person_of.values())),
        "automatic_merges": len(linked.merges),
        "questions": len(night.asking.questions),
        "questions_waiting": night.asking.waiting,
        "problems_to_fix": len(night.facts[HUB].findings) + _agency_problems(report),
        "changes": [str(change) for change in linked.changes],
        "people_changed_meanwhile": list(report.notes),
        "digests_late": list(report.night.late),
        "held_out": list(report.night.held_out),
        "shown_to_nobody_else": list(report.night.kept),
        "exit_code": report.exit_code,
    }


def _agency_problems(report: Report) -> int:
    night = report.night
    seen = [key for key, pulled in night.intake.pulled.items() if key != HUB and pulled.writable]
    return sum(len(cells_to_mend(night, key)) for key in seen)


def _workbook(key: str, report: Report) -> dict[str, Any]:
    pulled = report.night.intake.pulled[key]
    pushed = next((each for each in report.pushed if each.workbook == key), None)
    plan = next((each for each in report.night.plans if each.workbook == key), None)
    problem = report.problems.get(key)
    rows = sum(1 for record in report.night.intake.records if record.place.workbook == key)
    return {
        "workbook": key,
        "file": pulled.title,
        "read": pulled.problem is None,
        "new_owner": key in set(with_new_owners(report.night.intake)),
        "rows": rows,
        "ids_given": sum(1 for home, _, _ in report.night.intake.given if home == key)
        if pulled.writable
        else 0,
        "would_write": [] if plan is None else sorted({intent.tab for intent in plan.intents}),
        "cells_written": pushed.cells_written if pushed else 0,
        "left_for_next_time": [outcome.note for outcome in pushed.left] if pushed else [],
        "problem": problem.message if problem else "",
    }


def in_words(report: Report) -> str:
    """A few lines for the person who ran it."""
    return "\n".join(_lines(as_document(report), report))


def _lines(told: Mapping[str, Any], report: Report) -> Iterator[str]:
    title = "Dry run: nothing was written" if report.dry_run else "Sync done"
    yield f"{title} ({report.night.now:%d/%m/%Y %H:%M})"
    yield ""
    width = max(28, *(len(book["file"]) for book in told["workbooks"]))
    for book in told["workbooks"]:
        yield f"  {book['file']:<{width}} {_state_of(book, report)}"
    yield ""
    people = counted(told["people"], "person", "people")
    yield f"  {counted(told['employers'], 'employer')} and {people}, each once"
    merges = counted(told["automatic_merges"], "pair")
    yield f"  {merges} of rows merged without asking (each in Decisions, with Undo)"
    waiting = f", {told['questions_waiting']:,} more later" if told["questions_waiting"] else ""
    yield f"  {counted(told['questions'], 'question')} in To review{waiting}"
    yield f"  {counted(told['problems_to_fix'], 'row')} in Problems to fix"
    yield f"  {counted(told['cells_written'], 'cell')} written"
    for book in told["workbooks"]:
        if book["new_owner"]:
            yield f"  {book['file']}: {NEW_OWNER}"
    for note in told["people_changed_meanwhile"]:
        yield f"  Meanwhile: {note}"
    for words in report.night.kept:
        yield from textwrap.wrap(f"{words}.", 78, initial_indent="  ", subsequent_indent="    ")
    for problem in report.problems.values():
        yield f"\n  {problem.message}"
    for words in (*report.night.held_out, *report.night.late):
        yield f"\n  {words}."


def _state_of(book: Mapping[str, Any], report: Report) -> str:
    if not book["read"]:
        return "NOT USED, see below"
    rows = f"{book['rows']:>6,} {'row' if book['rows'] == 1 else 'rows'}"
    if report.dry_run:
        return rows + (f", would write: {', '.join(book['would_write'])}" if book["would_write"] else "")
    ids = f", {counted(book['ids_given'], 'new id')}" if book["ids_given"] else ""
    left = len(book["left_for_next_time"])
    return rows + ids + (f", {left} left for next time" if left else "")

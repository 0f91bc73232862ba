"""What a run wrote, held against what it may write: Record IDs, built tabs, listed accepted suggestions."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from .cache import ERASED, Entry
from .ports import RECORD_ID, Change
from .register.identity import is_record_id
from .schema import Schema

ROWS_TO_HEADINGS = 10  # a heading row stands in the top ten rows


@dataclass(frozen=True, slots=True)
class Verdict:
    """Counts of what was written by kind, and the changes that nothing accounts for."""

    ids: int = 0
    built: int = 0
    suggestions: int = 0
    unexplained: tuple[Change, ...] = ()


def judge_changes(
    changes: Iterable[Change],
    schema: Schema,
    entries: Collection[Entry],
    spelled: Callable[[str], str] = str,
) -> Verdict:
    """Every cell that differs between a workbook before and after a run, told apart.

    entries: the run's journal for this workbook; an accepted suggestion counts only if it is listed there.
    spelled: how `changes` has a text.
    """
    accepted = (change for e in entries if e.kind in ("AcceptSuggestion", ERASED) for change in e.changes)
    listed = {(c.tab, c.row, c.column, spelled(c.after)) for c in accepted}
    kinds = [(_kind(change, schema, listed), change) for change in changes]
    count = {kind: sum(1 for found, _ in kinds if found == kind) for kind in ("id", "built", "suggestion")}
    rest = tuple(change for kind, change in kinds if not kind)
    return Verdict(count["id"], count["built"], count["suggestion"], rest)


def _kind(change: Change, schema: Schema, listed: Collection[tuple[str, int, int, str]]) -> str:
    spec = schema.tabs.get(change.tab)
    if spec is not None and spec.kind == "built":
        return "built"
    if is_record_id(change.after) or (change.after == RECORD_ID and change.row <= ROWS_TO_HEADINGS):
        return "id"
    address = (change.tab, change.row, change.column, change.after)
    return "suggestion" if address in listed else ""


def in_words(changes: Iterable[Change]) -> Iterator[str]:
    """Where an unexplained change is; the texts themselves stay in the workbooks."""
    for change in changes:
        yield f"{change.tab}, row {change.row}, column {change.column}"

"""What an edit that raced a write lost its place to is put into Problems to fix at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from .built.as_read import read_rows
from .built.tab_problems import problem_cells
from .built.typed import typed_row
from .cache import Cache
from .errors import WorkbookError
from .model import Finding, Place
from .planning import PROBLEMS
from .ports import Outcome, PublishTab, Workbook
from .pushing import Pushed, carry_out
from .schema import Schema


def rescue(pushed: Pushed, workbook: Workbook, schema: Schema, cache: Cache, *, run: str, today: str) -> bool:
    """Add a row to the workbook's Problems to fix for each text that a write displaced.

    Returns whether there was any; False too if the tab cannot be written now (the journal holds the texts).
    """
    found = list(_displaced(pushed.displaced, pushed.workbook))
    if not found:
        return False
    try:
        tab = workbook.read().tab(PROBLEMS)
        spec = schema.tabs[PROBLEMS]
        standing = read_rows(tab, spec.headings)
        known = {row.get(spec.key) for row in standing}
        rows: list[Mapping[str, object]] = [
            *standing,
            *(problem_cells(f, today) for f in found if f.key not in known),
        ]
        intent = PublishTab(
            PROBLEMS,
            spec.headings,
            tuple(typed_row(spec, row) for row in rows),
            key=spec.key,
            answers=spec.answers,
            expects=tab.rows if tab else None,
        )
        carry_out([intent], workbook, cache, run)
    except WorkbookError:
        return False
    return True


def _displaced(outcomes: Sequence[Outcome], workbook: str) -> Iterator[Finding]:
    for outcome in outcomes:
        for change in outcome.changes:
            if change.before and change.before != change.after:
                yield Finding(
                    kind="typed-while-writing",
                    place=Place(workbook, change.tab, max(change.row, 0)),
                    wrong="This was typed at the very moment when the sync wrote to this place. "
                    "Type it again where it belongs; then choose Leave as it is.",
                    found=change.before,
                )

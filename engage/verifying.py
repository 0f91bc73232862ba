"""After the push: every workbook is read again and held against what was read before and what was written."""

from __future__ import annotations

from collections.abc import Iterator

from .cache import Cache
from .errors import WorkbookError
from .model import Row, Snapshot, Tab
from .night import Night
from .ports import Workbook
from .pushing import WRITTEN, Pushed


def verify_push(night: Night, pushed: Pushed, workbook: Workbook, cache: Cache) -> tuple[str, ...]:
    """What differs from what was read before and was not written by us: people's edits meanwhile, in words.

    The workbook as it stands now is kept in the cache.
    """
    before = night.intake.pulled[pushed.workbook].snapshot
    assert before is not None
    taken = night.now.isoformat(timespec="minutes")
    if not pushed.outcomes:
        cache.keep(before, taken)
        return ()
    try:
        after = workbook.read_back()
    except WorkbookError as error:
        return (f"{workbook.title}: written, but could not be read back: {error.what}",)
    cache.keep(after, taken)
    return tuple(_unexplained(before, after, pushed, workbook.title))


def _unexplained(before: Snapshot, after: Snapshot, pushed: Pushed, title: str) -> Iterator[str]:
    ours = {(c.tab, c.row, c.column) for o in pushed.outcomes if o.status in WRITTEN for c in o.changes}
    rebuilt = {o.intent.tab for o in pushed.outcomes if type(o.intent).__name__ == "PublishTab"}
    for tab in after.tabs:
        was = before.tab(tab.title)
        if tab.title in rebuilt or was is None:
            continue
        count = sum(1 for cell in _differences(was, tab) if (tab.title, *cell) not in ours)
        if count:
            yield f"{tab.title} ({title}): people changed {count} cells while the sync ran"


def _differences(before: Tab, after: Tab) -> Iterator[tuple[int, int]]:
    for number in range(max(len(before.rows), len(after.rows))):
        was = before.rows[number] if number < len(before.rows) else ()
        now = after.rows[number] if number < len(after.rows) else ()
        for column in range(max(len(was), len(now))):
            if _at(was, column) != _at(now, column):
                yield number + 1, column + 1


def _at(row: Row, column: int) -> str:
    return row[column] if column < len(row) else ""

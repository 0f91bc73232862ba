"""The cache: each workbook as it was last read, and the journal of what was written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from engage.erased.cleansing import cleanse_entry, cleanse_snapshot
from engage.model import Row

from .store import Clear, Hit, Search, Store, names


def search_cache(search: Search) -> Iterator[Hit]:
    """Rows of snapshots and of the journal that name the subject."""
    cache = search.cache
    for snapshot, taken in cache.snapshots():
        for tab in snapshot.tabs:
            place = f"{tab.title} ({snapshot.workbook}), as last read"
            yield from _in_rows(search, tab.rows, place, taken[:10])
    for run in cache.runs():
        for entry in cache.entries(run):
            place, day = f"{entry.tab} ({entry.workbook}), run {run}", _day(run)
            yield from _in_rows(search, entry.before, f"{place}, as it was before", day)
            for change in entry.changes:
                pair = (change.before, change.after)
                yield from _in_rows(search, (pair,), f"{place}, row {change.row}", day)


def _in_rows(search: Search, rows: Sequence[Row], place: str, day: str) -> Iterator[Hit]:
    ids = {*search.subject.ids, *search.subject.rows}
    for row in rows:
        own = any(cell in ids for cell in row)
        sure = True if own else names(search, row)
        if sure is not None:
            text = " | ".join(filter(None, row))
            yield Hit("Cache", place, "", text, day, sure=sure, free=True)


def _day(run: str) -> str:
    stamp = run.rpartition(" ")[2]
    try:
        return datetime.strptime(stamp, "%Y%m%dT%H%M%S").date().isoformat()  # noqa: DTZ007 - a local day
    except ValueError:
        return ""


def clear_cache(clear: Clear) -> int:
    """Snapshots and journal without those who were erased, the file written anew."""
    return clear.cache.rewrite(
        lambda snapshot: cleanse_snapshot(snapshot, clear.book),
        lambda entry: cleanse_entry(entry, clear.book),
        since=clear.since_entry,
    )


CACHE = Store(
    name="Cache",
    holds="The last reading of every workbook, and what each run wrote and what stood there before.",
    keeps="The last reading until the next; the journal as long as engage.toml says. It may be deleted.",
    search=search_cache,
    clear=clear_cache,
    files=("cache.sqlite", "cache.sqlite-journal"),
)

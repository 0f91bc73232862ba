"""The cache: each workbook as it was last read, and the journal of what was written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from engage.cache import CACHE_FILE, Entry
from engage.erased.cleansing import as_left, cleanse_entry
from engage.model import Row

from .copies import Copies
from .store import Clear, Hit, Search, Store, names


def search_cache(search: Search) -> Iterator[Hit]:
    """Rows of snapshots and of the journal that name the subject."""
    cache = search.cache
    for snapshot, taken in cache.snapshots():
        for tab in snapshot.tabs:
            yield from _in_rows(
                search, tab.rows, f"{tab.title} ({snapshot.workbook}), as last read", taken[:10]
            )
    for run in cache.runs():
        for entry in cache.entries(run):
            yield from _in_entry(search, entry)


def _in_entry(search: Search, entry: Entry) -> Iterator[Hit]:
    """What an entry changed, each row of a grey tab as it was and as it was left."""
    place, day = f"{entry.tab} ({entry.workbook}), run {entry.run}", _day(entry.run)
    if entry.kind != "PublishTab":
        texts = [(change.before, change.after) for change in entry.changes]
        yield from _in_rows(search, [(entry.record, *pair) for pair in texts], place, day)
        return
    changed = {change.row for change in entry.changes}
    left = as_left(entry)
    yield from _in_rows(search, entry.before, f"{place}, as it was before", day)
    rows = [left[number - 1] for number in sorted(changed) if 0 < number <= len(left)]
    yield from _in_rows(search, rows, f"{place}, as it was left", day)


def _in_rows(search: Search, rows: Sequence[Row], place: str, day: str) -> Iterator[Hit]:
    ids = {*search.subject.ids, *search.subject.rows}
    for row in rows:
        sure = True if any(cell in ids for cell in row) else names(search, row)
        text = " | ".join(filter(None, row))
        if sure is not None and text not in ids:
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
        lambda kept: Copies(kept.workbook, clear.config, clear.schema, clear.book).snapshot(kept),
        lambda entry: cleanse_entry(entry, clear.book),
        since=clear.since_entry,
    )


CACHE = Store(
    name="Cache",
    holds="The last reading of every workbook, and what each run wrote and what stood there before.",
    keeps="The last reading until the next; the journal as long as engage.toml says. It may be deleted.",
    search=search_cache,
    clear=clear_cache,
    files=(f"{CACHE_FILE}*",),
)

"""Dated copies of .xlsx workbooks; and what a workbook's own file still holds though no cell shows it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

from engage.config import Config
from engage.errors import WorkbookError
from engage.model import Tab
from engage.workbook.xlsx.book import Book
from engage.workbook.xlsx.locks import check_unlocked
from engage.workbook.xlsx.redacting import redacted, without_orphans
from engage.workbook.xlsx.swap import read_file, swap_in, write_new

from .copies import Copies
from .store import Clear, Hit, Search, Store, changed_since, names

log = logging.getLogger(__name__)
FOLDER = "backups"


def copies(config: Config) -> Iterator[tuple[str, Path]]:
    """(workbook's key, file) of every copy that is kept, oldest first."""
    folder = config.state / FOLDER
    for home in sorted(folder.iterdir()) if folder.exists() else ():
        yield from ((home.name, path) for path in sorted(home.glob("*.xls*")))


def search_backups(search: Search) -> Iterator[Hit]:
    """Rows of every copy that name the subject."""
    ids = {*search.subject.ids, *search.subject.rows}
    for key, path in copies(search.config):
        for tab in _tabs(path):
            for number, row in enumerate(tab.rows, 1):
                sure = True if any(cell in ids for cell in row) else names(search, row)
                if sure is not None:
                    place = f"{tab.title}, row {number} (copy of {key}, {path.stem})"
                    text = " | ".join(filter(None, row))
                    yield Hit("Backups", place, "", text, path.stem[:10], sure=sure, free=True)


def clear_backups(clear: Clear) -> int:
    """Every copy without those who were erased; one that cannot be read is deleted, since nobody can tell."""
    changed = 0
    for key, path in copies(clear.config):
        if changed_since(path, clear.since):
            changed += _clear_one(path, Copies(key, clear.config, clear.schema, clear.book))
    return changed


def _clear_one(path: Path, how: Copies) -> int:
    data, _ = read_file(path, path.name)
    try:
        tabs = {tab.title: tab for tab in how.cleared(_tabs_of(data, path))}
        now = redacted(data, path.name, lambda title, _: tabs[title].rows, how.book.struck)
    except WorkbookError:
        log.warning("a copy of %s cannot be read, and was deleted", how.workbook)
        path.unlink()
        return 1
    if now != data:
        write_new(path, now)
    return int(now != data)


def _tabs(path: Path) -> tuple[Tab, ...]:
    try:
        return _tabs_of(read_file(path, path.name)[0], path)
    except WorkbookError:
        return ()


def _tabs_of(data: bytes, path: Path) -> tuple[Tab, ...]:
    book = Book(data, path.name)
    return tuple(Tab(sheet.title, book.seen(sheet).rows, "", sheet.hidden) for sheet in book.sheets)


def clear_live_files(clear: Clear) -> int:
    """The .xlsx workbooks themselves, without texts that no cell shows.

    Raises WorkbookBusy if somebody has one open, so that the clearing is not taken for done.
    """
    changed = 0
    for source in clear.config.sources:
        if isinstance(source.workbook, Path) and source.workbook.is_file() and not source.view_only:
            changed += _clear_live(source.workbook)
    return changed


def _clear_live(path: Path) -> int:
    data, digest = read_file(path, path.name)
    now = without_orphans(data, path.name)
    if now == data:
        return 0
    check_unlocked(path, path.name, path.stat().st_mtime)
    swap_in(path, now, digest, path.name, lambda _: None)
    return 1


BACKUPS = Store(
    name="Backups",
    holds="Workbook files as they were before and after a run, everything in them.",
    keeps="As many days as engage.toml says; the newest of each workbook stay.",
    search=search_backups,
    clear=clear_backups,
    files=("backups/*/*",),
)

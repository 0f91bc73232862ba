"""Packs: reports as they were issued. Names are taken out on request; figures and their proof stay."""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from engage.config import Config
from engage.erased.book import ErasedBook
from engage.errors import WorkbookError
from engage.mail.outbox import write_file
from engage.model import Grid
from engage.own_files import write_private
from engage.workbook.xlsx.book import Book
from engage.workbook.xlsx.redacting import redacted
from engage.workbook.xlsx.swap import read_file

from .in_files import TEXTS, clear_file, files_in, search_folder
from .store import Clear, Hit, Search, Store, changed_since, names

MANIFEST = "pack.json"


def packs(config: Config) -> Path:
    """Where reports are frozen."""
    return config.path.parent / "packs"


def search_packs(search: Search) -> Iterator[Hit]:
    """Lines of pages and figures, rows of spreadsheets, that name the subject."""
    yield from search_folder(PACKS.name, packs)(search)
    for path in files_in(packs(search.config)):
        for title, rows in _tables(path) if path.suffix == ".xlsx" else ():
            for number, row in enumerate(rows, 1):
                sure = names(search, row)
                if sure is not None:
                    where = f"{path.relative_to(packs(search.config)).as_posix()}, {title}, row {number}"
                    yield Hit(PACKS.name, where, "", " | ".join(filter(None, row)), sure=sure, free=True)


def _tables(path: Path) -> Iterator[tuple[str, Grid]]:
    try:
        book = Book(read_file(path, path.name)[0], path.name)
    except WorkbookError:
        return
    yield from ((sheet.title, book.seen(sheet).rows) for sheet in book.sheets)


def clear_packs(clear: Clear) -> int:
    """Every file of a pack without those who were erased; its list of digests says so, file by file."""
    changed = 0
    for path in list(files_in(packs(clear.config))):
        if changed_since(path, clear.since) and path.name != MANIFEST:
            before = sha256(path.read_bytes()).hexdigest()
            if _clear(path, clear.book):
                changed += 1
                _note(path, before)
    return changed


def _clear(path: Path, book: ErasedBook) -> int:
    if path.suffix != ".xlsx":
        return clear_file(path, book) if path.suffix in TEXTS else 0
    data, _ = read_file(path, path.name)
    now = redacted(
        data, path.name, lambda _, rows: tuple(book.cleansed(row, old=True) for row in rows), book.struck
    )
    if now != data:
        write_private(path, now)
    return int(now != data)


def _note(path: Path, before: str) -> None:
    """The digest of the file as it is now, if it was as issued; what somebody else changed stays named."""
    manifest = path.with_name(MANIFEST)
    if not manifest.exists():
        return
    said = json.loads(manifest.read_text("utf-8"))
    if said["files"].get(path.name) == before:
        said["files"][path.name] = sha256(path.read_bytes()).hexdigest()
        write_file(manifest, json.dumps(said, ensure_ascii=False, indent=2).encode("utf-8"))


PACKS = Store(
    name="Packs",
    holds="Reports as they were issued: figures, employers, at times a person.",
    keeps="For good, as evidence of what was reported; names are taken out on request, figures stay.",
    search=search_packs,
    clear=clear_packs,
    root=packs,
)

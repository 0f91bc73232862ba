"""Backups for another machine: what they hold of people, and taking it out again."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from engage.config import Config
from engage.errors import EngageError
from engage.moving.archive import Archive, packed, read_archive
from engage.moving.backing_up import backups_in, folder_of
from engage.moving.contents import contents
from engage.own_files import write_private

from .in_ledger import clear_ledger, search_ledger
from .in_packs import clear_packs, search_packs
from .in_settings import search_settings
from .leavers_in_settings import leavers_named, without_leavers
from .store import Clear, Hit, Search, Store, changed_since, names

log = logging.getLogger(__name__)
BY_HAND = "change engage.toml, make a new backup, then delete this one"


def search_moving(search: Search) -> Iterator[Hit]:
    """What the ledger, the packs and the settings in each backup say of the subject.

    A note on a colleague who left is taken out with them; other lines of the settings are Settings here, too,
    which only people change.
    """
    for path in backups_in(folder_of(search.config)):
        try:
            archive = read_archive(path)
        except EngageError:
            continue
        with _unpacked(archive, search.config) as config:
            inside = replace(search, config=config)
            for hit in (*search_ledger(inside), *search_packs(inside), *_search_leavers(inside)):
                yield replace(hit, store="Machine backups", place=f"{path.name}: {hit.place}")
            for hit in search_settings(inside):
                yield replace(hit, place=f"{path.name}: {hit.place} ({BY_HAND})")


def _search_leavers(search: Search) -> Iterator[Hit]:
    """Notes on them as a colleague who left; what is looked at is then without these."""
    path = search.config.path
    text = path.read_text("utf-8-sig")
    named = leavers_named(text, lambda each: names(search, (each,)) is not None)
    yield from (Hit("", path.name, "", each, free=True) for each in named)
    write_private(path, without_leavers(text, named).encode("utf-8"))


def clear_moving(clear: Clear) -> int:
    """Every backup without those who were erased; one that cannot be read is deleted: nobody can tell."""
    return sum(
        _clear_one(path, clear)
        for path in backups_in(folder_of(clear.config))
        if changed_since(path, clear.since)
    )


def _clear_one(path: Path, clear: Clear) -> int:
    try:
        archive = read_archive(path)
    except EngageError:
        log.warning("a backup cannot be read, and was deleted: %s", path.name)
        path.unlink()
        return 1
    with _unpacked(archive, clear.config) as config:
        inside = replace(clear, config=config, since=0)
        if not clear_ledger(inside) + clear_packs(inside) + _clear_leavers(inside):
            return 0
        now = contents(config)
    gone = {name for name in archive.files if name.startswith("packs/")} - set(now)
    files = {name: now.get(name, content) for name, content in archive.files.items() if name not in gone}
    write_private(path, packed(replace(archive, files=files)))
    return 1


def _clear_leavers(clear: Clear) -> int:
    """The settings in the copy without notes on them: nobody changes a .zip by hand."""
    path = clear.config.path
    text = path.read_text("utf-8-sig")
    named = leavers_named(text, lambda each: clear.book.cleansed((each,), old=True) != (each,))
    if named:
        write_private(path, without_leavers(text, named).encode("utf-8"))
    return len(named)


@contextmanager
def _unpacked(archive: Archive, config: Config) -> Iterator[Config]:
    """A backup in a folder of its own, for as long as it is looked at."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        for inside, content in archive.files.items():
            write_private(folder / inside.removeprefix("settings/"), content)
        yield replace(
            config,
            path=folder / "engage.toml",
            state=folder / "state",
            schema=_there(config.schema, config, folder),
            templates=_there(config.templates, config, folder),
        )


def _there(root: Path | None, config: Config, folder: Path) -> Path | None:
    """Where a folder of our own lies in a backup; None for one that is in none (contents.by_hand)."""
    home = config.path.parent
    return folder / root.relative_to(home) if root is not None and root.is_relative_to(home) else None


MOVING = Store(
    name="Machine backups",
    holds="Copies of the ledger, the keys, the settings and the packs, for another machine.",
    keeps="As many days as engage.toml says, the newest always; those put elsewhere, as long as whoever "
    "keeps them says.",
    search=search_moving,
    clear=clear_moving,
    root=folder_of,
)

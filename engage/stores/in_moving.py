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
from .store import Clear, Hit, Search, Store, changed_since

log = logging.getLogger(__name__)


def search_moving(search: Search) -> Iterator[Hit]:
    """What the ledger and the packs in each backup say of the subject."""
    for path in backups_in(folder_of(search.config)):
        try:
            archive = read_archive(path)
        except EngageError:
            continue
        with _unpacked(archive, search.config) as config:
            inside = replace(search, config=config)
            for hit in (*search_ledger(inside), *search_packs(inside)):
                yield replace(hit, store="Machine backups", place=f"{path.name}: {hit.place}")


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
        if not clear_ledger(inside) + clear_packs(inside):
            return 0
        now = contents(config)
    files = {name: now.get(name, content) for name, content in archive.files.items()}
    write_private(path, packed(replace(archive, files=files)))
    return 1


@contextmanager
def _unpacked(archive: Archive, config: Config) -> Iterator[Config]:
    """A backup in a folder of its own, for as long as it is looked at."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        for inside, content in archive.files.items():
            write_private(folder / inside.removeprefix("settings/"), content)
        yield replace(config, path=folder / "engage.toml", state=folder / "state")


MOVING = Store(
    name="Machine backups",
    holds="Copies of the ledger, the keys, the settings and the packs, for another machine.",
    keeps="As many as engage backup --keep says; those put elsewhere, as long as whoever keeps them says.",
    search=search_moving,
    clear=clear_moving,
    root=folder_of,
)

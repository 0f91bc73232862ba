"""Making a backup: one private file that another machine can go on from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from engage.config import Config
from engage.errors import EngageError
from engage.ledger import LEDGER_FILE, Ledger
from engage.own_files import write_private

from .archive import About, Archive, packed, read_archive
from .contents import by_hand, contents

FOLDER = "engage-backups"
STAMPED = "engage-%Y-%m-%dT%H%M%S"
NAMED = re.compile(r"engage-\d{4}-\d\d-\d\dT\d{6}\.zip")


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made. files: how many it holds; removed: older ones that went."""

    path: Path
    about: About
    files: int
    removed: int


def folder_of(config: Config) -> Path:
    """Where backups go unless another folder is named."""
    return config.path.parent / FOLDER


def back_up(config: Config, folder: Path, *, machine: str, now: datetime, keep: int = 0) -> Made:
    """Write a backup into a folder and read it back. keep: of ours in there only so many stay; 0: all.

    Raises EngageError if something cannot be read or written; then there is no backup.
    """
    archive = Archive(_about(config, machine, now), contents(config))
    path = folder / f"{now:{STAMPED}}.zip"
    write_private(path, packed(archive))
    if read_archive(path) != archive:
        raise EngageError(
            "the backup does not read as it was written", where=str(path), fix="try another disk"
        )
    return Made(path, archive.about, len(archive.files), _remove_older(folder, keep))


def backups_in(folder: Path) -> tuple[Path, ...]:
    """The backups in a folder, oldest first."""
    found = folder.iterdir() if folder.is_dir() else ()
    return tuple(sorted(path for path in found if NAMED.fullmatch(path.name)))


def _about(config: Config, machine: str, now: datetime) -> About:
    path = config.state / LEDGER_FILE
    name, turn = (Ledger(path).name, Ledger(path).turn) if path.exists() else ("", 0)
    made = now.isoformat(timespec="minutes")
    return About(
        config.partnership, made, machine, version("engage-register"), name, turn, tuple(by_hand(config))
    )


def _remove_older(folder: Path, keep: int) -> int:
    old = backups_in(folder)[:-keep] if keep else ()
    for path in old:
        path.unlink()
    return len(old)

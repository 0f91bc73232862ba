"""Going on from a backup on another machine: nothing that is there is written over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from engage.config import Config, load_config
from engage.erased.key_file import read_key_file, write_key_file
from engage.errors import EngageError, UsageError
from engage.ledger import LEDGER_FILE, Ledger
from engage.own_files import write_private

from .archive import About, Archive, read_archive
from .contents import NOT_ISSUED, TOML, packs_of


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put where."""

    about: About
    config: Config
    files: int


def restore(path: Path, folder: Path) -> Restored:
    """Put a backup into a folder: engage.toml there, everything else where that says.

    The ledger keeps its name and turn, by which the hub knows whether digests went out since the backup.
    People who were erased later are cleared out of what came back at the next sync; an agency that left later
    stays away, for the hub remembers it. Raises UsageError if
    something else stands there already, EngageError for a file that is no backup; then nothing is written.
    """
    archive = read_archive(path)
    settings = _below(archive, "settings", folder)
    _check_free(settings)
    new = [each for each in settings if not each.exists()]
    _write(settings)
    try:
        config = load_config(folder / Path(TOML).name)
        rest = {**_below(archive, "state", config.state), **_below(archive, "packs", packs_of(config))}
        _check_free(rest)
    except EngageError:
        for each in new:
            each.unlink()
        raise
    _write(rest)
    _check_ledger(config, archive.about)
    _mistrust(config)
    return Restored(archive.about, config, len(archive.files))


def _below(archive: Archive, room: str, folder: Path) -> dict[Path, bytes]:
    prefix = f"{room}/"
    found = ((name, content) for name, content in archive.files.items() if name.startswith(prefix))
    kept = ((name, content) for name, content in found if f"/{NOT_ISSUED}/" not in name)
    return {folder.joinpath(*name.removeprefix(prefix).split("/")): content for name, content in kept}


def _check_free(files: dict[Path, bytes]) -> None:
    taken = list(_taken(files))
    if taken:
        raise UsageError(
            f"other files stand here already, and are left as they are: {', '.join(map(str, taken[:5]))}",
            fix="name an empty folder with --to, or move these away first",
        )


def _taken(files: dict[Path, bytes]) -> Iterator[Path]:
    for path, content in files.items():
        if path.is_dir() or (path.exists() and path.read_bytes() != content):
            yield path


def _write(files: dict[Path, bytes]) -> None:
    for path, content in files.items():
        write_private(path, content)


def _check_ledger(config: Config, about: About) -> None:
    path = config.state / LEDGER_FILE
    if about.ledger and (not path.exists() or Ledger(path).name != about.ledger):
        raise EngageError(
            "the ledger that was restored is not the one that the backup names",
            where=str(path),
            fix="take another backup",
        )


def _mistrust(config: Config) -> None:
    """What came back may hold people who were erased since: the next sync looks through all of it."""
    file = read_key_file(config.state)
    if file.key:
        write_key_file(replace(file, cleared=0, cleared_entry=0, dirty=True))

"""What belongs in a backup of an installation, and what has to be carried by hand."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from engage.config import Config, GoogleSheet
from engage.erased.key_file import FILE as ERASURE_KEY
from engage.errors import EngageError
from engage.ledger import LEDGER_FILE
from engage.mail.one_click import KEY_FILE
from engage.slot_book import BOOK_FILE

TOML = "settings/engage.toml"
KEPT = (ERASURE_KEY, KEY_FILE, "owners.json")
NOT_ISSUED = "now"  # the folder of reports that are not kept
DATABASES = (LEDGER_FILE, BOOK_FILE)


def contents(config: Config) -> dict[str, bytes]:
    """Name in the archive → bytes: settings, ledger, clock, keys, records of erasures, packs.

    Raises EngageError if one of them cannot be read.
    """
    files = {TOML: _read(config.path)}
    for name, path in _settings(config):
        files[f"settings/{name}"] = _read(path)
    for name in DATABASES:
        if (config.state / name).exists():
            files[f"state/{name}"] = _database(config.state / name)
    for name in KEPT:
        if (config.state / name).exists():
            files[f"state/{name}"] = _read(config.state / name)
    for root, room in ((config.state / "erasures", "state/erasures"), (packs_of(config), "packs")):
        for path in _files(root):
            if path.parent.name == NOT_ISSUED:
                continue  # made again in a minute; it could bring an agency's words back after it left
            files[f"{room}/{path.relative_to(root).as_posix()}"] = _read(path)
    return files


def packs_of(config: Config) -> Path:
    """Where reports are frozen."""
    return config.path.parent / "packs"


def by_hand(config: Config) -> Iterator[str]:
    """What is not in a backup, and where it is, in words."""
    for source in config.sources:
        book = source.workbook
        where = (
            f"{book.link} (it stays at Google)"
            if isinstance(book, GoogleSheet)
            else f"{book} (unless it stays where it is)"
        )
        yield f"the workbook {source.key}: {where}"
    if config.on_google and config.google.credentials is not None:
        yield f"the key to Google: {config.google.credentials}"
    smtp = config.mail.smtp
    if config.mail.transport != "outbox" and smtp.user:
        yield f"the mail password of {smtp.user}: in this machine's keyring, or in {smtp.password_env}"
    for path in (smtp.client_file, smtp.certificate, smtp.ca_file):
        if path is not None:
            yield f"a file of the mail server's: {path}"
    for path in (config.schema, config.templates, config.logo):
        if path is not None and not path.is_relative_to(config.path.parent):
            yield f"your own {path}, which lies outside the folder of engage.toml"


def _settings(config: Config) -> Iterator[tuple[str, Path]]:
    """Files that engage.toml names and that lie below it: (path relative to it, file)."""
    home = config.path.parent
    for path in (config.schema, config.templates, config.logo):
        if path is not None and path.is_relative_to(home):
            for file in _files(path) if path.is_dir() else iter([path]):
                yield file.relative_to(home).as_posix(), file


def _files(root: Path) -> Iterator[Path]:
    yield from sorted(path for path in root.rglob("*") if path.is_file() and not path.is_symlink())


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise EngageError(
            f"this file cannot be read: {error.strerror or error}",
            where=str(path),
            fix="see that this account may read it, then run again",
        ) from error


def _database(path: Path) -> bytes:
    """A database as it stands between two transactions."""
    try:
        with closing(sqlite3.connect(path, timeout=30)) as database:
            return database.serialize()
    except sqlite3.Error as error:
        raise EngageError(
            f"this file cannot be read: {error}", where=str(path), fix="put its newest backup in its place"
        ) from error

"""Files and folders of this machine: .xlsx workbooks, the state folder, the outbox."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from engage.config import Config
from engage.errors import EngageError
from engage.mail.message import is_plain_address
from engage.own_files import make_folder
from engage.workbook.xlsx.locks import check_unlocked

from .lines import Line, of_error

STATE, MAIL = "State folder", "Mail"


def check_state(folder: Path) -> Line:
    """Whether cache, ledger, lock and backups can be kept."""
    try:
        make_folder(folder)
    except EngageError as error:
        return of_error(STATE, error)
    trouble = _cannot_write(folder)
    if trouble:
        fix = "make room on the disk, or let this account write there"
        return Line(STATE, "wrong", f"it cannot be written to: {trouble}", str(folder), fix)
    return Line(STATE, "ok", "can be written to", str(folder))


def check_file(path: Path, part: str, *, view_only: bool) -> Iterator[Line]:
    """Whether an .xlsx file is there, not open anywhere, and can be replaced."""
    if not path.is_file():
        yield Line(
            part,
            "wrong",
            "there is no such file",
            str(path),
            "correct its path in engage.toml, or run engage init to make a new one",
        )
        return
    if view_only:
        yield Line(part, "ok", "is there, to be read only", str(path))
        return
    try:
        check_unlocked(path, path.name, time.time())
    except EngageError as error:
        yield Line(part, "look", error.what, str(path), error.fix)
    trouble = "" if os.access(path, os.W_OK) else "this account may only read it"
    trouble = trouble or _cannot_write(path.parent)
    if trouble:
        fix = (
            "let this account write to the file and its folder, or mark the workbook view_only in engage.toml"
        )
        yield Line(part, "wrong", f"it cannot be written: {trouble}", str(path), fix)
    else:
        yield Line(part, "ok", "is there and can be written", str(path))


def check_mail(config: Config) -> Iterator[Line]:
    """Who may get digests, whom they are from, and where they are left."""
    mail, where = config.mail, f"{config.path.name}, [mail]"
    if not mail.allowed_domains:
        what = "no mail domain is allowed, so nobody gets a digest"
        yield Line(MAIL, "look", what, where, 'set allowed_domains, for example ["council.gov.uk"]')
    if not mail.from_address:
        what = "nobody is named as the sender, so no digest can be written"
        yield Line(MAIL, "look", what, where, "set from_address")
    elif not is_plain_address(mail.from_address):
        what = f'the sender "{mail.from_address}" is no e-mail address'
        yield Line(MAIL, "wrong", what, where, "correct from_address")
    trouble = _cannot_write(_there(mail.outbox))
    if trouble:
        fix = "make room, let this account write there, or name another folder under outbox"
        yield Line(MAIL, "wrong", f"the outbox cannot be written: {trouble}", str(mail.outbox), fix)
    else:
        yield Line(MAIL, "ok", "the outbox can be written", str(mail.outbox))


def _there(folder: Path) -> Path:
    """The folder, or the nearest one above it that is there already."""
    return next((each for each in (folder, *folder.parents) if each.exists()), folder)


def _cannot_write(folder: Path) -> str:
    """Why nothing can be written to a folder, "" if it can."""
    try:
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".engage-doctor-"):
            return ""
    except OSError as error:
        return error.strerror or str(error)

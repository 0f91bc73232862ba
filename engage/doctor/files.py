"""Files and folders of this machine: .xlsx workbooks, the state folder, any other that we write to."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from engage.errors import EngageError
from engage.own_files import make_folder
from engage.workbook.xlsx.locks import check_unlocked

from .lines import Line, of_error

STATE = "State folder"


def check_state(folder: Path) -> Line:
    """Whether cache, ledger, lock and backups can be kept."""
    try:
        make_folder(folder)
    except EngageError as error:
        return of_error(STATE, error)
    trouble = cannot_write(folder)
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
    trouble = trouble or cannot_write(path.parent)
    if trouble:
        fix = (
            "let this account write to the file and its folder, or mark the workbook view_only in engage.toml"
        )
        yield Line(part, "wrong", f"it cannot be written: {trouble}", str(path), fix)
    else:
        yield Line(part, "ok", "is there and can be written", str(path))


def cannot_write(folder: Path) -> str:
    """Why nothing can be written to a folder, "" if it can."""
    try:
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".engage-doctor-"):
            return ""
    except OSError as error:
        return error.strerror or str(error)

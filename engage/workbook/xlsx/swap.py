"""Puts a new file in the place of an old one: at every moment there is the old one or the new one, whole."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path

from engage.errors import WorkbookBusy, WorkbookError, WorkbookMissing

Step = Callable[[str], None]


def read_file(path: Path, title: str) -> tuple[bytes, str]:
    """A workbook's bytes at one moment, with their digest. Raises WorkbookError in plain words."""
    try:
        with path.open("rb") as file:
            data = file.read()
    except FileNotFoundError as error:
        raise WorkbookMissing(
            "the workbook is not there",
            where=f"{title} ({path})",
            fix="put it back, or correct its path in engage.toml",
        ) from error
    except OSError as error:
        raise denied(error, path, title, "read") from error
    return data, hashlib.sha256(data).hexdigest()


def denied(error: OSError, path: Path, title: str, verb: str) -> WorkbookError:
    """An operating system's refusal in plain words."""
    where = f"{title} ({path})"
    if isinstance(error, IsADirectoryError):
        return WorkbookError(
            "this is a folder, not a workbook", where=where, fix="correct the path in engage.toml"
        )
    if isinstance(error, PermissionError):
        return WorkbookBusy(
            f"the system did not let us {verb} it; somebody may have it open, or it is protected",
            where=where,
            fix="close it everywhere, and check that this account may change the file and its folder",
        )
    reason = error.strerror or str(error)
    return WorkbookError(
        f"it could not be {verb}: {reason}", where=where, fix="check the disk and the network drive"
    )


def swap_in(path: Path, data: bytes, guarded: str, title: str, step: Step) -> None:
    """Replace the file with data, if it still is what the guard saw. Raises WorkbookBusy if it is not.

    guarded: the digest of what the guard saw.

    Written beside it under one fixed name (a crash leaves at most that one behind, and the next write
    takes it over), flushed to disk, and put in place in one step.
    """
    path = path.resolve()
    beside = path.with_name(f".engage-{path.name}.new")
    try:
        with beside.open("wb") as file:
            step("opened the new file")
            half = len(data) // 2
            file.write(data[:half])
            step("wrote half of the new file")
            file.write(data[half:])
            file.flush()
            os.fsync(file.fileno())
        step("wrote the new file")
        with contextlib.suppress(OSError):
            shutil.copymode(path, beside)
        _check_unchanged(path, guarded, title)
        step("checked that nobody saved meanwhile")
        os.replace(beside, path)
    except OSError as error:
        _discard(beside)
        raise denied(error, path, title, "write") from error
    except WorkbookError:
        _discard(beside)
        raise
    step("put the new file in place")
    _sync_folder(path.parent)


def _check_unchanged(path: Path, guarded: str, title: str) -> None:
    _, now = read_file(path, title)
    if now != guarded:
        raise WorkbookBusy(
            "somebody saved it while we were about to write",
            where=title,
            fix="nothing was written; run the sync again",
        )


def _discard(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    """Make the swap itself survive a power cut, where the system can (Windows cannot open a folder)."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def write_new(path: Path, data: bytes) -> None:
    """Write a copy of our own, whole or not at all."""
    beside = path.with_name(f".engage-{path.name}.new")
    beside.write_bytes(data)
    os.replace(beside, path)

"""Packs: reports that were issued, each version in a folder of its own and never written again.

packs/2026-27-Q2-financial/v1/ holds the page, the .xlsx, the figures as JSON, and pack.json: what was issued
when, from what, and a digest of each file. A folder without a pack.json is none.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from engage.errors import ReportError
from engage.own_files import put_private

MANIFEST = "pack.json"
VERSION = re.compile(r"v([1-9]\d*)")


@dataclass(frozen=True, slots=True)
class Pack:
    """One issued version. folder: where it stands. issued, read: local minutes, ISO. as_of: ISO day.

    files: name → SHA-256 of its bytes. audience: "" for the readers of the hub.
    """

    folder: Path
    title: str
    partnership: str
    audience: str
    version: int
    issued: str
    read: str
    as_of: str
    files: Mapping[str, str]

    @property
    def page(self) -> Path:
        """Its page."""
        return self.folder / next(name for name in self.files if name.endswith(".html"))

    def touched(self) -> tuple[str, ...]:
        """The files that are gone or not as they were issued."""
        return tuple(name for name, digest in self.files.items() if _digest(self.folder / name) != digest)


def _digest(path: Path) -> str:
    try:
        return sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        return ""


def slug_of(label: str) -> str:
    """A folder's name for a period: "2026/27 Q2 (financial)" → "2026-27-Q2-financial"."""
    return re.sub(r"[^A-Za-z0-9]+", "-", label).strip("-")


def versions(folder: Path) -> tuple[Pack, ...]:
    """The versions of one period's pack, the first first. Raises ReportError if one cannot be understood."""
    if not folder.is_dir():
        return ()
    found = (_read(each) for each in folder.iterdir() if VERSION.fullmatch(each.name))
    return tuple(sorted((pack for pack in found if pack), key=lambda pack: pack.version))


def all_packs(packs: Path) -> tuple[Pack, ...]:
    """Every version of every pack below a folder, the newest issue first."""
    folders = sorted({manifest.parent.parent for manifest in packs.rglob(MANIFEST)}) if packs.is_dir() else []
    found = [pack for folder in folders for pack in versions(folder)]
    return tuple(sorted(found, key=lambda pack: (pack.issued, pack.title), reverse=True))


def _read(folder: Path) -> Pack | None:
    try:
        said = json.loads((folder / MANIFEST).read_text("utf-8"))
        return Pack(folder=folder, **said)
    except FileNotFoundError:
        return None
    except (ValueError, TypeError, OSError) as error:
        raise ReportError(
            f"what was issued here cannot be read: {error}",
            where=str(folder / MANIFEST),
            fix="restore the folder from a backup, or move it away to issue the pack anew",
        ) from error


def issue(pack: Pack, files: Mapping[str, bytes]) -> Pack:
    """The pack, written: whole or not at all, and never over another. pack.files is filled in from files.

    Raises ReportError if it stands there already or cannot be written.
    """
    digests = {name: sha256(content).hexdigest() for name, content in files.items()}
    manifest = {**asdict(pack), "files": digests}
    del manifest["folder"]
    beside = pack.folder.with_name(f".{pack.folder.name}.part")
    try:
        shutil.rmtree(beside, ignore_errors=True)  # of a run that was cut off
        beside.mkdir(parents=True)
        for name, content in files.items():
            put_private(beside / name, content)
        put_private(beside / MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=2).encode("utf-8"))
        os.rename(beside, pack.folder)
    except OSError as error:
        there = pack.folder.exists()
        raise ReportError(
            "this version stands there already" if there else f"it cannot be written: {error.strerror}",
            where=str(pack.folder),
            fix="issue the next version with --again"
            if there
            else "see that you may write there, then run again",
        ) from error
    issued = _read(pack.folder)
    assert issued is not None
    return issued

"""A backup file: a .zip of named files with a manifest of their digests, read only if it is just that."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any

from engage.errors import EngageError, UnsafePlan

MANIFEST = "manifest.json"
FORMAT = 1
MOST_BYTES = 2_000_000_000  # unpacked; the packs of ten years are a hundredth of it
ROOMS = ("settings", "state", "packs")


@dataclass(frozen=True, slots=True)
class About:
    """What a backup says of itself. made: local minutes, ISO. engage: the version that made it.

    ledger, turn: which ledger, and how many times it had been sent from. by_hand: what is not in it.
    """

    partnership: str
    made: str
    machine: str
    engage: str
    ledger: str
    turn: int
    by_hand: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Archive:
    """about, and files: name in the archive ("state/ledger.sqlite") → its bytes."""

    about: About
    files: Mapping[str, bytes]


def packed(archive: Archive) -> bytes:
    """The archive as the bytes of a .zip."""
    digests = {name: sha256(content).hexdigest() for name, content in sorted(archive.files.items())}
    manifest = {"format": FORMAT, **asdict(archive.about), "files": digests}
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=2))
        for name, content in sorted(archive.files.items()):
            file.writestr(name, content)
    return held.getvalue()


def read_archive(path: Path) -> Archive:
    """A backup, every file of it as it was put in.

    Raises EngageError for anything else, UnsafePlan if a newer version of Engage made it.
    """
    try:
        with zipfile.ZipFile(path) as file:
            manifest = json.loads(_content(file, MANIFEST))
            _check_format(manifest, path)
            files = {name: _content(file, name) for name in _names(file, manifest["files"])}
        about = {key: manifest[key] for key in About.__dataclass_fields__}
        return Archive(About(**about | {"by_hand": tuple(about["by_hand"])}), files)
    except FileNotFoundError as error:
        raise EngageError("there is no such file", where=str(path)) from error
    except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile, RuntimeError) as error:
        raise EngageError(
            f"this is no backup that engage backup made, or it is damaged: {error}",
            where=str(path),
            fix="take another one; nothing was written",
        ) from error


def _check_format(manifest: Any, path: Path) -> None:
    if int(manifest["format"]) > FORMAT:
        raise UnsafePlan(
            f"a newer version of Engage ({manifest.get('engage', '')}) made this backup",
            where=str(path),
            fix="install the newest version of Engage on this machine",
        )


def _names(file: zipfile.ZipFile, digests: Mapping[str, str]) -> list[str]:
    """The files that the manifest names, each there once, in a room of ours, as it was."""
    infos = [info for info in file.infolist() if info.filename != MANIFEST]
    if sorted(info.filename for info in infos) != sorted(digests):
        raise ValueError("its list of files is not what it holds")
    if sum(info.file_size for info in infos) > MOST_BYTES:
        raise ValueError("it is far too large for a backup")
    for name, digest in digests.items():
        if not _is_ours(name):
            raise ValueError(f"{name!r} has no place in a backup")
        if sha256(_content(file, name)).hexdigest() != digest:
            raise ValueError(f"{name} is not as it was put in")
    return list(digests)


def _content(file: zipfile.ZipFile, name: str) -> bytes:
    """A file's bytes, and never more than it says it has."""
    said = file.getinfo(name).file_size
    with file.open(name) as stream:
        content = stream.read(said + 1)
    if len(content) != said or said > MOST_BYTES:
        raise ValueError(f"{name} does not have the size that it says")
    return content


def _is_ours(name: str) -> bool:
    parts = PurePosixPath(name).parts
    plain = not any(part in ("..", ".") or set(part) & set('\\:*?"<>|') for part in parts)
    return plain and len(parts) > 1 and parts[0] in ROOMS and str(PurePosixPath(*parts)) == name

"""One agency's or the hub's workbook written into engage.toml; every other line, comments too, as it was."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.items import AoT

from .config import HUB, load_config
from .errors import ConfigError


def write_workbook(path: Path, link: str, *owners: str) -> None:
    """Write a link as the workbook of the hub ("hub") or of agencies, all at once; one that is not there yet
    is added.

    Raises ConfigError, with the file as it was, if the result could not be read.
    """
    before = text = path.read_text(encoding="utf-8-sig")
    for owner in owners:
        text = with_workbook(text, owner, link)
    write_checked(path, text, before)


def with_workbook(text: str, owner: str, workbook: str) -> str:
    """engage.toml with this workbook for the hub ("hub") or for an agency, as text."""
    document = tomlkit.parse(text)
    if owner == HUB:
        document.setdefault("hub", tomlkit.table())["path"] = workbook
    else:
        section_of(document, owner)["workbook"] = workbook
    return tomlkit.dumps(document)


def section_of(document: tomlkit.TOMLDocument, name: str) -> Any:
    """The agency's own section, or a new one after the last."""
    agencies = document.setdefault("agency", tomlkit.aot())
    assert isinstance(agencies, AoT)
    wanted = name.casefold()
    for section in agencies:
        if wanted in {str(section.get(key, "")).casefold() for key in ("name", "short", "key")}:
            return section
    section = tomlkit.table()
    section["name"] = name
    agencies.append(section)
    return agencies[-1]


def write_checked(path: Path, text: str, before: str) -> None:
    """Put text into engage.toml, and what stood there back if it cannot be read. Raises ConfigError."""
    _replace(path, text)
    try:
        load_config(path)
    except ConfigError:
        _replace(path, before)
        raise


def _replace(path: Path, text: str) -> None:
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(text, encoding="utf-8", newline="\n")
    os.replace(beside, path)

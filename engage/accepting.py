"""An accepted report → its agency's section in engage.toml; every other line, comments too, as it was."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.items import AoT

from .adopting import Adoption, settled_headings, settled_tabs
from .config import Config, GoogleSheet, Home, link_or_path, load_config
from .errors import ConfigError, UsageError


def accept(config: Config, adoption: Adoption, workbook: Home, *, view_only: bool) -> None:
    """Write the agency's workbook and how it is read into engage.toml.

    Raises UsageError if the agency has another workbook there, ConfigError (with the file as it was) if the
    result could not be read.
    """
    before = config.path.read_text(encoding="utf-8-sig")
    _refuse_another(config, adoption.agency, workbook)
    _replace(config.path, with_agency(before, adoption, _written(workbook, config.path.parent), view_only))
    try:
        load_config(config.path)
    except ConfigError:
        _replace(config.path, before)
        raise


def _refuse_another(config: Config, name: str, workbook: Home) -> None:
    known = config.agency(name)
    if known is not None and known.workbook not in (None, _resolved(workbook)):
        raise UsageError(
            f"{known.name} has another workbook in engage.toml, {link_or_path(known.workbook)}",
            fix="take that line out first if this one is to stand in its place",
        )


def with_agency(text: str, adoption: Adoption, workbook: str, view_only: bool) -> str:
    """engage.toml with this agency's workbook, tabs and headings, as text."""
    document = tomlkit.parse(text)
    section = _section(document, adoption.agency)
    section["workbook"] = workbook
    if view_only:
        section["view_only"] = True
    tabs = tomlkit.inline_table()
    tabs.update(settled_tabs(adoption))
    section["tabs"] = tabs
    headings = tomlkit.table(is_super_table=True)
    for title, settled in settled_headings(adoption).items():
        headings[title] = tomlkit.table()
        headings[title].update(settled)
    section.pop("headings", None)
    if headings:
        section["headings"] = headings
    return tomlkit.dumps(document)


def _section(document: tomlkit.TOMLDocument, name: str) -> Any:
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


def _resolved(workbook: Home) -> Home:
    return workbook.resolve() if isinstance(workbook, Path) else workbook


def _written(workbook: Home, folder: Path) -> str:
    """The link, or the path relative to engage.toml's folder where there is a way."""
    if isinstance(workbook, GoogleSheet):
        return workbook.link
    try:
        return Path(os.path.relpath(workbook.resolve(), folder.resolve())).as_posix()
    except ValueError:  # another drive on Windows
        return workbook.resolve().as_posix()


def _replace(path: Path, text: str) -> None:
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(text, encoding="utf-8", newline="\n")
    os.replace(beside, path)

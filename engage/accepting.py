"""An accepted report → its agency's section in engage.toml; every other line, comments too, as it was."""

from __future__ import annotations

import os
from pathlib import Path

import tomlkit

from .adopting import COPY_REMEDY, Adoption, copy_words, settled_headings, settled_tabs
from .config import Config, GoogleSheet, Home, link_or_path
from .config_writing import section_of, write_checked
from .errors import UsageError


def accept(config: Config, adoption: Adoption, workbook: Home, *, view_only: bool) -> None:
    """Write the agency's workbook and how it is read into engage.toml.

    Raises UsageError if the agency has another workbook there or this one is a copy of somebody else's,
    ConfigError (with the file as it was) if the result could not be read.
    """
    if adoption.copy_of:
        raise UsageError(copy_words(adoption), fix=COPY_REMEDY)
    before = config.path.read_text(encoding="utf-8-sig")
    _refuse_another(config, adoption.agency, workbook)
    written = place_written(workbook, config.path.parent)
    write_checked(config.path, with_agency(before, adoption, written, view_only), before)


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
    section = section_of(document, adoption.agency)
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


def _resolved(workbook: Home) -> Home:
    return workbook.resolve() if isinstance(workbook, Path) else workbook


def place_written(workbook: Home, folder: Path) -> str:
    """The link, or the path relative to engage.toml's folder where there is a way."""
    if isinstance(workbook, GoogleSheet):
        return workbook.link
    try:
        return Path(os.path.relpath(workbook.resolve(), folder.resolve())).as_posix()
    except ValueError:  # another drive on Windows
        return workbook.resolve().as_posix()

"""That a colleague has left, noted in engage.toml; every other line, comments too, as it was."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import tomlkit
from tomlkit.items import AoT

from engage.config import Config, StaffLeft
from engage.config_writing import write_checked
from engage.errors import UsageError
from engage.insight.leavers import held_by
from engage.linkage.normalise.text import words
from engage.model import Record

SECTION = "staff_left"


def only_agency(records: Iterable[Record], name: str, agency: str, to: str, today: date) -> StaffLeft:
    """The leaver, of the one agency that has a colleague of this name.

    Raises UsageError if several have one and none is named, or the name is not a first and a last name.
    """
    if len(words(name)) < 2:
        raise UsageError(f"“{name}” is not a first and a last name", fix="give both, as the sheets have them")
    leaver = StaffLeft(name.strip(), agency, to.strip(), today.isoformat())
    rows = list(records)
    found = sorted({held.record.agency for held in held_by(rows, [leaver], today) if held.sure})
    if not agency and len(found) > 1:
        raise UsageError(
            f"{name} stands in rows of {', '.join(found)}", fix="say whose colleague left: --agency NAME"
        )
    return StaffLeft(leaver.name, agency or (found[0] if found else ""), leaver.to, leaver.on)


def note_left(config: Config, leaver: StaffLeft) -> None:
    """Write it down, once for a name and an agency. Raises ConfigError, with the file as it was."""
    before = config.path.read_text(encoding="utf-8-sig")
    document = tomlkit.parse(before)
    _take_out(document, leaver.name)
    section = tomlkit.table()
    for key in ("name", "agency", "to", "on"):
        if value := getattr(leaver, key):
            section[key] = value
    document.setdefault(SECTION, tomlkit.aot()).append(section)
    write_checked(config.path, tomlkit.dumps(document), before)


def note_back(config: Config, name: str) -> None:
    """Take the note out. Raises UsageError if there is none."""
    before = config.path.read_text(encoding="utf-8-sig")
    document = tomlkit.parse(before)
    if not _take_out(document, name):
        raise UsageError(f"engage.toml does not say that {name} has left")
    write_checked(config.path, tomlkit.dumps(document), before)


def _take_out(document: tomlkit.TOMLDocument, name: str) -> bool:
    known = document.get(SECTION)
    if not isinstance(known, AoT):
        return False
    mine = [at for at, one in enumerate(known) if words(str(one.get("name", ""))) == words(name)]
    for at in reversed(mine):
        del known[at]
    if not len(known):
        del document[SECTION]
    return bool(mine)

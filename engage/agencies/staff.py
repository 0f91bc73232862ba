"""That a colleague has left, noted in engage.toml; every other line, comments too, as it was."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import tomlkit
from tomlkit.items import AoT

from engage.config import Config, StaffLeft
from engage.config_writing import write_checked
from engage.errors import UsageError
from engage.insight.leavers import digests_of, held_by
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
    held = (*held_by(rows, [leaver], today), *digests_of(rows, [leaver]))
    found = sorted({one.record.agency for one in held if one.sure})
    if not agency and len(found) > 1:
        raise UsageError(
            f"{name} stands in rows of {', '.join(found)}", fix="say whose colleague left: --agency NAME"
        )
    return StaffLeft(leaver.name, agency or (found[0] if found else ""), leaver.to, leaver.on)


def note_left(config: Config, leaver: StaffLeft) -> None:
    """Write it down, once for a name and an agency. Raises ConfigError, with the file as it was."""
    before = config.path.read_text(encoding="utf-8-sig")
    document = tomlkit.parse(before)
    _take_out(document, leaver.name, leaver.agency)
    section = tomlkit.table()
    for key in ("name", "agency", "to", "on"):
        if value := getattr(leaver, key):
            section[key] = value
    document.setdefault(SECTION, tomlkit.aot()).append(section)
    write_checked(config.path, tomlkit.dumps(document), before)


def note_back(config: Config, name: str, agency: str = "") -> bool:
    """Take the note out. agency: whose colleague, needed where two agencies have lost one of that name.

    A note that names no agency, as older ones do, holds whoever has the name: it goes too. Returns whether
    one did. Raises UsageError if there is no such note, or it is not clear which.
    """
    before = config.path.read_text(encoding="utf-8-sig")
    document = tomlkit.parse(before)
    whose = sorted({str(one.get("agency", "")) for one in _notes_on(document, name)})
    if len(whose) > 1 and not agency:
        raise UsageError(
            f"several colleagues called {name} have left: of {', '.join(filter(None, whose))}"
            + (", and one of no agency in particular" if "" in whose else ""),
            fix="say whose colleague is back: --agency NAME",
        )
    gone = {one for one in ({agency, ""} if agency else set(whose)) if _take_out(document, name, one)}
    if not gone:
        raise UsageError(f"engage.toml does not say that {name} has left")
    write_checked(config.path, tomlkit.dumps(document), before)
    return "" in gone


def _notes_on(document: tomlkit.TOMLDocument, name: str) -> list[Any]:
    known = document.get(SECTION)
    found = known if isinstance(known, AoT) else []
    return [one for one in found if words(str(one.get("name", ""))) == words(name)]


def _take_out(document: tomlkit.TOMLDocument, name: str, agency: str) -> bool:
    mine = [one for one in _notes_on(document, name) if one.get("agency", "") == agency]
    known = document.get(SECTION, [])
    for at in reversed(range(len(known))):
        if any(known[at] is one for one in mine):
            del known[at]
    if mine and not len(known):
        del document[SECTION]
    return bool(mine)

"""[[staff_left]] in a copy of engage.toml: whom it names, and the copy without them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

import tomlkit
from tomlkit.exceptions import ParseError
from tomlkit.items import AoT

SECTION = "staff_left"


def leavers_named(text: str, is_theirs: Callable[[str], bool]) -> tuple[str, ...]:
    """The names in it, of who left and who took over, that are the person's; none if it cannot be read."""
    try:
        held = [str(one.get(key, "")) for one in _notes(tomlkit.parse(text)) for key in ("name", "to")]
    except ParseError:
        return ()
    return tuple(each for each in dict.fromkeys(held) if each and is_theirs(each))


def without_leavers(text: str, gone: Collection[str]) -> str:
    """The same settings; a note on one of these goes, and of another's note only that they took over."""
    if not gone:
        return text
    document = tomlkit.parse(text)
    notes = _notes(document)
    for at in reversed(range(len(notes))):
        if str(notes[at].get("name", "")) in gone:
            del notes[at]
        elif str(notes[at].get("to", "")) in gone:
            del notes[at]["to"]
    if not notes and SECTION in document:
        del document[SECTION]
    return tomlkit.dumps(document)


def _notes(document: tomlkit.TOMLDocument) -> Any:
    known = document.get(SECTION)
    return known if isinstance(known, AoT) else []

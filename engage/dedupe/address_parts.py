"""An address that a list keeps in several columns: a house number beside the street, a second line."""

from __future__ import annotations

import tomllib
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from engage.register.headings import heading_key


@dataclass(frozen=True, slots=True)
class AddressParts:
    """Columns from 0, each in the list's order. before: house numbers; behind: further lines, a unit."""

    before: tuple[int, ...] = ()
    behind: tuple[int, ...] = ()

    def __contains__(self, at: int) -> bool:
        return at in self.before or at in self.behind

    def joined(self, street: str, parts: Mapping[int, str]) -> str:
        """The whole address. street: its main column; parts: the cells of the others, "" where blank.

        A house number that the street begins with already is said once.
        """
        numbers = (parts.get(at, "") for at in self.before)
        said = [text for text in numbers if text and not f"{street} ".startswith(f"{text} ")]
        begins = " ".join(text for text in (*said, street) if text)
        return ", ".join(text for text in (begins, *(parts.get(at, "") for at in self.behind)) if text)


def is_address_part(heading: str) -> bool:
    """Whether a column of this heading goes on with the address in another."""
    return any(heading_key(heading) in some for some in _spellings())


def address_parts(headings: Sequence[str], free: Container[int]) -> AddressParts:
    """The columns that go on with an address, by their headings. free: those that mean nothing else."""
    named = [(at, heading_key(text)) for at, text in enumerate(headings) if at in free]
    before, behind = _spellings()
    return AddressParts(
        tuple(at for at, key in named if key in before), tuple(at for at, key in named if key in behind)
    )


@cache
def _spellings() -> tuple[frozenset[str], frozenset[str]]:
    said = tomllib.loads((files("engage.dedupe") / "address_parts.toml").read_text(encoding="utf-8"))
    before, behind = (frozenset(map(heading_key, said[where])) for where in ("before", "behind"))
    return before, behind

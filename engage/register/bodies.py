"""Owners in one cell: "TMBC; LSC, GM Chamber of Commerce." → three bodies, known ones by their right name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from engage.register.text import squash, squash_lines, word_key

# Hard separators part two bodies; soft ones ("and") may stand inside one name.
_SEPARATOR = re.compile(
    r"\s*(?:[,;/|+\n]|\b(?:in\s+)?(?:partnership|conjunction|association)\s+with\b|\bsupported\s+by\b|\btogether\s+with\b"
    r"|(?P<soft>\s&\s|\band\b))\s*",
    re.IGNORECASE,
)
_RANGE = re.compile(r"(?<=[0-9]) ?- ?(?=[0-9])")
_NEAR = 0.72
_LONGEST_NAME = 6


@dataclass(frozen=True, slots=True)
class Body:
    """One body. name: its right name if known, else as typed. ask: why a person should say, "" if sure."""

    name: str
    known: bool
    ask: str = ""


def body_keys(aliases: Mapping[str, str]) -> dict[str, str]:
    """Aliases by their words alone; the right names are their own aliases."""
    keys = {word_key(name): name for name in aliases.values()}
    return {**keys, **{word_key(_plain(alias)): name for alias, name in aliases.items()}}


def read_bodies(text: str, aliases: Mapping[str, str]) -> tuple[Body, ...]:
    """Every body that a cell names, in order, each once.

    aliases: spelling → right name. Known names are found first, the longest one, so a comma or an "and"
    inside one does not part it. A name like a known one, and two unknown halves of an "and", are asked about.
    """
    return find_bodies(text, body_keys(aliases))


def find_bodies(text: str, known: Mapping[str, str]) -> tuple[Body, ...]:
    """As read_bodies, by aliases that body_keys made ready: for reading many cells."""
    pieces, soft = _pieces(_plain(text))
    found: list[Body] = []
    at = 0
    while at < len(pieces):
        size, body = _longest_known(pieces, at, known) or (1, None)
        found.append(body or _unknown(pieces[at], soft[at], pieces[at + 1 : at + 2], known))
        at += size
    return tuple(dict.fromkeys(body for body in found if body.name))


def _plain(text: str) -> str:
    lines = "\n".join(squash(line) for line in squash_lines(text).split("\n"))
    return _RANGE.sub("-", lines)


def _pieces(text: str) -> tuple[list[str], list[bool]]:
    """The text between separators, and for each piece whether an "and" stands after it."""
    pieces, soft, begin = [], [], 0
    for match in [*_SEPARATOR.finditer(text), None]:
        piece = text[begin : match.start() if match else len(text)].strip(" .:-")
        if piece:
            pieces.append(piece)
            soft.append(bool(match and match["soft"]))
        begin = match.end() if match else begin
    return pieces, soft


def _longest_known(pieces: Sequence[str], at: int, known: Mapping[str, str]) -> tuple[int, Body] | None:
    for size in range(min(_LONGEST_NAME, len(pieces) - at), 0, -1):
        for joint in (" ", " and "):
            for key in _spellings(pieces[at : at + size], joint):
                if key in known:
                    return size, Body(known[key], True)
    return None


def _spellings(pieces: Sequence[str], joint: str) -> list[str]:
    """The keys a run of pieces may have: with each joint between, and without "all … members" around it."""
    *head, last = pieces
    joined = f"{' '.join(head)}{joint}{last}" if head else last
    key = word_key(joined)
    return [
        key,
        word_key(re.sub(r"(?i)^(?:all|the)\s+|\s+(?:members|partners)$", "", joined)),
        key.removeprefix("the "),
    ]


def _unknown(piece: str, soft: bool, after: Sequence[str], known: Mapping[str, str]) -> Body:
    if near := _near(piece, known):
        return Body(piece, False, f'Is "{piece}" the same as "{near}"?')
    if soft and after:
        return Body(piece, False, f'Is "{piece} and {after[0]}" one body or two?')
    return Body(piece, False)


def _near(piece: str, known: Mapping[str, str]) -> str:
    """A known body that this spelling may be a slip for; never one with other numbers in its name."""
    key = word_key(piece)
    digits = re.findall(r"\d+", key)
    alike = [
        (ratio, name)
        for spelling, name in known.items()
        if re.findall(r"\d+", spelling) == digits
        and min(len(key), len(spelling)) > 4
        and (ratio := SequenceMatcher(None, key, spelling).ratio()) >= _NEAR
    ]
    return max(alike)[1] if alike else ""

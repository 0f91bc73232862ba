"""Cells chosen from a list: the allowed wording whatever the capitals, and near misses as suggestions."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from engage.register.reading import Doubt, Reading
from engage.register.text import join_several, squash, word_key

_YES = frozenset(["yes", "y", "true", "1", "x", "✓", "✔", "☑", "yep", "yeah", "tick", "ticked", "ok"])
_NO = frozenset(["no", "n", "false", "0", "✗", "✘", "☐", "nope"])
_PARTS = (re.compile(r"[;\n|]"), re.compile(r"[,;\n|/]"))


@dataclass(frozen=True, slots=True)
class Choices:
    """The allowed values of a list, ready to look up. None are allowed: every wording is kept."""

    values: tuple[str, ...]
    by_key: Mapping[str, str]

    @classmethod
    def of(cls, values: Sequence[str], aliases: Mapping[str, str] | None = None) -> Choices:
        """From the values, and other spellings of them. "3 Met" is also known as "Met" and "3".

        A spelling of a value that is not (any more) allowed means nothing.
        """
        allowed = set(values)
        given = (aliases or {}).items()
        by_key = {word_key(spelling): value for spelling, value in given if value in allowed}
        for value in values:
            number, _, rest = value.partition(" ")
            if number.isdecimal() and rest:
                by_key.setdefault(word_key(rest), value)
                by_key.setdefault(number, value)
        by_key.update({word_key(value): value for value in values})
        return cls(tuple(values), by_key)

    def find(self, text: str) -> str:
        """The allowed value that a wording is; "" if it is none."""
        key = word_key(text)
        return self.by_key.get(key, "") or self._yes_or_no(key or squash(text).casefold())

    def _yes_or_no(self, key: str) -> str:
        """ "y" where one allowed value begins with Yes; where two do, it is not clear which is meant."""
        word = "yes" if key in _YES else "no" if key in _NO else ""
        meant = [value for value in self.values if word and word_key(value).split(" ")[0] == word]
        return meant[0] if len(meant) == 1 else ""

    def near(self, text: str) -> str:
        """The allowed value that a wording may be a slip for; "" if none is near or two are."""
        key = word_key(text)
        starts = {value for spelling, value in self.by_key.items() if key and spelling.startswith(f"{key} ")}
        if len(starts) == 1:
            return starts.pop()
        inside = {value for value in self.values if key and key in word_key(value).split()}
        if len(inside) == 1:
            return inside.pop()
        close = get_close_matches(key, self.by_key, n=1, cutoff=0.75)
        return self.by_key[close[0]] if close else ""


CHOOSE = "Choose one from the drop-down list."


def list_reader(choices: Choices, *, several: bool = False, remedy: str = CHOOSE) -> Callable[[str], Reading]:
    """Reads a cell of this list. What is not in it is kept as typed, with a doubt and this remedy."""

    def read(text: str) -> Reading:
        shown = squash(text)
        found = choices.find(shown)
        if found or not choices.values:
            return Reading(found or shown)
        return _several(text, choices, remedy) if several else _not_listed(shown, choices, remedy)

    return read


def _several(text: str, choices: Choices, remedy: str) -> Reading:
    """The cell in parts: at semicolons and lines; a part that is not listed, at commas and slashes too."""
    parts: list[str] = []
    for part in map(squash, _PARTS[0].split(text)):
        finer = [squash(piece) for piece in _PARTS[1].split(part)]
        known = choices.find(part) or not any(choices.find(piece) for piece in finer)
        parts += [part] if known else finer
    readings = [list_part for part in parts if part for list_part in [_one_of(part, choices, remedy)]]
    doubts = tuple(doubt for reading in readings for doubt in reading.doubts)
    if doubts and any(doubt.suggestion for doubt in doubts):
        better = [r.doubts[0].suggestion or r.clean if r.doubts else r.clean for r in readings]
        doubts = (replace(doubts[0], suggestion=join_several(better)),)
    return Reading(join_several([reading.clean for reading in readings]), doubts[:1])


def _one_of(part: str, choices: Choices, remedy: str) -> Reading:
    found = choices.find(part)
    return Reading(found) if found else _not_listed(part, choices, remedy)


def _not_listed(shown: str, choices: Choices, remedy: str) -> Reading:
    what = f"“{shown}” is not in the list for this column."
    return Reading(shown, (Doubt("not-in-list", what, remedy, choices.near(shown)),))


def read_yes_no(text: str) -> Reading:
    """Yes or No for whatever people tick; anything else is kept as typed, with a doubt."""
    shown = squash(text)
    folded = shown.casefold().strip(" .!")
    if folded in _YES or folded in _NO:
        return Reading("Yes" if folded in _YES else "No")
    first = re.split(r"\W+", folded)[0]
    suggestion = {"yes": "Yes", "no": "No"}.get(first, "")
    what = f"“{shown}” is neither Yes nor No."
    return Reading(
        shown, (Doubt("not-in-list", what, "Type Yes or No, and the rest in the notes.", suggestion),)
    )

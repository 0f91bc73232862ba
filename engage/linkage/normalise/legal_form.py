"""The legal form at the end of a name: "Limited", with a slip in it, or run into the word before."""

from __future__ import annotations

import re

from .text import within_one_edit
from .words import organisation_words

_RUN_IN = re.compile(r"(\w{4,})(ltd|limited|llp|plc)")  # "Music Unlimited" is whole


def legal_end(parts: tuple[str, ...]) -> tuple[str, ...]:
    """The legal form that these words end with, () if none; a name is never all legal form."""
    if len(parts) < 2:
        return ()
    if parts[-1] in {"uk", "gb", "and"}:
        return parts[-1:]
    for form in organisation_words().forms_ending(_legal_word(parts[-1])):
        if len(parts) > len(form) and (*parts[-len(form) : -1], _legal_word(parts[-1])) == form:
            return form
    return ()


def unjoined(parts: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a name, a legal form that was run into the one before by itself: "TextilesLtd"; so also
    "TextilesL td" and "Textile sLtd".
    """
    *rest, last = parts or ("",)
    if last == "td" and rest and len(rest[-1]) > 4 and rest[-1].endswith("l"):
        return (*rest[:-1], rest[-1][:-1], "ltd")
    if last == "sltd" and rest and len(rest[-1]) > 3:
        return (*rest[:-1], f"{rest[-1]}s", "ltd")
    if found := _RUN_IN.fullmatch(last):
        return (*rest, *found.groups())
    return parts


def _legal_word(word: str) -> str:
    """ "limited" with one slip of the pen is that; "lttd" is "ltd", "plcc" is "plc"; others as they are."""
    if len(word) > 5 and within_one_edit(word, "limited"):
        return "limited"
    if len(word) == 4 and (single := re.sub(r"(.)\1+", r"\1", word)) in {"ltd", "plc"}:
        return single
    return word

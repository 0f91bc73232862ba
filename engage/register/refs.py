"""Numbers of actions as people type them: "3.3 b", "1.3.b.Ensure…"; and "As 3.3.b", which means another."""

from __future__ import annotations

import re

from engage.register.text import squash

_REF = re.compile(
    r"(?P<numbers>\d+(?: ?\. ?\d+)*)(?: ?[. ] ?(?P<letter>[ivx]{2,4}|[a-z])(?![a-z]))?", re.IGNORECASE
)
_SAME_AS = re.compile(
    r"(?:the )?(?:same )?(?:as(?: per| for| in| at)?|see(?: also)?)(?: action| ref\.?| no\.?)? ",
    re.IGNORECASE,
)
_ABOVE = re.compile(r"(?:same )?(?:as|see)(?: per)? above|ditto|do\.|[\"”″]", re.IGNORECASE)
_YEAR = re.compile(r"\d{4}")
ABOVE = "above"


def tidy_ref(text: str) -> str:
    """The number by itself, "3.3.b"; any other text as it is, without full stops and spaces around it."""
    found = _REF.match(squash(text))
    if found is None:
        return squash(text).strip(" .")
    numbers = re.sub(r" ?\. ?", ".", found["numbers"])
    return f"{numbers}.{found['letter'].lower()}" if found["letter"] else numbers


def leading_ref(text: str) -> str:
    """The number that a sentence begins with where a plan has no column for it ("3.1.a Write it down"); ""
    where it may be a figure ("2.5 million")."""
    found = _REF.match(squash(text))
    is_one = found is not None and (found["letter"] or found["numbers"].count(".") > 1)
    return tidy_ref(text) if is_one else ""


def meant_ref(text: str) -> str:
    """The action that a cell points at instead of saying what it means: "As 3.3.b" → "3.3.b", "As above" →
    ABOVE; "" if it points at none."""
    words = squash(text).strip(" .,;")
    if _ABOVE.fullmatch(words):
        return ABOVE
    begin = _SAME_AS.match(words)
    rest = words[begin.end() :] if begin else ""
    found = _REF.match(rest)
    if found is None or rest[found.end() :].strip(" .") or _YEAR.search(rest):
        return ""
    return tidy_ref(rest) if "." in rest or found["letter"] else ""

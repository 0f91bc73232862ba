"""Drive's search: name = "…" and trashed = false and 'kim@…' in owners."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .cells import Json
from .errors import Refused, not_played

VALUE = r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|true|false"
TERM = re.compile(
    rf"\s*(?:(?P<name>\w+)\s*(?P<sign>!=|=|contains\b|in\b)\s*(?P<value>{VALUE})"
    rf"|(?P<one>{VALUE})\s*in\s+(?P<many>\w+))\s*"
)
LISTS = {"parents", "owners"}
PLAYED = {"name", "mimeType", "trashed", "starred", *LISTS}


@dataclass(frozen=True, slots=True)
class Term:
    """One condition; sign: "=", "!=", "contains" or "in"."""

    name: str
    sign: str
    value: str


def terms(text: str) -> list[Term]:
    """The conditions of a search, all of which must hold; Refused where Drive or the server has none such."""
    answer: list[Term] = []
    at = 0
    while at < len(text.rstrip()):
        if answer:
            joined = re.compile(r"and\b").match(text, at)
            if joined is None:
                raise _bad()
            at = joined.end()
        found = TERM.match(text, at)
        if found is None:
            raise _bad()
        answer.append(_term(found))
        at = found.end()
    return answer


def _term(found: re.Match[str]) -> Term:
    name = found["name"] or found["many"]
    if name not in PLAYED:
        raise not_played(f"a search for {name}")
    raw = found["value"] or found["one"]
    value = raw if raw in {"true", "false"} else re.sub(r"\\(.)", r"\1", raw[1:-1])
    return Term(name, found["sign"] or "in", value)


def fits(file: Json, wanted: list[Term]) -> bool:
    """A file's facts fit all conditions."""
    return all(_fits(file, term) for term in wanted)


def _fits(file: Json, term: Term) -> bool:
    held = file.get(term.name)
    if term.name in LISTS:
        return term.value in [each if isinstance(each, str) else each["emailAddress"] for each in held or []]
    text = str(held).lower() if isinstance(held, bool) else str(held)
    if term.sign == "contains":
        return any(word.startswith(term.value.casefold()) for word in text.casefold().split()) or (
            text.casefold().startswith(term.value.casefold())
        )
    return (text == term.value) == (term.sign == "=")


def _bad() -> Refused:
    where = {"reason": "invalid", "location": "q", "locationType": "parameter"}
    return Refused("Invalid Value", drive=where)

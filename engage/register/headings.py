"""Headings as people spell them → the schema's headings of one tab, or a question.

A heading is known if it is the schema's own or the alias of one column. A word that means several things
("name", "owner", "source") is decided by the tab, by what the other headings have taken, and by what stands
under it; where that leaves two, it is asked about and left unread.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache

from engage.model import Row
from engage.ports import RECORD_ID
from engage.register.ambiguous import candidates
from engage.register.reading import Doubt
from engage.schema import Column, TabSpec

Fits = Callable[[Column, Sequence[str]], bool | None]
"""Whether values look like a column's: True, False, or None where they cannot tell."""


@lru_cache(maxsize=65536)
def heading_key(text: str) -> str:
    """A heading without case, spaces and punctuation: "E-mail addr." → "emailaddr"; "#" stays "#"."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[^\w£%]|_", "", folded) or folded.strip()


@lru_cache(maxsize=65536)
def heading_keys(text: str) -> tuple[str, ...]:
    """The keys to look a heading up by, best first: whole, then without what stands in brackets."""
    bare = re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", text)
    return tuple(dict.fromkeys(key for key in (heading_key(text), heading_key(bare)) if key))


ID_KEY = heading_key(RECORD_ID)


@dataclass(frozen=True, slots=True)
class HeadingIndex:
    """The spellings of one tab. own: key → its heading; alias: key → the headings that claim it."""

    spec: TabSpec
    own: Mapping[str, str]
    alias: Mapping[str, tuple[str, ...]]

    def choices(self, text: str) -> tuple[str, ...]:
        """The schema headings that this spelling may stand for, the likeliest first; () if unknown."""
        for key in heading_keys(text):
            if key in self.own:
                return (self.own[key],)
            named = [h for h in candidates(key, self.spec.title) if self.spec.column(h)]
            found = dict.fromkeys([*named, *self.alias.get(key, ())])
            if found:
                return tuple(found)
        return ()


def index_headings(spec: TabSpec) -> HeadingIndex:
    """Every spelling by which this tab's columns are known."""
    own: dict[str, str] = {}
    alias: dict[str, dict[str, None]] = {}
    for column in spec.columns:
        if column.filled_by not in {"system", "answer"} and heading_key(column.heading) != ID_KEY:
            own[heading_key(column.heading)] = column.heading
            for spelling in column.aliases:
                alias.setdefault(heading_key(spelling), {})[column.heading] = None
    return HeadingIndex(spec, own, {key: tuple(headings) for key, headings in alias.items()})


@dataclass(frozen=True, slots=True)
class HeadingMatch:
    """How a heading row was understood; columns count from 0.

    columns: schema heading → column. unknown, doubtful: columns that are read as nothing, doubtful ones
    with the headings they may be. twice: columns whose heading had been taken (→ that heading).
    left: columns that their owner told us to leave alone.
    """

    columns: Mapping[str, int] = field(default_factory=dict)
    id_column: int | None = None
    unknown: tuple[int, ...] = ()
    doubtful: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    twice: Mapping[int, str] = field(default_factory=dict)
    left: tuple[int, ...] = ()


@dataclass(slots=True)
class _Claims:
    """The headings given away so far."""

    columns: dict[str, int] = field(default_factory=dict)
    twice: dict[int, str] = field(default_factory=dict)
    settled: set[int] = field(default_factory=set)

    def give(self, heading: str, at: int) -> None:
        """Let this column be read as a heading; if another already is, note the second."""
        self.settled.add(at)
        if heading in self.columns:
            self.twice[at] = heading
        else:
            self.columns[heading] = at


def match_headings(
    row: Row,
    index: HeadingIndex,
    *,
    confirmed: Mapping[str, str] | None = None,
    body: Sequence[Row] = (),
    fits: Fits = lambda _column, _values: None,
) -> HeadingMatch:
    """Understand a heading row. confirmed: what the owner said of a heading; body: rows below, as samples."""
    claims, left = _Claims(), []
    said = {heading_key(text): heading for text, heading in (confirmed or {}).items()}
    named = [(at, text) for at, text in enumerate(row) if text.strip()]
    id_column = next((at for at, text in named if heading_key(text) == ID_KEY), None)
    for at, text in named:
        answer = said.get(heading_key(text))
        if at == id_column or answer == "":
            claims.settled.add(at)
            left += [at] if at != id_column else []
        elif answer and index.spec.column(answer):
            claims.give(answer, at)
    _claim_certain(named, index, claims)
    doubtful = _claim_ambiguous(
        named, index, claims, lambda at, heading: _fit(fits, index, heading, body, at)
    )
    unknown = tuple(at for at, _ in named if at not in claims.settled and at not in doubtful)
    return HeadingMatch(claims.columns, id_column, unknown, doubtful, claims.twice, tuple(left))


def _claim_certain(named: list[tuple[int, str]], index: HeadingIndex, claims: _Claims) -> None:
    """Own spellings first, wherever they stand, then aliases that mean one thing only."""
    for at, text in named:
        own = index.own.get(heading_key(text))
        if own and at not in claims.settled:
            claims.give(own, at)
    for at, text in named:
        choices = index.choices(text)
        if at not in claims.settled and len(choices) == 1 and not _needs_values(text, index):
            claims.give(choices[0], at)


def _needs_values(text: str, index: HeadingIndex) -> bool:
    """Whether the word means several things at large, so that its one meaning here must still fit."""
    return any(candidates(key, index.spec.title) for key in heading_keys(text))


def _claim_ambiguous(
    named: list[tuple[int, str]],
    index: HeadingIndex,
    claims: _Claims,
    fit: Callable[[int, str], bool | None],
) -> dict[int, tuple[str, ...]]:
    doubtful: dict[int, tuple[str, ...]] = {}
    for at, text in named:
        choices = index.choices(text)
        if at in claims.settled or not choices:
            continue
        open_ = [heading for heading in choices if heading not in claims.columns] or [choices[0]]
        chosen = _choose(open_, index, {heading: fit(at, heading) for heading in open_})
        if chosen:
            claims.give(chosen, at)
        else:
            doubtful[at] = choices
    return doubtful


def _choose(choices: list[str], index: HeadingIndex, fits: Mapping[str, bool | None]) -> str:
    """The one heading left by the values and the neighbours; "" if there are two or none."""
    proved = [heading for heading in choices if fits[heading]]
    if len(proved) == 1:
        return proved[0]
    left = [heading for heading in choices if fits[heading] is not False]
    needed = [heading for heading in left if (column := index.spec.column(heading)) and column.required]
    if len(needed) == 1:
        return needed[0]
    return left[0] if len(left) == 1 else ""


def _fit(fits: Fits, index: HeadingIndex, heading: str, body: Sequence[Row], at: int) -> bool | None:
    column = index.spec.column(heading)
    values = [row[at] for row in body[:50] if at < len(row) and row[at].strip()]
    return fits(column, values) if column else False


def heading_doubt(text: str, choices: tuple[str, ...]) -> Doubt:
    """The question that a heading of several meanings puts."""
    options = " or ".join(f'"{choice}"' for choice in choices)
    return Doubt(
        "doubtful-heading",
        f"This heading could mean {options}, so the column is not read.",
        f'In Problems to fix, Accept suggestion reads it as "{choices[0]}"; else rename it.',
        choices[0],
    )


def near_heading(text: str, index: HeadingIndex) -> str:
    """The schema heading that an unknown one may be a slip for; "" if none is near."""
    spellings = {**{key: h[0] for key, h in index.alias.items() if len(h) == 1}, **index.own}
    near = get_close_matches(heading_key(text), [k for k in spellings if len(k) > 4], n=1, cutoff=0.85)
    return spellings[near[0]] if near else ""

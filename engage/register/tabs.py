"""Which tab of the register a sheet tab is, and in which row its headings stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engage.model import Row, Tab
from engage.ports import RECORD_ID
from engage.register.headings import ID_KEY, HeadingIndex, heading_key, index_headings
from engage.schema import Schema, TabSpec

HEADER_WITHIN = 10
KNOWN_HEADINGS = 3


@dataclass(frozen=True, slots=True)
class Recognised:
    """A sheet tab and what it is. header_row: from 1, 0 if none was found. guessed: only by its headings."""

    spec: TabSpec | None
    header_row: int = 0
    guessed: bool = False


def is_ours(title: str, schema: Schema) -> bool:
    """Whether a sheet tab is the system's own by its title: a built tab, or hidden working state."""
    key = _title_key(title)
    built = (tab for tab in schema.tabs.values() if tab.kind == "built")
    ours = {_title_key(name) for tab in built for name in _names(tab)}
    return title.startswith("_engage") or key in ours or key.endswith("(built nightly)")


def recognise(tab: Tab, schema: Schema, *, confirmed: str | None = None) -> Recognised:
    """What a sheet tab is: as its owner confirmed, by its title, else by its headings.

    confirmed: the schema tab's title, "" for "leave alone", None if its owner has not said.
    """
    if confirmed == "":
        return Recognised(None)
    spec = schema.tabs.get(confirmed) if confirmed else _by_title(tab.title, schema)
    if spec is not None:
        return Recognised(spec, find_header(tab.rows, index_headings(spec)))
    return _by_headings(tab, schema)


def find_header(rows: Sequence[Row], index: HeadingIndex) -> int:
    """The row (from 1) that holds the headings: the first of the top ten with three or more known; else 0.

    A tab of fewer than three columns needs all of them.
    """
    needed = min(KNOWN_HEADINGS, max(1, len(index.own)))
    for number, row in enumerate(rows[:HEADER_WITHIN], start=1):
        if len(known_headings(row, index)) >= needed:
            return number
    return 0


def known_headings(row: Row, index: HeadingIndex) -> frozenset[str]:
    """The headings of this tab that a row spells, its Record ID included; each once."""
    choices = sorted((index.choices(text) for text in row if 0 < len(text) < 80), key=len)
    found: set[str] = set()
    for headings in choices:
        found.update([heading for heading in headings if heading not in found][:1])
    has_id = any(heading_key(text) == ID_KEY for text in row if text)
    return frozenset(found | {RECORD_ID} if has_id else found)


def _title_key(title: str) -> str:
    return " ".join(title.casefold().split())


def _names(spec: TabSpec) -> tuple[str, ...]:
    return (spec.title, *spec.aliases)


def _by_title(title: str, schema: Schema) -> TabSpec | None:
    key = _title_key(title)
    staff = (spec for spec in schema.tabs.values() if spec.kind == "staff")
    return next((spec for spec in staff if key in {_title_key(name) for name in _names(spec)}), None)


def _by_headings(tab: Tab, schema: Schema) -> Recognised:
    """The staff tab that most of the headings belong to, if its required ones are there and it is alone.

    A heading that many tabs have (Date, Notes) counts for little: each is shared among those that know it.
    """
    indexes = [index_headings(spec) for spec in schema.staff_tabs()]
    for number, row in enumerate(tab.rows[:HEADER_WITHIN], start=1):
        known = {index.spec.title: known_headings(row, index) for index in indexes}
        scores = {
            index.spec.title: _score(row, index, indexes)
            for index in indexes
            if len(known[index.spec.title]) >= KNOWN_HEADINGS
            and _has_required(index, known[index.spec.title])
        }
        best = sorted(scores, key=lambda title: -scores[title])[:2]
        if best and (len(best) == 1 or scores[best[0]] > scores[best[1]]):
            return Recognised(schema.tabs[best[0]], number, guessed=True)
    return Recognised(None)


def _score(row: Row, index: HeadingIndex, indexes: Sequence[HeadingIndex]) -> float:
    knowing = ([other.spec.title for other in indexes if other.choices(text)] for text in row if text.strip())
    return sum(1 / len(titles) for titles in knowing if index.spec.title in titles)


def _has_required(index: HeadingIndex, known: frozenset[str]) -> bool:
    required = {column.heading for column in index.spec.columns if column.required and column.laid_out}
    return (
        bool(known & required) and required <= known | {"Agency"} if required else len(known) > KNOWN_HEADINGS
    )

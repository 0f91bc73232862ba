"""The invented vocabulary of the demo, from words.toml: people, places, trades, what staff write."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

_WORDS: dict[str, Any] = tomllib.loads((files("engage.demo") / "words.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Town:
    """A town: its outward postcodes and the dialling code of its phones."""

    name: str
    outward: tuple[str, ...]
    dial: str


@dataclass(frozen=True, slots=True)
class Trade:
    """A line of business: the words of its name, its sector and SIC code, its usual size."""

    words: str
    sector: str
    sic: str
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class PublicBody:
    """A public body: nobody's company, known by three names."""

    name: str
    short: str
    acronym: str
    sic: str
    staff: int


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of engagement: how often it happens, its usual reasons, what staff write of it."""

    name: str
    weight: int
    reasons: tuple[str, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gathering:
    """An event to be: days from the demo's today, hosts by agency key, employers aimed at and invited."""

    days: int
    name: str
    kind: str
    lead: str
    others: tuple[str, ...]
    sector: str
    target: int
    guests: int


def _several(key: str) -> tuple[str, ...]:
    return tuple(_WORDS[key])


PARTNERSHIP: str = _WORDS["partnership"]
FIRST_NAMES = tuple(
    (n, nick) for n, _, nick in (word.partition(":") for word in _WORDS["first_names"].split())
)
LAST_NAMES: tuple[str, ...] = tuple(_WORDS["last_names"].split())
MARKS = tuple(mark.replace("-", " ") for mark in _WORDS["marks"].split())
STREETS, JOB_TITLES, JOBS = _several("streets"), _several("job_titles"), _several("jobs")
NEED_TYPES: dict[str, str] = dict(_WORDS["need_types"])
NEEDS, NEXT_STEPS, SCHEMES = _several("needs"), _several("next_steps"), _several("schemes")
VENUES, COMMITMENTS, BRANDS = _several("venues"), _several("commitments"), _several("brands")
AIMS = _several("aims")
TOWNS = tuple(Town(name, tuple(town["outward"]), town["dial"]) for name, town in _WORDS["towns"].items())
STAFF: dict[str, tuple[str, ...]] = {agency: tuple(names) for agency, names in _WORDS["staff"].items()}
TRADES = tuple(
    Trade(words, sector, sic, low, high)
    for sector, lines in _WORDS["trades"].items()
    for words, sic, low, high in lines
)
PUBLIC = tuple(PublicBody(*row) for row in _WORDS["public"])
KINDS = {
    name: Kind(name, kind["weight"], tuple(kind["reasons"]), tuple(kind["texts"]))
    for name, kind in _WORDS["kinds"].items()
}
GATHERINGS = tuple(
    Gathering(days, name, kind, lead, tuple(others), sector, target, guests)
    for days, name, kind, lead, others, sector, target, guests in _WORDS["events"]
)

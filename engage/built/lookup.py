"""Finding a merged employer by what somebody remembers of it: its number, a name, a spelling, a typo."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher

from engage.insight.facts import Facts
from engage.insight.reading import PlainRow, plain_rows
from engage.linkage.survivorship import plain
from engage.register.text import split_several

EXACT, WORDS, LIKE = 1.0, 0.9, 0.8
IDENTIFIERS = ("employer_id", "Company number", "Charity number", "Postcode", "Phone")


def find_employers(facts: Facts, wanted: str, *, most: int = 10) -> tuple[PlainRow, ...]:
    """The golden employers that fit, best first, then by name; () if none does.

    An exact id, name or alias beats names that hold every word that was typed; those beat a likeness. If one
    fits exactly, only exact ones are given.
    """
    ranked = sorted(_ranked(plain_rows(facts.employers), wanted), key=lambda hit: (-hit[0], hit[1], hit[2]))
    if ranked and ranked[0][0] == EXACT:
        ranked = [hit for hit in ranked if hit[0] == EXACT]
    return tuple(row for *_, row in ranked[:most])


def _ranked(rows: Iterable[PlainRow], wanted: str) -> Iterator[tuple[float, str, str, PlainRow]]:
    for row in rows:
        score = likeness(row, wanted)
        if score >= LIKE:
            yield score, row.get("Employer", "").casefold(), row["employer_id"], row


def likeness(row: Mapping[str, str], wanted: str) -> float:
    """How well a golden employer fits what was typed, 0..1."""
    key = plain(wanted)
    if not key:
        return 0.0
    names = [row.get("Employer", ""), *split_several(row.get("Also known as", ""))]
    if key in {plain(name) for name in names} | {plain(row.get(name, "")) for name in IDENTIFIERS}:
        return EXACT
    words = [plain(word) for word in wanted.split() if plain(word)]
    return max(_name_likeness(name, words, key) for name in names)


def _name_likeness(name: str, words: list[str], key: str) -> float:
    said = [plain(word) for word in name.split()]
    if not any(said):
        return 0.0
    if all(any(mine.startswith(word) for mine in said) for word in words) or key in plain(name):
        return WORDS
    pairs = [max(_ratio(word, mine) for mine in said) for word in words]
    return max(_ratio(key, plain(name)), 0.95 * sum(pairs) / len(pairs))


def _ratio(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= LIKE else 0.0

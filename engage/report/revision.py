"""What has changed from one version of a pack to the next, and why: two documents of a period compared.

The first version's document is the one that was frozen beside its page, so that what is said of it is what it
said, and not what would be worked out of it now.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engage.digest.plain import plain

Document = Mapping[str, Any]  # as report.words.as_document gives it
LONGEST_WHY = 400
IDENTIFIER = re.compile(r"\b(?:EMP|PER|SIT)-\w+")
OTHER_ROWS = (
    "Rows that people have typed, changed or taken out since then count as they are now; so do answers in To "
    "review."
)


@dataclass(frozen=True, slots=True)
class Change:
    """One figure that is not what it was. before, now: None where it is not known, or was not there."""

    section: str
    label: str
    before: int | None
    now: int | None

    @property
    def words(self) -> str:
        """ "Employers spoken to: 2, was 1"."""
        was, is_now = ("not known" if one is None else f"{one:,}" for one in (self.before, self.now))
        return f"{self.label}: {is_now}, was {was}"


@dataclass(frozen=True, slots=True)
class Revision:
    """What stands at the head of a version after the first.

    since: the version that it takes the place of; issued: when that was issued, in words. tables: built tabs
    whose rows for the period differ. whys: sentences.
    """

    since: int
    issued: str
    changes: tuple[Change, ...]
    tables: tuple[str, ...]
    whys: tuple[str, ...]

    @property
    def says(self) -> str:
        """What it takes the place of, in a sentence."""
        same = "" if self.changes or self.tables else " Every figure and table is as it was."
        return f"This takes the place of version {self.since}, issued {self.issued}, which is kept.{same}"


def revision(
    before: Document, now: Document, *, since: int, issued: str, whys: Sequence[str] = (), explained: bool
) -> Revision:
    """The revision of a pack. explained: whether `whys` account for every figure that differs."""
    changes, tables = tuple(changes_in(before, now)), tuple(tables_changed(before, now))
    others = () if explained or not (changes or tables) else (OTHER_ROWS,)
    said = tuple(plain(why, LONGEST_WHY) for why in whys)
    return Revision(since, issued, changes, tables, (*said, *others))


def changes_in(before: Document, now: Document) -> Iterator[Change]:
    """The figures that differ, in the order of the page."""
    was, is_now = figures_of(before), figures_of(now)
    for key in dict.fromkeys([*is_now, *was]):
        if was.get(key) != is_now.get(key):
            yield Change(*key, was.get(key), is_now.get(key))


def figures_of(document: Document) -> dict[tuple[str, str], int | None]:
    """(section, label) → the figure."""
    return {
        (section["title"], figure["label"]): figure["value"]
        for section in document["sections"]
        for figure in section["figures"]
    }


def tables_changed(before: Document, now: Document) -> Iterator[str]:
    """The built tabs of whose rows one says something else than an identifier, which a split may move."""
    was, is_now = _tables(before), _tables(now)
    for tab in dict.fromkeys([*is_now, *was]):
        if was.get(tab) != is_now.get(tab):
            yield tab


def _tables(document: Document) -> dict[str, list[list[str]]]:
    return {
        table["tab"]: [[IDENTIFIER.sub("", str(cell)) for cell in row] for row in table["rows"]]
        for section in document["sections"]
        for table in section["tables"]
    }

"""Everybody who was erased, as marks that any text can be held against."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise

from engage.model import Erased

from .key_file import KeyFile, hasher
from .marks import FIRM, NAME, RARE, SURE, Known, Marks
from .matching import OPEN, Matcher, struck, whose_row, without

IDENTIFIERS = re.compile(r"\b(?:R|PER)-[0-9A-Z]{7,8}\b")
PERSON = re.compile(r"^PER-[0-9A-Z]{7}$")
KEY = re.compile(r"^(?:(?:R|EMP|PER|SIT)-[0-9A-Z]+|R-\w+#\d+ ~ R-\w+#\d+.*|[FT]-[0-9a-f]+)$")


@dataclass(frozen=True, slots=True)
class ErasedBook:
    """erased: ERA-… → who. matcher: their marks."""

    erased: Mapping[str, Erased] = field(default_factory=dict)
    matcher: Matcher = field(default_factory=lambda: Matcher(Marks()))

    def __bool__(self) -> bool:
        return bool(self.erased)

    def cleansed(self, cells: tuple[str, ...], *, old: bool = False) -> tuple[str, ...]:
        """A row of a tab, a log or a file without them.

        A full name counts by itself unless a namesake is known, who would be taken out with them. old: the
        row may be of before the erasure, when nobody else had a word that was rare then.
        """
        named = dict.fromkeys(self.named_in(cells, old=old), OPEN)
        return tuple(without(cell, self.matcher, named) for cell in cells) if named else cells

    def named_in(self, cells: tuple[str, ...], *, old: bool = False) -> frozenset[str]:
        """Which of them a row names, as cleansed() has it."""
        pairs = (f"{one} {other}" for one, other in pairwise(cells) if one and other)  # names in two cells
        found = whose_row((*cells, *pairs), self.matcher)
        return frozenset(who for who, grades in found.items() if self._is_named(who, grades, old))

    def struck(self, text: str) -> str:
        """A running text without them, whatever is left of it; it may be of before the erasure."""
        found = whose_row((text,), self.matcher)
        named = {who: OPEN for who, grades in found.items() if self._is_named(who, grades, old=True)}
        return struck(text, self.matcher, named) if named else text

    def emptied(self, cells: tuple[str, ...]) -> tuple[str, ...]:
        """A row of what was kept of the tabs (a snapshot, the journal) without them.

        One that is about them, known by its Record ID or Person ID, is left with nothing but identifiers, and
        so is one of a list of people that names them.
        """
        now = self.cleansed(cells, old=True)
        mine = any(one in self.rows for cell in cells for one in IDENTIFIERS.findall(cell))
        if mine or (now != cells and any(PERSON.match(cell) for cell in cells)):
            return tuple(cell if KEY.match(cell) else "" for cell in cells)
        return now

    @property
    def rows(self) -> frozenset[str]:
        """The identifiers of the rows that were wholly theirs."""
        return frozenset(row for one in self.erased.values() for row in one.rows)

    def _is_named(self, who: str, grades: frozenset[str], old: bool) -> bool:
        alone = not self.erased[who].besides or FIRM in grades
        return SURE in grades or (NAME in grades and alone) or (old and RARE in grades and alone)

    def knowing(self, others: Mapping[str, frozenset[str]], reused: frozenset[str]) -> ErasedBook:
        """The book as it is after tonight's reading.

        others: ERA-… → records of which people have said that they are somebody else's. reused: rows that
        were one of theirs and that an agency has filled with somebody else.
        """
        erased = {
            who: replace(one, besides=one.besides | others.get(who, frozenset()), rows=one.rows - reused)
            for who, one in self.erased.items()
        }
        return self if erased == self.erased else replace(self, erased=erased)


def book_of(file: KeyFile, erased: Mapping[str, Erased]) -> ErasedBook:
    """The book of these people, whose hashes are this file's."""
    if not erased:
        return ErasedBook()
    known: dict[str, set[Known]] = defaultdict(set)
    for who, one in erased.items():
        for digits, grade in one.marks.items():
            known[digits].add((who, grade))
    marks = Marks({digits: frozenset(found) for digits, found in known.items()}, hasher(file.key))
    return ErasedBook(erased, Matcher(marks))

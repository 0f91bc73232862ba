"""Every place where personal data can lie: one list, by which people are found, shown and erased.

A new file, table or folder that the system keeps is one entry here; a test fails when one is forgotten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from engage.cache import Cache
from engage.config import Config
from engage.erased.book import ErasedBook
from engage.erased.marks import NAME
from engage.erased.matching import Matcher, is_sure, whose_row
from engage.night import Night
from engage.schema import Schema

from .subject import Subject


@dataclass(frozen=True, slots=True)
class Hit:
    """One text that is held on a person. place: the store and where in it, in words.

    heading: what the text is ("Email"); day: since when or of when, ISO, "" unknown. agency, record_id: whose
    row it is, and which, of what staff typed.
    sure: whether it is surely theirs; free: whether it is somebody's own words, which may name others.
    """

    store: str
    place: str
    heading: str
    text: str
    day: str = ""
    agency: str = ""
    record_id: str = ""
    sure: bool = True
    free: bool = False


@dataclass(frozen=True, slots=True)
class Search:
    """What the stores are searched with."""

    config: Config
    schema: Schema
    cache: Cache
    night: Night
    subject: Subject
    matcher: Matcher


@dataclass(frozen=True, slots=True)
class Clear:
    """What the stores are cleared with.

    since: when they were last cleared of all these people (seconds since the epoch), and up to which entry of
    the journal; 0: never, so that everything is looked through.
    """

    config: Config
    schema: Schema
    cache: Cache
    book: ErasedBook
    since: float = 0
    since_entry: int = 0


@dataclass(frozen=True, slots=True)
class Store:
    """One place. holds: what of people it holds, and why, for the data map. keeps: how long.

    files: patterns of its files below the state folder; root: a folder that is wholly its own.
    clear: takes those who were erased out of it and says how many pieces were changed; None: this cannot be
    done by us, and `why_not` says who can.
    """

    name: str
    holds: str
    keeps: str
    search: Callable[[Search], Iterable[Hit]]
    clear: Callable[[Clear], int] | None = None
    why_not: str = ""
    files: tuple[str, ...] = ()
    root: Callable[[Config], Path] | None = None

    def owns(self, path: Path, config: Config) -> bool:
        """Whether a file is this store's."""
        if self.root is not None and path.is_relative_to(self.root(config)):
            return True
        inside = path.is_relative_to(config.state)
        return inside and any(fnmatch(path.relative_to(config.state).as_posix(), each) for each in self.files)


def changed_since(path: Path, since: float) -> bool:
    """Whether a file was written after this moment; a file system may count in steps of two seconds."""
    return path.exists() and path.stat().st_mtime >= since - 2


def names(search: Search, texts: Iterable[str]) -> bool | None:
    """Whether a row of texts surely names the subject (True), may (False), or does not (None)."""
    grades = whose_row(texts, search.matcher).get("", frozenset())
    if not grades:
        return None
    return is_sure(grades) or (NAME in grades and not search.subject.besides and not search.subject.doubtful)


def everywhere(search: Search, stores: Iterable[Store]) -> Iterator[Hit]:
    """Every text held on the subject, store by store."""
    for store in stores:
        yield from store.search(search)

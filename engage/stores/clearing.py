"""Clearing the stores of those who were erased: once from end to end, then of what a run has added."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from time import time

from engage.cache import Cache
from engage.config import Config
from engage.erased.book import book_of
from engage.erased.key_file import read_key_file, write_key_file
from engage.errors import EngageError
from engage.model import Erased
from engage.schema import Schema

from .registry import STORES
from .store import Clear

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Cleared:
    """pieces: store → how many files, rows or entries were changed. left: store → why it was not cleared."""

    pieces: Mapping[str, int]
    left: Mapping[str, EngageError]


def note_that_names_came_in(config: Config) -> None:
    """Write down that a run copies somebody who was erased, so that it is cleared even if cut off."""
    file = read_key_file(config.state)
    if not file.dirty:
        write_key_file(replace(file, dirty=True))


def learn_of_erasures(config: Config, erased: Mapping[str, Erased]) -> None:
    """Take over who was erased by the hub's memory: a restored backup may be older than an erasure.

    The stores are then looked through from end to end.
    """
    file = read_key_file(config.state)
    if any(file.erased.get(reference) != one for reference, one in erased.items()):
        known = {**file.erased, **erased}
        write_key_file(replace(file, erased=known, cleared=0, cleared_entry=0, dirty=True))


def clear_if_names_came_in(config: Config, schema: Schema, cache: Cache) -> Cleared | None:
    """What this run, or one that was cut off, has copied of people who were erased is taken out again."""
    return clear_stores(config, schema, cache) if read_key_file(config.state).dirty else None


def clear_stores(config: Config, schema: Schema, cache: Cache) -> Cleared:
    """What has come into the stores since they were last cleared, without those who were erased.

    What could not be cleared now, because somebody has it open, is cleared at the next sync.
    """
    file, began = read_key_file(config.state), time()
    book = book_of(file, file.erased)
    clear = Clear(config, schema, cache, book, file.cleared, file.cleared_entry)
    pieces, left = dict[str, int](), dict[str, EngageError]()
    for store in STORES:
        try:
            pieces |= {store.name: store.clear(clear)} if store.clear else {}
        except EngageError as error:
            left[store.name] = error
    if left:
        log.warning("stores not cleared: %s", ", ".join(left))
    else:
        write_key_file(replace(file, cleared=began, cleared_entry=cache.newest, dirty=False))
    return Cleared(pieces, left)

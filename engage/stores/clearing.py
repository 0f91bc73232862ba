"""Clearing the stores of those who were erased: once from end to end, then of what a run has added."""

from __future__ import annotations

import logging
from dataclasses import replace
from time import time

from engage.cache import Cache
from engage.config import Config
from engage.erased.book import book_of
from engage.erased.key_file import read_key_file, write_key_file

from .registry import STORES
from .store import Clear

log = logging.getLogger(__name__)


def note_that_names_came_in(config: Config) -> None:
    """Write down that a run copies somebody who was erased, so that it is cleared even if cut off."""
    file = read_key_file(config.state)
    if not file.dirty:
        write_key_file(replace(file, dirty=True))


def clear_if_names_came_in(config: Config, cache: Cache) -> dict[str, int]:
    """What this run, or one that was cut off, has copied of people who were erased is taken out again."""
    return clear_stores(config, cache) if read_key_file(config.state).dirty else {}


def clear_stores(config: Config, cache: Cache, *, wholly: bool = False) -> dict[str, int]:
    """Every store without those who were erased; store → how many pieces were changed.

    wholly: look through everything, not only what has come since the last clearing.
    """
    file, began = read_key_file(config.state), time()
    since, entry = (0.0, 0) if wholly else (file.cleared, file.cleared_entry)
    clear = Clear(config, cache, book_of(file, file.erased), since, entry)
    cleared = {store.name: store.clear(clear) for store in STORES if store.clear}
    write_key_file(replace(file, cleared=began, cleared_entry=cache.newest, dirty=False))
    for name, count in cleared.items():
        log.info("store %s: %d pieces changed for people who were erased", name, count)
    return cleared

"""The list of stores. A new place where personal data can lie is one line here."""

from __future__ import annotations

from pathlib import Path

from engage.config import Config

from .in_backups import BACKUPS
from .in_cache import CACHE
from .in_files import ANSWERS, EXPORTS, OUTBOX
from .in_ledger import LEDGER
from .in_moving import MOVING
from .in_packs import PACKS
from .in_settings import CLOCK, KEYS, RECORDS, REQUESTS, SETTINGS
from .in_sheets import WORKBOOKS
from .store import Store

STORES: tuple[Store, ...] = (
    WORKBOOKS, CACHE, BACKUPS, LEDGER, OUTBOX, PACKS, ANSWERS, EXPORTS,
    MOVING, SETTINGS, REQUESTS, CLOCK, KEYS, RECORDS,
)  # fmt: skip


def owner_of(path: Path, config: Config) -> Store | None:
    """The store that a file of ours belongs to; None if it was forgotten."""
    if path in (config.path, *(source.workbook for source in config.sources)):
        return SETTINGS if path == config.path else WORKBOOKS
    return next((store for store in STORES if store.owns(path, config)), None)

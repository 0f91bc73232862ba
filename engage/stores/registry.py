"""The list of stores. A new place where personal data can lie is one line here."""

from __future__ import annotations

from .in_cache import CACHE
from .in_files import OUTBOX, PACKS
from .in_ledger import LEDGER
from .in_sheets import WORKBOOKS
from .store import Store

STORES: tuple[Store, ...] = (WORKBOOKS, CACHE, LEDGER, OUTBOX, PACKS)

"""In which formats an installation's files and sheets are written, before and after an upgrade."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engage import cache, ledger, slot_book
from engage.cache import CACHE_FILE, Cache
from engage.config import Config
from engage.errors import EngageError, WorkbookError
from engage.ledger import LEDGER_FILE, Ledger
from engage.migrating import format_of
from engage.ports import Workbook
from engage.slot_book import BOOK_FILE, SlotBook
from engage.state import TAB
from engage.state_formats import FORMAT, format_in

DATABASES = {
    LEDGER_FILE: ("the ledger", len(ledger.STEPS)),
    CACHE_FILE: ("the cache", len(cache.STEPS)),
    BOOK_FILE: ("the clock", len(slot_book.STEPS)),
}


@dataclass(frozen=True, slots=True)
class Written:
    """Something that is written in a format. found: the format's number, "" if there is nothing yet; ours:
    the one that this version writes. trouble: why it could not be looked at, in words."""

    what: str
    where: str
    found: str
    ours: str
    trouble: str = ""

    @property
    def is_newer(self) -> bool:
        """Whether a newer version wrote it."""
        return self.found.isdigit() and int(self.found) > int(self.ours)

    @property
    def is_older(self) -> bool:
        """Whether this version will write it anew."""
        return self.found.isdigit() and int(self.found) < int(self.ours)


def formats(config: Config, workbooks: Mapping[str, Workbook]) -> Iterator[Written]:
    """Every database and every hidden memory; nothing is written."""
    for name, (what, ours) in DATABASES.items():
        path = config.state / name
        try:
            found = str(format_of(path)) if path.exists() else ""
            yield Written(what, str(path), found, str(ours))
        except EngageError as error:
            yield Written(what, str(path), "", str(ours), error.what)
    for key, book in workbooks.items():
        try:
            yield Written(f"{TAB} of {key}", book.title, format_in(book.peek(TAB)), FORMAT)
        except WorkbookError as error:
            yield Written(f"{TAB} of {key}", book.title, "", FORMAT, error.what)


def bring_up_databases(config: Config) -> None:
    """Open each of them once, which brings it up to this version. Raises EngageError."""
    for name, open_one in ((LEDGER_FILE, Ledger), (CACHE_FILE, Cache), (BOOK_FILE, SlotBook)):
        if (config.state / name).exists():
            open_one(config.state / name)

"""The deputy's page: this very installation, from its own settings and files."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from engage.cache import CACHE_FILE, Cache
from engage.config import HUB, Config, link_or_path
from engage.departures import as_the_hub_says, held_out_words
from engage.errors import EngageError
from engage.insight.weeks import moment_words
from engage.ledger import LEDGER_FILE, Ledger
from engage.slot_book import BOOK_FILE, SlotBook
from engage.state import TAB as MEMORY
from engage.state import Left, decode

from .backing_up import STAMPED, backups_in, folder_of
from .contents import by_hand


@dataclass(frozen=True, slots=True)
class Standing:
    """What this machine's own files say. Moments in words, "" for never or not known."""

    last_sync: str
    looked: str
    last_sent: str
    newest_backup: str


def handover(config: Config, *, machine: str, now: datetime) -> str:
    """The page as text in Markdown. now: local, no zone.

    Whoever has left by the hub's memory, as this machine last read it, counts as having left.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - only where it is made

    config = as_the_hub_says(config, _left_when_last_read(config))
    env = Environment(
        loader=PackageLoader("engage.templates", ""),
        autoescape=False,  # plain text, no page
        undefined=StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True,
    )
    return env.get_template("handover.md").render(
        config=config,
        machine=machine,
        made=moment_words(now.isoformat(" ", "minutes")),
        version=version("engage-register"),
        program=Path(sys.executable).parent,
        workbooks=[(one.key, link_or_path(one.workbook), one.view_only) for one in config.sources],
        by_hand=tuple(by_hand(config)),
        stands=standing(config),
        backups=folder_of(config),
        held_out=tuple(held_out_words(config)),
    )


def _left_when_last_read(config: Config) -> Mapping[str, Left]:
    """Who has left, as the hub remembered it when this machine last read it; nobody if it cannot be known."""
    path = config.state / CACHE_FILE
    if not path.exists():
        return {}
    with suppress(EngageError):
        last = Cache(path).last(HUB)
        tab = last[0].tab(MEMORY) if last else None
        return decode(tab.rows, HUB).left if tab else {}
    return {}


def standing(config: Config) -> Standing:
    """The same files, looked at; one that cannot be read says nothing."""
    book = config.state / BOOK_FILE
    path = config.state / LEDGER_FILE
    try:
        slots = SlotBook(book) if book.exists() else SlotBook(None)
        sent = Ledger(path).newest if path.exists() else None
    except EngageError:
        slots, sent = SlotBook(None), None
    kept = backups_in(folder_of(config))
    newest = datetime.strptime(kept[-1].stem, STAMPED) if kept else None  # noqa: DTZ007 - local time
    return Standing(_words(slots.last_sync), _words(slots.looked), _words(sent), _words(newest))


def _words(moment: datetime | None) -> str:
    return moment_words(moment.isoformat(" ", "minutes")) if moment else ""

"""The lines that a reader's next digest brings, of merges that were taken back after it had told of them.

They come with a digest that goes out anyway and never of themselves, to those alone whose own digests told
otherwise, each once: the ledger notes which digest brought it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from engage.config import HUB
from engage.desk import Desk
from engage.digest.model import Correction
from engage.digest.readers import Reader
from engage.ledger import FAILED, Entry, Ledger, Send
from engage.recipients import audience_of

from .as_sent import Sent, as_sent
from .as_told import facts_if
from .digests import Telling, sent_meanwhile, told_otherwise
from .splits import Split, as_one, is_apart, splits_in
from .words import correction

WITHIN = timedelta(days=92)  # after a split; who gets no digest in a quarter hears of it no more
MOST = 8  # in one digest; the others come with the next


@dataclass(slots=True)
class Corrections:
    """What today's digests have to put right. Pure but for what it remembers of itself.

    splits: those that may still be said. told: (address, split) that were said. entries: of the ledger.
    """

    desk: Desk
    splits: tuple[Split, ...] = ()
    told: frozenset[tuple[str, str]] = frozenset()
    entries: tuple[Entry, ...] = ()
    _given: dict[tuple[str, str], Send] = field(default_factory=dict)
    _tellings: dict[str, tuple[Telling, Telling]] = field(default_factory=dict)

    def lines(self, reader: Reader, send: Send) -> tuple[Correction, ...]:
        """Those of one digest; asked again for it, the same. Of a reader's two digests the first has them."""
        found: list[Correction] = []
        if not self.splits or not self._is_open(send):
            return ()
        for split in self.splits:
            mine = send.key[0], split.key
            if mine in self.told or self._given.get(mine, send) != send or len(found) == MOST:
                continue
            line = self._line(split, reader)
            if line is not None:
                self._given[mine] = send
                found.append(line)
        return tuple(found)

    def _is_open(self, send: Send) -> bool:
        known = {entry.send.key: entry.status for entry in self.entries}
        return known.get(send.key, FAILED) == FAILED

    def _line(self, split: Split, reader: Reader) -> Correction | None:
        mine = [entry for entry in self.entries if entry.send.key[0] == reader.email]
        sent, _ = sent_meanwhile(split, mine, [reader], as_then(self.desk))
        if not sent:
            return None
        otherwise = tuple(told_otherwise(*self._both(split), sent))
        facts = self.desk.night.facts[audience_of(self.desk, reader)]
        return correction(split, otherwise, facts) if otherwise else None

    def _both(self, split: Split) -> tuple[Telling, Telling]:
        """As it was told, and as it is."""
        if split.key not in self._tellings:
            self._tellings[split.key] = tellings(self.desk, split)
        return self._tellings[split.key]


def as_then(desk: Desk) -> Callable[[Reader, Entry], Sent]:
    """What one of today's readers was sent by a digest of the ledger."""
    hub = desk.night.facts[HUB]
    return lambda reader, entry: as_sent(reader, entry, audience_of(desk, reader), hub)


def tellings(desk: Desk, split: Split) -> tuple[Telling, Telling]:
    """Digests as they were told of a merge that was taken back, and as they are without it."""
    night = desk.night
    told = as_one(night.worlds[HUB].linked, split)
    return Telling(facts_if(night, desk.config, desk.schema, told)), Telling(night.facts)


def corrections_due(desk: Desk, ledger: Ledger | None) -> Corrections:
    """What is still to be said; nothing without a ledger, which alone knows what was told."""
    splits = recent(desk, desk.night.now) if ledger else ()
    if ledger is None or not splits:
        return Corrections(desk)
    return Corrections(desk, splits, ledger.corrected(), ledger.entries())


def recent(desk: Desk, now: datetime) -> tuple[Split, ...]:
    """The splits of the last quarter whose two sides are there, and two."""
    linked, since = desk.night.worlds[HUB].linked, (now - WITHIN).isoformat(timespec="minutes")
    found = splits_in(desk.night.book)
    return tuple(split for split in found if split.until >= since and is_apart(split, linked))

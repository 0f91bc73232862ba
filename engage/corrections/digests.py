"""Which digests said otherwise: each told twice, with the merge and without, and the two compared.

Compared are the figures and the names of the digest's own period, as that reader was shown them: of the
audience, scope and sections that the reader's row in Coordinators asked for when it left. Averages and the
period before, which stand beside them, are told in digests of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from engage.config import HUB
from engage.digest.build import Issue, digest_of, make_issue
from engage.digest.links import Links, published
from engage.digest.model import Digest
from engage.digest.readers import Reader
from engage.insight.facts import as_of
from engage.insight.weeks import Period, period_named, read_day
from engage.ledger import SENDING, SENT, UNKNOWN, Entry

from .as_sent import Sent
from .as_told import FactsOf
from .splits import Split, minute

ARRIVED = frozenset({SENT, SENDING, UNKNOWN})  # it was read, or may have been
NAMED = ("talks", "planned", "newcomers", "clashes", "events_past", "pledges", "silent")


@dataclass(frozen=True, slots=True)
class Moved:
    """One figure that was told otherwise. told, right: what it was, and should have been; None: not known."""

    label: str
    told: int | None
    right: int | None

    @property
    def words(self) -> str:
        """ "Employers spoken to: 2, not 1"."""
        told, right = ("not known" if one is None else f"{one:,}" for one in (self.told, self.right))
        return f"{self.label}: {right}, not {told}"


@dataclass(frozen=True, slots=True)
class Otherwise:
    """One digest that said otherwise: to whom, of what, and its figures that differ (names may, too)."""

    reader: Reader
    span: Period
    moved: tuple[Moved, ...]


@dataclass(slots=True)
class Telling:
    """Digests as these facts would tell them, to be compared: no links, nobody's name at the top."""

    facts: FactsOf
    _issues: dict[tuple[str, str, date], Issue] = field(default_factory=dict)

    def digest(self, audience: str, reader: Reader, span: Period, day: date) -> Digest:
        """What a reader is told of a period on a day."""
        key = audience, span.label, day
        if key not in self._issues:
            facts = as_of(self.facts.get(audience, self.facts[HUB]), day)
            self._issues[key] = make_issue(facts, published(Links(""), {}), span)
        return digest_of(self._issues[key], reader)


def told_otherwise(told: Telling, right: Telling, sent: Iterable[Sent]) -> Iterator[Otherwise]:
    """Those of the digests that say something else when told from `right` than from `told`.

    The figures of one that was told from what its reader may no longer see are left out.
    """
    for one in sent:
        span, day = period_named(one.entry.send.period), read_day(one.entry.when)
        if day is None:
            continue
        before, after = (each.digest(one.audience, one.reader, span, day) for each in (told, right))
        moved = tuple(_moved(before, after))
        if moved or _names(before) != _names(after):
            yield Otherwise(one.reader, span, moved if one.is_theirs else ())


def _moved(told: Digest, right: Digest) -> Iterator[Moved]:
    before, after = _figures(told), _figures(right)
    for label in (label for label in before if label in after and before[label] != after[label]):
        yield Moved(label, before[label], after[label])


def _figures(digest: Digest) -> dict[str, int | None]:
    """Without what waits for an answer, which is tonight's in both and says nothing of that period."""
    waits = {one.label for one in digest.waiting}
    return {one.label: one.now for one in digest.counts if one.label not in waits}


def _names(digest: Digest) -> tuple[object, ...]:
    """What it names, and which figures it has at all."""
    return (*(getattr(digest, name) for name in NAMED), frozenset(_figures(digest)))


def sent_meanwhile(
    split: Split, entries: Iterable[Entry], readers: Iterable[Reader], seen: Callable[[Reader, Entry], Sent]
) -> tuple[tuple[Sent, ...], frozenset[str]]:
    """What went out while the two were one: to whom of today's readers, and who gets none any more.

    seen: what one of today's readers was sent then.
    """
    by_address = {reader.email: reader for reader in readers}
    meant = [
        entry
        for entry in entries
        if entry.status in ARRIVED and split.since <= minute(entry.when) < split.until
    ]
    known = tuple(
        seen(by_address[address], entry) for entry in meant if (address := entry.send.key[0]) in by_address
    )
    return known, frozenset(entry.send.key[0] for entry in meant) - by_address.keys()

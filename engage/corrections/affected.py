"""All that a wrong merge reached: the digests that told of it, the packs that counted it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from engage.config import HUB
from engage.desk import Desk
from engage.digest.readers import Reader
from engage.insight.quarters import quarter_of
from engage.ledger import Entry
from engage.recipients import who_reads
from engage.report.packs import Pack
from engage.report.revision import Change, changes_in

from .as_told import FactsOf
from .digests import Otherwise, Telling, sent_meanwhile, told_otherwise
from .due import as_then
from .packs import Counted, counted_otherwise, document_of, issued_meanwhile
from .splits import Split


@dataclass(frozen=True, slots=True)
class Affected:
    """sent, issued: how many digests and packs went out while the two were one; digests, packs: those of them
    that say otherwise. gone: addresses that had a digest then and get none now: nobody knows what they read.
    quarter: the figures of the running quarter that differ, as the readers of the hub see them.
    """

    split: Split
    sent: int
    digests: tuple[Otherwise, ...]
    gone: tuple[str, ...]
    issued: int
    packs: tuple[Counted, ...]
    quarter: tuple[Change, ...]

    @property
    def readers(self) -> tuple[Reader, ...]:
        """Each reader who was told otherwise, once."""
        return tuple({one.reader.email: one.reader for one in self.digests}.values())


def affected(
    desk: Desk, split: Split, told: FactsOf, right: FactsOf, entries: Iterable[Entry], packs: Iterable[Pack]
) -> Affected:
    """told: the facts with the two as one; right: as two. entries: of the ledger. packs: all ever issued.

    Raises DigestError if nobody can say who gets a digest (the tab Mail stops is gone).
    """
    sent, gone = sent_meanwhile(split, entries, who_reads(desk)[0], as_then(desk))
    digests = told_otherwise(Telling(told), Telling(right), sent)
    issued = issued_meanwhile(split, packs)
    quarter = quarter_of(desk.night.now.date(), desk.config.year)
    return Affected(
        split,
        sent=len(sent) + len(gone),
        digests=tuple(digests),
        gone=tuple(sorted(gone)),
        issued=len(issued),
        packs=tuple(counted_otherwise(told, right, issued, desk.config, desk.schema)),
        quarter=tuple(changes_in(*(document_of(one, desk.schema, quarter, HUB) for one in (told, right)))),
    )

"""How far each split of the last quarter has been put right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engage.config import HUB
from engage.desk import Desk
from engage.digest.readers import Reader
from engage.ledger import Ledger
from engage.report.packs import Pack

from .affected import Affected, affected
from .as_told import facts_if
from .due import recent
from .splits import as_one
from .words import sides as sides_in_words


@dataclass(frozen=True, slots=True)
class Standing:
    """One split. sides: in words, for those who may see the hub. untold: readers who have still to be told.

    reached.packs: those that have not been issued again since.
    """

    sides: str
    reached: Affected
    untold: tuple[Reader, ...]


def standing(desk: Desk, ledger: Ledger | None, packs: Sequence[Pack]) -> tuple[Standing, ...]:
    """Every split that reached somebody, the oldest first. packs: all ever issued."""
    return tuple(_standing(desk, ledger, packs))


def _standing(desk: Desk, ledger: Ledger | None, packs: Sequence[Pack]) -> Iterator[Standing]:
    night = desk.night
    entries, told = (ledger.entries(), ledger.corrected()) if ledger else ((), frozenset())
    for split in recent(desk, night.now):
        before = facts_if(night, desk.config, desk.schema, as_one(night.worlds[HUB].linked, split))
        reached = affected(desk, split, before, night.facts, entries, packs)
        untold = tuple(one for one in reached.readers if (one.email, split.key) not in told)
        if reached.digests or reached.packs:
            yield Standing(sides_in_words(split, night.facts[HUB]), reached, untold)

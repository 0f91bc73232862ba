"""Everything that is held on a person, from every store, with its source and date."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from engage.erased.matching import Matcher
from engage.night import Night
from engage.pipeline import Partnership, look
from engage.stores.registry import STORES
from engage.stores.store import Hit, Search, everywhere
from engage.stores.subject import Subject, find_subject


@dataclass(frozen=True, slots=True)
class Access:
    """An answer to a request for access."""

    subject: Subject
    hits: tuple[Hit, ...]
    asked_on: datetime
    night: Night = field(repr=False)

    @property
    def counts(self) -> dict[str, tuple[int, int]]:
        """Store → how many values are surely the person's, and how many may be."""
        stores = dict.fromkeys(hit.store for hit in self.hits)
        found = {store: [hit.sure for hit in self.hits if hit.store == store] for store in stores}
        return {store: (sum(each), len(each) - sum(each)) for store, each in found.items()}


def gather(partnership: Partnership, asked: str, *, now: datetime) -> Access:
    """Everything held on one person. asked: PER-…, a mail address or a name. Raises UsageError."""
    night = look(partnership, now=now)
    subject = find_subject(night, asked)
    search = Search(
        partnership.config, partnership.schema, partnership.cache, night, subject, Matcher(subject.marks)
    )
    return Access(subject, tuple(everywhere(search, STORES)), now, night)

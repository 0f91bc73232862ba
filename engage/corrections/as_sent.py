"""What a reader was really sent: what their row in Coordinators asked for then, kept in the ledger.

Rows change: somebody who reads everything today may have read of their own agency alone in October.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any

from engage.digest.readers import Reader
from engage.insight.facts import Facts
from engage.ledger import Entry

KEPT = ("agency", "about", "sectors", "sections", "contacts", "record_id")
SEVERAL = ("sectors", "sections")
AUDIENCE = "audience"


@dataclass(frozen=True, slots=True)
class Sent:
    """One digest that went out. reader: as they were when it did. audience: whose facts it was told from.

    is_theirs: whether they are told from the same today, so that its figures may be named to them again.
    """

    reader: Reader
    entry: Entry
    audience: str
    is_theirs: bool = True


def asked_by(reader: Reader, audience: str) -> str:
    """What a reader asks for, for the ledger. It names a row, and nobody."""
    kept = {name: getattr(reader, name) for name in KEPT}
    return json.dumps({**kept, AUDIENCE: audience}, ensure_ascii=False, separators=(",", ":"))


def as_sent(reader: Reader, entry: Entry, audience: str, facts: Facts) -> Sent:
    """What a digest was for whoever got it. facts: the hub's.

    reader, audience: as they are today, which holds for a digest of which nothing was kept.
    Whose employers "my employers" were is told by the name in the row that it was sent for.
    """
    reader = replace(reader, edition=entry.send.edition)
    kept = _read(entry.asked)
    if kept is None:
        return Sent(reader, entry, audience)
    then = str(kept.pop(AUDIENCE))
    row = facts.records.get(str(kept["record_id"]))
    owner = row.clean.get("Name", "") if row is not None else ""
    changed = {**kept, **{name: tuple(kept[name]) for name in SEVERAL}, "stands_in_for": ""}
    then_reader = replace(reader, **changed, name=owner or reader.owner)
    return Sent(then_reader, entry, then, is_theirs=then == audience)


def _read(asked: str) -> dict[str, Any] | None:
    """What was kept; None if nothing was, or another version kept other things."""
    try:
        kept = json.loads(asked)
    except ValueError:
        return None
    return kept if isinstance(kept, dict) and kept.keys() == {*KEPT, AUDIENCE} else None

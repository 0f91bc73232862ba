"""Names beside the identifiers of the Sync log: of employers and sites that every reader of the hub may see.

People are never named there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from .config import HUB
from .insight.reading import employers_by_id
from .model import Record, record_of
from .night import Night

_FIRM = re.compile(r"\b(?:EMP|SIT)-[0-9A-Z]+\b")
LONGEST = 60  # characters of a name; the Employer list has it whole


def with_names(night: Night) -> Callable[[str], str]:
    """A line of the log → the same with the name of each employer and site behind its identifier.

    An employer is called as in the hub's Employer list; one that is gone, and a site, as the first of its
    rows says. What the hub does not show has its identifier only.
    """
    facts, clusters = night.facts[HUB], _members(night)
    listed = {key: row.get("Employer", "") for key, row in employers_by_id(facts).items()}

    def named(found: re.Match[str]) -> str:
        identifier = found[0]
        members = sorted(clusters.get(identifier, ()))
        rows = [row for key in members if (row := facts.records.get(record_of(key)))]
        name = listed.get(identifier, "") or _name(rows, site=identifier.startswith("SIT-"))
        return f"{identifier} ({name[:LONGEST]})" if name else identifier

    return lambda line: _FIRM.sub(named, line)


def _members(night: Night) -> Mapping[str, frozenset[str]]:
    """Every identifier of tonight and of the last sync → its mentions."""
    now = night.worlds[HUB].linked.membership()
    before = night.intake.pulled[HUB].state.membership
    return {**before.employers, **before.sites, **now.employers, **now.sites}


def _name(rows: list[Record], *, site: bool) -> str:
    first = next((row for row in rows if row["Employer"]), None)
    if first is None:
        return ""
    where = (first["Site"] or first["Town"]) if site else ""
    return f"{first['Employer']}, {where}" if where else first["Employer"]

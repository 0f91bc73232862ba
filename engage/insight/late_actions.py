"""Which actions are late, and which nobody has said anything of for long."""

from __future__ import annotations

from datetime import date, timedelta

from engage.insight.action_list import Action, actions
from engage.insight.facts import Facts, once_a_day

STALE_DAYS = 60
CLOSED = frozenset({"Done", "Dropped"})
RANK = {"Red": 0, "Amber": 1}


@once_a_day
def late_actions(facts: Facts) -> tuple[Action, ...]:
    """The actions that are red or amber, red first, then by how late."""
    found = [one for one in actions(facts) if one.rag in RANK]
    return tuple(sorted(found, key=lambda one: (RANK[one.rag], _days(one), one.ref, one.record_id)))


@once_a_day
def stale_actions(facts: Facts) -> tuple[Action, ...]:
    """The stale ones that are neither red nor amber, longest unchanged first."""
    found = [one for one in actions(facts) if one.rag not in RANK and is_stale(one, facts.today)]
    return tuple(sorted(found, key=lambda one: (one.changed, one.ref, one.record_id)))


def is_stale(one: Action, today: date) -> bool:
    """Whether it is open and no cell of it has changed for two months."""
    last = (today - timedelta(days=STALE_DAYS)).isoformat()
    return one.status not in CLOSED and bool(one.changed) and one.changed <= last


def _days(one: Action) -> int:
    return 10_000 if one.days_left is None else one.days_left

"""Which employers sit on a group today."""

from __future__ import annotations

from engage.insight.facts import Facts, once_a_day
from engage.insight.reading import employer_key, rows_of
from engage.insight.weeks import read_day


@once_a_day
def sitting(facts: Facts) -> frozenset[str]:
    """The employers with somebody on a group on facts.today, as keys. From and To count; blank is open."""
    return frozenset(
        key for row in rows_of(facts, "Group members") if (key := employer_key(row)) and sits(row, facts)
    )


def sits(row: dict[str, str], facts: Facts) -> bool:
    """Whether a row of Group members holds on facts.today."""
    first, last = read_day(row.get("From", "")), read_day(row.get("To", ""))
    return (first is None or first <= facts.today) and (last is None or last >= facts.today)

"""The one ladder of six stages: where each merged employer stood on a day, and who has moved since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from engage.insight.facts import Facts, once_of_rows
from engage.insight.reading import employers_by_id
from engage.model import record_of

STAGES = ("1 Aware", "2 Contacted", "3 Met", "4 Taking part", "5 Designing with us", "6 Leading")
STAGE, NOT_ON_IT = "Stage", "Not on the ladder"
RUNGS = frozenset(name[0] for name in STAGES)
Climb = tuple[tuple[str, str], ...]  # (ISO date, rung), as in History


@dataclass(frozen=True, slots=True)
class Move:
    """Where one merged employer stood before a period and at its end; 0 is not on the ladder."""

    employer_id: str
    before: int
    after: int


def moves(facts: Facts, first: date, last: date) -> tuple[Move, ...]:
    """Every merged employer that stood on the ladder before the first day or at the end of the last
    (facts.today, while it is to come), by id."""
    start, end = first - timedelta(days=1), min(last, facts.today)
    found = (Move(key, _stands(facts, key, start), _stands(facts, key, end)) for key in _climbs(facts))
    return tuple(one for one in found if one.before or one.after)


def _stands(facts: Facts, key: str, day: date) -> int:
    """The rung of a merged employer on a day: from the day on which somebody decided on a Stage, that one, as
    the Employer list has it; until then the furthest that any of its rows named."""
    decided = facts.steering.chosen.get((key, STAGE))
    if decided is not None and decided.on <= day.isoformat():
        named = decided.value[:1]
        return int(named) if named in RUNGS else 0
    return rung_on(_climbs(facts)[key], day)


def rung_on(climbs: list[Climb], day: date) -> int:
    """The furthest rung that any of its rows named on a day; 0 for none, or where nobody knows yet."""
    return max((_named(climb, day.isoformat()) for climb in climbs), default=0)


def _named(climb: Climb, day: str) -> int:
    standing = [rung for since, rung in climb if since[:10] <= day]
    return int(standing[-1] or 0) if standing else 0


@once_of_rows
def _climbs(facts: Facts) -> dict[str, list[Climb]]:
    """EMP- id → what each of its rows has said of its stage; by id."""
    found: dict[str, list[Climb]] = {key: [] for key in sorted(employers_by_id(facts))}
    for mention, key in facts.linked.employer_of.items():
        history = facts.histories.get(record_of(mention))
        if history is not None and history.rungs and record_of(mention) in facts.records and key in found:
            found[key].append(history.rungs)
    return found

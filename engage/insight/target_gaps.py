"""Targets on gaps: vacant seats, sectors without anybody, offers that are overdue, actions nobody touches.

Each figure is that of the capability's own tab, narrowed by the filter, as of the last day that counts.
Mostly judged by At most.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from engage.insight.capacity import asks_by_employer, resting_employers
from engage.insight.completeness import ALL_CORE, LOW, held
from engage.insight.facts import Facts, as_of
from engage.insight.known import known_employers
from engage.insight.late_actions import is_stale
from engage.insight.reading import employers_by_id, fold
from engage.insight.sector_steps import Steps, steps_by_sector
from engage.insight.sectors import sector_rows, sectors_by_employer
from engage.insight.single_offer import overdue_situations
from engage.insight.target_filters import Measure, NotUnderstood, Span, check_filters, passes
from engage.insight.target_shares import NOTHING_YET, NothingYet
from engage.insight.target_standing import owned_actions, passing_situations, seats_passing

T = TypeVar("T")
_SECTOR, _FIRM = frozenset({"Sector", "Why"}), frozenset({"Sector", "Size"})


def _vacant(facts: Facts, span: Span, _: int) -> int:
    return sum(
        seat.holder is None for seat in _some(seats_passing(facts, span), "seat that groups should have")
    )


def _groups_short(facts: Facts, span: Span, _: int) -> int:
    found = _some(seats_passing(facts, span), "seat that groups should have")
    return len({fold(seat.row.get("Group", "")) for seat in found if seat.holder is None})


def _some(found: list[T], of_what: str) -> list[T]:
    """Raises NothingYet where there is none: no gap in nothing is no success."""
    if not found:
        raise NothingYet(f"{NOTHING_YET}: no {of_what}")
    return found


def _sectors_without(step: Callable[[Steps], frozenset[str]]) -> Measure:
    """Of the partnership's own sectors, those of which no employer has come so far."""

    def measure(facts: Facts, span: Span, _: int) -> int:
        check_filters(facts, "Sectors", span, _SECTOR)
        steps, rows = steps_by_sector(as_of(facts, span.last)), sector_rows(facts)
        found = [name for name, row in rows.items() if passes(facts, {**row, "Sector": name}, span)]
        if rows and not found:
            raise NotUnderstood("Nothing can pass this filter: no sector of the Sectors tab does")
        return sum(not step(steps[name]) for name in _some(found, "sector in the Sectors tab"))

    return measure


def _without_a_sector(facts: Facts, span: Span, _: int) -> int:
    known = _firms(facts, span, known_employers(as_of(facts, span.last)), frozenset({"Size"}))
    return sum(not sectors_by_employer(facts).get(key) for key in known)


def _firms(facts: Facts, span: Span, keys: Iterable[str], allowed: frozenset[str] = _FIRM) -> list[str]:
    check_filters(facts, "Employers", span, allowed)
    return [key for key in keys if passes(facts, employers_by_id(facts).get(key, {}), span)]


def _overdue_offers(facts: Facts, span: Span, _: int) -> int:
    """Those of the last half year, as in the tab."""
    return len(passing_situations(facts, span, overdue_situations(as_of(facts, span.last))))


def _actions(rag: str) -> Measure:
    return lambda facts, span, _: sum(one.rag == rag for one in owned_actions(facts, span))


def _untouched(facts: Facts, span: Span, _: int) -> int:
    return sum(is_stale(one, facts.today) for one in owned_actions(facts, span))


def _thin_columns(facts: Facts, span: Span, _: int) -> int:
    check_filters(facts, "Employers", span, frozenset())
    found = [one for one in held(facts) if one.column != ALL_CORE and one.rows]
    return sum((one.share or 0) < LOW for one in _some(found, "row with core columns"))


GAPS: Mapping[str, Measure] = {
    "vacant seats": _vacant,
    "groups with a vacant seat": _groups_short,
    "sectors in which nobody was spoken to": _sectors_without(lambda steps: steps.engaged),
    "sectors in which nobody has pledged": _sectors_without(lambda steps: steps.pledged),
    "sectors without an employer on a group": _sectors_without(lambda steps: steps.seated),
    "employers without a sector": _without_a_sector,
    "offers overdue": _overdue_offers,
    "actions at risk": _actions("Amber"),
    "actions on track": _actions("Green"),
    "actions complete": _actions("Blue"),
    "actions without a date or a colour": _actions(""),
    "actions nobody has touched for two months": _untouched,
    "core columns less than half filled": _thin_columns,
    "employers asked in 90 days": lambda facts, span, _: len(
        _firms(facts, span, [*asks_by_employer(as_of(facts, span.last))])
    ),
    "employers that are to rest": lambda facts, span, _: len(
        _firms(facts, span, [*resting_employers(as_of(facts, span.last))])
    ),
}

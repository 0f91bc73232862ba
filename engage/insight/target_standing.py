"""Targets on how things stand: the single offer, seats, groups, the core data, the action plan, the ladder.

Each figure is that of the capability's own tab, narrowed by the filter, as of the last day that counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engage.insight.action_list import Action, actions
from engage.insight.completeness import ALL_CORE, held
from engage.insight.facts import Facts, as_of
from engage.insight.group_members import sits
from engage.insight.ladder import Move, moves
from engage.insight.reading import employer_key, employers_by_id, fold, row_by_id, rows_of
from engage.insight.seat_rules import Seat, all_seats
from engage.insight.situations import IN_TIME, RECRUITMENT, REDUNDANCY, Situation, situations
from engage.insight.target_filters import Measure, NotUnderstood, Span, check_filters, passes
from engage.insight.target_shares import share

_SITUATION = frozenset({"Agency", "Sector", "Size", "Type"})
_SEAT, _MEMBER = frozenset({"Group", "Rule"}), frozenset({"Group", "Sector", "Size", "Agency"})
_ACTION, _DATA = frozenset({"Agency", "Plan", "Category"}), frozenset({"Tab", "Column"})


def share_offered(facts: Facts, span: Span, _: int) -> float:
    """Of a hundred situations that began in the span, how many have the offer by its last day."""
    found = _begun(facts, span)
    return share(sum(one.offered is not None for one in found), len(found), "redundancy or recruitment")


def share_offered_in_time(facts: Facts, span: Span, _: int) -> float:
    """The same within five working days; one whose five days still run counts as without, as in the tab."""
    found = _begun(facts, span)
    return share(sum(one.stands == IN_TIME for one in found), len(found), "redundancy or recruitment")


def situations_begun(facts: Facts, span: Span, _: int) -> int:
    """The redundancies and large recruitments that began in the span."""
    return len(_begun(facts, span))


def _begun(facts: Facts, span: Span) -> list[Situation]:
    found = passing_situations(facts, span, situations(as_of(facts, span.last)))
    return [one for one in found if one.first.day and span.first <= one.first.day <= span.last]


def passing_situations(facts: Facts, span: Span, found: Iterable[Situation]) -> list[Situation]:
    """Those that pass the filter. Raises NotUnderstood as `check_filters`."""
    check_filters(facts, "Engagements", span, _SITUATION)
    kinds = [fold(REDUNDANCY), fold(RECRUITMENT)]
    if span.filters.get("Type", kinds[0]) not in kinds:
        raise NotUnderstood(f"Nothing can pass this filter: Type is {REDUNDANCY} or {RECRUITMENT} here")
    return [one for one in found if passes(facts, _as_row(one), span)]


def _as_row(one: Situation) -> dict[str, str]:
    return {"agency": "; ".join(one.agencies), "employer_id": one.first.employer_id, "Type": one.kind}


def seats_filled(facts: Facts, span: Span, _: int) -> int:
    """The seats that somebody holds."""
    return sum(seat.holder is not None for seat in seats_passing(facts, span))


def share_of_seats(facts: Facts, span: Span, _: int) -> float:
    """Of a hundred seats that groups should have, how many somebody holds."""
    found = seats_passing(facts, span)
    return share(sum(seat.holder is not None for seat in found), len(found), "seat that groups should have")


def full_groups(facts: Facts, span: Span, _: int) -> int:
    """The groups that should have seats and have none vacant."""
    found = seats_passing(facts, span)
    short = {fold(seat.row.get("Group", "")) for seat in found if seat.holder is None}
    return len({fold(seat.row.get("Group", "")) for seat in found} - short)


def seats_passing(facts: Facts, span: Span) -> list[Seat]:
    """The seats that groups should have by its last day and that pass the filter."""
    check_filters(facts, "Group seats", span, _SEAT)
    return [seat for seat in all_seats(as_of(facts, span.last)) if passes(facts, seat.row, span)]


def employers_on_groups(facts: Facts, span: Span, _: int) -> int:
    """The different employers that sit on a group; on several, once."""
    check_filters(facts, "Group members", span, _MEMBER)
    day = as_of(facts, span.last)
    rows = (row for row in rows_of(facts, "Group members") if sits(row, day) and passes(facts, row, span))
    return len({key for row in rows if (key := employer_key(row))})


def core_filled(facts: Facts, span: Span, _: int) -> float:
    """Of a hundred core cells of all agencies together, how many are filled today. An agency's own share is
    for its own eyes: there is no filter for it."""
    foreign = ", ".join(sorted(set(span.filters) - _DATA))
    if foreign:
        raise NotUnderstood(f"Filter cannot be used with this measure: {foreign}")
    found = [one for one in held(facts) if one.column != ALL_CORE]
    for name in sorted(span.filters):
        found = [one for one in found if fold(one.tab if name == "Tab" else one.column) == span.filters[name]]
        if not found:
            raise NotUnderstood(f"Nothing can pass this filter: no core column is in “{span.filters[name]}”")
    return share(sum(one.filled for one in found), sum(one.rows for one in found), "row with core columns")


def actions_complete(facts: Facts, span: Span, _: int) -> float:
    """Of a hundred actions of the plan, those dropped left out, how many are complete today."""
    mine = owned_actions(facts, span)
    return share(sum(one.rag == "Blue" for one in mine), len(mine), "action")


def owned_actions(facts: Facts, span: Span) -> list[Action]:
    """The actions of the plan that pass the filter, those dropped left out; an action of several agencies
    is each one's."""
    check_filters(facts, "Actions", span, _ACTION)
    rows = row_by_id(facts, "Actions")
    found = [one for one in actions(facts) if fold(rows[one.record_id].get("Status", "")) != "dropped"]
    owned = ((one, {**rows[one.record_id], "agency": "; ".join(one.agencies)}) for one in found)
    return [one for one, row in owned if passes(facts, row, span)]


def moved_up(facts: Facts, span: Span, _: int) -> int:
    """The merged employers that stand on a higher stage at the end of the span than before it; those new on
    the ladder have not moved."""
    return sum(one.after > one.before > 0 for one in _moves(facts, span))


def moved_down(facts: Facts, span: Span, _: int) -> int:
    """The same of a lower stage, or of none."""
    return sum(one.after < one.before for one in _moves(facts, span))


def new_on_the_ladder(facts: Facts, span: Span, _: int) -> int:
    """Those that stand on a stage at the end of the span and stood on none before it."""
    return sum(not one.before for one in _moves(facts, span))


def _moves(facts: Facts, span: Span) -> list[Move]:
    check_filters(facts, "Employers", span, frozenset({"Sector", "Size"}))
    found, rows = moves(facts, span.first, span.last), employers_by_id(facts)
    return [one for one in found if passes(facts, rows[one.employer_id], span)]


MOVED: Mapping[str, Measure] = {
    "redundancies and large recruitments": situations_begun,
    "employers moved up a stage": moved_up,
    "employers moved down a stage": moved_down,
    "employers new on the ladder": new_on_the_ladder,
}
STANDING: Mapping[str, Measure] = {
    "share of situations with an offer": share_offered,
    "share offered within 5 working days": share_offered_in_time,
    "seats filled": seats_filled,
    "share of seats filled": share_of_seats,
    "groups without a vacant seat": full_groups,
    "employers on a group": employers_on_groups,
    "share of core fields filled": core_filled,
    "share of actions complete": actions_complete,
}

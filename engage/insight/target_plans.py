"""Targets on what lies ahead: planned approaches, clashes that can still be agreed, open events, schemes.

Each figure is that of the capability's own tab, narrowed by the filter, as of the last day that counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from engage.insight.activity import Engagement
from engage.insight.asks import warnings
from engage.insight.coordination import clashes_ahead, open_schemes
from engage.insight.facts import Facts, as_of
from engage.insight.shared_plans import aims_of, events_inviting, plans_ahead
from engage.insight.target_filters import EVENT, TALK, Measure, Span, check_filters, ids_passing, passes
from engage.insight.target_shares import share

_APPROACH, _SCHEME = frozenset({"Agency", "Sector", "Size", "Type"}), frozenset({"Agency"})


def _plans(facts: Facts, span: Span) -> Sequence[Engagement]:
    wanted, found = ids_passing(facts, "Engagements", span, TALK), plans_ahead(as_of(facts, span.last))
    return found if wanted is None else [one for one in found if one.record_id in wanted]


def _with_an_aim(facts: Facts, span: Span, _: int) -> float:
    found = _plans(facts, span)
    return share(sum(one.record_id in aims_of(facts) for one in found), len(found), "approach planned")


def _should_wait(facts: Facts, span: Span, _: int) -> int:
    """The planned approaches, however far ahead, at employers that are to rest or were asked often enough."""
    wanted = ids_passing(facts, "Engagements", span, TALK)
    return sum(wanted is None or record in wanted for record in warnings(as_of(facts, span.last)))


def _clashes_ahead(facts: Facts, span: Span, _: int) -> int:
    """One end of a clash has to pass the filter."""
    wanted = ids_passing(facts, "Engagements", span, _APPROACH)
    ends = ({one.first.record_id, one.second.record_id} for one in clashes_ahead(as_of(facts, span.last)))
    return sum(wanted is None or not wanted.isdisjoint(both) for both in ends)


def _events_open(facts: Facts, span: Span, _: int) -> int:
    wanted = ids_passing(facts, "Events", span, EVENT)
    found = events_inviting(as_of(facts, span.last))
    return sum(wanted is None or row["record_id"] in wanted for row in found)


def _schemes(facts: Facts, span: Span, _: int) -> int:
    check_filters(facts, "Schemes", span, _SCHEME)
    return sum(passes(facts, row, span) for row in open_schemes(as_of(facts, span.last)))


AHEAD: Mapping[str, Measure] = {
    "approaches planned": lambda facts, span, _: len(_plans(facts, span)),
    "share of planned approaches with an aim": _with_an_aim,
    "planned approaches that should wait": _should_wait,
    "clashes still ahead": _clashes_ahead,
    "events open to partners' input": _events_open,
    "schemes that engage employers": _schemes,
}

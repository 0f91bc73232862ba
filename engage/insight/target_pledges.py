"""Targets on pledges: who signed in the span, who signed twice, and how much of it was delivered."""

from __future__ import annotations

from collections.abc import Mapping

from engage.insight.facts import Facts, as_of
from engage.insight.pledge_funnel import STARTED
from engage.insight.pledge_list import SignUp, Stage, sign_ups, stage_of
from engage.insight.reading import row_by_id
from engage.insight.target_filters import Measure, Span, rows_within
from engage.insight.target_shares import share

_ANY_STAGE = frozenset({"Agency", "Sector", "Size", "Pledge", "Route"})
_PLEDGE = _ANY_STAGE | {"Stage"}


def _sign_ups(facts: Facts, span: Span, allowed: frozenset[str] = _PLEDGE) -> list[SignUp]:
    """Those signed in the span, each with the mark of whether it says the same again."""
    wanted = {row["record_id"] for row in rows_within(facts, "Pledges", "Date signed", span, allowed)}
    return [one for one in sign_ups(facts) if one.record_id in wanted]


def _signed(facts: Facts, span: Span) -> list[SignUp]:
    return [one for one in _sign_ups(facts, span) if not one.duplicate_of]


def _employers(facts: Facts, span: Span, _: int) -> int:
    return len({one.employer_key or one.record_id for one in _signed(facts, span)})


def _twice(facts: Facts, span: Span, _: int) -> int:
    return sum(bool(one.duplicate_of) for one in _sign_ups(facts, span))


def _share_as_far_as(stages: frozenset[str]) -> Measure:
    """Of a hundred pledges signed in the span, how many had come so far by its last day, as the funnel has
    it. Views are not people, and an enquiry has no day: no share is made of either."""

    def measure(facts: Facts, span: Span, _: int) -> float:
        day, rows = as_of(facts, span.last), row_by_id(facts, "Pledges")
        signed = [one for one in _sign_ups(facts, span, _ANY_STAGE) if not one.duplicate_of]
        stand = [stage_of(day, rows[one.record_id]) or Stage("Signed") for one in signed]
        return share(sum(one.name in stages for one in stand), len(signed), "pledge signed")

    return measure


SIGNED: Mapping[str, Measure] = {
    "pledges signed": lambda facts, span, _: len(_signed(facts, span)),
    "employers pledged": _employers,
    "pledges signed twice": _twice,
}
CONVERTED: Mapping[str, Measure] = {
    "share of pledges started": _share_as_far_as(STARTED),
    "share of pledges delivered": _share_as_far_as(frozenset({"Delivered"})),
}

"""Targets on events: those held, those still to come, and the employers at them, each once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from engage.insight.event_list import Turnout, turnouts
from engage.insight.facts import Facts
from engage.insight.measures import events_between, events_held
from engage.insight.reading import PlainRow, fold, number_in
from engage.insight.target_filters import EVENT, Measure, Span, rows_within

EVENTS_REACHING = "events reaching a number of employers"  # the measure of a target in two parts


def _held(facts: Facts, span: Span) -> list[PlainRow]:
    wanted = {row["record_id"] for row in rows_within(facts, "Events", "Date", span, EVENT)}
    counting = [row for row in events_held(facts, span.first, span.last) if row["record_id"] in wanted]
    return [row for row in counting if fold(row.get("Counts toward target", "")) != "no"]


def events_coming(facts: Facts, span: Span, least: int) -> int:
    """The events still to come in the span that are meant for so many employers or more, and count."""
    wanted = {row["record_id"] for row in rows_within(facts, "Events", "Date", span, EVENT)}
    return sum(
        row["record_id"] in wanted
        and row.get("Date", "") > facts.today.isoformat()
        and fold(row.get("Counts toward target", "")) != "no"
        and (number_in(row.get("Target employers", "")) or 0) >= least
        for row in events_between(facts, span.first, span.last)
    )


def _turnouts(facts: Facts, span: Span) -> list[Turnout]:
    known = turnouts(facts)
    found = [known[row["record_id"]] for row in _held(facts, span)]
    return [turnout for turnout in found if turnout is not None]


def _reaching(facts: Facts, span: Span, least: int) -> int:
    return sum(len(one.came) >= least for one in _turnouts(facts, span))


def _employers(who: Callable[[Turnout], frozenset[str]], times: int = 1) -> Measure:
    """The different employers that were so far at that many of the events held, each once."""

    def measure(facts: Facts, span: Span, _: int) -> int:
        counts = Counter(key for one in _turnouts(facts, span) for key in who(one))
        return sum(count >= times for count in counts.values())

    return measure


EVENTS: Mapping[str, Measure] = {
    "events held": lambda facts, span, _: len(_held(facts, span)),
    "employers invited to events": _employers(lambda one: one.invited),
    "employers booked at events": _employers(lambda one: one.booked),
    "employers at events": _employers(lambda one: one.came),
    "employers at several events": _employers(lambda one: one.came, times=2),
    EVENTS_REACHING: _reaching,
}

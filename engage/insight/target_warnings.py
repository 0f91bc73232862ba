"""Targets on what a partnership wants less of: duplicated approaches, unanswered needs, overdue actions.

Each figure is that of the capability's own tab, narrowed by the filter. Mostly judged by At most.
"""

from __future__ import annotations

from collections.abc import Mapping

from engage.insight.capacity import asks_by_employer
from engage.insight.clashes import Clash
from engage.insight.coordination import duplicated
from engage.insight.facts import Facts, as_of
from engage.insight.known import known_employers
from engage.insight.needs import late_needs
from engage.insight.reading import employers_by_id
from engage.insight.target_filters import Measure, Span, check_filters, ids_passing, passes
from engage.insight.target_standing import owned_actions

_APPROACH = frozenset({"Agency", "Sector", "Size", "Type"})
_NEED, _EMPLOYER = frozenset({"Agency", "Sector", "Size", "Need type"}), frozenset({"Sector", "Size"})


def duplicated_approaches(facts: Facts, span: Span, _: int) -> int:
    """Clashes both ends of which were made, the second in the span; one end has to pass the filter."""
    return len(_duplicated(facts, span))


def employers_approached_twice(facts: Facts, span: Span, _: int) -> int:
    """The merged employers of those, each once."""
    return len({one.second.employer_id for one in _duplicated(facts, span)})


def _duplicated(facts: Facts, span: Span) -> list[Clash]:
    wanted = ids_passing(facts, "Engagements", span, _APPROACH)
    found = duplicated(facts, span.first, span.last)
    if wanted is None:
        return found
    return [one for one in found if not wanted.isdisjoint((one.first.record_id, one.second.record_id))]


def needs_not_answered(facts: Facts, span: Span, _: int) -> int:
    """The needs that have waited for more than 30 days, however old; answered is what is answered today."""
    wanted = ids_passing(facts, "Engagements", span, _NEED)
    found = late_needs(as_of(facts, span.last))
    return sum(wanted is None or one.talk.record_id in wanted for one in found)


def asked_too_often(facts: Facts, span: Span, _: int) -> int:
    """The merged employers that all agencies together asked more often than agreed in the last 90 days."""
    check_filters(facts, "Employers", span, _EMPLOYER)
    asked, rows = asks_by_employer(as_of(facts, span.last)), employers_by_id(facts)
    often = (key for key, ones in asked.items() if len(ones) > facts.most_asks)
    return sum(passes(facts, rows.get(key, {}), span) for key in often)


def actions_overdue(facts: Facts, span: Span, _: int) -> int:
    """The actions that are red today, as the Action list has them."""
    return sum(one.rag == "Red" for one in owned_actions(facts, span))


def employers_in_register(facts: Facts, span: Span, _: int) -> int:
    """The merged employers that the register had seen by the last day that counts."""
    check_filters(facts, "Employers", span, _EMPLOYER)
    rows = employers_by_id(facts)
    return sum(passes(facts, rows[key], span) for key in known_employers(as_of(facts, span.last)))


APPROACHED: Mapping[str, Measure] = {
    "duplicated approaches": duplicated_approaches,
    "employers approached twice": employers_approached_twice,
}
WARNED: Mapping[str, Measure] = {
    "needs not answered in 30 days": needs_not_answered,
    "employers asked too often": asked_too_often,
    "employers in the register": employers_in_register,
    "actions overdue": actions_overdue,
}

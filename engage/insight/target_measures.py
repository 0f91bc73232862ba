"""What a target may count: one function a measure."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from engage.insight.activity import Engagement, distinct_employers, done_between
from engage.insight.event_list import turnouts
from engage.insight.facts import Facts
from engage.insight.feedback import scores
from engage.insight.measures import events_between, events_held
from engage.insight.needs import Said, needs_said
from engage.insight.outcomes import outcome_of
from engage.insight.page_views import views_in
from engage.insight.pledge_list import sign_ups
from engage.insight.reading import PlainRow, employers_by_id, fold, number_in
from engage.insight.situations import offer_days
from engage.insight.target_filters import NotUnderstood, Span, check_filters, ids_passing, passes, rows_within
from engage.insight.target_shares import NOTHING_YET, NothingYet, share
from engage.insight.target_standing import (
    actions_complete,
    core_filled,
    employers_on_groups,
    full_groups,
    moved_up,
    seats_filled,
    share_of_seats,
    share_offered,
    share_offered_in_time,
)
from engage.insight.target_warnings import (
    actions_overdue,
    asked_too_often,
    duplicated_approaches,
    employers_approached_twice,
    employers_in_register,
    needs_not_answered,
)
from engage.insight.weeks import Week, read_day, week_of
from engage.insight.whole_firm import NOT_KNOWN, SME, size_classes

SME_SHARE, DEMAND_LED = "sme share of employers engaged", "share started by the employer"
TOLD_BACK, FEEDBACK = "share of needs told back", "average feedback"
_STANDING = {
    "share of situations with an offer": share_offered,
    "share offered within 5 working days": share_offered_in_time,
    "seats filled": seats_filled,
    "share of seats filled": share_of_seats,
    "groups without a vacant seat": full_groups,
    "employers on a group": employers_on_groups,
    "share of core fields filled": core_filled,
    "share of actions complete": actions_complete,
    "actions overdue": actions_overdue,
    "needs not answered in 30 days": needs_not_answered,
    "employers asked too often": asked_too_often,
    "employers in the register": employers_in_register,
}
# They do not grow with time, but hold or fail.
LEVELS = frozenset({SME_SHARE, DEMAND_LED, TOLD_BACK, FEEDBACK, *_STANDING})
EVENTS_REACHING = "events reaching a number of employers"  # the measure of a target in two parts
_TALK = frozenset(
    {"Agency", "Sector", "Type", "Reason", "Scheme", "Offer made", "Who started it", "Need type"}
)
_PLEDGE = frozenset({"Agency", "Sector", "Pledge", "Route", "Stage"})
_EVENT = frozenset({"Agency", "Sector", "Kind"})
_OUTCOME = frozenset({"Agency", "Sector", "Type", "Fund"})


def _talks(facts: Facts, span: Span) -> Sequence[Engagement]:
    wanted = ids_passing(facts, "Engagements", span, _TALK)
    found = done_between(facts, span.first, span.last)
    return found if wanted is None else [one for one in found if one.record_id in wanted]


def _employers_engaged(facts: Facts, span: Span, _: int) -> int:
    return distinct_employers(_talks(facts, span))


def _offers(facts: Facts, span: Span, _: int) -> int:
    made = offer_days(facts)
    return sum(one.record_id in made for one in _talks(facts, span))


def _new_employers(facts: Facts, span: Span, _: int) -> int:
    check_filters(facts, "Employers", span, frozenset({"Sector"}))
    rows = (row for row in employers_by_id(facts).values() if passes(facts, row, span))
    days = [read_day(row.get("First seen", "")) for row in rows]
    return sum(day is not None and span.first <= day <= span.last for day in days)


def _held(facts: Facts, span: Span) -> list[PlainRow]:
    wanted = {row["record_id"] for row in rows_within(facts, "Events", "Date", span, _EVENT)}
    counting = [row for row in events_held(facts, span.first, span.last) if row["record_id"] in wanted]
    return [row for row in counting if fold(row.get("Counts toward target", "")) != "no"]


def events_coming(facts: Facts, span: Span, least: int) -> int:
    """The events still to come in the span that are meant for so many employers or more, and count."""
    wanted = {row["record_id"] for row in rows_within(facts, "Events", "Date", span, _EVENT)}
    return sum(
        row["record_id"] in wanted
        and row.get("Date", "") > facts.today.isoformat()
        and fold(row.get("Counts toward target", "")) != "no"
        and (number_in(row.get("Target employers", "")) or 0) >= least
        for row in events_between(facts, span.first, span.last)
    )


def _came(facts: Facts, span: Span) -> list[frozenset[str]]:
    known = turnouts(facts)
    found = [known[row["record_id"]] for row in _held(facts, span)]
    return [turnout.came for turnout in found if turnout is not None]


def _events_reaching(facts: Facts, span: Span, least: int) -> int:
    return sum(len(came) >= least for came in _came(facts, span))


def _pledged(facts: Facts, span: Span) -> list[tuple[str, str]]:
    wanted = {row["record_id"] for row in rows_within(facts, "Pledges", "Date signed", span, _PLEDGE)}
    found = [one for one in sign_ups(facts) if one.record_id in wanted and not one.duplicate_of]
    return [(one.record_id, one.employer_key or one.record_id) for one in found]


def _views(facts: Facts, span: Span, _: int) -> int:
    if span.filters:
        raise NotUnderstood("Filter cannot be used with this measure: page views have no agency or sector")
    weeks: list[Week] = []
    week = week_of(span.first)
    while week.monday <= span.last:
        weeks.append(week)
        week = week.back(-1)
    return sum(views_in(facts, one) or 0 for one in weeks)


def _outcomes(facts: Facts, span: Span) -> list[PlainRow]:
    return rows_within(facts, "Outcomes", "Date", span, _OUTCOME)


def _results(facts: Facts, span: Span, _: int) -> float:
    return _tidy(sum(outcome_of(row).number for row in _outcomes(facts, span)))


def _pounds(facts: Facts, span: Span, _: int) -> float:
    return _tidy(sum(outcome_of(row).pounds or 0 for row in _outcomes(facts, span)))


def _tidy(number: float) -> float:
    return int(number) if float(number).is_integer() else round(number, 2)


def _sme_share(facts: Facts, span: Span, _: int) -> float:
    classes = size_classes(facts)
    spoken = {one.employer_id for one in _talks(facts, span)}
    known = [one for key in spoken if (one := classes.get(key, NOT_KNOWN)) != NOT_KNOWN]
    return share(sum(one in SME for one in known), len(known), "employer whose whole size is known")


def _demand_led(facts: Facts, span: Span, _: int) -> float:
    said = [fold(one.started_by) for one in _talks(facts, span) if one.started_by]
    return share(said.count("employer"), len(said), "engagement of which it is said who started it")


def _needs_told_back(facts: Facts, span: Span, _: int) -> float:
    named = _needs(facts, span)
    return share(sum(one.told_back for one in named), len(named), "need named")


def _needs(facts: Facts, span: Span) -> list[Said]:
    said = needs_said(facts)
    return [said[one.record_id] for one in _talks(facts, span) if one.record_id in said]


def _feedback(facts: Facts, span: Span, _: int) -> float:
    found = scores(facts)
    known = [found[one.record_id] for one in _talks(facts, span) if one.record_id in found]
    if not known:
        raise NothingYet(f"{NOTHING_YET}: no feedback")
    return round(sum(known) / len(known), 1)


MEASURES: dict[str, Callable[[Facts, Span, int], float]] = {
    "engagements": lambda facts, span, _: len(_talks(facts, span)),
    "employers engaged": _employers_engaged,
    "new employers": _new_employers,
    "offers made": _offers,
    "events held": lambda facts, span, _: len(_held(facts, span)),
    "employers at events": lambda facts, span, _: len(frozenset().union(*_came(facts, span))),
    EVENTS_REACHING: _events_reaching,
    "pledges signed": lambda facts, span, _: len(_pledged(facts, span)),
    "employers pledged": lambda facts, span, _: len({key for _, key in _pledged(facts, span)}),
    "pledge page views": _views,
    "outcomes": _results,
    "pounds brought in": _pounds,
    SME_SHARE: _sme_share,
    DEMAND_LED: _demand_led,
    TOLD_BACK: _needs_told_back,
    FEEDBACK: _feedback,
    "needs named": lambda facts, span, _: len(_needs(facts, span)),
    "employers moved up a stage": moved_up,
    "duplicated approaches": duplicated_approaches,
    "employers approached twice": employers_approached_twice,
    **_STANDING,
}

"""Targets on what agencies did: engagements, employers engaged, needs, feedback, and shares of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from engage.insight.activity import Engagement, distinct_employers, done_between
from engage.insight.facts import Facts, as_of
from engage.insight.feedback import POOR, scores
from engage.insight.group_members import sitting
from engage.insight.needs import Said, needs_said
from engage.insight.pledge_list import sign_ups
from engage.insight.reading import fold
from engage.insight.situations import offer_days
from engage.insight.target_filters import TALK, Measure, Span, check_filters, ids_passing
from engage.insight.target_shares import NOTHING_YET, NothingYet, share
from engage.insight.whole_firm import NOT_KNOWN, SME, size_classes

SME_SHARE = "sme share of employers engaged"


def _talks(facts: Facts, span: Span) -> Sequence[Engagement]:
    wanted = ids_passing(facts, "Engagements", span, TALK)
    found = done_between(facts, span.first, span.last)
    return found if wanted is None else [one for one in found if one.record_id in wanted]


def _offers(facts: Facts, span: Span, _: int) -> int:
    made = offer_days(facts)
    return sum(one.record_id in made for one in _talks(facts, span))


def _complete(facts: Facts, span: Span, _: int) -> int:
    """Those that the engagement survey can place: with a type and a reason."""
    return sum(bool(one.type and one.reason) for one in _talks(facts, span))


def _share_complete(facts: Facts, span: Span, _: int) -> float:
    return share(_complete(facts, span, 0), len(_talks(facts, span)), "engagement")


def _sme_share_of(facts: Facts, keys: frozenset[str]) -> float:
    classes = size_classes(facts)
    known = [one for key in keys if (one := classes.get(key, NOT_KNOWN)) != NOT_KNOWN]
    return share(sum(one in SME for one in known), len(known), "employer whose whole size is known")


def _sme_share(facts: Facts, span: Span, _: int) -> float:
    return _sme_share_of(facts, frozenset(one.employer_id for one in _talks(facts, span)))


def _sme_pledged(facts: Facts, span: Span, _: int) -> float:
    check_filters(facts, "Pledges", span, frozenset())
    days = [(one.employer_key, one.day) for one in sign_ups(facts) if one.day and not one.duplicate_of]
    return _sme_share_of(facts, frozenset(key for key, day in days if span.first <= day <= span.last))


def _sme_seated(facts: Facts, span: Span, _: int) -> float:
    check_filters(facts, "Group members", span, frozenset())
    return _sme_share_of(facts, sitting(as_of(facts, span.last)))


def _unknown_size(facts: Facts, span: Span, _: int) -> int:
    classes = size_classes(facts)
    spoken = {one.employer_key for one in _talks(facts, span)} - {""}
    return sum(classes.get(key, NOT_KNOWN) == NOT_KNOWN for key in spoken)


def _demand_led(facts: Facts, span: Span, _: int) -> float:
    said = [fold(one.started_by) for one in _talks(facts, span) if one.started_by]
    return share(said.count("employer"), len(said), "engagement of which it is said who started it")


def _needs(facts: Facts, span: Span) -> list[Said]:
    said = needs_said(facts)
    return [said[one.record_id] for one in _talks(facts, span) if one.record_id in said]


def _told_back(facts: Facts, span: Span, _: int) -> float:
    named = _needs(facts, span)
    return share(sum(one.told_back for one in named), len(named), "need named")


def _scores(facts: Facts, span: Span) -> list[float]:
    found = scores(facts)
    return [found[one.record_id] for one in _talks(facts, span) if one.record_id in found]


def _feedback(facts: Facts, span: Span, _: int) -> float:
    known = _scores(facts, span)
    if not known:
        raise NothingYet(f"{NOTHING_YET}: no feedback")
    return round(sum(known) / len(known), 1)


DONE: Mapping[str, Measure] = {
    "engagements": lambda facts, span, _: len(_talks(facts, span)),
    "employers engaged": lambda facts, span, _: distinct_employers(_talks(facts, span)),
    "engagements with a type and a reason": _complete,
    "offers made": _offers,
    "needs named": lambda facts, span, _: len(_needs(facts, span)),
    "feedback answers": lambda facts, span, _: len(_scores(facts, span)),
    "answers of 1 or 2": lambda facts, span, _: sum(one <= POOR for one in _scores(facts, span)),
}
OF_THEM: Mapping[str, Measure] = {
    SME_SHARE: _sme_share,
    "sme share of employers pledged": _sme_pledged,
    "sme share of employers on a group": _sme_seated,
    "employers of unknown size engaged": _unknown_size,
    "share started by the employer": _demand_led,
    "share of needs told back": _told_back,
    "share of engagements with a type and a reason": _share_complete,
    "average feedback": _feedback,
}

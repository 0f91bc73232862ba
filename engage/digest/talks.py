"""Who spoke to the reader's employers, who plans to in the next fortnight, and whom nobody has spoken to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from engage.digest.figures import cap
from engage.digest.happenings import LIST_CAP, approach
from engage.digest.links import EMPLOYERS, ENGAGEMENTS, Published
from engage.digest.model import Capped, PlanItem, QuietItem, TalkItem
from engage.digest.plain import plain
from engage.digest.readers import Reader
from engage.digest.scope import Scope
from engage.digest.speaking import speak_to
from engage.insight.activity import Engagement, done_within, planned_within
from engage.insight.dashboard import AHEAD_DAYS
from engage.insight.facts import Facts
from engage.insight.gone_quiet import gone_quiet
from engage.insight.reading import row_by_id
from engage.insight.weeks import Period, day_words, short_day

PLANS_EACH = 3  # an agency's plans by name; the rest are counted
NOBODY = "Agency not given"


def talks_of(facts: Facts, period: Period, scope: Scope, shown: Published) -> Capped[TalkItem]:
    """The engagements with the reader's own employers or sectors; nothing for readers of all or an agency."""
    if scope.employers is None:
        return Capped()
    items = [
        TalkItem(
            plain(one.employer), approach(one), plain(one.reason, 60), shown.href(ENGAGEMENTS, one.record_id)
        )
        for one in done_within(facts, period)
        if scope.holds({one.employer_key}, {one.agency})
    ]
    return cap(items, LIST_CAP, shown.links.to(ENGAGEMENTS))


def planned(facts: Facts, reader: Reader, scope: Scope, shown: Published) -> Capped[PlanItem]:
    """The engagements planned for the next fortnight, by agency."""
    last = facts.today + timedelta(days=AHEAD_DAYS - 1)
    rows = row_by_id(facts, "Engagements")
    by_agency: dict[str, list[TalkItem]] = {}
    for one in planned_within(facts, facts.today, last):
        if scope.holds({one.employer_key}, {one.agency}):
            item = _plan(one, speak_to(facts, reader, rows[one.record_id]), shown)
            by_agency.setdefault(one.agency or NOBODY, []).append(item)
    items = [PlanItem(plain(name, 80), _few(talks, shown)) for name, talks in sorted(by_agency.items())]
    return cap(items, LIST_CAP, shown.links.to(ENGAGEMENTS))


def _plan(one: Engagement, contact: str, shown: Published) -> TalkItem:
    parts = (plain(one.type, 60), day_words(one.day) if one.day else "")
    words = ", ".join(part for part in parts if part)
    who = plain(one.employer) or "Employer not given"
    return TalkItem(who, words, contact, shown.href(ENGAGEMENTS, one.record_id))


def _few(talks: list[TalkItem], shown: Published) -> Capped[TalkItem]:
    return cap(talks, PLANS_EACH, shown.links.to(ENGAGEMENTS))


def silent(facts: Facts, period: Period, scope: Scope, shown: Published) -> Capped[QuietItem]:
    """The employers whom nobody has spoken to for half a year, told when the half year is up."""
    items: Iterable[QuietItem] = (
        QuietItem(
            plain(one.employer),
            f"Last contact {short_day(one.last)}" + (f", {plain(one.last_by, 80)}" if one.last_by else ""),
            shown.href(EMPLOYERS, one.employer_id),
        )
        for one in gone_quiet(facts, period)
        if scope.holds({one.employer_id}, one.agencies)
    )
    return cap(tuple(items), LIST_CAP, shown.links.to(EMPLOYERS))

"""Who spoke to the reader's employers, who plans to in the next fortnight, and whom nobody has spoken to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from engage.digest.figures import cap_of
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
from engage.insight.gone_quiet import Quiet, gone_quiet
from engage.insight.reading import PlainRow, row_by_id
from engage.insight.weeks import Period, day_words, short_day
from engage.sharing import PUBLIC

PLANS_EACH = 3  # an agency's plans by name; the rest are counted
NOBODY = "Agency not given"


def talks_of(facts: Facts, period: Period, scope: Scope, shown: Published) -> Capped[TalkItem]:
    """The engagements with the reader's own employers or sectors; nothing for readers of all or an agency."""
    if scope.employers is None:
        return Capped()
    talks = (one for one in done_within(facts, period) if scope.holds({one.employer_key}, {one.agency}))

    def item(one: Engagement) -> TalkItem:
        href = shown.href(ENGAGEMENTS, one.record_id)
        return TalkItem(plain(one.employer), approach(one), plain(one.reason, 60), href)

    return cap_of(talks, LIST_CAP, item, shown.links.to(ENGAGEMENTS), _is_in(shown))


def planned(facts: Facts, reader: Reader, scope: Scope, shown: Published) -> Capped[PlanItem]:
    """The engagements planned for the next fortnight, by agency, each with its aim."""
    last = facts.today + timedelta(days=AHEAD_DAYS - 1)
    rows, href, listed = row_by_id(facts, "Engagements"), shown.links.to(ENGAGEMENTS), _is_in(shown)
    by_agency: dict[str, list[Engagement]] = {}
    for one in planned_within(facts, facts.today, last):
        if scope.holds({one.employer_key}, {one.agency}):
            by_agency.setdefault(one.agency or NOBODY, []).append(one)

    def item(one: Engagement) -> TalkItem:
        row = rows[one.record_id]
        return _plan(one, speak_to(facts, reader, row), _aim(row), shown)

    def plan(name: str) -> PlanItem:
        return PlanItem(plain(name, 80), cap_of(by_agency[name], PLANS_EACH, item, href, listed))

    return cap_of(sorted(by_agency), LIST_CAP, plan, href, lambda name: any(map(listed, by_agency[name])))


def _is_in(shown: Published) -> Callable[[Engagement], bool]:
    """Whether the Engagement list shows an engagement."""
    return lambda one: shown.shows(ENGAGEMENTS, one.record_id)


def _aim(row: PlainRow) -> str:
    """As typed, but for that of a row marked sensitive, which is for the sheet to say."""
    open_to_all = row.get("Sensitive", "").casefold() in PUBLIC
    return plain(row.get("Aim / Summary", ""), 120) if open_to_all else ""


def _plan(one: Engagement, contact: str, aim: str, shown: Published) -> TalkItem:
    parts = (plain(one.type, 60), day_words(one.day) if one.day else "")
    words = ", ".join(part for part in parts if part)
    who = plain(one.employer) or "Employer not given"
    return TalkItem(who, words, contact, shown.href(ENGAGEMENTS, one.record_id), aim)


def silent(facts: Facts, period: Period, scope: Scope, shown: Published) -> Capped[QuietItem]:
    """The employers whom nobody has spoken to for half a year, told when the half year is up."""
    quiet = (one for one in gone_quiet(facts, period) if scope.holds({one.employer_id}, one.agencies))

    def item(one: Quiet) -> QuietItem:
        by = f", {plain(one.last_by, 80)}" if one.last_by else ""
        words = f"Last contact {short_day(one.last)}{by}"
        return QuietItem(plain(one.employer), words, shown.href(EMPLOYERS, one.employer_id))

    return cap_of(
        quiet, LIST_CAP, item, shown.links.to(EMPLOYERS), lambda one: shown.shows(EMPLOYERS, one.employer_id)
    )

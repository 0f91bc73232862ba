"""The measures: one function each, a week or a month in, a count out (None where nobody knows)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from engage.insight.activity import Engagement, distinct_employers, done, done_between, done_within
from engage.insight.clashes import Clash, clashes, clashes_within
from engage.insight.event_list import Turnout, turnouts
from engage.insight.facts import Facts, once, once_a_day, once_of_rows
from engage.insight.newcomers import is_known_for, newcomers
from engage.insight.page_views import views_in
from engage.insight.pledge_list import SignUp, sign_ups
from engage.insight.reading import PlainRow, dated_rows
from engage.insight.weeks import Period

Count = int | None
NOT_HELD = frozenset({"Cancelled", "Postponed"})


@dataclass(frozen=True, slots=True)
class Activity:
    """What the measures count, worked out once for all weeks."""

    facts: Facts
    done: tuple[Engagement, ...]
    clashes: tuple[Clash, ...]
    turnouts: dict[str, Turnout | None]
    sign_ups: tuple[SignUp, ...]


@once
def activity_of(facts: Facts) -> Activity:
    """Everything that happened, ready to be counted by week."""
    return Activity(facts, done(facts), clashes(facts), turnouts(facts), sign_ups(facts))


def done_in(activity: Activity, week: Period) -> tuple[Engagement, ...]:
    """The engagements of a week."""
    return done_within(activity.facts, week)


def events_held(facts: Facts, first: date, last: date) -> tuple[PlainRow, ...]:
    """The events on these days that took place: not cancelled, not postponed, not in the future."""
    today = facts.today.isoformat()
    return tuple(row for row in events_between(facts, first, last) if row.get("Date", "") <= today)


@once_a_day
def events_between(facts: Facts, first: date, last: date) -> tuple[PlainRow, ...]:
    """The events on these days but for those cancelled or postponed, in order of date."""
    dated = dated_rows(facts, "Events", "Date", first, last)
    found = [row for row in dated if row.get("Status", "") not in NOT_HELD]
    return tuple(sorted(found, key=lambda row: (row["Date"], row.get("Event", ""), row["record_id"])))


def _employers_at_events(activity: Activity, week: Period) -> Count:
    held = [activity.turnouts[row["record_id"]] for row in events_held(activity.facts, week.first, week.last)]
    known = [turnout for turnout in held if turnout is not None]
    return len(frozenset().union(*(turnout.came for turnout in known))) if len(known) == len(held) else None


def _new_employers(activity: Activity, week: Period) -> Count:
    return len(newcomers(activity.facts, week)) if is_known_for(activity.facts, week) else None


def _signed(found: Iterable[SignUp], first: date, last: date) -> int:
    return sum(one.day is not None and first <= one.day <= last and not one.duplicate_of for one in found)


WEEKLY: dict[str, Callable[[Activity, Period], Count]] = {
    "Engagements": lambda a, w: len(done_in(a, w)),
    "Employers spoken to": lambda a, w: distinct_employers(done_in(a, w)),
    "Agencies active": lambda a, w: len({one.agency for one in done_in(a, w) if one.agency}),
    "New employers": _new_employers,
    "Clashes": lambda a, w: len(clashes_within(a.facts, w.first, w.last)),
    "Events held": lambda a, w: len(events_held(a.facts, w.first, w.last)),
    "Employers at events": _employers_at_events,
    "Pledge sign-ups": lambda a, w: _signed(a.sign_ups, w.first, w.last),
    "Pledge page views": lambda a, w: views_in(a.facts, w),
}


def average(counts: Sequence[Count]) -> float | None:
    """Their mean to one decimal place; None unless every one is known."""
    known = [count for count in counts if count is not None]
    return round(sum(known) / len(known), 1) if known and len(known) == len(counts) else None


def breakdown(facts: Facts, week: Period, kind: str) -> dict[str, int]:
    """The engagements done in a period by "agency", "type", "reason", "size" or "sector"; one in two sectors
    counts in both."""
    return _by_kind(facts, week.first, min(week.last, facts.today), kind)


@once_of_rows
def _by_kind(facts: Facts, first: date, last: date, kind: str) -> dict[str, int]:
    """last: no later than facts.today, so that every day after it says the same."""
    said, unsaid = LABELS[kind]
    counts: Counter[str] = Counter()
    for values, count in Counter(map(attrgetter(said), done_between(facts, first, last))).items():
        for value in (values if kind == "sector" else (values,)) or ("",):
            counts[value or unsaid] += count
    return dict(counts)


LABELS = {  # kind → what it is of an engagement, and the label where nobody says it
    "agency": ("agency", "Agency not given"),
    "type": ("type", "Type not given"),
    "reason": ("reason", "Reason not given"),
    "size": ("size_band", "Size not known"),
    "sector": ("sectors", "Sector not known"),
}

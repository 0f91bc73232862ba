"""The digest's lists: clashes, events, new employers, pledges; each row linked to its built tab."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from engage.digest.figures import bar_width, cap_of
from engage.digest.links import CLASHES, EMPLOYERS, EVENTS, PLEDGES, Published
from engage.digest.model import OWN_TAB, Capped, ClashItem, EmployerItem, EventItem, PledgeItem
from engage.digest.plain import plain
from engage.digest.readers import EVERYTHING
from engage.digest.scope import Scope
from engage.insight.activity import Engagement
from engage.insight.clashes import Clash, clashes_within
from engage.insight.dashboard import AHEAD_DAYS
from engage.insight.event_list import Turnout, turnouts
from engage.insight.facts import Facts
from engage.insight.happened import Line
from engage.insight.measures import events_between, events_held
from engage.insight.newcomers import Newcomer, newcomers
from engage.insight.own_figures import TURNOUT, employers_at, turnout_measure
from engage.insight.pledge_list import SignUp, signed_within
from engage.insight.reading import PlainRow, agency_of, fold, number_in, several
from engage.insight.shared_plans import is_open
from engage.insight.weeks import Period, day_words, read_day

LIST_CAP = 4


def clashes_of_week(facts: Facts, week: Period, scope: Scope) -> tuple[Clash, ...]:
    """The clashes whose second approach fell in the week."""
    return tuple(one for one in clashes_within(facts, week.first, week.last) if _concerns(one, scope))


def clashes_to_come(facts: Facts, scope: Scope) -> tuple[Clash, ...]:
    """The clashes whose second approach is planned for the next fortnight: these can still be avoided."""
    last = facts.today + timedelta(days=AHEAD_DAYS - 1)
    return tuple(one for one in clashes_within(facts, facts.today, last) if _concerns(one, scope))


def _concerns(clash: Clash, scope: Scope) -> bool:
    return scope.holds({clash.first.employer_key}, {clash.first.agency, clash.second.agency})


def clash_items(found: Iterable[Clash], shown: Published) -> Capped[ClashItem]:
    """Clashes as rows that name both agencies and the suggested lead; those of the same two about one
    employer are one row."""
    alike: dict[tuple[str, frozenset[str]], list[Clash]] = {}
    for one in found:
        alike.setdefault(who_about_whom(one), []).append(one)
    return cap_of(
        alike.values(),
        LIST_CAP,
        lambda group: clash_item(group, shown),
        shown.links.to(CLASHES),
        lambda group: shown.shows(CLASHES, group[0].key),
    )


def clash_item(group: Sequence[Clash], shown: Published) -> ClashItem:
    """Clashes of two agencies about one employer as one row, in the words of the first."""
    one = group[0]
    words = plain(one.first.employer), approach(one.first), approach(one.second), plain(one.lead)
    return ClashItem(*words, _lead_words(group), shown.href(CLASHES, one.key))


def who_about_whom(clash: Clash) -> tuple[str, frozenset[str]]:
    """The employer's key and the two agencies: however often they clash, it is one thing to agree on."""
    return clash.first.employer_key, frozenset((clash.first.agency, clash.second.agency))


def _lead_words(group: Sequence[Clash]) -> str:
    ends = [end for one in group for end in (one.first, one.second)]
    risk = " Jobs are at risk." if any(end.is_redundancy for end in ends) else ""
    again = f" It is one of {len(group)} between these two." if len(group) > 1 else ""
    return f"because {plain(group[0].because, 300)}.{risk}{again}"


def approach(one: Engagement) -> str:
    """One approach in words: "Harwick College, Visit, Monday 16 November"."""
    when = day_words(one.day) if one.day else ""
    return ", ".join(part for part in (plain(one.agency, 80), plain(one.type, 60), when) if part)


def events_of_week(facts: Facts, week: Period, scope: Scope, shown: Published) -> Capped[EventItem]:
    """The week's events: how many employers came, against the target."""
    return _events(events_held(facts, week.first, week.last), "came", facts, scope, shown)


def events_to_come(facts: Facts, scope: Scope, shown: Published) -> Capped[EventItem]:
    """The next fortnight's events: how many employers have booked, against the target."""
    last = facts.today + timedelta(days=AHEAD_DAYS - 1)
    return _events(events_between(facts, facts.today, last), "booked", facts, scope, shown)


def _is_theirs(row: PlainRow, turnout: Turnout | None, scope: Scope) -> bool:
    """An event is theirs by who holds it, by the sectors that it is for, or by which employers it reaches."""
    agencies = {row.get("Lead agency", ""), agency_of(row), *several(row.get("Other agencies", ""))}
    meant_for = {fold(name) for name in several(row.get("Sector", ""))}
    reached = turnout.booked if turnout else frozenset()
    return scope.holds(reached, agencies) or not meant_for.isdisjoint(fold(name) for name in scope.sectors)


def _events(
    rows: Iterable[PlainRow], stage: str, facts: Facts, scope: Scope, shown: Published
) -> Capped[EventItem]:
    known = turnouts(facts)
    theirs = (row for row in rows if _is_theirs(row, known[row["record_id"]], scope))
    few = cap_of(
        theirs,
        LIST_CAP,
        lambda row: _event(row, known[row["record_id"]], stage, shown),
        shown.links.to(EVENTS),
        lambda row: shown.shows(EVENTS, row["record_id"]),
    )
    return replace(few, is_counted=scope.about == EVERYTHING)  # the list does not say whose employers came


def _event(row: PlainRow, turnout: Turnout | None, stage: str, shown: Published) -> EventItem:
    day = read_day(row.get("Date", ""))
    target = number_in(row.get("Target employers", ""))
    told = _told(row, employers_at(turnout, stage), stage, shown)
    words = turnout_words(told.count, target, stage) if told.has_tab else ""
    inviting = stage == "booked" and is_open(row)
    return EventItem(
        event=plain(row.get("Event", "")),
        when=day_words(day) if day else "",
        lead=plain(row.get("Lead agency", "") or agency_of(row), 80),
        turnout=words + (OWN_TAB if told.in_own_tab else ""),
        width=None if told.count is None or not target else bar_width(told.count, target),
        href=shown.href(EVENTS, row["record_id"]),
        input_wanted=plain(row.get("Input wanted", "") or "any", 120) if inviting else "",
        count_href=told.href,
        in_own_tab=told.in_own_tab,
    )


@dataclass(frozen=True, slots=True)
class _Told:
    """How many, as a tab says that the reader may quote. href: opens it, if it is no row of the Event list.
    has_tab: False where there are tabs and none of them tells of the event."""

    count: int | None
    href: str = ""
    in_own_tab: bool = False
    has_tab: bool = True


def _told(row: PlainRow, counted: int | None, stage: str, shown: Published) -> _Told:
    """The same count stands in the Event list, or in Your figures, or is left out."""
    key = row["record_id"]
    is_listed, listed = (EVENTS, key) in shown.rows, shown.counted(EVENTS, key, f"Employers {stage}")
    line = Line(TURNOUT, turnout_measure(row, stage), counted)
    own = shown.own.as_told(line) if shown.own else None
    if own is not None and not (is_listed and own.now == listed):
        return _Told(own.now, shown.place_of(own).href, in_own_tab=True)
    if is_listed:
        return _Told(listed)
    return _Told(None, has_tab=False) if shown.cells else _Told(counted)


def turnout_words(count: int | None, target: int | None, stage: str) -> str:
    """ "26 employers booked of 40 wanted"; says so where the count is not known or there is no target."""
    if count is None:
        return f"how many {stage} is not known: another event has the same name"
    who = f"{count:,} {'employer' if count == 1 else 'employers'} {stage}"
    return f"{who} of {target:,} wanted" if target else f"{who}; no target set"


def new_employers(facts: Facts, week: Period, scope: Scope, shown: Published) -> Capped[EmployerItem]:
    """The employers first seen in the week."""
    theirs = (one for one in newcomers(facts, week) if scope.holds({one.employer_id}, several(one.agencies)))

    def item(one: Newcomer) -> EmployerItem:
        about = ", ".join(part for part in ("; ".join(several(one.sector)), one.town) if part)
        agencies, href = ", ".join(several(one.agencies)), shown.href(EMPLOYERS, one.employer_id)
        return EmployerItem(plain(one.employer), plain(about), plain(agencies), href)

    few = cap_of(theirs, LIST_CAP, item, shown.links.to(EMPLOYERS))
    return replace(few, is_counted=False)  # the list does not say who was an agency's first stock


def new_pledges(facts: Facts, week: Period, scope: Scope, shown: Published) -> Capped[PledgeItem]:
    """The week's sign-ups, without those that say the same a second time."""
    signed = (one for one in signed_within(facts, week) if scope.holds({one.employer_key}, {one.agency}))

    def item(one: SignUp) -> PledgeItem:
        how = ", ".join(part for part in (one.agency, one.route) if part)
        return PledgeItem(
            plain(one.employer), plain(one.pledge), plain(how), shown.href(PLEDGES, one.record_id)
        )

    return cap_of(
        signed, LIST_CAP, item, shown.links.to(PLEDGES), lambda one: shown.shows(PLEDGES, one.record_id)
    )

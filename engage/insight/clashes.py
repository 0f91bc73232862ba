"""Clashes: two agencies that approach one merged employer within days of each other."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter

import pandas as pd

from engage.insight.activity import CANCELLED, DONE, Engagement, after, engagements
from engage.insight.facts import Facts, once_a_day, once_of_rows, with_same_rows
from engage.insight.reading import as_frame, employers_by_id, fold
from engage.insight.weeks import short_day
from engage.model import fingerprint

HEADINGS = (
    "Clash",
    "Employer",
    "Employer ID",
    "First agency",
    "First date",
    "First type",
    "Second agency",
    "Second date",
    "Second type",
    "Days apart",
    "Suggested lead",
    "Why",
)


@dataclass(frozen=True, slots=True)
class Clash:
    """Two engagements of different agencies; first is the earlier (on one day: the lower record id).

    why: that they clash, and why the lead; because: why the lead, alone.
    """

    first: Engagement
    second: Engagement
    lead: str
    why: str
    because: str = ""

    @property
    def key(self) -> str:
        """The same two rows make the same clash every night."""
        return "CL-" + fingerprint(f"{self.first.record_id}\x1f{self.second.record_id}")

    @property
    def days_apart(self) -> int:
        """0 on the same day."""
        return _apart(self.first, self.second)


@once_a_day
def clashes(facts: Facts) -> tuple[Clash, ...]:
    """Every clash, by the day of the second approach.

    Two agencies, one merged employer, at most facts.clash_days apart (facts.redundancy_clash_days when
    either is about redundancy, facts.clash_days_of when either is of a kind that has a window of its own);
    done and planned alike, planned against planned too, cancelled never, unresolved employers never.
    Of several calls by the same two agencies each call is paired with the nearest only.
    """
    everything = engagements(facts)
    ahead = {one.record_id: one for one in everything[after(everything, facts.today) :]}
    changed = {one.employer_id for one in ahead.values()}
    past, groups = _once_all_is_past(facts)
    found = [(order, one) for order, one in past if one.first.employer_id not in changed]
    for employer in changed & groups.keys():
        group = [ahead.get(one.record_id, one) for one in groups[employer]]
        found += ((_order(one), one) for one in _in_a_group(group, facts))
    return tuple(one for _, one in sorted(found, key=itemgetter(0)))


@once_of_rows
def _once_all_is_past(facts: Facts) -> tuple[list[tuple[Order, Clash]], dict[str, list[Engagement]]]:
    """The clashes as they are once every day has come, in order, and each employer's engagements then: the
    same for every day on which nothing with the employer lies ahead."""
    groups = _by_employer(engagements(with_same_rows(facts, today=date.max)))
    found = ((_order(clash), clash) for group in groups.values() for clash in _in_a_group(group, facts))
    return sorted(found, key=itemgetter(0)), groups


def _in_a_group(group: Sequence[Engagement], facts: Facts) -> Iterator[Clash]:
    """group: all with one employer, oldest first."""
    for run in _runs(_nearest(_close_pairs(group, facts)), facts):
        yield from _clashes(run, group, facts)


Order = tuple[date, date, str]


def _order(one: Clash) -> Order:
    return _day(one.second), _day(one.first), one.key


@once_a_day
def clashes_within(facts: Facts, first: date, last: date) -> tuple[Clash, ...]:
    """The clashes whose second approach falls on these days."""
    found = clashes(facts)
    begin, end = bisect_left(found, first, key=_second_day), bisect_right(found, last, key=_second_day)
    return found[begin:end]


def _second_day(one: Clash) -> date:
    return _day(one.second)


def _by_employer(everything: Iterable[Engagement]) -> dict[str, list[Engagement]]:
    groups: dict[str, list[Engagement]] = {}
    for one in everything:
        if one.employer_id and one.agency and one.day and one.status != CANCELLED:
            groups.setdefault(one.employer_id, []).append(one)
    return groups


def _close_pairs(group: Sequence[Engagement], facts: Facts) -> list[tuple[Engagement, Engagement]]:
    """group: oldest first. By the first approach, then by the second."""
    if len({one.agency for one in group}) < 2:
        return []
    own, days = _own_windows(facts), [_day(one).toordinal() for one in group]
    windows = [own[one.type, one.reason] for one in group]
    widest = max(facts.clash_days, *windows)
    return [
        (first, group[later])
        for at, first in enumerate(group)
        for later in range(at + 1, bisect_right(days, days[at] + widest))
        if first.agency != group[later].agency
        and days[later] - days[at] <= (max(windows[at], windows[later]) or facts.clash_days)
    ]


def _apart(first: Engagement, second: Engagement) -> int:
    if first.day is None or second.day is None:
        raise ValueError("a clash needs two dated engagements")
    return (second.day - first.day).days


def window_of(first: Engagement, second: Engagement, facts: Facts) -> int:
    """The longer window that either kind of approach has of its own; else that of all."""
    return max(_own_window(first, facts), _own_window(second, facts)) or facts.clash_days


def _own_window(one: Engagement, facts: Facts) -> int:
    """0 if its kind has none."""
    return _own_windows(facts)[one.type, one.reason]


@once_of_rows
def _own_windows(facts: Facts) -> dict[tuple[str, str], int]:
    """(Type, Reason) → the window that this kind has of its own, 0 for none."""
    of_kind = {fold(kind): days for kind, days in facts.clash_days_of.items()}
    kinds = {(one.type, one.reason): one for one in engagements(facts)}
    return {
        kind: max(of_kind.get(fold(each), 0) for each in kind)
        or (facts.redundancy_clash_days if one.is_redundancy else 0)
        for kind, one in kinds.items()
    }


def _nearest(pairs: list[tuple[Engagement, Engagement]]) -> list[tuple[Engagement, Engagement]]:
    """Each later call with the nearest earlier one of the same two agencies, then the other way round."""
    latest_first: dict[tuple[str, frozenset[str]], tuple[Engagement, Engagement]] = {}
    for pair in pairs:  # oldest first, so the nearest earlier call comes last and stays
        latest_first[pair[1].record_id, _agencies(pair)] = pair
    nearest: dict[tuple[str, frozenset[str]], tuple[Engagement, Engagement]] = {}
    for pair in latest_first.values():
        known = nearest.get((pair[0].record_id, _agencies(pair)))
        if known is None or _apart(*pair) < _apart(*known):
            nearest[pair[0].record_id, _agencies(pair)] = pair
    return list(nearest.values())


def _runs(
    pairs: Iterable[tuple[Engagement, Engagement]], facts: Facts
) -> list[list[tuple[Engagement, Engagement]]]:
    """One employer's clashes, oldest first, parted where nobody approached it for longer than clash_days.

    A run has one suggested lead: of three calls in a fortnight it would else be one agency in the first
    pair and another in the second.
    """
    runs: list[list[tuple[Engagement, Engagement]]] = []
    last = date.min  # on which anybody approached it in the run
    for pair in sorted(pairs, key=lambda pair: (pair[0].day, pair[1].day, pair[0].record_id)):
        if runs and (_day(pair[0]) - last).days <= facts.clash_days:
            runs[-1].append(pair)
        else:
            runs.append([pair])
        last = max(last, _day(pair[1]))
    return runs


def _day(one: Engagement) -> date:
    return one.day or date.max


def _agencies(pair: tuple[Engagement, Engagement]) -> frozenset[str]:
    return frozenset(one.agency for one in pair)


def _clashes(
    run: Sequence[tuple[Engagement, Engagement]], group: Sequence[Engagement], facts: Facts
) -> Iterator[Clash]:
    opening = run[0][0]
    marked = employers_by_id(facts).get(opening.employer_id, {}).get("Lead agency", "")
    lead, because = suggest_lead(opening, group, marked)
    for first, second in run:
        limit = window_of(first, second, facts)
        risky = first.is_redundancy or second.is_redundancy
        about = " because jobs are at risk" if risky and limit != facts.clash_days else ""
        why = f"Two agencies within {limit} days{about}. {lead} to lead: {because}."
        yield Clash(first, second, lead, why, because)


def suggest_lead(first: Engagement, group: Sequence[Engagement], marked: str) -> tuple[str, str]:
    """Who should lead, and why in words: the marked lead agency, else whoever spoke to them last before
    the run of clashes that opens with first, else the agency that came first in it.

    group: all that was done or planned with the employer, oldest first.
    """
    if marked:
        return marked, "it is their lead agency in the Employer list"
    earlier = range(bisect_left(group, _day(first), key=_day) - 1, -1, -1)
    last = next((group[at] for at in earlier if group[at].status == DONE), None)
    if last:
        when = short_day(last.day) if last.day else ""
        return last.agency, f"it was the last in touch before ({last.type or 'contact'} on {when})"
    return first.agency, "it approached them first and nobody is known to have met them before"


def clash_list(facts: Facts) -> pd.DataFrame:
    """The Clashes tab: one row a clash, dates ISO text, Days apart a whole number.

    What lies ahead comes first, the soonest on top; then what is past, the newest on top.
    """
    today, found = facts.today, clashes(facts)
    ahead = [one for one in found if _day(one.second) >= today]
    past = [one for one in reversed(found) if _day(one.second) < today]
    return as_frame((_row(one) for one in (*ahead, *past)), HEADINGS)


def _row(one: Clash) -> tuple[str | int, ...]:
    first, second = one.first, one.second
    return (
        one.key,
        first.employer,
        first.employer_id,
        first.agency,
        str(first.day),
        first.type,
        second.agency,
        str(second.day),
        second.type,
        one.days_apart,
        one.lead,
        one.why,
    )

"""Clashes: two agencies that approach one merged employer within days of each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

import pandas as pd

from engage.insight.activity import CANCELLED, DONE, Engagement, engagements
from engage.insight.facts import Facts, once_a_day
from engage.insight.reading import PlainRow, as_frame, employers_by_id, fold
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
    employers = employers_by_id(facts)
    found = [
        _clash(first, second, run[0][0], group, employers, facts)
        for group in _by_employer(everything)
        for run in _runs(_nearest(_close_pairs(group, facts)), facts)
        for first, second in run
    ]
    return tuple(sorted(found, key=lambda one: (one.second.day, one.first.day, one.key)))


@once_a_day
def clashes_within(facts: Facts, first: date, last: date) -> tuple[Clash, ...]:
    """The clashes whose second approach falls on these days."""
    return tuple(one for one in clashes(facts) if first <= _day(one.second) <= last)


def _by_employer(everything: Iterable[Engagement]) -> list[list[Engagement]]:
    groups: dict[str, list[Engagement]] = {}
    for one in everything:
        if one.employer_id and one.agency and one.day and one.status != CANCELLED:
            groups.setdefault(one.employer_id, []).append(one)
    return list(groups.values())


def _close_pairs(group: Sequence[Engagement], facts: Facts) -> list[tuple[Engagement, Engagement]]:
    windows = [(one, _own_window(one, facts)) for one in group]
    return [
        (first, second)
        for (first, own), (second, other) in combinations(windows, 2)
        if first.agency != second.agency and _apart(first, second) <= (max(own, other) or facts.clash_days)
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
    of_kind = {fold(kind): days for kind, days in facts.clash_days_of.items()}
    own = max((of_kind.get(fold(kind), 0) for kind in (one.type, one.reason)), default=0)
    return own or (facts.redundancy_clash_days if one.is_redundancy else 0)


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
    for pair in sorted(pairs, key=lambda pair: (pair[0].day, pair[1].day, pair[0].record_id)):
        if runs and _apart(max((each[1] for each in runs[-1]), key=_day), pair[0]) <= facts.clash_days:
            runs[-1].append(pair)
        else:
            runs.append([pair])
    return runs


def _day(one: Engagement) -> date:
    return one.day or date.max


def _agencies(pair: tuple[Engagement, Engagement]) -> frozenset[str]:
    return frozenset(one.agency for one in pair)


def _clash(
    first: Engagement,
    second: Engagement,
    opening: Engagement,
    group: Sequence[Engagement],
    employers: Mapping[str, PlainRow],
    facts: Facts,
) -> Clash:
    marked = employers.get(first.employer_id, {}).get("Lead agency", "")
    lead, because = suggest_lead(opening, group, marked)
    limit = window_of(first, second, facts)
    risky = first.is_redundancy or second.is_redundancy
    about = " because jobs are at risk" if risky and limit != facts.clash_days else ""
    why = f"Two agencies within {limit} days{about}. {lead} to lead: {because}."
    return Clash(first, second, lead, why, because)


def suggest_lead(first: Engagement, group: Iterable[Engagement], marked: str) -> tuple[str, str]:
    """Who should lead, and why in words: the marked lead agency, else whoever spoke to them last before
    the run of clashes that opens with first, else the agency that came first in it."""
    if marked:
        return marked, "it is their lead agency in the Employer list"
    before = [one for one in group if one.status == DONE and one.day and first.day and one.day < first.day]
    if before:
        last = max(before, key=lambda one: (one.day, one.record_id))
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

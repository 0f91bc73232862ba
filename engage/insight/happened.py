"""What happened in a period, in figures: each against the period before and the average of four."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from engage.insight.facts import Facts
from engage.insight.freshness import missing_from, without_words
from engage.insight.measures import WEEKLY, Activity, Count, average, breakdown
from engage.insight.weeks import Period
from engage.model import AgencyRead

BREAKDOWNS = {
    "agency": "By agency",
    "type": "By type",
    "reason": "By reason",
    "sector": "By sector",
    "size": "By size band",
}
IN_FIGURES = "The week"
TREND = 8  # periods, this one among them
NOTES = {
    "Employers spoken to": "merged employers, each counted once",
    "New employers": "first seen by the register; what an agency brought on its first day is not news",
    "Clashes": "second approach in the {unit}",
    "Employers at events": "merged employers, each counted once",
    "Pledge sign-ups": "merged employers; the same pledge signed again is not counted",
    "Pledge page views": "where a week and its days are both given, the week",
}
UNKNOWN = {
    "New employers": "not known: the register is younger than the {unit}",
    "Employers at events": "not known: two events share a name, so attendance fits either",
    "Pledge page views": "nobody has given a figure for the {unit}",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One row. now, before and average are None where nobody knows, which is never the same as 0.

    trend: the same count of the last eight periods, the oldest first; () where it has no past.
    """

    section: str
    measure: str
    now: int | None
    before: int | None = None
    average: float | None = None
    note: str = ""
    trend: tuple[Count, ...] = ()


def in_figures(activity: Activity, week: Period, *, dated: bool = True) -> Iterable[Line]:
    """Every measure of a week, or of a longer period. dated: whether each note begins with its dates."""
    absent = without_words(missing_from(activity.facts, week))
    for measure, count in WEEKLY.items():
        counts = [count(activity, week.back(weeks)) for weeks in range(TREND)]
        about = (UNKNOWN if counts[0] is None else NOTES).get(measure, "").format(unit=week.unit)
        days = f"{week.unit} of {week.words}" if dated else ""
        note = "; ".join(part for part in (days, about, absent) if part)
        yield _line(IN_FIGURES, measure, counts, note)


def counted_by(activity: Activity, week: Period, kind: str) -> Iterable[Line]:
    """Every label of the last five weeks, most of the week first; an unread agency's count is not known."""
    weeks = [week.back(number) for number in range(TREND)]
    counts = [breakdown(activity.facts, one, kind) for one in weeks]
    unread = [_unread(activity.facts, one, kind) for one in weeks]
    labels: set[str] = set().union(*counts[:5], unread[0])
    for label in sorted(labels, key=lambda name: (-counts[0].get(name, 0), name.casefold(), name)):
        past: list[Count] = [
            count.get(label, None if label in missing else 0)
            for count, missing in zip(counts, unread, strict=True)
        ]
        note = without_words([unread[0][label]]) if label in unread[0] else ""
        yield _line(BREAKDOWNS[kind], label, past, note)


def _line(section: str, measure: str, counts: Sequence[Count], note: str) -> Line:
    """counts: the newest first."""
    now, before, *_ = counts
    return Line(section, measure, now, before, average(counts[1:5]), note, tuple(reversed(counts)))


def _unread(facts: Facts, week: Period, kind: str) -> dict[str, AgencyRead]:
    found = missing_from(facts, week) if kind == "agency" else ()
    return {read.agency: read for read in found if read.agency}

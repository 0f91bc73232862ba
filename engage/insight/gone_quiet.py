"""Employers gone quiet: half a year without a word, told once, when the half year is up."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from engage.insight.activity import PLANNED, done, engagements
from engage.insight.facts import Facts, once_a_day
from engage.insight.reading import employers_by_id, several
from engage.insight.weeks import Period, read_day

QUIET_DAYS = 182  # half a year


@dataclass(frozen=True, slots=True)
class Quiet:
    """An employer and the last contact with it, as the Employer list says. talks: how many done."""

    employer_id: str
    employer: str
    agencies: tuple[str, ...]
    last: date
    last_by: str
    talks: int


@once_a_day
def gone_quiet(facts: Facts, period: Period) -> tuple[Quiet, ...]:
    """The employers whose last contact was half a year back on a day of the period, best known first.

    Those who are to rest, and those with an engagement planned, are left out.
    """
    talks = Counter(one.employer_id for one in done(facts))
    awaited = {
        one.employer_id
        for one in engagements(facts)
        if one.status == PLANNED and one.day and one.day >= facts.today
    }
    found = [
        Quiet(
            row["employer_id"],
            row["Employer"],
            several(row.get("Agencies", "")),
            last,
            row.get("Last contact by", ""),
            talks[row["employer_id"]],
        )
        for row in employers_by_id(facts).values()
        if (last := read_day(row.get("Last contact", "")))
        and last + timedelta(days=QUIET_DAYS) in period
        and row["employer_id"] not in awaited
        and not _rests(row.get("Rest until", ""), facts.today)
    ]
    return tuple(sorted(found, key=lambda one: (-one.talks, one.employer.casefold(), one.employer_id)))


def _rests(until: str, today: date) -> bool:
    day = read_day(until)
    return day is not None and day > today

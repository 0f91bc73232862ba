"""Warm introductions: of each gap of a sector, three employers, and who of us could open the door."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from heapq import nsmallest

from engage.insight.activity import Engagement
from engage.insight.facts import Facts, once_a_day, once_of_rows
from engage.insight.reading import PlainRow, employers_by_id, person_by_id, several
from engage.insight.sector_steps import Steps, last_talks_ever, steps_by_sector
from engage.insight.weeks import read_day, short_day
from engage.wording import counted

TO_SPEAK, TO_PLEDGE, TO_SEAT = "To speak to", "To pledge", "To join a group"
MOST = 3
GAPS: Mapping[str, Callable[[Steps], frozenset[str]]] = {
    TO_SPEAK: lambda steps: steps.known - steps.engaged,
    TO_PLEDGE: lambda steps: steps.engaged - steps.pledged,
    TO_SEAT: lambda steps: (steps.engaged | steps.pledged) - steps.seated,
}


@dataclass(frozen=True, slots=True)
class Introduction:
    """An employer that is missing, and the agency that knows it best; how: what it is known by, in words."""

    sector: str
    gap: str
    employer_id: str
    employer: str
    agency: str
    how: str
    last: str


@once_a_day
def introductions(facts: Facts) -> tuple[Introduction, ...]:
    """Up to three for each gap of each sector, the warmest first.

    Warm is: spoken to, the last the warmer; then how many of its people are known, then how many agencies
    have it on their lists. One that nobody knows more of than its name, or that is to rest, is none.
    """
    warmth = {key: found for key in employers_by_id(facts) if (found := _warmth(facts, key)) is not None}
    return tuple(
        _introduction(facts, sector, gap, key)
        for sector, steps in steps_by_sector(facts).items()
        for gap, missing_from in GAPS.items()
        for key in nsmallest(MOST, missing_from(steps) & warmth.keys(), key=lambda one: (*warmth[one], one))
    )


def _warmth(facts: Facts, key: str) -> tuple[int, int, int] | None:
    golden = employers_by_id(facts)[key]
    rest, talk = read_day(golden.get("Rest until", "")), last_talks_ever(facts).get(key)
    people, agencies = people_known(facts).get(key, 0), len(several(golden.get("Agencies", "")))
    if (rest is not None and rest > facts.today) or not (talk or people or agencies):
        return None
    return -(talk.day or date.min).toordinal() if talk else 0, -people, -agencies


@once_of_rows
def people_known(facts: Facts) -> dict[str, int]:
    """EMP- id → how many of its people are known who are there still and have not said "do not contact"."""
    found: dict[str, int] = {}
    for person in person_by_id(facts).values():
        gone = person.get("Still in post?", "").casefold() == "no"
        if not gone and person.get("Do not contact", "") != "All":
            key = person.get("employer_id", "")
            found[key] = found.get(key, 0) + 1
    return found


def _introduction(facts: Facts, sector: str, gap: str, key: str) -> Introduction:
    golden, talk = employers_by_id(facts)[key], last_talks_ever(facts).get(key)
    agency, how = _by_talk(talk) if talk else _by_list(golden, people_known(facts).get(key, 0))
    last = talk.day.isoformat() if talk and talk.day else ""
    return Introduction(sector, gap, key, golden.get("Employer", ""), agency, how, last)


def _by_talk(talk: Engagement) -> tuple[str, str]:
    when = short_day(talk.day) if talk.day else ""
    return talk.agency, f"{talk.type or 'In touch'} on {when}"


def _by_list(golden: PlainRow, people: int) -> tuple[str, str]:
    agencies = several(golden.get("Agencies", ""))
    lead = golden.get("Lead agency", "") or (agencies[0] if agencies else "")
    knows = f"{counted(people, 'person', 'people')} known there" if people else "on its list, nobody met yet"
    return lead, knows

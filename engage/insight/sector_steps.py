"""How far the employers of each sector have come: known, spoken to, pledged, on a group."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from engage.insight.activity import Engagement, after, talks_by_employer
from engage.insight.facts import Facts, once_a_day
from engage.insight.group_members import sitting
from engage.insight.known import known_employers
from engage.insight.pledge_list import sign_ups
from engage.insight.sectors import NOT_KNOWN, sector_rows, sectors_by_employer

ENGAGED_DAYS = 365  # "engaged" wears off: whoever was last spoken to before that counts as known


@dataclass(frozen=True, slots=True)
class Steps:
    """The merged employers of one sector, as EMP- ids. engaged: spoken to within a year of facts.today;
    pledged: with a pledge that stands as signed; seated: on a group. Each a part of known."""

    known: frozenset[str]
    engaged: frozenset[str]
    pledged: frozenset[str]
    seated: frozenset[str]


@once_a_day
def steps_by_sector(facts: Facts) -> dict[str, Steps]:
    """Sector → its steps: the partnership's own in their order, others that people typed, Sector not known.

    An employer in two sectors stands in both.
    """
    members: dict[str, set[str]] = {name: set() for name in sector_rows(facts)}
    for key in known_employers(facts):
        for name in sectors_by_employer(facts).get(key, ()) or (NOT_KNOWN,):
            members.setdefault(name, set()).add(key)
    unknown = members.pop(NOT_KNOWN, set())
    engaged, pledged, seated = frozenset(last_talks(facts)), pledged_by(facts), sitting(facts)
    return {
        name: Steps(frozenset(keys), engaged & keys, pledged & keys, seated & keys)
        for name, keys in (*members.items(), (NOT_KNOWN, unknown))
        if keys or name != NOT_KNOWN
    }


@once_a_day
def last_talks(facts: Facts) -> dict[str, Engagement]:
    """EMP- id → the last done engagement with it, if that was within a year."""
    since = facts.today - timedelta(days=ENGAGED_DAYS)
    return {key: one for key, one in last_talks_ever(facts).items() if one.day and one.day > since}


@once_a_day
def last_talks_ever(facts: Facts) -> dict[str, Engagement]:
    """EMP- id → the last done engagement with it; of one day, the one of the higher record id."""
    found = talks_by_employer(facts).items()
    return {key: talks[past - 1] for key, talks in found if (past := after(talks, facts.today))}


def pledged_by(facts: Facts) -> frozenset[str]:
    """The employers with a pledge that stands as signed, of a day up to facts.today or of none."""
    return frozenset(one.employer_key for one in sign_ups(facts) if one.day is None or one.day <= facts.today)

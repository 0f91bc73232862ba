"""How things stand with each employer tonight: talks held and planned, pledges, asks, clashes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from datetime import timedelta

from engage.insight.activity import DONE, PLANNED, Engagement, engagements
from engage.insight.asks import ASK_DAYS
from engage.insight.clashes import Clash, clashes
from engage.insight.facts import Facts
from engage.insight.pledge_list import sign_ups
from engage.insight.weeks import short_day
from engage.model import CellValue, record_of


@dataclass(frozen=True, slots=True)
class Standing:
    """By EMP- id. planned: ISO date of the next talk. asks: approaches by any agency in the last 90 days.
    asks_of_person: the same by PER- id, of the talks in which the person is named."""

    done: Mapping[str, int]
    planned: Mapping[str, str]
    pledges: Mapping[str, str]
    asks: Mapping[str, int]
    clashes: Mapping[str, tuple[Clash, ...]]
    asks_of_person: Mapping[str, int] = field(default_factory=dict)

    def employer(self, key: str) -> dict[str, CellValue]:
        """The cells of the Employer list that are about what was done, not about who it is."""
        return {
            "Next planned": self.planned.get(key, ""),
            "Engagements": self.done.get(key, 0),
            "Pledges": self.pledges.get(key, ""),
        }

    def clash_of(self, key: str, agency: str) -> str:
        """The newest clash of this agency at this employer, in words; "" if there is none."""
        mine = [c for c in self.clashes.get(key, ()) if agency in (c.first.agency, c.second.agency)]
        if not mine:
            return ""
        clash = mine[-1]
        other = clash.second if clash.first.agency == agency else clash.first
        when = short_day(other.day) if other.day else "soon"
        return f"{other.agency}, {other.type or 'contact'}, {when}; suggested lead: {clash.lead}"


def standing_of(facts: Facts) -> Standing:
    """Counted from the facts, on their date."""
    held = engagements(facts)
    pledged: dict[str, set[str]] = defaultdict(set)
    for sign_up in sign_ups(facts):
        pledged[sign_up.employer_key].add(sign_up.pledge)
    clashing: dict[str, list[Clash]] = defaultdict(list)
    for clash in clashes(facts):
        clashing[clash.first.employer_id].append(clash)
    since = facts.today - timedelta(days=ASK_DAYS)
    recent = [e for e in held if e.day and e.is_ask and since < e.day <= facts.today]
    return Standing(
        done=Counter(e.employer_id for e in held if e.status == DONE and e.day and e.day <= facts.today),
        planned=_next_planned(held, facts),
        pledges={key: "; ".join(sorted(filter(None, names))) for key, names in pledged.items()},
        asks=Counter(e.employer_id for e in recent),
        clashes={key: tuple(found) for key, found in clashing.items()},
        asks_of_person=_asks_of_people({e.record_id for e in recent}, facts),
    )


def _asks_of_people(recent: Set[str], facts: Facts) -> Counter[str]:
    """PER- id → in how many of these engagements the person is named; once each, however often named."""
    named = {
        (person, record_of(key)) for key, person in facts.linked.person_of.items() if record_of(key) in recent
    }
    return Counter(person for person, _ in named)


def _next_planned(held: tuple[Engagement, ...], facts: Facts) -> dict[str, str]:
    """The first planned day from today on; engagements come oldest first."""
    found: dict[str, str] = {}
    for one in held:
        if one.status == PLANNED and one.day and one.day >= facts.today:
            found.setdefault(one.employer_id, one.day.isoformat())
    return found

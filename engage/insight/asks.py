"""Before the visit: how often an employer was approached of late, and until when it is to be let be."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from engage.insight.activity import PLANNED, Engagement, after, engagements
from engage.insight.facts import Facts, once_a_day, once_of_rows
from engage.insight.reading import employers_by_id
from engage.insight.weeks import read_day, short_day
from engage.wording import counted

ASK_DAYS = 90


@dataclass(frozen=True, slots=True)
class Warning:
    """Why an approach should wait. kind: "rest" or "asks"; words: as a sentence."""

    kind: str
    words: str


@once_of_rows
def ask_days(facts: Facts) -> dict[str, list[date]]:
    """Merged employer → the days on which any agency approached it or plans to, oldest first."""
    days: dict[str, list[date]] = {}
    for one in engagements(facts):  # oldest first
        if one.employer_id and one.day and one.is_ask:
            days.setdefault(one.employer_id, []).append(one.day)
    return days


def asks_until(facts: Facts, employer_id: str, day: date) -> int:
    """How often any agency approaches it in the 90 days that end with this one."""
    days = ask_days(facts).get(employer_id, [])
    return bisect_right(days, day) - bisect_right(days, day - timedelta(days=ASK_DAYS))


def rest_until(facts: Facts, employer_id: str) -> date | None:
    """The day before which nobody should approach it, as the Employer list has it."""
    return read_day(employers_by_id(facts).get(employer_id, {}).get("Rest until", ""))


def before_you_go(facts: Facts, employer_id: str) -> str:
    """What to know before anybody approaches it today; "" if nothing speaks against it."""
    rest = rest_until(facts, employer_id)
    said = [f"Rest until {short_day(rest)}"] if rest and rest > facts.today else []
    asked = asks_until(facts, employer_id, facts.today)
    if asked >= facts.most_asks:
        said.append(f"Asked {asked:,} times in {ASK_DAYS} days, {facts.most_asks:,} is the most")
    return "; ".join(said)


@once_a_day
def warnings(facts: Facts) -> dict[str, tuple[Warning, ...]]:
    """Record id of an approach that is planned and still ahead → why it should wait; only where it should."""
    ahead = engagements(facts)[after(engagements(facts), facts.today - timedelta(days=1)) :]
    found = {one.record_id: tuple(_warnings(one, facts)) for one in ahead if _is_ahead(one, facts)}
    return {record: said for record, said in found.items() if said}


def _is_ahead(one: Engagement, facts: Facts) -> bool:
    return one.status == PLANNED and one.is_ask and one.day is not None and one.day >= facts.today


def _warnings(one: Engagement, facts: Facts) -> Iterator[Warning]:
    if one.day is None or not one.employer_id:
        return
    rest = rest_until(facts, one.employer_id)
    if rest and one.day < rest:
        yield Warning("rest", f"{one.employer} is to rest until {short_day(rest)}.")
    asked = asks_until(facts, one.employer_id, one.day)
    if asked > facts.most_asks:
        times = counted(asked, "approach", "approaches")
        yield Warning(
            "asks",
            f"With this one, {one.employer} has {times} by all agencies in {ASK_DAYS} days; "
            f"{facts.most_asks:,} is the most that was agreed.",
        )

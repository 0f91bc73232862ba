"""Capacity: how often all agencies together asked each employer in 90 days, and which are to rest."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from engage.insight.activity import Engagement, after, engagements
from engage.insight.asks import ASK_DAYS, asks_until, before_you_go, rest_until
from engage.insight.capability import Capability, CellsByHeading, Chart, Headline, Insight, Source, Table
from engage.insight.facts import Facts, once_a_day
from engage.insight.known import known_employers
from engage.insight.reading import employers_by_id
from engage.insight.weeks import Period
from engage.wording import counted, in_a_row

TAB = "Asks of employers"
MOST_CHARTED = 10


def tell(facts: Facts, _: Period) -> Insight:
    """The 90 days that end on facts.today. An ask is what we began, done or planned for one of these days;
    what the employer began is none. Employers are merged, so that all agencies' asks come together."""
    asked, resting = asks_by_employer(facts), resting_employers(facts)
    if not asked and not resting:
        return Insight()
    rows = _rows(facts)
    often = sum(len(ones) > facts.most_asks for ones in asked.values())
    asks = sum(len(ones) for ones in asked.values())
    agreed = f"more than {facts.most_asks:,} in {ASK_DAYS} days, all agencies together"
    return Insight(
        capacity_words(facts, asked, often, len(resting)),
        (
            Headline("Employers asked in 90 days", len(asked), f"{counted(asks, 'ask')} in all"),
            Headline("Employers asked too often", often, agreed),
            Headline("Employers that are to rest", len(resting), "Rest until is a day to come", dated=False),
        ),
        (
            Table(
                TAB,
                rows,
                sources=(Source("Engagements", asks),),
                charts=(Chart("Most asked", "Employer", ("Asks in 90 days",), most=MOST_CHARTED),),
            ),
        ),
    )


@once_a_day
def asks_by_employer(facts: Facts) -> dict[str, list[Engagement]]:
    """EMP- id → the asks of the last 90 days, oldest first; only employers that were asked."""
    since, found = facts.today - timedelta(days=ASK_DAYS), dict[str, list[Engagement]]()
    everything = engagements(facts)
    for one in everything[after(everything, since) : after(everything, facts.today)]:
        if one.employer_id and one.is_ask:
            found.setdefault(one.employer_id, []).append(one)
    return found


@once_a_day
def resting_employers(facts: Facts) -> frozenset[str]:
    """The employers that the register had seen by facts.today and that are to rest, as EMP- ids."""
    until = ((key, rest_until(facts, key)) for key in known_employers(facts))
    return frozenset(key for key, day in until if day is not None and day > facts.today)


@once_a_day
def _rows(facts: Facts) -> tuple[CellsByHeading, ...]:
    """The most asked first; then those that are to rest."""
    return tuple(_in_order(facts, asks_by_employer(facts), resting_employers(facts)))


def _in_order(
    facts: Facts, asked: dict[str, list[Engagement]], resting: frozenset[str]
) -> Iterator[CellsByHeading]:
    employers = employers_by_id(facts)
    named = {key: employers.get(key, {}).get("Employer", "") for key in {*asked, *resting}}
    for key in sorted(named, key=lambda key: (-len(asked.get(key, ())), named[key].casefold(), key)):
        ones, rest = asked.get(key, []), rest_until(facts, key)
        yield {
            "Employer": named[key],
            "Employer ID": key,
            "Asks in 90 days": asks_until(facts, key, facts.today),
            "By whom": in_a_row(sorted({one.agency for one in ones if one.agency})),
            "Last ask": ones[-1].day.isoformat() if ones and ones[-1].day else "",
            "Rest until": rest.isoformat() if rest and key in resting else "",
            "Before you go": before_you_go(facts, key),
        }


def capacity_words(facts: Facts, asked: dict[str, list[Engagement]], often: int, resting: int) -> str:
    """ "204 employers were asked 312 times in 90 days by all agencies together; 7 of them more than 4 times,
    which is the most that was agreed. 3 are to rest." """
    asks = sum(len(ones) for ones in asked.values())
    were = "was" if len(asked) == 1 else "were"
    said = f"{counted(len(asked), 'employer')} {were} asked {counted(asks, 'time')} in {ASK_DAYS} days "
    said += f"by all agencies together; {often:,} of them more than {counted(facts.most_asks, 'time')}, "
    said += "the most that was agreed."
    left = f" {counted(resting, 'employer')} {'is' if resting == 1 else 'are'} to rest."
    return said + (left if resting else "")


CAPABILITY = Capability(
    key="capacity",
    number=15,
    title="Employers' capacity",
    clause="Stevenage 3.55 and 4.16: “acknowledge and support capacity challenges”",
    tabs=(TAB,),
    tell=tell,
)

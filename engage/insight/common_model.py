"""The common model: movement on the six stages, who started it, and needs that wait for an answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from engage.insight.activity import Engagement, distinct_employers, done_within
from engage.insight.capability import (
    Capability,
    CellsByHeading,
    Chart,
    Headline,
    Insight,
    News,
    Source,
    Table,
)
from engage.insight.facts import Facts
from engage.insight.ladder import NOT_ON_IT, STAGES, Move, moves
from engage.insight.needs import late_needs
from engage.insight.reading import employers_by_id, fold
from engage.insight.weeks import Period
from engage.wording import counted

TAB, TAB_STARTED = "Stages", "Who started it"
STARTERS = ("Employer", "Us", "Partner referral")
BY_SPELLING = {fold(name): name for name in STARTERS}
NOT_SAID = "Not given"
RUNGS = (NOT_ON_IT, *STAGES)


def tell(facts: Facts, span: Period) -> Insight:
    """Employers by stage at the end of the period and how they moved in it; engagements by who started them.

    Demand-led is what employers started, of all engagements of which it is said who did.
    """
    found, talks = moves(facts, span.first, span.last), done_within(facts, span)
    started = _by_starter(talks)
    starters = Counter({name: len(ones) for name, ones in started.items()})
    up = [one for one in found if one.before and one.after > one.before]
    down = [one for one in found if one.before and one.after < one.before]
    new = sum(not one.before for one in found)
    share = demand_led(starters)
    said = sum(starters.values()) - starters[NOT_SAID]
    late = len(late_needs(facts))
    headlines = (
        Headline("Employers that moved up", len(up), f"of {len(found):,} on the ladder"),
        Headline("Employers that moved down", len(down)),
        Headline("Employers new on the ladder", new),
        Headline("Started by the employer, %", share, f"of {counted(said, 'engagement')} where it is said"),
    )
    if not found and not said and not late:
        return Insight(headlines=headlines)
    return Insight(
        model_words(len(up), len(down), share, late),
        headlines,
        (_stages(found), _who_started(started, starters)),
        news=tuple(_news(facts, up)),
    )


def _by_starter(talks: Sequence[Engagement]) -> dict[str, list[Engagement]]:
    found: dict[str, list[Engagement]] = {name: [] for name in (*STARTERS, NOT_SAID)}
    for one in talks:
        found[BY_SPELLING.get(fold(one.started_by), NOT_SAID)].append(one)
    return found


def demand_led(starters: Counter[str]) -> int | None:
    """How many in a hundred the employer started, of those where it is said; None where it never is."""
    said = sum(starters[name] for name in STARTERS)
    return starters[STARTERS[0]] * 100 // said if said else None


def _stages(found: Sequence[Move]) -> Table:
    before, now = Counter(one.before for one in found), Counter(one.after for one in found)
    up = Counter(one.after for one in found if one.before < one.after)
    down = Counter(one.after for one in found if one.before > one.after)
    rows: list[CellsByHeading] = [
        {
            "Stage": name,
            "Employers before": before[rung],
            "Employers now": now[rung],
            "Came up to it": up[rung],
            "Fell back to it": down[rung],
        }
        for rung, name in enumerate(RUNGS)
        if rung or now[0]
    ]
    chart = Chart("Employers by stage", "Stage", ("Employers before", "Employers now"))
    return Table(TAB, tuple(rows), sources=(Source("Employers", len(found)),), charts=(chart,))


def _who_started(started: Mapping[str, Sequence[Engagement]], starters: Counter[str]) -> Table:
    said = sum(starters[name] for name in STARTERS)
    rows: list[CellsByHeading] = [
        {
            "Who started it": name,
            "Engagements": starters[name],
            "% of those said": starters[name] * 100 // said if said and name != NOT_SAID else "",
            "Employers": distinct_employers(started[name]),
        }
        for name in (*STARTERS, NOT_SAID)
    ]
    why = "nobody wrote down who started it"
    return Table(TAB_STARTED, tuple(rows), sources=(Source("Engagements", said, starters[NOT_SAID], why),))


def _news(facts: Facts, up: Sequence[Move]) -> Iterator[News]:
    for one in up:
        if one.after >= 5:  # the two stages at which an employer does our work with us
            name = employers_by_id(facts)[one.employer_id].get("Employer", "")
            yield News(f"{name} is now at stage {STAGES[one.after - 1]}.", frozenset({one.employer_id}))


def model_words(up: int, down: int, share: int | None, late: int) -> str:
    """ "7 employers moved up a stage and 1 moved down. Employers started 31% of the engagements of which it
    is said. 3 needs have waited for an answer for more than 30 days." """
    said = [f"{counted(up, 'employer')} moved up the six stages and {down:,} moved down."]
    if share is not None:
        said.append(f"Employers started {share}% of the engagements of which it is said who did.")
    if late:
        waiting = "need has" if late == 1 else "needs have"
        said.append(f"{late:,} {waiting} waited for an answer for more than 30 days.")
    return " ".join(said)


CAPABILITY = Capability(
    key="common-model",
    number=13,
    title="Common model",
    clause="Lancashire: “common models for employer engagement … sharing information in both directions”",
    tabs=(TAB, TAB_STARTED),
    tell=tell,
)

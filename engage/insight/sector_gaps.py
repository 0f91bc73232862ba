"""Sector intelligence: the gap grid of the partnership's own sectors, with warm introductions."""

from __future__ import annotations

from collections.abc import Mapping

from engage.insight.capability import (
    Capability,
    Cell,
    CellsByHeading,
    Chart,
    Headline,
    Insight,
    Source,
    Table,
)
from engage.insight.facts import Facts
from engage.insight.introductions import introductions
from engage.insight.known import known_employers
from engage.insight.reading import number_in
from engage.insight.sector_steps import Steps, steps_by_sector
from engage.insight.sectors import NOT_KNOWN, sector_rows
from engage.insight.weeks import Period
from engage.wording import counted, in_a_row

TAB, TAB_INTRODUCTIONS = "Sector gaps", "Warm introductions"
MOST_NAMED = 3


def tell(facts: Facts, _: Period) -> Insight:
    """Each sector as it stands on facts.today; an employer in two sectors stands in both."""
    steps = steps_by_sector(facts)
    if not known_employers(facts):
        return Insight()
    rows = sector_rows(facts)
    unplaced = len(steps[NOT_KNOWN].known) if NOT_KNOWN in steps else 0
    own = {name: found for name, found in steps.items() if name in rows}
    placed = len(known_employers(facts)) - unplaced
    grid = Table(
        TAB,
        tuple(_row(name, found, rows.get(name, {})) for name, found in steps.items()),
        sources=(Source("Employers", placed, unplaced, "no sector, and no SIC code that belongs to one"),),
        charts=(Chart("Employers of each sector", "Sector", ("Known to us", "Spoken to", "Pledged")),),
    )
    empty = sum(not found.engaged for found in own.values())
    headlines = (
        Headline("Sectors in which nobody was spoken to", empty, f"of {len(own):,}; in the last year"),
        Headline("Sectors without an employer on a group", sum(not s.seated for s in own.values()),
                 f"of {len(own):,}"),
        Headline("Employers without a sector", unplaced, f"of {placed + unplaced:,}"),
    )  # fmt: skip
    return Insight(gap_words(own), headlines, (grid, _introduced(facts)))


def _row(name: str, steps: Steps, about: Mapping[str, str]) -> CellsByHeading:
    businesses = number_in(about.get("Known businesses", ""))
    share: Cell = "" if not businesses else len(steps.known) * 100 // businesses
    return {
        "Sector": name,
        "Why": about.get("Why", ""),
        "Businesses in the area": "" if businesses is None else businesses,
        "Known to us": len(steps.known),
        "% of businesses": share,
        "Spoken to": len(steps.engaged),
        "Pledged": len(steps.pledged),
        "On a group": len(steps.seated),
        "Jobs": about.get("Jobs", ""),
    }


def _introduced(facts: Facts) -> Table:
    rows = tuple(
        {
            "Sector": one.sector,
            "Gap": one.gap,
            "Employer": one.employer,
            "Employer ID": one.employer_id,
            "Who can introduce": one.agency,
            "How they know them": one.how,
            "Last contact": one.last,
        }
        for one in introductions(facts)
    )
    shown = ("Gap", "Employer", "Who can introduce", "How they know them")
    return Table(TAB_INTRODUCTIONS, rows, parts="Sector", shown=("Sector", *shown), skipped=(NOT_KNOWN,))


def gap_words(own: Mapping[str, Steps]) -> str:
    """ "9 sectors. Nobody spoken to for a year in Retail; nobody pledged in Retail and Logistics; nobody on a
    group in 4 sectors." """
    if not own:
        return "The tab Sectors names no sectors yet, so gaps cannot be told."
    said = [
        f"{words} {_named([name for name, found in own.items() if not getattr(found, step)])}"
        for step, words in (
            ("engaged", "nobody was spoken to for a year in"),
            ("pledged", "nobody has pledged in"),
            ("seated", "nobody sits on a group from"),
        )
        if any(not getattr(found, step) for found in own.values())
    ]
    if not said:
        return (
            f"{counted(len(own), 'sector')}; in each somebody was spoken to, has pledged and sits on a group."
        )
    gaps = "; ".join(said)
    return f"{counted(len(own), 'sector')}: {gaps}."


def _named(names: list[str]) -> str:
    more = len(names) - MOST_NAMED
    return in_a_row([*names[:MOST_NAMED], f"{more:,} more"] if more > 0 else names)


CAPABILITY = Capability(
    key="sectors",
    number=12,
    title="Sector intelligence",
    clause="Tameside 3.8.b: “by sector and size of employer”; Halton 3: “audit the sector”",
    tabs=(TAB, TAB_INTRODUCTIONS),
    tell=tell,
)

"""Which town a postcode district lies in, as the list itself says: a row with a postcode alone is there.

A clerk reads "WN1 2QB" and "Wigan" as one place because other rows give both. Learned from the list, so that
it holds in any country; a district that rows give with two towns (a village beside it) tells nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from .mentions import Employer
from .normalise.organisations import at_place
from .signs import Carried, carried, sign

LEAST = 2  # rows that say so
SHARE = 0.9  # of those that give a town: the rest are slips


@dataclass(frozen=True, slots=True)
class Located:
    """What some rows say of districts. said: (district, town) → rows; townless: rows that give no town."""

    said: Mapping[tuple[str, str], int]
    townless: Carried


def located(mentions: Mapping[int, Employer]) -> Located:
    """What these rows say."""
    said = Counter((one.outward, one.town) for one in mentions.values() if one.outward and one.town)
    alone = ((sign(one.outward), number) for number, one in mentions.items() if one.outward and not one.town)
    return Located(dict(said), carried(alone))


def towns_of(parts: Iterable[Located]) -> dict[str, str]:
    """District → the town that its rows give, as all parts of a list say together."""
    rows: dict[str, Counter[str]] = defaultdict(Counter)
    for part in parts:
        for (district, town), count in part.said.items():
            rows[district][town] += count
    found = {district: min(towns, key=lambda town: (-towns[town], town)) for district, towns in rows.items()}
    return {
        district: town
        for district, town in found.items()
        if rows[district][town] >= max(LEAST, SHARE * rows[district].total())
    }


def with_town(mention: Employer, towns: Mapping[str, str]) -> Employer:
    """The mention in the town of its district, if it names none."""
    town = "" if mention.town else towns.get(mention.outward, "")
    return (
        replace(mention, town=town, by_district=True, name=at_place(mention.name, town)) if town else mention
    )

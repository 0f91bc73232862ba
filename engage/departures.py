"""Which agencies have left, as the hub remembers it: settings from before a departure bring nobody back.

The mark is written into the hub's _engage by a departure, and taken out by `engage agency join` alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from .config import HUB, Agency, Config
from .insight.weeks import british
from .state import Left


def as_the_hub_says(config: Config, left: Mapping[str, Left]) -> Config:
    """The settings with each agency that the hub says has left counted so. left: agency's key → its mark."""
    days = {agency.name: mark_of(agency, left) for agency in config.agencies}
    held = tuple(replace(one, left=mark.on) for one in config.agencies if (mark := days[one.name]))
    if not held:
        return config
    stay = tuple(agency for agency in config.agencies if days[agency.name] is None)
    return replace(config, agencies=stay, departed=(*config.departed, *held), held_out=held)


def mark_of(agency: Agency, left: Mapping[str, Left]) -> Left | None:
    """The hub's mark that this agency has left, by its key or its name; None if there is none."""
    by_name = (one for one in left.values() if one.agency.casefold() == agency.name.casefold())
    return left.get(agency.key) or next(by_name, None)


def left_now(config: Config, known: Mapping[str, Left]) -> dict[str, Left]:
    """What the hub is to remember: what it does, and every departure of the settings."""
    new = (agency for agency in config.departed if mark_of(agency, known) is None)
    return {**{agency.key: Left(agency.left, agency.name) for agency in new}, **known}


def own_workbook(config: Config, agency: Agency) -> str:
    """The key of an agency's workbook; "" if others' rows are in it too. config: that names it."""
    home = next((one for one in config.sources if agency in one.agencies), None)
    return home.key if home and home.key != HUB and len(home.agencies) == 1 else ""


def held_out_words(config: Config) -> Iterator[str]:
    """For each agency that the settings count in and the hub does not: what it means and what to do."""
    for agency in config.held_out:
        yield f"{held_out(agency)} {to_finish(agency)}"


def held_out(agency: Agency) -> str:
    """What it means that the settings count this agency in and the hub does not."""
    return (
        f"{agency.name} left on {british(agency.left)}, as the hub remembers, and engage.toml still "
        "counts it in: was it restored from an older backup? Its workbook is not read, and no row of it "
        "is shown."
    )


def to_finish(agency: Agency) -> str:
    """The two commands of which one ends that."""
    return (
        f'To finish the departure here: engage agency leave "{agency.name}". To take it in again: '
        f'engage agency join "{agency.name}" WORKBOOK'
    )

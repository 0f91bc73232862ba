"""How a partnership spells its agencies and its list values: its engage.toml and the hub's own tabs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .config import Agency, Config
from .model import Record
from .register.read import TabReading
from .register.text import split_several

LISTS_ELSEWHERE = (("Sectors", "Sector"), ("Schemes", "Scheme"), ("Groups", "Group"), ("Events", "Event"))


def spellings(config: Config, hub: Sequence[TabReading]) -> dict[str, str]:
    """Every spelling of an agency, case-folded → its name, from engage.toml and the Agencies tab."""
    agencies = (*config.departed, *config.agencies)
    found = {word: name for agency in agencies for word, name in words_of(agency).items()}
    for record in tab_records(hub, "Agencies"):
        known = config.agency(record["Agency"]) or config.agency(record["Short name"])
        name = known.name if known else record["Agency"]
        words = (record["Agency"], record["Short name"], *split_several(record["Also known as"]))
        found |= {word.casefold(): name for word in words if word}
    return found


def words_of(agency: Agency) -> dict[str, str]:
    """What engage.toml calls one agency, case-folded → its name."""
    return {word.casefold(): agency.name for word in (agency.name, agency.short, agency.key) if word}


def list_values(hub: Sequence[TabReading]) -> dict[str, tuple[str, ...]]:
    """List name → the values that the partnership's own tabs give it."""
    columns: dict[str, list[str]] = {}
    for record in tab_records(hub, "Lists"):
        for heading, value in record.typed.items():
            columns.setdefault(heading, []).append(value)
    for tab, heading in LISTS_ELSEWHERE:
        columns[tab] = [record.typed.get(heading, "") for record in tab_records(hub, tab)]
    return {name: tuple(value for value in values if value.strip()) for name, values in columns.items()}


def list_wordings(hub: Sequence[TabReading]) -> dict[str, dict[str, str]]:
    """List name → how else people write a value of it → the value, as the Sectors tab says."""
    sectors = tab_records(hub, "Sectors")
    said = {w: row["Sector"] for row in sectors for w in split_several(row["Also called"])}
    return {"Sectors": said}


def tab_records(readings: Iterable[TabReading], title: str) -> list[Record]:
    """The records of the tabs read as this one."""
    return [record for tab in readings if tab.spec and tab.spec.title == title for record in tab.records]

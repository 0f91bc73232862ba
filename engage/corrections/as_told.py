"""The register as it would be with one merge more, or one less: every audience's facts from tonight's rows.

What was told months ago is worked out from the rows as they are now, as far as they say their days; nobody
keeps what each digest said.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from engage.built.decision_book import Book
from engage.config import HUB, Config
from engage.deciding import all_facts, memberships, setting_of
from engage.insight.facts import Facts, with_same_rows
from engage.model import Linked, Membership
from engage.night import Night
from engage.schema import Schema
from engage.worlds import World, world_beside

FactsOf = Mapping[str, Facts]  # audience → its facts


def facts_if(
    night: Night, config: Config, schema: Schema, linked: Linked, book: Book | None = None
) -> FactsOf:
    """Audience → its facts, were the hub's rows linked so. book: Decisions as they would be then.

    Each audience sees no more than it does tonight, and what is to be mended is what is tonight.
    """
    hub = replace(night.worlds[HUB], linked=linked)
    before = memberships(night.intake, config)
    worlds: dict[str, World] = {HUB: hub}
    for audience, world in night.worlds.items():
        if audience != HUB:
            own = before.get(audience, Membership())
            worlds[audience] = world_beside(audience, world.records, hub, own, config.country)
    open_now = tuple(pair for pair in night.facts[HUB].asked or () if pair in linked.questions)
    then = replace(night, worlds=worlds, book=book or night.book)
    setting = replace(setting_of(then, config), asked=open_now)
    found = all_facts(then, config, schema, setting)
    return {name: with_same_rows(facts, findings=night.facts[name].findings) for name, facts in found}

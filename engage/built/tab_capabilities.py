"""The built tabs of the capabilities: what each says, row by row."""

from __future__ import annotations

from collections.abc import Iterator

from engage.built.material import CellsByHeading, Material
from engage.built.registry import Builder
from engage.insight.capabilities import CAPABILITIES, tab_rows
from engage.insight.capability import Capability


def _of(capability: Capability, tab: str) -> Builder:
    def rows(material: Material) -> Iterator[CellsByHeading]:
        yield from tab_rows(material.facts, capability, tab, material.schema.tabs[tab].headings)

    return rows


BUILDS: dict[str, Builder] = {tab: _of(one, tab) for one in CAPABILITIES for tab in one.tabs}

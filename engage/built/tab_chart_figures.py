"""The tab Chart figures: what the Dashboard's native charts are drawn from."""

from __future__ import annotations

from collections.abc import Iterator

from engage.built.material import CellsByHeading, Material
from engage.built.registry import Builder
from engage.chart_blocks import CHART_FIGURES
from engage.insight.chart_figures import chart_figures


def rows(material: Material) -> Iterator[CellsByHeading]:
    """Always the same number of rows."""
    yield from chart_figures(material.facts)


BUILDS: dict[str, Builder] = {CHART_FIGURES: rows}

"""Every built tab of a workbook, as intents to publish it.

A built tab is one module of this room, named tab_….py: a mapping BUILDS from the tab's title in the schema to
a function that makes its rows from the Material. Its headings, key, answers and types are the schema's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

import engage.built
from engage.built.material import CellsByHeading, Material
from engage.built.typed import typed_row
from engage.ports import PublishTab
from engage.schema import TabSpec

Builder = Callable[[Material], Iterable[CellsByHeading]]


@cache
def builders() -> Mapping[str, Builder]:
    """Tab title → the function that makes its rows, from every tab_….py of this room."""
    found: dict[str, Builder] = {}
    for module in sorted(iter_modules(engage.built.__path__), key=lambda info: info.name):
        if module.name.startswith("tab_"):
            found |= import_module(f"engage.built.{module.name}").BUILDS
    return found


def hub_tabs(material: Material) -> tuple[PublishTab, ...]:
    """The hub's built tabs, Decisions first: an answer leaves To review only once it stands in Decisions.

    Whoever applies them pushes Decisions by itself, and the rest only if that was done or nothing to do.
    """
    intents = _tabs(material, "hub")
    return tuple(sorted(intents, key=lambda intent: intent.tab != "Decisions"))


def agency_tabs(material: Material) -> tuple[PublishTab, ...]:
    """The built tabs of one agency's workbook; material.facts.audience is the agency's name."""
    return _tabs(material, "agency")


def _tabs(material: Material, where: str) -> tuple[PublishTab, ...]:
    known = builders()
    specs = [spec for spec in material.schema.built_tabs(where) if spec.title in known]
    return tuple(_intent(spec, known[spec.title], material) for spec in specs)


def _intent(spec: TabSpec, build: Builder, material: Material) -> PublishTab:
    tab = material.tabs.get(spec.title)
    return PublishTab(
        tab=spec.title,
        headings=spec.headings,
        rows=tuple(typed_row(spec, cells, material.country) for cells in build(material)),
        key=spec.key,
        answers=spec.answers,
        answered=material.answered.get(spec.title, ()),
        expects=tab.rows if tab else None,
        hidden=spec.hidden,
    )

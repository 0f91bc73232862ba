"""Sheets that people gave another title: known by the format's own id of them, then remembered by title.

An id counts only for a sheet whose title nobody knows, and for a title that no sheet has: a program that
saves a workbook anew may number its sheets anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from .model import Finding, Place, Snapshot, Tab
from .state import KnownTab


def renamed_tabs(snapshot: Snapshot, tabs: Mapping[str, KnownTab]) -> dict[str, str]:
    """Sheet title → schema title, for known tabs that were ever renamed. tabs: as remembered."""
    found = ((tab.title, known_as(tab, snapshot, tabs)) for tab in snapshot.tabs)
    return {title: known.spec for title, known in found if known and known.was}


def titles_now(snapshot: Snapshot, tabs: Mapping[str, KnownTab]) -> dict[str, str]:
    """The title that a sheet had when engage.toml was written → what people call it now."""
    found = ((tab.title, known_as(tab, snapshot, tabs)) for tab in snapshot.tabs)
    return {known.was: title for title, known in found if known and snapshot.tab(known.was) is None}


def known_as(tab: Tab, snapshot: Snapshot, tabs: Mapping[str, KnownTab]) -> KnownTab | None:
    """What is remembered of a sheet, `was` its first title if it has another now; None if it is new."""
    if tab.title in tabs:
        return tabs[tab.title]
    lost = ((title, known) for title, known in tabs.items() if snapshot.tab(title) is None)
    same = ((title, known) for title, known in lost if known.sheet_id and known.sheet_id == tab.sheet_id)
    return next((replace(known, was=known.was or title) for title, known in same), None)


def first_title(tab: Tab, snapshot: Snapshot, tabs: Mapping[str, KnownTab]) -> str:
    """The title that a sheet had before people renamed it, "" if it has that title now."""
    known = known_as(tab, snapshot, tabs)
    return known.was if known and known.was != tab.title else ""


def told(place: Place, first: str, agency: str = "") -> Finding:
    """That people gave a tab another title. place: by its title now; first: the one that it had before."""
    return Finding(
        "tab-renamed",
        place,
        f'Somebody renamed the tab "{first}". It goes on working; so that everybody finds it, give it its '
        "old name back, or choose Leave as it is.",
        found=place.tab,
        agency=agency,
    )

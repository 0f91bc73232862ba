"""Sheets that people gave another title: known by the format's own id of them, then remembered by title.

An id counts only for a sheet whose title nobody knows, and for a title that no sheet has: a program that
saves a workbook anew may number its sheets anew. Where two tabs swapped their titles both are known, and the
headings tell which is which.
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
    known = {tab.title: known_as(tab, snapshot, tabs) for tab in snapshot.tabs}
    left = {title for title, each in known.items() if each is None or each.was in ("", title)}
    return {each.was: title for title, each in known.items() if each and each.was and each.was not in left}


def known_as(tab: Tab, snapshot: Snapshot, tabs: Mapping[str, KnownTab]) -> KnownTab | None:
    """What is remembered of a sheet, `was` its first title if it has another now; None if it is new."""
    if tab.title in tabs:
        return _swapped(tab, snapshot, tabs) or tabs[tab.title]
    lost = ((title, known) for title, known in tabs.items() if snapshot.tab(title) is None)
    same = ((title, known) for title, known in lost if known.sheet_id and known.sheet_id == tab.sheet_id)
    return next((replace(known, was=known.was or title) for title, known in same), None)


def _swapped(tab: Tab, snapshot: Snapshot, tabs: Mapping[str, KnownTab]) -> KnownTab | None:
    """What is remembered of a sheet that has taken another known sheet's title; None if it has not."""
    titled = tabs[tab.title]
    theirs = ((title, known) for title, known in tabs.items() if known.spec != titled.spec)
    same = ((title, known) for title, known in theirs if known.sheet_id == tab.sheet_id != "")
    here = ((title, known) for title, known in same if snapshot.tab(title) is not None)
    found = next(here, None)
    if found is None or _spelled_there(found[1], tab) <= _spelled_there(titled, tab):
        return None
    return replace(found[1], was=found[1].was or found[0])


def _spelled_there(known: KnownTab, tab: Tab) -> float:
    """The share of its headings that stand in one row of the sheet, 0 to 1."""
    spelled = set(known.headings.values())
    rows = (len(spelled.intersection(row)) for row in tab.rows)
    return max(rows, default=0) / len(spelled) if spelled else 0.0


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

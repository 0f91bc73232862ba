"""The desk from which a week is told: the register read once, and the hub's tabs as they were published.

Read without leave for deletions, so that a suddenly empty tab is an agency that could not be read and not a
week in which it did nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from .cache import Cache
from .config import HUB, Config
from .deciding import judge_records
from .digest.links import DASHBOARD
from .errors import DigestError, LeaseHeld
from .insight.dashboard import WEEK_SECTIONS, dashboard
from .insight.weeks import Week, last_complete_week
from .lease import last_sync, lease_held
from .model import Snapshot, Tab, cell_text
from .night import Night, run_id
from .pipeline import Partnership, as_the_hub_knows, pull
from .ports import Workbook
from .schema import Schema

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Desk:
    """What every digest of a run is made from. tabs: the hub's built tabs as published, title → frame.

    stale: in words, why the published Dashboard is not what the rows say now; "" if it is. held_by: another
    machine syncs and sends for this partnership; this one may look. hub, cache: where it is kept how far
    sending has come.
    """

    config: Config
    hub: Workbook
    cache: Cache
    night: Night
    week: Week
    tabs: Mapping[str, pd.DataFrame]
    synced: datetime
    stale: str
    schema: Schema
    held_by: LeaseHeld | None = None

    @property
    def is_latest(self) -> bool:
        """Whether it is about the last complete week, the one that the Dashboard shows."""
        return self.week == last_complete_week(self.night.now.date())


def open_desk(partnership: Partnership, *, now: datetime, week: Week | None = None) -> Desk:
    """Everything read, linked and ready to be told. now: local time, no zone. Raises DigestError if the hub
    was never synced, UnsafePlan or WorkbookError if it cannot be used."""
    intake = pull(partnership, now, allow_deletions=False)
    partnership = as_the_hub_knows(partnership, intake)
    _check_synced(intake.hub)
    night = judge_records(
        intake, partnership.config, partnership.schema, partnership.judge, now=now, run=run_id(now)
    )
    desk = desk_at(partnership, night, week)
    return (
        replace(desk, stale=_stale(desk)) if desk.is_latest else replace(desk, tabs=_but_dashboard(desk.tabs))
    )


def desk_at(partnership: Partnership, night: Night, week: Week | None = None) -> Desk:
    """The desk of a night that was read already; nobody has asked whether its Dashboard is stale.

    Raises DigestError if the hub was never synced.
    """
    intake = night.intake
    return Desk(
        partnership.config,
        partnership.workbooks[HUB],
        partnership.cache,
        night,
        week or last_complete_week(night.now.date()),
        published_tabs(intake.hub),
        _check_synced(intake.hub),
        stale="",
        schema=partnership.schema,
        held_by=lease_held(intake, partnership.asker, night.now),
    )


def _check_synced(hub: Snapshot) -> datetime:
    """When the hub was synced last."""
    synced = last_sync(hub)
    if synced is None or hub.tab(DASHBOARD) is None:
        raise DigestError(
            "there is nothing to tell yet: no sync has run", where="hub", fix="run: engage sync"
        )
    return synced


def published_tabs(hub: Snapshot) -> dict[str, pd.DataFrame]:
    """The hub's tabs as frames of texts: the first row is the headings."""
    return {tab.title: _frame(tab) for tab in hub.tabs if tab.rows and not tab.hidden}


def _frame(tab: Tab) -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415

    width = max(len(row) for row in tab.rows)
    header = [name or f"column {number}" for number, name in enumerate(_padded(tab.rows[0], width), start=1)]
    return pd.DataFrame([_padded(row, width) for row in tab.rows[1:]], columns=header, dtype=object)


def _padded(row: Iterable[str], width: int) -> list[str]:
    cells = list(row)
    return cells + [""] * (width - len(cells))


def _but_dashboard(tabs: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Without the Dashboard, which is about another week than the one asked for."""
    return {title: frame for title, frame in tabs.items() if title != DASHBOARD}


def _stale(desk: Desk) -> str:
    """Why the figures of the week would not be the Dashboard's."""
    shown, now = week_rows(desk.tabs[DASHBOARD]), week_rows(dashboard(desk.night.facts[HUB], desk.week))
    differing = sorted(key for key in shown.keys() | now.keys() if shown.get(key) != now.get(key))
    if not differing:
        return ""
    first = ", ".join(differing[0])
    return f"{len(differing)} figures have changed since the sync of {desk.synced:%d/%m/%Y %H:%M} ({first})"


def week_rows(frame: pd.DataFrame) -> dict[tuple[str, str], str]:
    """(section, measure) → the figure of the last whole week, of the rows that are about it."""
    return {
        (str(row["Section"]), str(row["Measure"])): cell_text(row["Last whole week"])
        for row in frame.to_dict("records")
        if row["Section"] in WEEK_SECTIONS
    }

"""The desk from which a week is told: the register read once, and the hub's tabs as they were published.

Read without leave for deletions, so that a suddenly empty tab is an agency that could not be read and not a
week in which it did nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from typing import TYPE_CHECKING

from .cache import Cache
from .config import HUB, Config
from .deciding import judge_records
from .digest.standing import BESIDE, DASHBOARD, WEEKS
from .errors import DigestError, LeaseHeld
from .insight.dashboard import HEADINGS, WEEK_SECTIONS, counted
from .insight.facts import Facts
from .insight.weeks import Week, last_complete_week
from .insight.weeks_and_months import HEADINGS as WEEKS_HEADINGS
from .insight.weeks_and_months import NUMBERS, section_cell, spans_told
from .lease import last_sync, lease_held
from .model import Snapshot, Tab, cell_text
from .night import Night, run_id
from .pipeline import Partnership, as_the_hub_knows, pull
from .ports import Workbook
from .schema import Schema

if TYPE_CHECKING:
    import pandas as pd

HAPPENED = WEEK_SECTIONS | {"The month"}
Names = tuple[str, ...]  # section and measure, with the period before them in a tab of several


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
    return replace(desk, stale=_stale(desk))


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


def _stale(desk: Desk) -> str:
    """Why the figures of the last whole week, or of those before and the month, would not be the tabs'."""
    facts = desk.night.facts[HUB]
    differing = differing_figures(desk.tabs, DASHBOARD, facts) + differing_figures(desk.tabs, WEEKS, facts)
    if not differing:
        return ""
    first = ", ".join(differing[0])
    return f"{len(differing)} figures have changed since the sync of {desk.synced:%d/%m/%Y %H:%M} ({first})"


def differing_figures(tabs: Mapping[str, pd.DataFrame], title: str, facts: Facts) -> list[Names]:
    """What a tab of figures says otherwise than the rows do now, of what happened; nothing if there is no
    such tab."""
    if title not in tabs:
        return []
    is_weekly = title in BESIDE
    names, number = (HEADINGS[:2], HEADINGS[2]) if is_weekly else (WEEKS_HEADINGS[:3], NUMBERS[0])
    shown = {
        tuple(str(row[name]) for name in names): cell_text(row[number])
        for row in tabs[title].to_dict("records")
        if row["Section"] in HAPPENED
    }
    now = _of_week(facts) if is_weekly else _of_weeks(facts)
    return sorted(key for key in shown.keys() | now.keys() if shown.get(key) != now.get(key))


def _of_week(facts: Facts) -> dict[Names, str]:
    told = chain.from_iterable(counted(facts, last_complete_week(facts.today)))
    return {(line.section, line.measure): cell_text(line.now) for line in told}


def _of_weeks(facts: Facts) -> dict[Names, str]:
    return {
        (span.label, section_cell(span, line.section), line.measure): cell_text(line.now)
        for span in spans_told(facts.today)
        for line in chain.from_iterable(counted(facts, span))
    }

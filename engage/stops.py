"""Mail stops: rows are added to the hub's tab, never taken out by us; it outranks everything."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime

from .built.as_read import header_row
from .cache import Cache
from .digest.readers import STOP_HEADINGS
from .errors import DigestError, WorkbookBusy, WorkbookError
from .ledger import Ledger, Stop
from .model import CellValue, Snapshot, Tab
from .ports import PublishTab, Workbook
from .pushing import carry_out
from .recipients import STOPS, mail_stops
from .undoing import SENDING

log = logging.getLogger(__name__)


def tell_stops(hub: Workbook, ledger: Ledger, cache: Cache, *, run: str) -> None:
    """Add what the ledger knows to Mail stops. Raises WorkbookError; DigestError if the tab is gone."""
    stops = ledger.untold_stops()
    if stops:
        add_stops(hub, stops, cache, run=run)
        ledger.tell_stops(stop.address for stop in stops)


def tell_stops_quietly(hub: Workbook, ledger: Ledger, cache: Cache, *, run: str) -> None:
    """The same; what cannot be told now holds by the ledger, and is told next time."""
    try:
        tell_stops(hub, ledger, cache, run=run)
    except (WorkbookError, DigestError) as error:
        log.warning("Mail stops was not written: %s", type(error).__name__)


def add_stops(hub: Workbook, stops: Sequence[Stop], cache: Cache, *, run: str) -> int:
    """Add a row for each address that is not there yet; returns how many.

    Raises WorkbookError; DigestError if the tab is gone.
    """
    before = hub.read()
    known = mail_stops(before)
    new = [stop for stop in stops if stop.address not in known]
    if new:
        outcomes = carry_out([with_rows(_tab(before), new)], hub, cache, f"{SENDING}{run}")
        if any(outcome.status == "moved" for outcome in outcomes):
            raise WorkbookBusy(
                f"somebody was typing in {STOPS} at the same moment", where=hub.title, fix="run this again"
            )
    return len(new)


def with_rows(tab: Tab, stops: Sequence[Stop]) -> PublishTab:
    """The tab as it stands, wherever its headings are, with rows added below the last."""
    top = header_row(tab, STOP_HEADINGS)
    width = max(len(row) for row in tab.rows)
    standing = [(*row, *[""] * (width - len(row))) for row in tab.rows]
    headings = standing[top - 1]
    added = [tuple(_cells(stop).get(heading, "") for heading in headings) for stop in stops]
    rows: list[tuple[CellValue, ...]] = [*standing[1:], *added]
    return PublishTab(tab.title, standing[0], tuple(rows), expects=tab.rows, hidden=tab.hidden)


def _cells(stop: Stop) -> dict[str, CellValue]:
    when = datetime.fromisoformat(stop.when).replace(second=0, tzinfo=None)
    return dict(zip(STOP_HEADINGS, (when, stop.address, stop.why, stop.who), strict=True))


def _tab(hub: Snapshot) -> Tab:
    tab = hub.tab(STOPS)
    assert tab is not None  # mail_stops has read it
    return tab

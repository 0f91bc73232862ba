"""A workbook as tonight found it, and what every workbook's memory knows of the others' rows.

One that cannot be read counts as the cache last saw it; if the cache does not know it either, it has no
snapshot, and nothing of it reads as a deletion.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace

from .built.decision_book import TITLE as DECISIONS
from .cache import Cache
from .config import HUB
from .config import Source as Home
from .errors import EngageError, UnsafePlan, WorkbookError, WorkbookPaused
from .model import Snapshot
from .ports import Workbook
from .state import TAB, KnownTab, Remembered, State, decode

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Pulled:
    """One workbook. snapshot: None if nobody knows its rows. problem: why tonight's could not be used."""

    home: Home
    title: str
    snapshot: Snapshot | None
    state: State
    problem: EngageError | None = None
    taken: str = ""

    @property
    def writable(self) -> bool:
        """Whether the system may write to it tonight."""
        return self.problem is None and not self.home.view_only and self.snapshot is not None


def pull_workbook(home: Home, workbook: Workbook, cache: Cache, *, again: bool = False) -> Pulled:
    """The workbook as it is now, or as it was last seen if it cannot be read.

    again: whether the adapter's own last look is recent enough.
    """
    if home.paused:
        return as_last_seen(_unread(home, workbook), cache, _paused(home, workbook))
    try:
        snapshot = workbook.read_back() if again else workbook.read()
        return replace(_unread(home, workbook), snapshot=snapshot, state=_state_of(snapshot))
    except (WorkbookError, UnsafePlan) as error:
        if home.key == HUB:
            raise
        log.warning("workbook %s was not read: %s", home.key, type(error).__name__)
        return as_last_seen(_unread(home, workbook), cache, error)


def _unread(home: Home, workbook: Workbook) -> Pulled:
    """Without its rows. Asked after reading: only who has opened a Google Sheet knows what it is called."""
    return Pulled(home, workbook.title, None, State())


def _paused(home: Home, workbook: Workbook) -> WorkbookPaused:
    since = f"{home.paused[8:10]}/{home.paused[5:7]}/{home.paused[:4]}"
    return WorkbookPaused(
        f"it is paused since {since}",
        where=workbook.title,
        fix="when it may be read again: engage agency pause NAME --resume",
    )


def _state_of(snapshot: Snapshot) -> State:
    tab = snapshot.tab(TAB)
    return decode(tab.rows, snapshot.workbook) if tab else State()


def as_last_seen(pulled: Pulled, cache: Cache, problem: EngageError) -> Pulled:
    """The workbook as the cache last saw it, because of this problem."""
    last = cache.last(pulled.home.key)
    if last is None:
        return replace(pulled, snapshot=None, state=State(), problem=problem)
    return replace(pulled, snapshot=last[0], state=_state_of(last[0]), taken=last[1], problem=problem)


def decisions_last_seen(cache: Cache) -> dict[str, str]:
    """Fingerprint of row key → mark of every row of Decisions when this machine last saw the hub."""
    last = cache.last(HUB)
    return dict(_state_of(last[0]).published.get(DECISIONS, {})) if last else {}


def known_records(pulled: Mapping[str, Pulled]) -> dict[str, Remembered]:
    """Every record that some memory knows, but for those of workbooks that nobody can see tonight."""
    seen = {key for key, each in pulled.items() if each.snapshot is not None}
    memories = [each.state.records for each in pulled.values()]
    return {key: past for memory in memories for key, past in memory.items() if past.workbook in seen}


def known_tabs(pulled: Mapping[str, Pulled], workbook: str) -> dict[str, KnownTab]:
    """Sheet title → what is remembered of it, for one workbook."""
    memories = [each.state.tabs for each in pulled.values()]
    return {sheet: tab for memory in memories for (home, sheet), tab in memory.items() if home == workbook}

"""Which of tonight's workbooks look as if they had met with an accident."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from .built.decision_book import TITLE as DECISIONS
from .config import HUB
from .errors import UnsafePlan
from .pulled import Pulled, known_records, known_tabs
from .register.read import TabReading
from .register.renamed import broken_headings
from .renamed_tabs import titles_now
from .safety import ReadTab, check_decisions, check_workbook
from .start_here import LAST_SYNC
from .start_here import TITLE as START
from .state import TAB, KnownTab, Remembered


def accidents(
    pulled: Mapping[str, Pulled],
    readings: Sequence[tuple[str, TabReading]],
    gone: Iterable[str],
    seen: Mapping[str, str],
    *,
    most_rows_gone: float,
) -> Iterator[tuple[str, UnsafePlan]]:
    """Workbook → why nothing may be decided from it; those that could not be read at all are left out.

    readings: the staff tabs that were understood, by workbook. gone: ids that have a row nowhere tonight.
    seen: the rows of Decisions that this machine saw last, so that an old copy of the hub, whose own memory
    is as old, is no reason to forget what people said since.
    """
    known = known_records(pulled)
    lost = [known[record_id] for record_id in gone]
    for key, each in pulled.items():
        if each.problem is not None:
            continue
        tabs = known_tabs(pulled, key)
        found = [_read_tab(reading, tabs, known) for home, reading in readings if home == key]
        mine = [record for record in lost if record.workbook == key]
        try:
            _check_memory(each, pulled, seen)
            _check_titles(each, tabs)
            check_workbook(each.title, tabs, found, mine, most_rows_gone=most_rows_gone)
        except UnsafePlan as error:
            yield key, error


def _check_memory(each: Pulled, pulled: Mapping[str, Pulled], seen: Mapping[str, str]) -> None:
    """Raise UnsafePlan if the workbook's memory is gone, or rows of Decisions that were there before."""
    key, snapshot = each.home.key, each.snapshot
    if each.writable and snapshot and not snapshot.tab(TAB) and _had_memory(key, pulled):
        raise _memory_gone(each.title)
    if key == HUB and snapshot:
        published = {**seen, **each.state.published.get(DECISIONS, {})}
        check_decisions(each.title, snapshot.tab(DECISIONS), published)


def _check_titles(each: Pulled, tabs: Mapping[str, KnownTab]) -> None:
    """Raise UnsafePlan if a tab is gone by whose title alone one sees whose rows it holds."""
    snapshot, agencies = each.snapshot, each.home.agencies
    if snapshot is None or (len(agencies) == 1 and each.home.key != HUB):
        return
    now = titles_now(snapshot, tabs)
    for title in (title for agency in agencies for title in agency.tabs):
        if title in tabs and tabs[title].records and snapshot.tab(title) is None and title not in now:
            raise UnsafePlan(
                f'the tab "{title}" ({tabs[title].records} rows last time) is gone, or has another title now',
                where=each.title,
                fix="give it that title again, or its new one in engage.toml; "
                "if you meant it, run again with --allow-deletions",
            )


def _read_tab(reading: TabReading, tabs: Mapping[str, KnownTab], known: Mapping[str, Remembered]) -> ReadTab:
    assert reading.spec is not None  # the readings are of tabs that were understood
    past = tabs.get(reading.tab.title)
    broken = broken_headings(reading, past, known) if past and past.records and reading.header_row else ()
    return ReadTab(reading.tab.title, reading.spec.title, reading.header_row, broken)


def _had_memory(workbook: str, pulled: Mapping[str, Pulled]) -> bool:
    """Whether an earlier night left a memory there: the hub says so, and its time stamp of itself."""
    hub = pulled[HUB]
    if workbook != HUB:
        return workbook in hub.state.kept
    start = hub.snapshot.tab(START) if hub.snapshot else None
    return any(row[0] == LAST_SYNC and any(row[1:]) for row in (start.rows if start else ()) if row)


def _memory_gone(title: str) -> UnsafePlan:
    """Without its memory nobody can see what else is gone from a workbook: it may be another file."""
    return UnsafePlan(
        f"its hidden tab {TAB} is gone, so this may be another file, or one made anew",
        where=title,
        fix="put the right file in its place, or restore that tab, from a backup or the version history; "
        "if you meant it, run again with --allow-deletions",
    )

"""The first half of a night: pull every workbook, read its rows, know each row again, check for accidents.

A workbook that cannot be read tonight, or looks as if it had met with an accident, is left alone; its rows
count as the cache last saw them. If nobody knows its rows (`blind`), the lists wait, and nothing of it reads
as a deletion.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from .built.decision_book import TITLE as DECISIONS
from .cache import Cache
from .config import HUB, Config
from .config import Source as Home
from .errors import EngageError, UnsafePlan, WorkbookError
from .model import Finding, History, Record, Snapshot
from .ports import Workbook
from .register.identity import identify, marks_of, row_key
from .register.read import Source, TabReading, read_workbook
from .register.renamed import broken_headings, confirmed_by_cells
from .safety import ReadTab, check_decisions, check_workbook
from .schema import Schema
from .start_here import LAST_SYNC
from .start_here import TITLE as START
from .state import TAB, KnownTab, Remembered, State, decode

log = logging.getLogger(__name__)
DAYS_GONE_REMEMBERED = 92  # a row cut one quarter and pasted back the next is still the same row


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


@dataclass(frozen=True, slots=True)
class Intake:
    """Tonight's register. given: row → the id it gets. gone: ids whose rows are no longer there.

    remembered: what to remember of every record, the missing ones too.
    """

    pulled: Mapping[str, Pulled]
    readings: tuple[tuple[str, TabReading], ...]
    records: tuple[Record, ...]
    given: Mapping[tuple[str, str, int], str]
    findings: tuple[Finding, ...]
    remembered: Mapping[str, Remembered]
    gone: tuple[str, ...]

    @property
    def hub(self) -> Snapshot:
        """The hub as read; without it there is no intake."""
        snapshot = self.pulled[HUB].snapshot
        assert snapshot is not None
        return snapshot

    @property
    def blind(self) -> tuple[str, ...]:
        """Workbooks that were read on an earlier night and whose rows nobody knows tonight."""
        read = self.pulled[HUB].state.reads
        return tuple(key for key, each in self.pulled.items() if each.snapshot is None and key in read)

    @property
    def histories(self) -> dict[str, History]:
        """When each record, and each of its fields, was first seen or last changed."""
        return {key: History(past.first_seen, past.changed) for key, past in self.remembered.items()}

    def readings_of(self, workbook: str) -> tuple[TabReading, ...]:
        """The staff tabs of one workbook that were understood."""
        return tuple(tab for key, tab in self.readings if key == workbook and tab.spec is not None)


@dataclass(frozen=True, slots=True)
class Reader:
    """read_workbook with everything but the source given: a renamed heading makes it read twice."""

    snapshot: Snapshot
    schema: Schema
    today: date
    agencies: Mapping[str, str]
    lists: Mapping[str, tuple[str, ...]]

    def __call__(self, source: Source) -> tuple[TabReading, ...]:
        """The tabs as this source reads them."""
        return read_workbook(
            self.snapshot, self.schema, source, today=self.today, agencies=self.agencies, lists=self.lists
        )


def take_in(
    workbooks: Mapping[str, Workbook],
    config: Config,
    schema: Schema,
    cache: Cache,
    *,
    today: date,
    new_id: Callable[[], str],
    allow_deletions: bool = False,
) -> Intake:
    """Pull, read, identify and check every workbook of the partnership.

    Raises WorkbookError or UnsafePlan if the hub itself cannot be used; any other workbook's trouble stands
    in its Pulled.problem.
    """
    pulled = {home.key: pull(home, workbooks[home.key], cache) for home in config.sources}
    intake = _read_and_identify(pulled, config, schema, today, new_id)
    if allow_deletions:
        return intake
    unsafe = dict(_accidents(intake, config))
    if HUB in unsafe:
        raise unsafe[HUB]
    if not unsafe:
        return intake
    held = {key: _as_last_seen(p, cache, unsafe[key]) if key in unsafe else p for key, p in pulled.items()}
    return _read_and_identify(held, config, schema, today, new_id)


def pull(home: Home, workbook: Workbook, cache: Cache) -> Pulled:
    """The workbook as it is now, or as it was last seen if it cannot be read."""
    bare = Pulled(home, workbook.title, None, State())
    try:
        snapshot = workbook.read()
        return replace(bare, snapshot=snapshot, state=_state_of(snapshot))
    except (WorkbookError, UnsafePlan) as error:
        if home.key == HUB:
            raise
        log.warning("workbook %s was not read: %s", home.key, type(error).__name__)
        return _as_last_seen(bare, cache, error)


def _state_of(snapshot: Snapshot) -> State:
    tab = snapshot.tab(TAB)
    return decode(tab.rows, snapshot.workbook) if tab else State()


def _as_last_seen(pulled: Pulled, cache: Cache, problem: EngageError) -> Pulled:
    last = cache.last(pulled.home.key)
    if last is None:
        return replace(pulled, snapshot=None, state=State(), problem=problem)
    return replace(pulled, snapshot=last[0], state=_state_of(last[0]), taken=last[1], problem=problem)


def known_records(pulled: Mapping[str, Pulled]) -> dict[str, Remembered]:
    """Every record that some memory knows, but for those of workbooks that nobody can see tonight."""
    seen = {key for key, each in pulled.items() if each.snapshot is not None}
    memories = [each.state.records for each in pulled.values()]
    return {key: past for memory in memories for key, past in memory.items() if past.workbook in seen}


def known_tabs(pulled: Mapping[str, Pulled], workbook: str) -> dict[str, KnownTab]:
    """Sheet title → what is remembered of it, for one workbook."""
    memories = [each.state.tabs for each in pulled.values()]
    return {sheet: tab for memory in memories for (home, sheet), tab in memory.items() if home == workbook}


# --- read and identify -------------------------------------------------------------------------------


def _read_and_identify(
    pulled: Mapping[str, Pulled], config: Config, schema: Schema, today: date, new_id: Callable[[], str]
) -> Intake:
    readings = tuple(_read_all(pulled, config, schema, today))
    records = [record for _, reading in readings for record in reading.records if _has_id(reading)]
    known = known_records(pulled)
    identified = identify(records, known, new_id)
    ids = {row_key(record): record.record_id for record in identified.records}
    found = [finding for _, reading in readings for finding in reading.findings]
    return Intake(
        pulled=pulled,
        readings=readings,
        records=identified.records,
        given=identified.given,
        findings=(*(_named(finding, ids) for finding in found), *identified.findings),
        remembered=_remember(identified.records, known, today, unread=_unread(pulled)),
        gone=identified.gone,
    )


def _has_id(reading: TabReading) -> bool:
    return reading.spec is not None and reading.spec.has_ids


def _named(finding: Finding, ids: Mapping[tuple[str, str, int], str]) -> Finding:
    place = finding.place
    return replace(finding, record_id=ids.get((place.workbook, place.tab, place.row), ""))


def _read_all(
    pulled: Mapping[str, Pulled], config: Config, schema: Schema, today: date
) -> Iterable[tuple[str, TabReading]]:
    """The hub first, on its own: it says how agencies and list values are spelled."""
    hub = pulled[HUB].snapshot
    assert hub is not None  # take_in raised if the hub could not be read
    plain = read_workbook(hub, schema, Source(HUB, country=config.country), today=today)
    agencies = spellings(config, plain)
    lists = list_values(plain)
    known = known_records(pulled)
    for key, each in pulled.items():
        if each.snapshot is None:
            continue
        for part, source in parts(each, config, known_tabs(pulled, key)):
            reader = Reader(part, schema, today, agencies, lists)
            readings = reader(source)
            renamed = confirmed_by_cells(readings, known_tabs(pulled, key), known)
            if renamed:
                readings = reader(replace(source, headings=_merged(source.headings, renamed)))
            yield from ((key, reading) for reading in readings)


def parts(pulled: Pulled, config: Config, tabs: Mapping[str, KnownTab]) -> Iterable[tuple[Snapshot, Source]]:
    """A workbook as one source, or, where several agencies keep tabs in it, a source for each of them."""
    snapshot = pulled.snapshot
    assert snapshot is not None
    mine = [agency for agency in pulled.home.agencies if agency.workbook is not None or agency.tabs]
    alone = len(pulled.home.agencies) == 1 and pulled.home.key != HUB
    titles = _renamed_tabs(snapshot, tabs)
    taken: set[str] = set()
    for agency in mine:
        own = {tab.title for tab in snapshot.tabs} if alone else set(agency.tabs)
        taken |= own
        part = replace(snapshot, tabs=tuple(tab for tab in snapshot.tabs if tab.title in own))
        yield (
            part,
            Source(
                snapshot.workbook, agency.name, titles | dict(agency.tabs), agency.headings, config.country
            ),
        )
    rest = tuple(tab for tab in snapshot.tabs if tab.title not in taken)
    if rest:
        yield replace(snapshot, tabs=rest), Source(snapshot.workbook, "", titles, {}, config.country)


def _renamed_tabs(snapshot: Snapshot, tabs: Mapping[str, KnownTab]) -> dict[str, str]:
    """Sheet title → schema title, for known tabs that somebody renamed since."""
    lost = {
        tab.sheet_id: tab.spec for title, tab in tabs.items() if tab.sheet_id and snapshot.tab(title) is None
    }
    return {tab.title: lost[tab.sheet_id] for tab in snapshot.tabs if tab.sheet_id in lost}


def _merged(
    mine: Mapping[str, Mapping[str, str]], more: Mapping[str, Mapping[str, str]]
) -> dict[str, Mapping[str, str]]:
    return {sheet: {**more.get(sheet, {}), **mine.get(sheet, {})} for sheet in {*mine, *more}}


def spellings(config: Config, hub: Sequence[TabReading]) -> dict[str, str]:
    """Every spelling of an agency, case-folded → its name, from engage.toml and the Agencies tab."""
    found = {word.casefold(): a.name for a in config.agencies for word in (a.name, a.short, a.key) if word}
    for record in tab_records(hub, "Agencies"):
        known = config.agency(record["Agency"]) or config.agency(record["Short name"])
        name = known.name if known else record["Agency"]
        words = [record["Agency"], record["Short name"], *record["Also known as"].split(";")]
        found |= {word.strip().casefold(): name for word in words if word.strip()}
    return found


def list_values(hub: Sequence[TabReading]) -> dict[str, tuple[str, ...]]:
    """List name → the values that the partnership's own tabs give it."""
    columns: dict[str, list[str]] = {}
    for record in tab_records(hub, "Lists"):
        for heading, value in record.typed.items():
            columns.setdefault(heading, []).append(value)
    for tab, heading in (
        ("Sectors", "Sector"),
        ("Schemes", "Scheme"),
        ("Groups", "Group"),
        ("Events", "Event"),
    ):
        columns[tab] = [record.typed.get(heading, "") for record in tab_records(hub, tab)]
    return {name: tuple(value for value in values if value.strip()) for name, values in columns.items()}


def tab_records(readings: Iterable[TabReading], title: str) -> list[Record]:
    """The records of the tabs read as this one."""
    return [record for tab in readings if tab.spec and tab.spec.title == title for record in tab.records]


# --- remember and check -------------------------------------------------------------------------------


def _unread(pulled: Mapping[str, Pulled]) -> frozenset[str]:
    return frozenset(key for key, each in pulled.items() if each.problem is not None)


def _remember(
    records: Sequence[Record], known: Mapping[str, Remembered], today: date, *, unread: frozenset[str]
) -> dict[str, Remembered]:
    """What to remember of every record tonight; those of unread workbooks as they were."""
    memory = {key: _missing(past, today, unread) for key, past in known.items()}
    for record in records:
        if record.place.workbook not in unread or record.record_id not in known:
            memory[record.record_id] = _seen(record, known.get(record.record_id), today)
    return {key: past for key, past in memory.items() if not _forgotten(past, today)}


def _seen(record: Record, past: Remembered | None, today: date) -> Remembered:
    marks = marks_of(record)
    place = record.place
    if past is None:
        return Remembered(place.workbook, place.tab, record.tab, today.isoformat(), marks)
    differ = {heading for heading in {*marks, *past.marks} if marks.get(heading) != past.marks.get(heading)}
    changed = {**past.changed, **dict.fromkeys(differ, today.isoformat())}
    return Remembered(place.workbook, place.tab, record.tab, past.first_seen, marks, changed)


def _missing(past: Remembered, today: date, unread: frozenset[str]) -> Remembered:
    if past.gone or past.workbook in unread:
        return past
    return replace(past, gone=today.isoformat())


def _forgotten(past: Remembered, today: date) -> bool:
    return bool(past.gone) and (today - date.fromisoformat(past.gone)).days > DAYS_GONE_REMEMBERED


def _accidents(intake: Intake, config: Config) -> Iterable[tuple[str, UnsafePlan]]:
    known = known_records(intake.pulled)
    for key, each in intake.pulled.items():
        if each.problem is not None:
            continue
        if each.writable and _had_memory(key, intake) and each.snapshot and not each.snapshot.tab(TAB):
            yield key, _memory_gone(each.title)
            continue
        tabs = known_tabs(intake.pulled, key)
        found = [_read_tab(reading, tabs, known) for reading in intake.readings_of(key)]
        gone = [known[record_id] for record_id in intake.gone if known[record_id].workbook == key]
        try:
            if key == HUB:
                published = each.state.published.get(DECISIONS, {})
                check_decisions(each.title, intake.hub.tab(DECISIONS), published)
            check_workbook(
                each.title,
                tabs,
                found,
                gone,
                most_rows_gone=config.safety.most_rows_gone,
            )
        except UnsafePlan as error:
            yield key, error


def _read_tab(reading: TabReading, tabs: Mapping[str, KnownTab], known: Mapping[str, Remembered]) -> ReadTab:
    assert reading.spec is not None  # readings_of gives only tabs that were understood
    past = tabs.get(reading.tab.title)
    broken = broken_headings(reading, past, known) if past and past.records and reading.header_row else ()
    return ReadTab(reading.tab.title, reading.spec.title, reading.header_row, broken)


def _had_memory(workbook: str, intake: Intake) -> bool:
    """Whether an earlier night left a memory there: the hub says so, and its time stamp of itself."""
    if workbook != HUB:
        return workbook in intake.pulled[HUB].state.kept
    start = intake.hub.tab(START)
    return any(row[0] == LAST_SYNC and any(row[1:]) for row in (start.rows if start else ()) if row)


def _memory_gone(title: str) -> UnsafePlan:
    """Without its memory nobody can see what else is gone from a workbook: it may be another file."""
    return UnsafePlan(
        f"its hidden tab {TAB} is gone, so this may be another file, or one made anew",
        where=title,
        fix="put the right file in its place, or restore that tab, from a backup or the version history; "
        "if you meant it, run again with --allow-deletions",
    )

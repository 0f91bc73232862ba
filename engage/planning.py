"""Worlds and answers → what each workbook should be told: pure, so that a dry run is "stop here"."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from .built.as_read import answer_of, header_row
from .built.decision_book import TITLE as DECISIONS
from .built.intrusions import Offer, in_parts, row_marks, typed_into
from .built.material import Material
from .built.registry import agency_tabs, hub_tabs
from .built.using import offer
from .config import HUB
from .erased.cleansing import cleanse_intent
from .intake import Intake
from .memory_tab import memory_intent, typed_in_memory
from .model import Finding, Membership, Row, Snapshot, Tab, cell_text, fingerprint
from .ports import AddIdColumn, GiveId, Intent, PublishTab
from .pulled import Pulled, known_tabs
from .register.identity import TYPED_ID
from .register.read import TabReading
from .register.values import Context
from .renamed_tabs import first_title
from .schema import Schema
from .state import TAB as ENGAGE
from .state import KnownTab, State, decode
from .workbook.cells import storable

PROBLEMS = "Problems to fix"
SAFE_FIRST = frozenset({DECISIONS, PROBLEMS})  # what a person said must stand here before it goes elsewhere


@dataclass(frozen=True, slots=True)
class WorkbookPlan:
    """What one workbook should be told tonight, in the order in which it is safe.

    ids: Record IDs. first: the tabs that take up what people said. over: Record IDs that replace a text which
    somebody typed into their cell; then: the tabs rebuilt after that. Both wait if any of `first` had to be
    left. state: what _engage should hold when all of it is done. lists_wait: Problems to fix is not written.
    """

    workbook: str
    ids: tuple[Intent, ...] = ()
    first: tuple[PublishTab, ...] = ()
    over: tuple[Intent, ...] = ()
    then: tuple[PublishTab, ...] = ()
    state: State = field(default_factory=State)
    engage: Tab | None = None
    typed: tuple[Finding, ...] = ()
    lists_wait: bool = False

    @property
    def intents(self) -> tuple[Intent, ...]:
        """Everything but the memory, in order."""
        return (*self.ids, *self.first, *self.over, *self.then)

    @property
    def is_quiet(self) -> bool:
        """Whether there is nothing to write but, in the hub, the time stamp."""
        return not (self.intents or self.remember(frozenset()))

    def remember(self, left: frozenset[str]) -> tuple[PublishTab, ...]:
        """The intent that brings _engage up to date; left: built tabs that were not written after all."""
        tab, old = self.engage, self.state
        if left:
            before = decode(tab.rows, self.workbook) if tab else State()
            kept = {title: marks for title, marks in before.published.items() if title in left}
            decided = before.decided if DECISIONS in left else old.decided
            old = replace(old, published={**old.published, **kept}, decided=decided)
        keep_typed = self.lists_wait or PROBLEMS in left
        intent = memory_intent(old, self.workbook, tab, keep_typed=keep_typed)
        return () if reads_so(intent, tab) else (intent,)


def plan_workbook(
    pulled: Pulled, intake: Intake, material: Material, schema: Schema, state: State
) -> WorkbookPlan:
    """Everything for one workbook. material: its audience's; state: its memory but for the built tabs'."""
    snapshot = pulled.snapshot
    assert snapshot is not None
    build = hub_tabs if pulled.home.key == HUB else agency_tabs
    tabs = _built(build, material, intake, snapshot)
    offered = offer(schema, Context(material.facts.today, country=material.country))
    typed = tuple(_typed_into_tabs(snapshot, tabs, pulled.state, offered))
    if typed:
        tabs = _built(build, replace(material, problems=(*material.problems, *typed)), intake, snapshot)
    changed = [tab for tab in tabs if not reads_so(tab, snapshot.tab(tab.tab))]
    changed += _added_to(snapshot, schema, tabs, intake)
    published = {
        tab.tab: _kept_marks(tab, snapshot.tab(tab.tab), pulled.state) | _fingerprinted(row_marks(tab))
        for tab in tabs
    }
    ids, over = id_intents(intake, pulled.home.key)
    return WorkbookPlan(
        pulled.home.key,
        ids=ids,
        over=over,
        first=tuple(tab for tab in changed if tab.tab in SAFE_FIRST),
        then=tuple(tab for tab in changed if tab.tab not in SAFE_FIRST),
        state=replace(state, published=published),
        engage=snapshot.tab(ENGAGE),
        typed=typed,
    )


def _built(
    build: Callable[[Material], Iterable[PublishTab]], material: Material, intake: Intake, snapshot: Snapshot
) -> tuple[PublishTab, ...]:
    """The tabs as a sheet can hold them, nobody who was erased in any of them."""
    parts = tuple(part for finding in material.problems for part in in_parts(finding))
    material = replace(material, problems=parts)
    tabs = (cleanse_intent(tab, intake.erased) for tab in as_stored(build(material)))
    return tuple(_without_answers_of_erased(tab, snapshot.tab(tab.tab), intake) for tab in tabs)


def _without_answers_of_erased(intent: PublishTab, tab: Tab | None, intake: Intake) -> PublishTab:
    """A row that is to go and names somebody who was erased goes, whatever word stands in its answer."""
    if not intake.erased:
        return intent
    held = held_by_answers(intent, tab)
    named = {key: row for key, row in held.items() if intake.erased.cleansed(row, old=True) != row}
    header = tab.rows[header_row(tab, intent.headings) - 1] if tab and named else ()
    words = ((key, answer_of(dict(zip(header, row, strict=False)), sorted(intent.answers)))
             for key, row in named.items())  # fmt: skip
    return replace(intent, answered=(*intent.answered, *words))


def _added_to(
    snapshot: Snapshot, schema: Schema, built: Sequence[PublishTab], intake: Intake
) -> Iterable[PublishTab]:
    """Grey tabs that no night rebuilds (Mail stops), without those who were erased."""
    titles = {tab.tab for tab in built}
    for tab in snapshot.tabs if intake.erased else ():
        spec = schema.tabs.get(tab.title)
        if spec is not None and spec.kind == "built" and tab.title not in {*titles, ENGAGE} and tab.rows:
            width = max(len(row) for row in tab.rows)
            rows = tuple((*row, *[""] * (width - len(row))) for row in tab.rows)
            intent = PublishTab(tab.title, rows[0], rows[1:], expects=tab.rows, hidden=tab.hidden)
            cleansed = cleanse_intent(intent, intake.erased)
            yield from () if cleansed == intent else (cleansed,)


def only_ids(pulled: Pulled, intake: Intake, state: State) -> WorkbookPlan:
    """The plan for a night on which the lists have to wait: Record IDs and memory, nothing rebuilt.

    A text that somebody typed into a Record ID stays where it is until Problems to fix can take it up.
    """
    snapshot = pulled.snapshot
    assert snapshot is not None
    ids, _ = id_intents(intake, pulled.home.key)
    past = pulled.state
    kept = replace(state, published=past.published, settled=past.settled, decided=past.decided)
    return WorkbookPlan(pulled.home.key, ids=ids, state=kept, engage=snapshot.tab(ENGAGE), lists_wait=True)


def as_stored(tabs: Iterable[PublishTab]) -> tuple[PublishTab, ...]:
    """The tabs as a sheet can hold them, so that what is read back is what was meant to be there."""
    return tuple(
        replace(tab, rows=tuple(tuple(storable(value) for value in row) for row in tab.rows)) for tab in tabs
    )


def id_intents(intake: Intake, workbook: str) -> tuple[tuple[Intent, ...], tuple[Intent, ...]]:
    """A Record ID column where a tab has none, and an id for every row whose cell does not hold it.

    Apart from them, second, the ids of cells in which somebody typed something else.
    """
    typed = {
        (place.workbook, place.tab, place.row)
        for finding in intake.findings
        if finding.kind == TYPED_ID
        for place in [finding.place]
    }
    given = list(_given_ids(intake, workbook))
    over = [each for each in given if isinstance(each, GiveId) and (workbook, each.tab, each.row) in typed]
    return tuple(each for each in given if each not in over), tuple(over)


def _given_ids(intake: Intake, workbook: str) -> Iterable[Intent]:
    for reading in intake.readings_of(workbook):
        if reading.spec is None or not reading.spec.has_ids or not reading.records:
            continue
        rows = reading.tab.rows
        if reading.id_column is None:
            yield AddIdColumn(reading.tab.title, reading.header_row, rows[reading.header_row - 1])
        for record in reading.records:
            row = record.place.row
            given = intake.given.get((workbook, reading.tab.title, row))
            if given:
                yield GiveId(reading.tab.title, reading.header_row, row, rows[row - 1], given)


def memory_of(intake: Intake, workbooks: Iterable[str], membership: Membership) -> State:
    """What the _engage of one workbook should remember of these workbooks' records and tabs."""
    homes = frozenset(workbooks)
    before = {key: known_tabs(intake.pulled, key) for key in homes}
    tabs = {
        (key, reading.tab.title): known_tab(reading, intake.pulled[key].snapshot, before[key])
        for key, reading in intake.readings
        if key in homes and reading.spec is not None and reading.header_row
    }
    records = {key: past for key, past in intake.remembered.items() if past.workbook in homes}
    return State(records=records, tabs=tabs, membership=membership)


def known_tab(reading: TabReading, snapshot: Snapshot | None, before: Mapping[str, KnownTab]) -> KnownTab:
    """What to remember of a staff tab. snapshot: its workbook; before: what was remembered of that.

    Of Lists its title alone: whoever deletes it or takes a list out of it means it.
    """
    assert reading.spec is not None
    tab = reading.tab
    header = tab.rows[reading.header_row - 1]
    was = first_title(tab, snapshot, before) if snapshot else ""
    if not reading.spec.has_ids:
        return KnownTab(reading.spec.title, tab.sheet_id, was=was)
    spelled = {heading: header[at] for heading, at in reading.columns.items() if at < len(header)}
    return KnownTab(reading.spec.title, tab.sheet_id, len(reading.records), spelled, was)


def reads_so(intent: PublishTab, tab: Tab | None) -> bool:
    """Whether the tab already reads as the intent would have it, answers apart."""
    if tab is None:
        return False
    header = (tab.rows or ((),))[0]
    if tuple(header) != intent.headings:
        return False
    ours = [at for at, heading in enumerate(intent.headings) if heading not in intent.answers]
    held = held_by_answers(intent, tab)
    now = [tuple(_at(row, at) for at in ours) for row in tab.rows[1:] if row not in held.values()]
    then = [tuple(cell_text(row[at]) for at in ours) for row in intent.rows]
    extra = any(_at(row, at) for row in tab.rows[1:] for at in range(len(intent.headings), len(row)))
    return now == then and not extra


def held_by_answers(intent: PublishTab, tab: Tab | None) -> dict[str, Row]:
    """Row key → row, for rows that are to go and stay: they hold an answer that nobody has taken yet."""
    if tab is None or not tab.rows or not intent.answers:
        return {}
    top, key_at = header_row(tab, intent.headings), intent.headings.index(intent.key)
    header, coming = tab.rows[top - 1], {cell_text(row[key_at]) for row in intent.rows}
    if intent.key not in header:
        return {}
    held = {}
    for row in tab.rows[top:]:
        cells = dict(zip(header, row, strict=False))
        key, answer = cells.get(intent.key, ""), answer_of(cells, sorted(intent.answers))
        if key and answer and key not in coming and (key, answer) not in intent.answered:
            held[key] = row
    return held


def _kept_marks(intent: PublishTab, tab: Tab | None, state: State) -> dict[str, str]:
    """The marks of rows that stay for their answer's sake, as they were last written."""
    before = state.published.get(intent.tab, {})
    keys = (fingerprint(key) for key in held_by_answers(intent, tab))
    return {key: before[key] for key in keys if key in before}


def _at(row: Sequence[str], at: int) -> str:
    return row[at] if at < len(row) else ""


def _typed_into_tabs(
    snapshot: Snapshot, tabs: Iterable[PublishTab], state: State, offered: Offer
) -> Iterable[Finding]:
    for intent in tabs:
        tab = snapshot.tab(intent.tab)
        if tab is not None:
            known = state.published.get(intent.tab, {})
            yield from typed_into(tab, intent, known, snapshot.workbook, offered)
    yield from typed_in_memory(snapshot.tab(ENGAGE), snapshot.workbook)


def _fingerprinted(marks: Mapping[str, str]) -> dict[str, str]:
    """Row keys as the fingerprints under which _engage keeps them."""
    return {fingerprint(key): mark for key, mark in marks.items()}

"""Plans → sheets: in the safe order, journalled, and read back."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from .cache import ERASED, Cache, Entry
from .errors import WorkbookError
from .model import Grid
from .planning import WorkbookPlan
from .ports import AcceptSuggestion, Intent, Outcome, PublishTab, RestoreCell, SetCell, Then, Workbook
from .state import TAB as ENGAGE

log = logging.getLogger(__name__)
DECISIONS = "Decisions"
WRITTEN = frozenset({"done", "displaced"})


@dataclass(frozen=True, slots=True)
class Pushed:
    """What became of one workbook's plan. problem: why it was not written, or not wholly."""

    workbook: str
    outcomes: tuple[Outcome, ...] = ()
    problem: WorkbookError | None = None

    @property
    def cells_written(self) -> int:
        """Cells that changed, the system's own memory not counted."""
        return sum(len(o.changes) for o in self.outcomes if o.status in WRITTEN and o.intent.tab != ENGAGE)

    @property
    def left(self) -> tuple[Outcome, ...]:
        """What people had moved or changed meanwhile: left for next time."""
        return tuple(o for o in self.outcomes if o.status == "moved")

    @property
    def displaced(self) -> tuple[Outcome, ...]:
        """Writes that a racing edit crossed; their changes hold its text."""
        return tuple(o for o in self.outcomes if o.status == "displaced")


def push(plan: WorkbookPlan, workbook: Workbook, cache: Cache, run: str) -> Pushed:
    """Carry out a plan in one go: ids and what people said, Decisions first; the rest only if that finds its
    place.

    Never raises for this workbook's trouble: the others go on.
    """
    if plan.is_quiet:
        return Pushed(plan.workbook)
    book = [intent for intent in plan.first if intent.tab == DECISIONS]
    answered, rest, memory = _the_answered(plan), _the_rest(plan), _the_memory(plan)
    try:
        outcomes = carry_out((*plan.ids, *book), workbook, cache, run, answered, rest, memory)
    except WorkbookError as error:
        log.warning("workbook %s was not written: %s", plan.workbook, type(error).__name__)
        return Pushed(plan.workbook, problem=error)
    return Pushed(plan.workbook, outcomes)


def _the_answered(plan: WorkbookPlan) -> Then:
    """Where an answer leaves: once Decisions holds it, for a text that was typed may stand nowhere else."""

    def answered(first: Sequence[Outcome]) -> Sequence[Intent]:
        return () if _is_held(first) else [intent for intent in plan.first if intent.tab != DECISIONS]

    return answered


def _is_held(done: Iterable[Outcome]) -> bool:
    return any(o.status == "moved" and isinstance(o.intent, PublishTab) for o in done)


def _the_rest(plan: WorkbookPlan) -> Then:
    """What follows the ids and the tabs that take up what people said, if those found their place."""

    def rest(first: Sequence[Outcome]) -> Sequence[Intent]:
        return () if _is_held(first) else (*plan.over, *plan.then)

    return rest


def _the_memory(plan: WorkbookPlan) -> Then:
    """What to remember, by which tabs were written."""

    def memory(done: Sequence[Outcome]) -> Sequence[Intent]:
        wanted = {intent.tab for intent in (*plan.first, *plan.then)}
        written = {o.intent.tab for o in done if isinstance(o.intent, PublishTab) and o.status != "moved"}
        return plan.remember(frozenset(wanted - written))

    return memory


def carry_out(
    intents: Sequence[Intent], workbook: Workbook, cache: Cache, run: str, *then: Then
) -> tuple[Outcome, ...]:
    """Apply intents to a workbook and write down in the journal what was written. Raises WorkbookError."""
    if not intents and not then:
        return ()
    outcomes = workbook.apply(intents, *then)
    cache.write_down([entry_of(o, workbook.name, run) for o in outcomes if o.status in WRITTEN])
    return outcomes


def entry_of(outcome: Outcome, workbook: str, run: str) -> Entry:
    """The journal's entry of one carried-out intent."""
    intent = outcome.intent
    before: Grid = ()
    kind, key = type(intent).__name__, ""
    record = getattr(intent, "record_id", "")
    heading = "Record ID"
    if isinstance(intent, PublishTab):
        before, key, heading = intent.expects or (), intent.key, ""
    elif isinstance(intent, AcceptSuggestion | RestoreCell):
        heading = intent.heading
    elif isinstance(intent, SetCell):
        heading = intent.label
    header_row, changes = getattr(intent, "header_row", 1), outcome.changes
    if isinstance(intent, AcceptSuggestion) and intent.erases:
        kind, changes = ERASED, tuple(replace(change, before="") for change in changes)
    return Entry(run, workbook, kind, intent.tab, record, heading, header_row, changes, before, key)


def cells_written(pushed: Iterable[Pushed]) -> int:
    """Cells that changed in all workbooks, memory and time stamp not counted."""
    return sum(each.cells_written for each in pushed)

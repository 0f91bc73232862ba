"""Take the last run back: what it wrote, newest first, wherever people have not changed it since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .cache import Cache, Entry
from .erased.book import ErasedBook
from .erased.cleansing import cleanse_entry
from .errors import UsageError, WorkbookError
from .model import Grid, Row, Tab
from .ports import Intent, Outcome, PublishTab, RestoreCell, Workbook
from .pushing import WRITTEN, carry_out
from .schema import Schema
from .state import SEAT
from .state import TAB as MEMORY

NOBODY = ErasedBook()
UNDO = "undo "  # the journal names a taking-back "undo <run>"
ERASING = "erase "  # what `engage erase` did is never taken back
RETURNING = "return "  # nor is it that an agency was taken in again
SENDING = "send "  # and the note that digests were sent "send <run>": what has left cannot be taken back


@dataclass(frozen=True, slots=True)
class Step:
    """One entry of the journal to be taken back. why_not: why it cannot be ("" if it can)."""

    entry: Entry
    intent: Intent | None = None
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back (cells), and what was skipped and why, in words."""

    run: str
    cells: int
    skipped: tuple[str, ...]


def last_run(cache: Cache) -> str:
    """The newest run that can be taken back. Raises UsageError if there is none."""
    runs = cache.runs()
    back = {run.removeprefix(UNDO) for run in runs if run.startswith(UNDO)}
    open_runs = [
        run for run in runs if not run.startswith((UNDO, SENDING, ERASING, RETURNING)) and run not in back
    ]
    if not open_runs:
        raise UsageError(
            "there is no run to take back",
            where=str(cache.path),
            fix="nothing has been written, or the cache was deleted; the dated backups are still there",
        )
    return open_runs[-1]


def undo_run(
    run: str,
    workbooks: Mapping[str, Workbook],
    schema: Schema,
    cache: Cache,
    *,
    dry_run: bool = False,
    erased: ErasedBook = NOBODY,
) -> Undone:
    """Take a run back, workbook by workbook; one that cannot be written is skipped by name.

    erased: who was erased since; a journal from an old backup still has them.
    """
    cells, skipped = 0, []
    by_workbook: dict[str, list[Entry]] = {}
    for entry in reversed(cache.entries(run)):
        by_workbook.setdefault(entry.workbook, []).append(entry)
    for key, entries in by_workbook.items():
        try:
            safe = [cleanse_entry(entry, erased) if erased else entry for entry in entries]
            for outcome in _undo_workbook(safe, workbooks[key], schema, cache, dry_run=dry_run):
                if isinstance(outcome, str):
                    skipped.append(outcome)
                else:
                    cells += len(outcome.changes)
            if not dry_run:
                _keep(workbooks[key], cache)
        except (WorkbookError, KeyError) as error:
            what = error.what if isinstance(error, WorkbookError) else "it is no longer in engage.toml"
            skipped.append(f"{key}: not taken back, {what}")
    return Undone(run, cells, tuple(skipped))


def _keep(workbook: Workbook, cache: Cache) -> None:
    """Remember the workbook as it is now, so that what was taken back is not missed by the next sync."""
    last = cache.last(workbook.name)
    if last is not None:
        cache.keep(workbook.read(), last[1])


def _undo_workbook(
    entries: list[Entry], workbook: Workbook, schema: Schema, cache: Cache, *, dry_run: bool
) -> Iterator[Outcome | str]:
    """In as few writes as can be: each is planned on the tabs as the one before left them."""
    for wave in _waves(entries):
        snapshot = workbook.read()
        steps = [plan_step(entry, snapshot.tab(entry.tab), schema) for entry in wave]
        yield from (f"{step.entry.tab} ({workbook.title}): {step.why_not}" for step in steps if step.why_not)
        todo = [(step.entry, step.intent) for step in steps if step.intent is not None]
        if dry_run:
            yield from (Outcome(intent, "same", entry.changes) for entry, intent in todo)
            continue
        run = f"{UNDO}{entries[0].run}"
        outcomes = carry_out([intent for _, intent in todo], workbook, cache, run)
        for (entry, _), outcome in zip(todo, outcomes, strict=True):
            taken = outcome.status in (*WRITTEN, "same")
            yield outcome if taken else f"{_place(entry)} ({workbook.title}): {outcome.note}"


def _waves(entries: list[Entry]) -> list[list[Entry]]:
    """Entries that can be taken back together: no built tab twice in one wave."""
    waves: list[list[Entry]] = []
    for entry in entries:
        whole = entry.kind == "PublishTab"
        held = [n for n, wave in enumerate(waves) if whole and any(_same_tab(entry, e) for e in wave)]
        at = held[-1] + 1 if held else 0
        if at == len(waves):
            waves.append([])
        waves[at].append(entry)
    return waves


def _same_tab(one: Entry, other: Entry) -> bool:
    return (one.kind, one.tab) == (other.kind, other.tab)


def plan_step(entry: Entry, tab: Tab | None, schema: Schema) -> Step:
    """How one entry is taken back, given its tab as it stands now."""
    if tab is None:
        return Step(entry, why_not="the tab is no longer there")
    if entry.kind == "AddIdColumn":
        return Step(entry, why_not="its heading Record ID stays; delete the column if you want it gone")
    if entry.kind in ("GiveId", "AcceptSuggestion"):
        change = entry.changes[0]
        return Step(
            entry,
            RestoreCell(
                entry.tab, entry.header_row, entry.record, entry.heading, change.after, change.before
            ),
        )
    if entry.kind == "PublishTab":
        return _plan_tab(entry, tab, schema)
    return Step(entry, why_not="nothing to take back")


def _plan_tab(entry: Entry, tab: Tab, schema: Schema) -> Step:
    spec = schema.tabs.get(entry.tab)
    answers = spec.answers if spec else frozenset()
    changed = _changed_since(entry, tab, answers)
    if changed:
        return Step(entry, why_not=f"people have changed {changed} of its cells since; left as it is")
    headings: Row = entry.before[0] if entry.before else tab.rows[0]
    rows = tuple(_padded(row, len(headings)) for row in _seated(entry.before[1:], tab))
    return Step(
        entry,
        PublishTab(
            entry.tab,
            headings,
            rows,
            key=entry.key,
            answers=answers,
            expects=tab.rows,
            hidden=tab.hidden,
        ),
    )


def _seated(before: Grid, tab: Tab) -> Grid:
    """The rows as they were; in the system's memory, who syncs and sends stays as it is now."""
    if tab.title != MEMORY:
        return before
    now = [row for row in tab.rows[1:] if _is_seat(row)]
    return tuple(sorted([*(row for row in before if not _is_seat(row)), *now]))


def _is_seat(row: Row) -> bool:
    return bool(row) and row[0] in SEAT


def _changed_since(entry: Entry, tab: Tab, answers: frozenset[str]) -> int:
    """How many of the cells that the run wrote no longer read so; answers are people's to change."""
    header = tab.rows[0] if tab.rows else ()
    count = 0
    for change in entry.changes:
        row = tab.rows[change.row - 1] if 0 < change.row <= len(tab.rows) else ()
        now = row[change.column - 1] if change.column <= len(row) else ""
        heading = header[change.column - 1] if change.column <= len(header) else ""
        seat = tab.title == MEMORY and _is_seat(row)
        count += heading not in answers and not seat and now != change.after
    return count


def _padded(row: Row, width: int) -> Row:
    return (*row[:width], *[""] * (width - len(row)))


def _place(entry: Entry) -> str:
    return ", ".join(part for part in (entry.tab, entry.record, entry.heading) if part)

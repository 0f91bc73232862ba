"""The nightly sync, stage by stage: the table of contents of the product.

pull → read → identify → share → link → plan → check → push → verify. Everything before the push only decides,
so that a dry run is "stop here".
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from .cache import Cache
from .config import HUB, Config, Source
from .deciding import decide, judge_records, may_be_told
from .departures import as_the_hub_says
from .erased.book import book_of
from .erased.key_file import all_erased, read_key_file
from .errors import (
    EXIT_DECISIONS_WAIT,
    EXIT_DONE,
    EXIT_FAILED,
    EXIT_UNSAFE,
    EngageError,
    MailError,
    UnsafePlan,
    WorkbookError,
    WorkbookPaused,
)
from .intake import Intake, take_in, with_leavers, with_objections, without_erased
from .lease import STAMP_FORMAT, STAMP_LABEL, STAMP_TAB, Asker, check_lease, take_lease
from .ledger import LEDGER_FILE, Entry, Ledger
from .night import Night, Seat, run_id
from .ports import SetCell, Workbook
from .pulled import Pulled, pull_workbook
from .pushing import Pushed, cells_written, push
from .rescue import rescue
from .schema import Schema
from .slot_book import missed_of_late
from .stores.clearing import (
    Cleared,
    clear_if_names_came_in,
    learn_of_erasures,
    note_that_names_came_in,
)
from .stores.departed import forget_what_came_back
from .stores.expiring import expire
from .suggestions import accept_suggestions
from .verifying import verify_push
from .worlds import Judge

log = logging.getLogger(__name__)
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Partnership:
    """Everything that a sync works on; its workbooks are built by the command line.

    sends: whether digests may ever leave from here, which takes a disk that lasts.
    """

    config: Config
    schema: Schema
    workbooks: Mapping[str, Workbook]
    cache: Cache
    judge: Judge
    new_id: Callable[[], str]
    machine: str
    sends: bool = True

    @property
    def asker(self) -> Asker:
        """Who asks, when this machine asks whether it may write."""
        return Asker(self.machine, self.config, self.sends)


@dataclass(frozen=True, slots=True)
class Report:
    """One sync, as it is told to whoever ran it. notes: what people changed while it ran. cleared: what
    was cleared of people who were erased, None if there was no need."""

    night: Night
    pushed: tuple[Pushed, ...] = ()
    dry_run: bool = False
    notes: tuple[str, ...] = ()
    cleared: Cleared | None = None

    @property
    def cells_written(self) -> int:
        """Cells changed in all workbooks; the time stamp and the hidden memory not counted."""
        return cells_written(self.pushed)

    @property
    def problems(self) -> dict[str, EngageError]:
        """Workbook key → why it was not read or not written."""
        unread = {key: p.problem for key, p in self.night.intake.pulled.items() if p.problem}
        return unread | {p.workbook: p.problem for p in self.pushed if p.problem}

    @property
    def exit_code(self) -> int:
        """0 done, 1 a workbook failed, 3 people have decisions to make, 4 stopped for safety."""
        problems = [one for one in self.problems.values() if not isinstance(one, WorkbookPaused)]
        if any(isinstance(problem, UnsafePlan) for problem in problems):
            return EXIT_UNSAFE
        if problems:
            return EXIT_FAILED
        waiting = self.night.asking.questions or self.night.held_out
        return EXIT_DECISIONS_WAIT if waiting else EXIT_DONE


def sync(
    partnership: Partnership,
    *,
    now: datetime,
    dry_run: bool = False,
    allow_deletions: bool = False,
    say: Say = lambda _: None,
) -> Report:
    """One night. now: local time, no zone. Raises LeaseHeld, WorkbookError or UnsafePlan for the hub."""
    run = run_id(now)
    say("Reading the workbooks")
    intake = pull(partnership, now, allow_deletions=allow_deletions)
    partnership = as_the_hub_knows(partnership, intake)
    check_lease(intake, partnership.asker, now)
    if not dry_run:
        intake = settle_first(partnership, intake, now=now, run=run, allow_deletions=allow_deletions)
    say("Finding the same employers and people")
    night = decide(
        intake,
        partnership.config,
        partnership.schema,
        partnership.judge,
        now=now,
        run=run,
        seat=seat_of(partnership, intake, now=now, dry_run=dry_run),
    )
    if dry_run:
        return Report(night, dry_run=True)
    say("Writing what has changed")
    pushed = push_all(partnership, night)
    say("Checking what was written")
    return finish(partnership, night, pushed)


def push_all(partnership: Partnership, night: Night) -> tuple[Pushed, ...]:
    """Every plan carried out, the hub's last: it remembers which workbooks have a memory of their own."""
    pushed: list[Pushed] = []
    for plan in night.plans:
        if plan.workbook == HUB:
            failed = {each.workbook for each in pushed if each.problem or each.left}
            kept = plan.state.kept - (failed - night.intake.pulled[HUB].state.kept)
            plan = replace(plan, state=replace(plan.state, kept=kept))  # noqa: PLW2901
        pushed.append(push(plan, partnership.workbooks[plan.workbook], partnership.cache, night.run))
    return tuple(pushed)


def look(partnership: Partnership, *, now: datetime) -> Night:
    """The register for a command that only asks, as the hub and each agency see it: nothing is written."""
    intake = pull(partnership, now, allow_deletions=True)
    partnership = as_the_hub_knows(partnership, intake)
    run = run_id(now)
    return judge_records(intake, partnership.config, partnership.schema, partnership.judge, now=now, run=run)


def pull(partnership: Partnership, now: datetime, *, allow_deletions: bool, again: bool = False) -> Intake:
    """Every workbook read, its rows identified and checked for accidents.

    again: whether they were read a moment ago, and each adapter's last look at its own will do.
    Raises WorkbookError or UnsafePlan if the hub cannot be used.
    """
    hub = pull_workbook(
        partnership.config.sources[0], partnership.workbooks[HUB], partnership.cache, again=again
    )
    config = as_the_hub_says(partnership.config, hub.state.left)
    intake = take_in(
        dict(_pulled(partnership, config.sources, hub, again=again)),
        config,
        partnership.schema,
        partnership.cache,
        today=now.date(),
        new_id=partnership.new_id,
        allow_deletions=allow_deletions,
    )
    file = read_key_file(config.state)
    book = book_of(file, all_erased(file, hub.state.erased))
    intake = without_erased(intake, book, partnership.schema)
    intake = with_objections(intake, config, now.date(), may_be_told(intake, config))
    return with_leavers(intake, config.staff_left, now.date())


def _pulled(
    partnership: Partnership, homes: Sequence[Source], hub: Pulled, *, again: bool
) -> Iterator[tuple[str, Pulled]]:
    for home in homes:
        if home.key == HUB:
            yield HUB, replace(hub, home=home)
        else:
            book = partnership.workbooks[home.key]
            yield home.key, pull_workbook(home, book, partnership.cache, again=again)


def as_the_hub_knows(partnership: Partnership, intake: Intake) -> Partnership:
    """The partnership without the agencies that have left by the hub's memory, whatever engage.toml says."""
    config = as_the_hub_says(partnership.config, intake.pulled[HUB].state.left)
    return replace(partnership, config=config)


def settle_first(
    partnership: Partnership, intake: Intake, *, now: datetime, run: str, allow_deletions: bool
) -> Intake:
    """What has to stand before anything is decided: erasures learnt of, the lease, accepted suggestions.

    Returns the register as it is after that, and why a suggestion could not be written.
    """
    learn_of_erasures(partnership.config, intake.erased.erased)
    if intake.names_erased:
        note_that_names_came_in(partnership.config)
    wrote, refused = prepare(partnership, intake, run=run)
    if wrote:
        intake = pull(partnership, now, allow_deletions=allow_deletions, again=True)
    return replace(intake, refused=refused)


def seat_of(partnership: Partnership, intake: Intake, *, now: datetime, dry_run: bool) -> Seat:
    """Who sits at the hub after this night, what was sent from here, and what was missed."""
    return Seat(
        partnership.machine,
        ledger_of(partnership, intake, dry_run=dry_run),
        sent_from(partnership),
        missed_of_late(partnership.config.state, now),
        partnership.sends,
    )


def ledger_of(partnership: Partnership, intake: Intake, *, dry_run: bool) -> str:
    """The name of the ledger by which this partnership sends: once named in the hub, it stays that one."""
    known = intake.pulled[HUB].state.ledger
    if known or dry_run or not partnership.sends:
        return known
    return Ledger(partnership.config.state / LEDGER_FILE).name


def sent_from(partnership: Partnership) -> tuple[Entry, ...]:
    """What the ledger of this machine says was sent, for people to see; () if it cannot say."""
    path = partnership.config.state / LEDGER_FILE
    try:
        return Ledger(path).entries() if path.exists() else ()
    except MailError as error:  # a sync needs no ledger; sending will say what is wrong with it
        log.warning("the ledger was not read: %s", type(error).__name__)
        return ()


def prepare(partnership: Partnership, intake: Intake, *, run: str) -> tuple[bool, Mapping[str, str]]:
    """Take the lease if it changes hands, and write the suggestions that people accepted.

    Returns whether anything was written, so that the night is decided from what the sheets say now; and why
    a suggestion could not be written, by the key of its finding.
    """
    hub, cache = partnership.workbooks[HUB], partnership.cache
    taken = take_lease(intake, hub, cache, asker=partnership.asker, run=run)
    accepted = accept_suggestions(intake, partnership.workbooks, cache, run=run)
    return taken or accepted.wrote, accepted.refused


def finish(partnership: Partnership, night: Night, pushed: tuple[Pushed, ...]) -> Report:
    """Save what racing edits lost, read back what was written, and leave the time stamp in the hub."""
    today = night.now.date().isoformat()
    for each in pushed:
        book = partnership.workbooks[each.workbook]
        rescue(each, book, partnership.schema, partnership.cache, run=night.run, today=today)
    notes = [
        note
        for each in pushed
        for note in verify_push(night, each, partnership.workbooks[each.workbook], partnership.cache)
    ]
    keep_unwritten(night, pushed, partnership.cache)
    hub = next((each for each in pushed if each.workbook == HUB), None)
    if hub is not None and hub.problem is None:
        stamp = SetCell(STAMP_TAB, STAMP_LABEL, night.now.strftime(STAMP_FORMAT), look_first=False)
        try:
            (left,) = partnership.workbooks[HUB].apply([stamp])
            if left.status == "moved":
                notes.append(f"the time stamp in {STAMP_TAB} was not renewed: {left.note}")
        except WorkbookError as error:
            notes.append(f"the time stamp in {STAMP_TAB} was not renewed: {error.what}")
    expire(partnership.config, partnership.cache, night.now)
    forget_what_came_back(partnership.config, partnership.schema, partnership.cache)
    cleared = clear_if_names_came_in(partnership.config, partnership.schema, partnership.cache)  # last of all
    return Report(night, pushed, notes=tuple(notes), cleared=cleared)


def keep_unwritten(night: Night, pushed: tuple[Pushed, ...], cache: Cache) -> None:
    """Remember the workbooks that were read and had no plan: those that may only be looked at."""
    planned = {each.workbook for each in pushed}
    for key, pulled in night.intake.pulled.items():
        if pulled.snapshot is not None and pulled.problem is None and key not in planned:
            cache.keep(pulled.snapshot, night.now.isoformat(timespec="minutes"))

"""What one night decides, from what was taken in: answers, worlds, questions and a plan for each workbook.

Pure but for reading the clock that it is given: the same intake at the same minute is the same night.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from .built.answers import Taken, take_answers, take_undos
from .built.decision_book import Book, read_book
from .built.material import Material
from .built.merges import record_merges
from .built.problem_answers import ProblemAnswers, record_problem_answers, take_problem_answers
from .built.questions import Asking, ask
from .config import HUB, Config
from .insight.facts import Facts
from .intake import Intake, Pulled, spellings, tab_records
from .model import AgencyRead, Finding, Membership
from .planning import PROBLEMS, WorkbookPlan, memory_of, only_ids, plan_workbook
from .schema import Schema
from .sharing import Agreement, agreements, sensitive_in_the_open, visible
from .state import State
from .worlds import Judge, Setting, World, gather_facts, make_worlds, own_clusters


@dataclass(frozen=True, slots=True)
class Seat:
    """Who syncs and sends for the hub: the machine that holds the lease, and the name of its ledger."""

    machine: str
    ledger: str = ""


@dataclass(frozen=True, slots=True)
class Night:
    """Everything that was decided: what a dry run shows, and what the commands answer from."""

    now: datetime
    run: str
    intake: Intake
    agreed: Mapping[str, Agreement]
    spelled: Mapping[str, str]
    book: Book
    worlds: Mapping[str, World]
    facts: Mapping[str, Facts]
    asking: Asking
    reads: tuple[AgencyRead, ...]
    taken: Taken
    log: tuple[tuple[str, str, str], ...] = ()
    plans: tuple[WorkbookPlan, ...] = ()


def decide(
    intake: Intake, config: Config, schema: Schema, judge: Judge, *, now: datetime, run: str, seat: Seat
) -> Night:
    """The whole night, nothing written. now: local time, no zone; seat: who sits at the hub after it."""
    night = judge_records(intake, config, schema, judge, now=now, run=run)
    night = replace(night, log=tuple(log_lines(night)))
    return replace(night, plans=tuple(make_plans(night, config, schema, seat)))


def judge_records(
    intake: Intake,
    config: Config,
    schema: Schema,
    judge: Judge,
    *,
    now: datetime,
    run: str,
    audiences: Sequence[str] | None = None,
) -> Night:
    """Share and link: the worlds and their facts, with people's answers taken up.

    audiences: the agencies wanted besides the hub; None: all of them.
    """
    minute, hub = now.isoformat(timespec="minutes"), intake.hub
    spelled = spellings(config, intake.readings_of(HUB))
    agreed = agreements(tab_records(intake.readings_of(HUB), "Agencies"), spelled)
    open_records = visible(intake.records, HUB, agreed, schema)
    by_id = {record.record_id: record for record in open_records}
    book = take_undos(read_book(hub.tab("Decisions")), now=minute)
    taken = take_answers(hub.tab("To review"), book, by_id, judge.compared(open_records), now=minute)
    worlds = make_worlds(
        intake.records,
        agreed,
        schema,
        taken.book.decisions,
        memberships(intake, config),
        audiences=[agency.name for agency in config.agencies] if audiences is None else audiences,
        judge=judge,
    )
    linked = worlds[HUB].linked
    withheld = frozenset(record.record_id for record in intake.records if record.record_id not in by_id)
    book = record_merges(taken.book, linked, by_id, now=minute).without(withheld)
    asking = ask(
        linked, by_id, hub.tab("To review"), book, today=now.date(), per_week=config.questions_per_week
    )
    reads = tuple(agency_reads(intake, config, now))
    night = Night(now, run, intake, agreed, spelled, book, worlds, {}, asking, reads, taken)
    night = replace(night, book=_with_problem_answers(night, minute))
    setting = Setting(
        partnership=config.partnership,
        today=now.date(),
        run_id=run,
        reads=reads,
        histories=intake.histories,
        agencies=spelled,
        asked=tuple(question.pair for question in asking.questions),
        year=config.year,
        clash_days=config.coordination.clash_days,
        redundancy_clash_days=config.coordination.clash_days_redundancy,
        truth=source_of_truth(config),
    )
    return replace(night, facts=dict(_all_facts(night, config, schema, setting)))


def source_of_truth(config: Config) -> dict[str, str]:
    """Heading → the name of the agency whose value stands, however engage.toml spells it."""
    found = {heading: config.agency(word) for heading, word in config.source_of_truth.items()}
    return {heading: agency.name for heading, agency in found.items() if agency}


def _with_problem_answers(night: Night, minute: str) -> Book:
    """The book with what people answered in each workbook's Problems to fix."""
    book = night.book
    for key, pulled in night.intake.pulled.items():
        if pulled.writable:
            names = [agency.name for agency in pulled.home.agencies] if key != HUB else []
            shown = all(name in night.agreed and night.agreed[name].shares for name in names)
            answers = problem_answers(night, key)
            book = record_problem_answers(book, answers, now=minute, by="; ".join(names), shown=shown)
    return book


def memberships(intake: Intake, config: Config) -> dict[str, Membership]:
    """Audience → its clusters at the last sync, each from the _engage of its own workbook."""
    homes = {HUB: HUB} | {agency.name: home_of(config, agency.name) for agency in config.agencies}
    states = {audience: intake.pulled[key].state for audience, key in homes.items() if key in intake.pulled}
    return {
        audience: state.membership
        for audience, state in states.items()
        if audience == HUB or homes[audience] != HUB
    }


def home_of(config: Config, audience: str) -> str:
    """The key of the workbook that an audience reads."""
    named = (home.key for home in config.sources if any(a.name == audience for a in home.agencies))
    return next(named, HUB)


def _all_facts(night: Night, config: Config, schema: Schema, setting: Setting) -> Iterable[tuple[str, Facts]]:
    """An agency that sees what the hub sees has the hub's facts under its own name."""
    hub = gather_facts(night.worlds[HUB], schema, setting, cells_to_mend(night, HUB))
    for audience, world in night.worlds.items():
        findings = cells_to_mend(night, home_of(config, audience))
        if world.shared:
            yield audience, replace(hub, audience=audience, findings=findings)
        else:
            yield audience, gather_facts(world, schema, setting, findings)


# --- What was found, and what people answered to it ---------------------------------------------------


def problems_of(night: Night, workbook: str) -> tuple[Finding, ...]:
    """The findings that one workbook's readers may see, those they have settled left out.

    A view-only workbook has no tab of its own for them: if its agency shares all it has, the hub shows them.
    """
    intake, settled = night.intake, night.intake.pulled[workbook].state.settled - night.book.reopened
    found = [f for f in intake.findings if f.place.workbook == workbook or _shown_in_hub(f, night, workbook)]
    if workbook == HUB:
        found += [*night.taken.book.findings, *night.taken.findings, *sensitive_in_the_open(intake.records)]
    return tuple(_acceptable(finding) for finding in found if finding.key not in settled)


def cells_to_mend(night: Night, workbook: str) -> tuple[Finding, ...]:
    """The findings that stay until their cell is mended: the figure of the Dashboard and the digest.

    Text typed where the system writes is found once, and then only its row in Problems to fix knows of it.
    """
    left = problem_answers(night, workbook).settled
    found = problems_of(night, workbook)
    return tuple(f for f in found if not f.kind.startswith("typed-") and f.key not in left)


def _shown_in_hub(finding: Finding, night: Night, workbook: str) -> bool:
    theirs = night.agreed.get(finding.agency)
    home = night.intake.pulled[finding.place.workbook].home
    return workbook == HUB and home.view_only and theirs is not None and theirs.shares_people


def _acceptable(finding: Finding) -> Finding:
    """A suggestion that no cell of a row can take (about a heading, say) is given in words instead."""
    if not finding.suggestion or finding.record_id:
        return finding
    return replace(finding, suggestion="", wrong=f"{finding.wrong} Did you mean “{finding.suggestion}”?")


def problem_answers(night: Night, workbook: str) -> ProblemAnswers:
    """What people answered in this workbook's Problems to fix."""
    pulled = night.intake.pulled[workbook]
    tab = pulled.snapshot.tab(PROBLEMS) if pulled.snapshot else None
    return take_problem_answers(tab, problems_of(night, workbook), workbook=workbook)


# --- Plans ---------------------------------------------------------------------------------------------


def make_plans(night: Night, config: Config, schema: Schema, seat: Seat) -> Iterable[WorkbookPlan]:
    """A plan for every workbook that may be written, the hub last: it names what the others hold."""
    pulled = night.intake.pulled
    for key in sorted(pulled, key=lambda key: (key == HUB, key)):
        if pulled[key].writable:
            yield _plan(pulled[key], night, config, schema, seat)


def _plan(pulled: Pulled, night: Night, config: Config, schema: Schema, seat: Seat) -> WorkbookPlan:
    key = pulled.home.key
    answers = problem_answers(night, key)
    state = _state(pulled, night, config, answers, seat)
    if night.intake.blind:
        return only_ids(pulled, night.intake, state)
    problems = [f for f in problems_of(night, key) if f.key not in answers.settled]
    material = Material(
        facts=night.facts[_audience(pulled)],
        schema=schema,
        tabs={tab.title: tab for tab in (pulled.snapshot.tabs if pulled.snapshot else ())},
        book=night.book,
        questions=night.asking.questions,
        problems=(*problems, *answers.findings),
        log=night.log if key == HUB else (),
        answered={"To review": night.taken.answered, PROBLEMS: answers.answered},
        country=config.country,
    )
    return plan_workbook(pulled, night.intake, material, schema, state)


def _audience(pulled: Pulled) -> str:
    """Whose facts a workbook shows: its agency's; those that all may see if several agencies share it."""
    agencies = pulled.home.agencies
    return agencies[0].name if pulled.home.key != HUB and len(agencies) == 1 else HUB


def _state(pulled: Pulled, night: Night, config: Config, answers: ProblemAnswers, seat: Seat) -> State:
    key, intake = pulled.home.key, night.intake
    settled = (pulled.state.settled | answers.settled) - night.book.reopened
    if key != HUB:
        world = night.worlds[_audience(pulled)]
        own = own_clusters(world, night.worlds[HUB])
        return replace(memory_of(intake, [key], own), settled=settled)
    unwritten = [other for other, each in intake.pulled.items() if each.home.view_only]
    membership = night.worlds[HUB].linked.membership()
    state = memory_of(intake, [HUB, *unwritten], membership)
    written = {other for other, each in intake.pulled.items() if other != HUB and each.writable}
    kept = pulled.state.kept | written
    return replace(
        state, settled=settled, reads=_good_reads(night), kept=kept, holder=seat.machine, ledger=seat.ledger
    )


def _good_reads(night: Night) -> dict[str, str]:
    read = {key: night.now.date().isoformat() for key, p in night.intake.pulled.items() if not p.problem}
    return {**night.intake.pulled[HUB].state.reads, **read}


# --- What is said of it --------------------------------------------------------------------------------


def agency_reads(intake: Intake, config: Config, now: datetime) -> Iterable[AgencyRead]:
    """How fresh each agency's rows are."""
    for agency in config.agencies:
        key = home_of(config, agency.name)
        pulled = intake.pulled[key]
        mine = [intake.remembered[r.record_id] for r in intake.records if r.agency == agency.name]
        newest = max((max([past.first_seen, *past.changed.values()]) for past in mine), default="")
        last = (
            now.date().isoformat() if pulled.problem is None else intake.pulled[HUB].state.reads.get(key, "")
        )
        yield AgencyRead(
            agency=agency.name,
            workbook=pulled.title,
            ok=pulled.problem is None,
            rows=len(mine),
            last_read=last,
            last_changed=newest,
            problem=pulled.problem.what if pulled.problem else "",
        )


def log_lines(night: Night) -> Iterable[tuple[str, str, str]]:
    """(when, workbook, what happened) for the Sync log: each change or failure, once a day."""
    minute = night.now.isoformat(timespec="minutes")
    tab = night.intake.hub.tab("Sync log")
    said = {(row[0][:10], row[1], row[2]) for row in (tab.rows[1:] if tab else ()) if len(row) > 2}
    for workbook, what in _happenings(night):
        if (minute[:10], workbook, what) not in said:
            yield minute, workbook, what


def _happenings(night: Night) -> Iterable[tuple[str, str]]:
    intake = night.intake
    for pulled in intake.pulled.values():
        if pulled.problem:
            yield pulled.title, f"Not used tonight: {pulled.problem.what}"
    titles = {key: pulled.title for key, pulled in intake.pulled.items()}
    for key, count in Counter(workbook for workbook, _, _ in intake.given).items():
        if intake.pulled[key].writable:
            yield titles[key], f"{_rows(count)} got a Record ID"
    gone = Counter(intake.remembered[key].workbook for key in intake.gone if key in intake.remembered)
    for key, count in gone.items():
        yield titles[key], f"{_rows(count)} gone since the last sync, and so from the lists"
    answered = len(night.taken.answered)
    if answered:
        yield titles[HUB], f"{answered} answer{'s' if answered > 1 else ''} taken from To review"
    for change in night.worlds[HUB].linked.changes:
        yield titles[HUB], change


def _rows(count: int) -> str:
    return f"{count} row" if count == 1 else f"{count} rows"

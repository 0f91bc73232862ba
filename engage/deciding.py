"""What one night decides, from what was taken in: answers, worlds, questions and a plan for each workbook.

Pure but for reading the clock that it is given: the same intake at the same minute is the same night.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from .built.answers import Seeing, Taken, as_they_are, take_answers, take_undos
from .built.chosen import choices
from .built.decision_book import read_book
from .built.material import Material
from .built.merges import record_merges
from .built.problem_answers import ProblemAnswers
from .built.questions import ask
from .built.using import hide_withheld
from .config import HUB, Config
from .coordinators import coordinator_rows
from .departures import held_out_words, left_now
from .digest.refusals import refused_addresses
from .insight.capabilities import problems_told
from .insight.facts import Facts, with_same_rows
from .insight.objections import follow
from .insight.objections_elsewhere import FOLLOWS
from .intake import Intake, objections_of
from .late_digests import late_digests
from .model import Membership, Objection, Record
from .night import Night, Seat, home_of
from .night_log import agency_reads, log_lines, look_at_this, too_old
from .owners import owners_now
from .planning import PROBLEMS, WorkbookPlan, memory_of, only_ids, plan_workbook
from .problems import cells_to_mend, problem_answers, problems_of, with_problem_answers
from .pulled import Pulled
from .remembered_decisions import hold, remembered_decisions
from .schema import Schema
from .sharing import Agreement, agreements, kept_to_themselves, visible
from .spelled import list_values, spellings, tab_records
from .state import State
from .worlds import Judge, Setting, gather_facts, keeps_objections, make_worlds, own_clusters


def decide(
    intake: Intake, config: Config, schema: Schema, judge: Judge, *, now: datetime, run: str, seat: Seat
) -> Night:
    """The whole night, nothing written. now: local time, no zone; seat: who sits at the hub after it."""
    night = judge_records(intake, config, schema, judge, now=now, run=run)
    late, held_out = late_digests(night, config, sends=seat.sends), tuple(held_out_words(config))
    mine = (one.name for one in config.agencies if not one.withdrawn)
    kept = tuple(kept_to_themselves(intake.records, mine, night.agreed))
    night = replace(night, late=late, held_out=held_out, kept=kept)
    night = replace(night, log=tuple(log_lines(night, (*seat.missed, *night.late, *held_out))))
    return replace(night, plans=tuple(make_plans(night, config, schema, seat)))


def judge_records(
    intake: Intake, config: Config, schema: Schema, judge: Judge, *, now: datetime, run: str
) -> Night:
    """Share and link: the worlds of the hub and of each agency, their facts; people's answers taken up."""
    minute, hub = now.isoformat(timespec="minutes"), intake.hub
    spelled = spellings(config, intake.readings_of(HUB))
    agreed = agreed_now(intake, config, spelled)
    open_records = visible(intake.records, HUB, agreed, schema)
    by_id = {record.record_id: record for record in open_records}
    seeing = as_they_are(by_id, judge.compared(open_records), config.country)
    taken = take_up(intake, by_id, seeing, minute)
    worlds = make_worlds(
        intake.records,
        agreed,
        schema,
        taken.book.decisions,
        memberships(intake, config),
        audiences=[agency.name for agency in config.agencies],
        judge=judge,
    )
    linked = worlds[HUB].linked
    withheld, in_part = not_open(intake, by_id)
    book = record_merges(taken.book, linked, by_id, now=minute).without(withheld, in_part)
    book = book.without_agencies(silent_agencies(config, agreed))
    asking = ask(
        linked,
        by_id,
        hub.tab("To review"),
        book,
        today=now.date(),
        per_week=config.questions_per_week,
        country=config.country,
    )
    reads = tuple(agency_reads(intake, config, agreed, now))
    objections = follow(intake.objections, linked, by_id)
    night = Night(now, run, intake, agreed, spelled, book, worlds, {}, asking, reads, taken, objections)
    book = hide_withheld(with_problem_answers(night, minute), withheld, linked)
    return with_facts(replace(night, book=book), config, schema)


def not_open(intake: Intake, by_id: Mapping[str, Record]) -> tuple[frozenset[str], frozenset[str]]:
    """The ids of rows that the hub's readers may not see at all, and of those that they see in part.

    by_id: the rows that they may see, as they see them.
    """
    hidden = frozenset(record.record_id for record in intake.records if record.record_id not in by_id)
    in_part = frozenset(r.record_id for r in intake.records if by_id.get(r.record_id, r) != r)
    return hidden | intake.withheld | intake.erased.rows, in_part


def with_facts(night: Night, config: Config, schema: Schema) -> Night:
    """The night with what follows from its worlds, and what that says is to be mended."""
    facts = dict(all_facts(night, config, schema, setting_of(night, config)))
    return with_told_problems(replace(night, facts=facts), config)


def agreed_now(intake: Intake, config: Config, spelled: Mapping[str, str]) -> dict[str, Agreement]:
    """What each agency has agreed to; of one that has left, or was withdrawn, nothing is shown."""
    withdrawn = {one.name for one in config.agencies if one.withdrawn} | {one.name for one in config.departed}
    return agreements(tab_records(intake.readings_of(HUB), "Agencies"), spelled, withdrawn)


def silent_agencies(config: Config, agreed: Mapping[str, Agreement]) -> frozenset[str]:
    """Agencies of which nothing may stand in the hub: they have left, or share nothing."""
    sharing = {name for name, one in agreed.items() if one.shares}
    return frozenset(agency.name for agency in (*config.agencies, *config.departed)) - sharing


def may_be_told(intake: Intake, config: Config) -> Callable[[Objection, Record], bool]:
    """Whether the agency of a row may know of an objection: its own, or that of one that shares people."""
    spelled = spellings(config, intake.readings_of(HUB))
    agreed = agreed_now(intake, config, spelled)
    sharing = {name for name, one in agreed.items() if one.shares_people} | {""}
    return lambda objection, record: objection.agency == record.agency or objection.agency in sharing


def take_up(intake: Intake, by_id: Mapping[str, Record], seeing: Seeing, minute: str) -> Taken:
    """What people said since last night: their Undos in Decisions, and their answers in To review."""
    book = hold(read_book(intake.hub.tab("Decisions")), intake.pulled[HUB].state.decided)
    book = take_undos(book, now=minute, seeing=seeing)
    return take_answers(intake.hub.tab("To review"), book, by_id, seeing, now=minute)


def setting_of(night: Night, config: Config) -> Setting:
    """What the facts of every world are gathered with."""
    return Setting(
        partnership=config.partnership,
        today=night.now.date(),
        run_id=night.run,
        reads=night.reads,
        histories=night.intake.histories,
        agencies=night.spelled,
        asked=tuple(question.pair for question in night.asking.questions),
        year=config.year,
        clash_days=config.coordination.clash_days,
        redundancy_clash_days=config.coordination.clash_days_redundancy,
        review_months=config.keep.review_months,
        clash_days_of=config.coordination.clash_days_of,
        most_asks=config.coordination.most_asks,
        large_recruitment=config.coordination.large_recruitment,
        truth=source_of_truth(config),
        choices=choices(night.book),
        refused=refused_addresses(night.intake.hub.tab("Mail stops")),
        lists=list_values(night.intake.readings_of(HUB)),
        country=config.country,
        objections=night.objections,
        shares=frozenset({"", *(name for name, one in night.agreed.items() if one.shares_people)}),
        released=released(night),
    )


def released(night: Night) -> Callable[[Record], bool]:
    """Whether an agency said of a row that the objection of somebody like it is another person's."""
    asked = {f.record_id: f for f in night.intake.findings if f.kind == FOLLOWS}
    settled = {
        key for each in night.intake.pulled.values() for key in each.state.settled
    } - night.book.reopened

    def is_released(record: Record) -> bool:
        finding = asked.get(record.record_id)
        return finding is not None and finding.key in settled

    return is_released


def source_of_truth(config: Config) -> dict[str, str]:
    """Heading → the name of the agency whose value stands, however engage.toml spells it."""
    found = {heading: config.agency(word) for heading, word in config.source_of_truth.items()}
    return {heading: agency.name for heading, agency in found.items() if agency}


def memberships(intake: Intake, config: Config) -> dict[str, Membership]:
    """Audience → its clusters at the last sync, each from the _engage of its own workbook."""
    homes = {HUB: HUB} | {agency.name: home_of(config, agency.name) for agency in config.agencies}
    states = {audience: intake.pulled[key].state for audience, key in homes.items() if key in intake.pulled}
    return {
        audience: state.membership
        for audience, state in states.items()
        if audience == HUB or homes[audience] != HUB
    }


def all_facts(night: Night, config: Config, schema: Schema, setting: Setting) -> Iterable[tuple[str, Facts]]:
    """An agency that sees what the hub sees, and keeps no objection to itself, has the hub's facts."""
    hub = gather_facts(night.worlds[HUB], schema, setting, cells_to_mend(night, HUB))
    for audience, world in night.worlds.items():
        findings = cells_to_mend(night, home_of(config, audience))
        if world.shared and not keeps_objections(world, setting):
            yield audience, with_same_rows(hub, audience=audience, findings=findings)
        else:
            yield audience, gather_facts(world, schema, setting, findings)


def with_told_problems(night: Night, config: Config) -> Night:
    """The night with what the capabilities find to mend, each workbook's among the findings of its readers.

    It is known only once there are facts. What was answered with Leave as it is, is not found again.
    """
    told = {}
    for key, pulled in night.intake.pulled.items():
        settled = pulled.state.settled - night.book.reopened | problem_answers(night, key).settled
        facts = night.facts.get(_audience(pulled))
        told[key] = () if facts is None else problems_told(facts, key)
        told[key] = tuple(found for found in told[key] if found.key not in settled)
    facts_of = {
        audience: with_same_rows(facts, findings=(*facts.findings, *told.get(home_of(config, audience), ())))
        for audience, facts in night.facts.items()
    }
    return replace(night, told=told, facts=facts_of)


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
    problems = [
        *(f for f in problems_of(night, key) if f.key not in answers.settled),
        *night.told.get(key, ()),
    ]
    material = Material(
        facts=night.facts[_audience(pulled)],
        schema=schema,
        tabs={tab.title: tab for tab in (pulled.snapshot.tabs if pulled.snapshot else ())},
        book=night.book,
        questions=night.asking.questions,
        problems=(*problems, *(f for f in answers.findings if f.key not in state.settled)),
        log=night.log if key == HUB else (),
        answered={"To review": night.taken.answered, PROBLEMS: answers.answered},
        country=config.country,
        coordinators=tuple(coordinator_rows(night, config, seat.sent)) if key == HUB else (),
        words=_to_look_at(night, config, seat) if key == HUB else {},
    )
    return plan_workbook(pulled, night.intake, material, schema, state)


def _to_look_at(night: Night, config: Config, seat: Seat) -> dict[str, str]:
    return look_at_this(seat, (*night.held_out, *night.late, *too_old(night.reads, config, night.now.date())))


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
        state = memory_of(intake, [key], own)
        return replace(state, settled=settled, objections=objections_of(night.objections, night.intake, key))
    unwritten = [other for other, each in intake.pulled.items() if each.home.view_only]
    membership = night.worlds[HUB].linked.membership()
    state = memory_of(intake, [HUB, *unwritten], membership)
    written = {other for other, each in intake.pulled.items() if other != HUB and each.writable}
    kept = (pulled.state.kept | written) & frozenset(intake.pulled)
    state = replace(state, settled=settled, reads=_good_reads(night), owners=owners_now(intake), kept=kept)
    state = replace(state, holder=seat.machine, only_syncs=not seat.sends)
    state = replace(state, ledger=seat.ledger, turn=pulled.state.turn, turned=pulled.state.turned)
    kept_here = objections_of(night.objections, intake, HUB)
    state = replace(state, erased=intake.erased.erased, objections=kept_here)
    state = replace(state, left=left_now(config, pulled.state.left))
    return replace(state, decided=remembered_decisions(night.book))


def _good_reads(night: Night) -> dict[str, str]:
    read = {key: night.now.date().isoformat() for key, p in night.intake.pulled.items() if not p.problem}
    before = night.intake.pulled[HUB].state.reads
    return {key: day for key, day in {**before, **read}.items() if key in night.intake.pulled}

"""The first half of a night: pull every workbook, read its rows, know each row again, check for accidents.

A workbook that cannot be read tonight, or looks as if it had met with an accident, is left alone; its rows
count as the cache last saw them. If nobody knows its rows (`blind`), the lists wait, and nothing of it reads
as a deletion.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from .accidents import accidents
from .cache import Cache
from .config import HUB, Config, StaffLeft
from .digest.refusals import refused_addresses, refused_readers
from .erased.book import ErasedBook
from .erased.unread import ask_about_unread
from .erased.withheld import ask_in_words, withhold
from .insight.leavers import leaver_findings, not_reached_findings, says_left
from .insight.objections import forget_ended, remember_objections
from .insight.objections_elsewhere import ask_whether_they_object
from .misplaced_ids import without_misplaced_ids
from .model import Finding, History, Membership, Objection, Record, Snapshot, Tab, record_of
from .permitted import expire_permissions, forget_permissions
from .pulled import Pulled, as_last_seen, decisions_last_seen, known_records
from .readings import read_all
from .register.identity import identify, row_key
from .register.read import TabReading
from .remembering import remember
from .schema import Schema
from .state import TAB as MEMORY
from .state import Remembered


@dataclass(frozen=True, slots=True)
class Intake:
    """Tonight's register. given: row → the id it gets. gone: ids whose rows are no longer there.

    remembered: what to remember of every record, the missing ones too. refused: key of a finding whose
    suggestion was accepted → why it could not be written. erased: who was erased; they are in no record.
    withheld: ids of rows that were wholly theirs. names_erased: whether any sheet still names one of them.
    objections: record id → what its row says, or once said, against being contacted.
    """

    pulled: Mapping[str, Pulled]
    readings: tuple[tuple[str, TabReading], ...]
    records: tuple[Record, ...]
    given: Mapping[tuple[str, str, int], str]
    findings: tuple[Finding, ...]
    remembered: Mapping[str, Remembered]
    gone: tuple[str, ...]
    refused: Mapping[str, str] = field(default_factory=dict)
    erased: ErasedBook = field(default_factory=ErasedBook)
    withheld: frozenset[str] = frozenset()
    objections: Mapping[str, Objection] = field(default_factory=dict)
    names_erased: bool = False

    @property
    def hub(self) -> Snapshot:
        """The hub as read; without it there is no intake."""
        snapshot = self.pulled[HUB].snapshot
        assert snapshot is not None
        return snapshot

    @property
    def blind(self) -> tuple[str, ...]:
        """Workbooks that were read on an earlier night and whose rows nobody knows tonight.

        One that a person paused holds up nothing.
        """
        read = self.pulled[HUB].state.reads
        unknown = (key for key, each in self.pulled.items() if each.snapshot is None and key in read)
        return tuple(key for key in unknown if not self.pulled[key].home.paused)

    @property
    def histories(self) -> dict[str, History]:
        """When each record, and each of its fields, was first seen or last changed."""
        return {
            key: History(past.first_seen, past.changed, past.rungs) for key, past in self.remembered.items()
        }

    def readings_of(self, workbook: str) -> tuple[TabReading, ...]:
        """The staff tabs of one workbook that were understood."""
        return tuple(tab for key, tab in self.understood if key == workbook)

    @property
    def understood(self) -> tuple[tuple[str, TabReading], ...]:
        """The staff tabs of every workbook that were understood, by workbook."""
        return tuple((key, tab) for key, tab in self.readings if tab.spec is not None)


def take_in(
    pulled: Mapping[str, Pulled],
    config: Config,
    schema: Schema,
    cache: Cache,
    *,
    today: date,
    new_id: Callable[[], str],
    allow_deletions: bool = False,
) -> Intake:
    """Read, identify and check every workbook of the partnership.

    Raises UnsafePlan if the hub itself cannot be used; any other workbook's trouble stands
    in its Pulled.problem.
    """
    intake = _read_and_identify(pulled, config, schema, today, new_id)
    if allow_deletions:
        return intake
    most, seen = config.safety.most_rows_gone, decisions_last_seen(cache)
    unsafe = dict(accidents(pulled, intake.understood, intake.gone, seen, most_rows_gone=most))
    if HUB in unsafe:
        raise unsafe[HUB]
    if not unsafe:
        return intake
    held = {key: as_last_seen(p, cache, unsafe[key]) if key in unsafe else p for key, p in pulled.items()}
    return _read_and_identify(held, config, schema, today, new_id)


def _read_and_identify(
    pulled: Mapping[str, Pulled], config: Config, schema: Schema, today: date, new_id: Callable[[], str]
) -> Intake:
    readings = tuple(read_all(pulled, config, schema, today))
    records = [record for _, reading in readings for record in reading.records if _has_id(reading)]
    known = known_records(pulled)
    identified = identify(without_misplaced_ids(records, known), known, new_id)
    ids = {row_key(record): record.record_id for record in identified.records}
    unread = frozenset(key for key, each in pulled.items() if each.problem is not None)
    found = [finding for _, reading in readings for finding in reading.findings]
    found += [finding for each in pulled.values() for finding in _of_the_workbook(each)]
    remembered = remember(identified.records, known, today, unread=unread)
    remembered = expire_permissions(remembered, _since(config, today))
    return Intake(
        pulled=pulled,
        readings=readings,
        records=identified.records,
        given=identified.given,
        findings=(*(_named(finding, ids) for finding in found), *identified.findings),
        remembered=forget_permissions(remembered, agencies={one.name for one in config.departed}),
        gone=identified.gone,
    )


def without_erased(intake: Intake, book: ErasedBook, schema: Schema) -> Intake:
    """Tonight's register without those who were erased, and a question for each cell that names them."""
    if not book:
        return intake

    def settled(finding: Finding) -> bool:
        return any(finding.key in each.state.settled for each in intake.pulled.values())

    left = withhold(intake.records, intake.findings, book, schema, settled=settled)
    remembered = {
        key: past for key, past in intake.remembered.items() if not (past.gone and key in book.rows)
    }
    view_only = {key for key, each in intake.pulled.items() if each.home.view_only}
    findings = (ask_in_words(f) if f.place.workbook in view_only else f for f in left.findings)
    elsewhere = tuple(ask_about_unread(unread_tabs(intake, schema), book))
    return replace(
        intake,
        records=left.records,
        findings=(*findings, *(finding for finding in elsewhere if not settled(finding))),
        remembered=forget_permissions(remembered, rows=left.ids | book.rows),
        erased=book.knowing(left.others, left.reused),
        withheld=left.ids,
        names_erased=left.names_them or bool(elsewhere),
    )


def unread_tabs(intake: Intake, schema: Schema) -> Iterator[tuple[str, str, Tab]]:
    """(workbook's key, its agency, tab) of each tab that is no tab of the register, nor one of ours."""
    for key, reading in intake.readings:
        known = schema.tabs.get(reading.tab.title)
        if reading.spec is None and reading.tab.title != MEMORY and (known is None or known.kind != "built"):
            agencies = intake.pulled[key].home.agencies
            yield key, agencies[0].name if len(agencies) == 1 else "", reading.tab


def with_objections(
    intake: Intake, config: Config, today: date, may_be_told: Callable[[Objection, Record], bool]
) -> Intake:
    """Tonight's register with its objections remembered, and a question where one may concern another row.

    may_be_told: whether the agency of a row may know of an objection.
    """
    states = {key: each.state.objections for key, each in intake.pulled.items()}
    before = dict(states.pop(HUB))  # of others' rows, too, whose own memory knows better where it is read
    for each in states.values():
        before.update(each)
    gone = intake.withheld | intake.erased.rows
    kept = {key: one for key, one in before.items() if key not in gone}
    memory = remember_objections(intake.records, kept, today.isoformat())
    memory = forget_ended(memory, _since(config, today), {one.name for one in config.departed})
    clusters = _people_of(each.state.membership for each in intake.pulled.values())

    def together(one: str, other: str) -> bool:
        return bool(clusters.get(one, frozenset()) & clusters.get(other, frozenset()))

    asked = ask_whether_they_object(intake.records, memory, together, may_be_told)
    return replace(intake, objections=memory, findings=(*intake.findings, *asked))


def objections_of(
    known: Mapping[str, Objection], intake: Intake, workbook: str, *, leaving: str = ""
) -> dict[str, Objection]:
    """What the _engage of a workbook is to remember of these objections: those of its own rows.

    The hub's also remembers those of every workbook whose own memory is not written: it is view-only, or
    paused, or its agency has left (or is leaving, by its key), for an objection belongs to the person.
    """
    own = {key for key, each in intake.pulled.items() if not (each.home.view_only or each.home.paused)}
    elsewhere = own - {HUB, leaving}
    return {
        key: one
        for key, one in known.items()
        if one.workbook == workbook or (workbook == HUB and one.workbook not in elsewhere)
    }


def with_leavers(intake: Intake, told: Sequence[StaffLeft], today: date) -> Intake:
    """Tonight's register with a question for every open thing that hangs on a colleague who has left, or to
    whom mail came back."""
    refused = refused_readers(intake.records, refused_addresses(intake.hub.tab("Mail stops")))
    silent = [
        StaffLeft(one.record["Name"], one.record.agency, on=one.refusal.when[:10])
        for one in refused
        if one.heading == "Email" and one.record["Name"]
    ]
    asked = (
        *leaver_findings(intake.records, told, today),
        *not_reached_findings(intake.records, silent, told, today),
    )
    gone = {
        record.record_id for record in intake.records if record.tab == "Coordinators" and says_left(record)
    }
    kept = (f for f in intake.findings if f.record_id not in gone or f.place.column != "Paused until")
    return replace(intake, findings=(*kept, *asked))


def _people_of(memberships: Iterable[Membership]) -> dict[str, frozenset[str]]:
    """Record id → the people of its row, as they were at the last sync."""
    found: dict[str, set[str]] = {}
    for membership in memberships:
        for person, keys in membership.people.items():
            for key in keys:
                found.setdefault(record_of(key), set()).add(person)
    return {key: frozenset(people) for key, people in found.items()}


def _of_the_workbook(pulled: Pulled) -> tuple[Finding, ...]:
    """What is to be said of a workbook itself, if it was read tonight."""
    return pulled.snapshot.findings if pulled.snapshot and pulled.problem is None else ()


def _since(config: Config, today: date) -> str:
    """The first day (ISO) of which it is still kept what somebody said of being contacted."""
    return (today - timedelta(days=config.keep.contact_history)).isoformat()


def _has_id(reading: TabReading) -> bool:
    return reading.spec is not None and reading.spec.has_ids


def _named(finding: Finding, ids: Mapping[tuple[str, str, int], str]) -> Finding:
    place = finding.place
    return replace(finding, record_id=ids.get((place.workbook, place.tab, place.row), ""))

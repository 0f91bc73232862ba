"""Objections to being contacted: remembered, followed through merges and splits, never lost with a row.

A No to news is one too, the mildest. An objection belongs to the person. It is remembered under the row that
said it, with marks (short digests) of the person's addresses, mobiles, and name at an employer, and of all
that were merged with that row meanwhile. It ends when the agency takes the words back in that same row; when
the row is deleted it stays.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from engage.linkage.mentions import person_mentions
from engage.linkage.normalise.organisations import read_name
from engage.model import DO_NOT_CONTACT, ON_NEWS, Linked, Objection, Record, fingerprint, mention, record_of
from engage.register.company_number import company_number
from engage.register.text import split_several

ALL, MARKETING, NEWS = "All", "Marketing", "News"
LEVELS = (ALL, MARKETING, NEWS)  # the stricter first
HEADING = DO_NOT_CONTACT
NO = "No"  # under May we email news?


@dataclass(frozen=True, slots=True)
class Held:
    """Why somebody may not be contacted. level: one of LEVELS; since: ISO date; by: the agency whose
    row says so; own: whether a row of Contacts or Employers that is theirs says it."""

    level: str
    since: str
    by: str
    own: bool


def objection_in(record: Record) -> str:
    """What a row says against being contacted, in its columns or in its words: one of LEVELS or ""."""
    if record[HEADING] in (ALL, MARKETING):
        return record[HEADING]
    return NEWS if record[ON_NEWS] == NO else ""


def marks_of(record: Record, ordinal: int = 0) -> frozenset[str]:
    """Marks of the row's ordinal-th person (1 is the first), or of all of them and its shared mailbox."""
    firm = read_name(record["Employer"]).key if record["Employer"] else ""
    people = person_mentions(record)
    found = [person for person in people if not ordinal or person.key == mention(record.record_id, ordinal)]
    said = [f"m:{address}" for person in found for address in person.mailboxes]
    said += [f"m:{address}" for address in split_several(record["Email"]) if not people]
    said += [f"p:{number}" for number in split_several(record["Mobile"]) if len(people) < 2]
    said += [
        f"n:{person.name.first} {person.name.surname}@{firm}"
        for person in found
        if firm and len(person.name.first) > 1 and person.name.surname
    ]
    return frozenset(fingerprint(text) for text in said)


def firm_marks(record: Record) -> frozenset[str]:
    """Marks of the employer that a row is about: its number, its name in its place."""
    firm, number = read_name(record["Employer"]).key, company_number(record["Company number"])
    said = [f"c:{number.value}"] if number.may_veto else []
    said += [f"f:{firm}@{record[where]}" for where in ("Postcode", "Town") if firm and record[where]]
    return frozenset(fingerprint(text) for text in said)


def _marks_of_all(record: Record, level: str) -> frozenset[str]:
    """Marks of everybody whom a row's objection holds: its people; the employer where it names none.

    A No to news is no employer's, only of the address that stands there.
    """
    alone = level == NEWS or person_mentions(record)
    return marks_of(record) if alone else marks_of(record) | firm_marks(record)


def remember_objections(
    records: Iterable[Record], before: Mapping[str, Objection], today: str
) -> dict[str, Objection]:
    """Record id → the objection that its row makes, or once made. today: ISO date.

    records: tonight's, of all agencies. A row that is there and says nothing any more has taken it back, but
    not where its column is gone, or has a heading that nobody understands.
    """
    memory = dict(before)
    for record in records:
        past = before.get(record.record_id)
        standing = past if past and not past.lifted else None
        lost = _lost_columns(record, standing)
        if level := _level(record, standing, lost):
            marks = _marks_of_all(record, level) | (past.marks if past else frozenset())
            on = standing.on if standing else today
            columns, home = _columns_of(record) | lost, record.place.workbook
            said = Objection(level, on, record.agency, home, marks, stands_in=columns)
            memory[record.record_id] = _with_history(said, past, today)
        elif standing:
            memory[record.record_id] = replace(standing, lifted=today)
    return memory


def _level(record: Record, standing: Objection | None, lost: Collection[str]) -> str:
    """The strictest of what a row says and of what it said in columns that are gone; "" if nothing."""
    said = [objection_in(record), NEWS if ON_NEWS in lost else ""]
    said += [standing.level] if standing and HEADING in lost else []
    return min(filter(None, said), key=LEVELS.index, default="")


def _columns_of(record: Record) -> frozenset[str]:
    """The columns of a row that say its objection, or part of it; none if only its words do."""
    own = bool(record.typed.get(HEADING, "").strip()) and record[HEADING] in (ALL, MARKETING)
    return frozenset([HEADING] * own + [ON_NEWS] * (record[ON_NEWS] == NO))


def _lost_columns(record: Record, standing: Objection | None) -> frozenset[str]:
    """Columns that said it, and that are gone, or hold words on news that nobody understands: nobody took
    that back."""
    said = standing.stands_in if standing else frozenset()
    unread = {ON_NEWS} if record.typed.get(ON_NEWS, "").strip() and not record[ON_NEWS] else set()
    return frozenset(one for one in said if one not in record.typed or one in unread)


def _with_history(said: Objection, past: Objection | None, today: str) -> Objection:
    """What a row says tonight, with what it said before. past: what it said last."""
    if past is None:
        return said
    if not past.lifted and (past.level, past.agency) == (said.level, said.agency):
        return replace(said, level_on=past.level_on, past=past.past)
    ended = replace(past, lifted=past.lifted or today).history
    return replace(said, level_on=today if said.on != today else "", past=ended)


def forget_ended(
    memory: Mapping[str, Objection], before: str, departed: Collection[str] = ()
) -> dict[str, Objection]:
    """The same memory, without the stretches that ended before this day (ISO date).

    departed: agencies of whose rows nothing stays but that somebody objects. One in force never goes.
    """

    def gone(until: str, agency: str) -> bool:
        return bool(until) and (until < before or agency in departed)

    return {
        key: replace(one, past=tuple(told for told in one.past if not gone(told.until, told.agency)))
        for key, one in memory.items()
        if not gone(one.lifted, one.agency)
    }


def follow(
    memory: Mapping[str, Objection], linked: Linked, records: Mapping[str, Record]
) -> dict[str, Objection]:
    """The same with the marks of everybody who is one with an objector tonight: should they be parted again,
    nobody can tell by then whose objection it was."""
    members: dict[str, set[str]] = defaultdict(set)
    for key, person in linked.person_of.items():
        members[person].add(key)
    of_record: dict[str, set[str]] = defaultdict(set)
    for key, person in linked.person_of.items():
        of_record[record_of(key)].add(person)
    return {
        key: replace(one, marks=one.marks | _marks_with(key, of_record, members, records))
        if not one.lifted
        else one
        for key, one in memory.items()
    }


def _marks_with(
    record_id: str,
    of_record: Mapping[str, set[str]],
    members: Mapping[str, set[str]],
    records: Mapping[str, Record],
) -> frozenset[str]:
    keys = (key for person in of_record.get(record_id, ()) for key in members[person])
    here = (
        (records[record_of(key)], int(key.rpartition("#")[2])) for key in keys if record_of(key) in records
    )
    return frozenset(mark for record, ordinal in here for mark in marks_of(record, ordinal))


def held_people(
    linked: Linked,
    records: Mapping[str, Record],
    memory: Mapping[str, Objection],
    released: Callable[[Record], bool] = lambda _: False,
) -> dict[str, Held]:
    """PER-… → why they are held: a row of theirs says so, or a mark of theirs is an objector's.

    memory: what this audience may be told of. released: whether an agency said of a row that the objection of
    somebody with the same marks is another's.
    """
    in_force = {key: one for key, one in memory.items() if not one.lifted}
    by_mark: dict[str, list[Objection]] = defaultdict(list)
    for one in in_force.values():
        for mark in one.marks:
            by_mark[mark].append(one)
    held: dict[str, Held] = {}
    for key, person in sorted(linked.person_of.items()):
        record = records.get(record_of(key))
        for found in _holds(key, record, in_force, by_mark, released):
            held[person] = min(held.get(person, found), found, key=_strictness)
    return held


def held_employers(
    linked: Linked, records: Mapping[str, Record], memory: Mapping[str, Objection]
) -> frozenset[str]:
    """EMP-… of every employer that objects itself: a row that names none of its people says so, or once said.

    A No to news is none. Where nobody here may see that row, or it is gone: by the employer's number, or its
    name in its place.
    """
    in_force = {key: one for key, one in memory.items() if not one.lifted and one.level != NEWS}
    marks = frozenset(mark for one in in_force.values() for mark in one.marks)
    own = (r for key in in_force if (r := records.get(key)) is not None and not person_mentions(r))
    same = (r for r in records.values() if firm_marks(r) & marks) if marks else ()
    firms = (linked.employer_of.get(mention(r.record_id), "") for r in (*own, *same))
    return frozenset(filter(None, firms))


def _holds(
    key: str,
    record: Record | None,
    in_force: Mapping[str, Objection],
    by_mark: Mapping[str, list[Objection]],
    released: Callable[[Record], bool],
) -> Iterator[Held]:
    said = in_force.get(record_of(key))
    if said is not None:
        own = record is not None and record.tab in ("Contacts", "Employers")
        yield Held(said.level, said.on, said.agency, own)
    if record is not None and by_mark and not released(record):
        marks = marks_of(record, int(key.rpartition("#")[2]))
        yield from (
            Held(one.level, one.on, one.agency, False) for mark in marks for one in by_mark.get(mark, ())
        )


def _strictness(held: Held) -> tuple[int, bool, str]:
    return LEVELS.index(held.level), not held.own, held.since

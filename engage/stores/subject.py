"""Whom a request is about: from a number, an address or a name to rows of the register, and their marks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from engage.erased.marks import Marks, marks_of
from engage.erased.naming import WHOLE_ROWS, mails_of, named_in, phones_of
from engage.erased.person import Known, marks_in
from engage.errors import UsageError
from engage.linkage.mentions import people_in, person_mentions
from engage.model import Record, mention, record_of
from engage.night import Night
from engage.register.names import read_people
from engage.register.text import split_several

from .namesakes import common_words, is_like_name, is_same_name, same_at_work, sort_namesakes


@dataclass(frozen=True, slots=True)
class Subject:
    """The person asked about. ids: PER-…, as any audience knows them. mentions: theirs without doubt.

    rows: record ids that are wholly theirs. doubtful: record ids that may be theirs; besides: of people of
    the same name who are somebody else, by what agencies and linkage have decided. known: what the register
    says of them; graded: token → grade.
    """

    asked: str
    ids: tuple[str, ...]
    mentions: tuple[str, ...]
    rows: frozenset[str]
    doubtful: frozenset[str]
    besides: frozenset[str]
    known: Known
    graded: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def marks(self) -> Marks:
        """The marks, in the clear."""
        return marks_of(self.graded)

    @property
    def label(self) -> str:
        """How the person is called in an answer to whoever asked."""
        given, family = self.known.names[0] if self.known.names else ("", "")
        return f"{given} {family}".strip() or self.asked


def find_subject(night: Night, asked: str) -> Subject:
    """The one person who is meant. asked: PER-…, a mail address, or a name.

    Somebody whom no row names is a subject too: an old copy or a log may still hold the name or address.
    Rows that an agency keeps to itself have a number of their own: with one address and one name they are
    one person all the same. Raises UsageError if several people fit; it names their numbers.
    """
    records = {record.record_id: record for record in night.intake.records}
    clusters = _clusters(night)
    hits = _named_so(records.values(), asked)
    ids = {clusters[key] for key in hits if key in clusters}
    if asked.strip().upper().startswith("PER-"):
        ids = {asked.strip().upper()}
        if not ids & set(clusters.values()):
            raise UsageError(
                f"there is nobody with the number {asked}", fix="ask by a mail address or a name"
            )
    if len(ids) > 1 and not _are_one(night, hits, records, asked.strip().lower()):
        raise UsageError(
            f"{len(ids)} people fit “{asked}”",
            fix="ask again with the number of one of them: " + "; ".join(_listed(ids, clusters, records)),
        )
    mine = {key for key, one in clusters.items() if one in ids and record_of(key) in records} | hits
    return _subject(night, records, clusters, asked, frozenset(ids), frozenset(mine))


def _clusters(night: Night) -> dict[str, str]:
    """Mention → PER-…, of everybody's rows: what an agency keeps to itself is in its own world only."""
    worlds = reversed([*night.worlds.values()])
    return {key: one for world in worlds for key, one in world.linked.person_of.items()}


def _named_so(records: Iterable[Record], asked: str) -> set[str]:
    """The mentions that have this address, or this full name."""
    wanted, people = asked.strip().lower(), read_people(asked)
    found = set()
    for record in records:
        several = max(len(named_in(record)), 1)
        for at in range(1, several + 1):
            if "@" in wanted and wanted in _addresses(record, at):
                found.add(mention(record.record_id, at))
        for at, name in enumerate(named_in(record), 1):
            if "@" not in wanted and people and is_same_name(name, (people[0].first, people[0].last)):
                found.add(mention(record.record_id, at))
    return found


def _are_one(night: Night, hits: set[str], records: Mapping[str, Record], address: str) -> bool:
    """Whether mentions are one person: an address that none shares, one name, nobody said otherwise."""
    said = (one for one in night.book.decisions if one.verdict == "Different" and not one.undone)
    if "@" not in address or any({one.a, one.b} <= hits for one in said):
        return False
    rows = [(records[record_of(key)], int(key.rpartition("#")[2])) for key in sorted(hits)]
    own = all(address in map(str.lower, mails_of(record, at)) for record, at in rows)
    named = (named_in(record)[at - 1 : at] for record, at in rows)
    names = [name for found in named for name in found if any(name)]
    return own and bool(names) and all(is_like_name(names[0], name) for name in names)


def _addresses(record: Record, ordinal: int) -> tuple[str, ...]:
    people = person_mentions(record)
    shared = people[ordinal - 1].shared_mailboxes if ordinal <= len(people) else ()
    return tuple(address.lower() for address in (*mails_of(record, ordinal), *shared))


def _listed(ids: Iterable[str], clusters: Mapping[str, str], records: Mapping[str, Record]) -> Iterator[str]:
    for one in sorted(ids):
        rows = [
            records[record_of(key)]
            for key, id_ in clusters.items()
            if id_ == one and record_of(key) in records
        ]
        yield f"{one} ({next((row['Employer'] for row in rows if row['Employer']), 'no employer')})"


def _subject(
    night: Night,
    records: Mapping[str, Record],
    clusters: Mapping[str, str],
    asked: str,
    ids: frozenset[str],
    mine: frozenset[str],
) -> Subject:
    rows = _rows_of(mine, records)
    known = _known(asked, rows, records, mine)
    mine |= same_at_work(night, records.values(), clusters, known.names, rows)
    rows = _rows_of(mine, records)
    doubtful, besides = sort_namesakes(night, records.values(), known.names, mine)
    return Subject(
        asked=asked,
        ids=tuple(sorted(ids)),
        mentions=tuple(sorted(mine)),
        rows=frozenset(r.record_id for r in rows.values() if r.tab in WHOLE_ROWS and len(named_in(r)) < 2),
        doubtful=doubtful,
        besides=besides,
        known=known,
        graded=marks_in(known, common_words(records.values(), known.names, mine)),
    )


def _rows_of(mine: frozenset[str], records: Mapping[str, Record]) -> dict[str, Record]:
    return {key: records[record_of(key)] for key in sorted(mine)}


def _known(
    asked: str, rows: Mapping[str, Record], records: Mapping[str, Record], mine: frozenset[str]
) -> Known:
    """What the rows say of the person; an address or a line that others use too is not theirs."""
    names, mails, phones = dict[tuple[str, str], None](), dict[str, None](), dict[str, None]()
    firms: dict[str, None] = {}
    for key, record in rows.items():
        ordinal = int(key.rpartition("#")[2] or 1)
        named = named_in(record)
        if ordinal <= len(named):
            names[named[ordinal - 1]] = None
        mails |= dict.fromkeys(mails_of(record, ordinal))
        phones |= dict.fromkeys(phones_of(record, ordinal))
        if record["Employer"]:
            firms[record["Employer"]] = None
    if "@" in asked:
        mails[asked.strip().lower()] = None
    elif not names and (read := read_people(asked)):
        names[read[0].first, read[0].last] = None
    shared = _lines_of_others(records, mine)
    own = tuple(number for number in phones if number not in shared)
    return Known(tuple(names), tuple(mails), own, tuple(firms))


def _lines_of_others(records: Mapping[str, Record], mine: frozenset[str]) -> frozenset[str]:
    """Phone numbers that an employer's row, or another person's, gives too."""
    used: dict[str, set[str]] = defaultdict(set)
    own = {record_of(key) for key in mine}
    for record in records.values():
        if record.record_id not in own or len(people_in(record)) > 1 or record.tab == "Employers":
            for heading in ("Phone", "Mobile") if record.tab != "Employers" else ("Phone",):
                for number in split_several(record[heading]):
                    used[number].add(record.record_id)
    return frozenset(used)

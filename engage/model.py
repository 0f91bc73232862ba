"""The domain's nouns, as frozen values that know nothing of files, networks or clocks.

Workbook → tab → record → cell. A cell is text as a person sees it ("" is blank); a true date in the
sheet reads as ISO "2026-11-22", a whole number without ".0".
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

Row = tuple[str, ...]
Grid = tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab as read: rows[0] is the sheet's row 1; rows are ragged, trailing blanks left out.

    sheet_id: what names the tab when its title changes ("" where the format has no such thing).
    """

    title: str
    rows: Grid
    sheet_id: str = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A whole workbook at one moment. workbook: its key in engage.toml ("hub", "college").

    findings: what people should know of the workbook itself (its locale, a tab that was renamed).
    owner: whose file it is, "" where that is not known.
    """

    workbook: str
    tabs: tuple[Tab, ...]
    writable: bool = True
    findings: tuple[Finding, ...] = ()
    owner: str = ""

    def tab(self, title: str) -> Tab | None:
        """The tab with this title, or None."""
        return next((tab for tab in self.tabs if tab.title == title), None)


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is, in a person's words. row counts from 1 as the sheet shows it; 0 is no row.

    column: its heading as the sheet spells it; column_number: where it stands tonight, from 1 (0 unknown).
    """

    workbook: str
    tab: str = ""
    row: int = 0
    column: str = ""
    column_number: int = field(default=0, compare=False)

    def __str__(self) -> str:
        parts = [self.tab, f"row {self.row}" if self.row else "", self.column]
        return f"{', '.join(part for part in parts if part)} ({self.workbook})"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a person should look at; never a reason to stop.

    kind: a slug ("bad-postcode"). found: the cell as typed. wrong: one plain sentence.
    suggestion: the value that accepting it would put in the cell; "" if there is none to make.
    record_id: the row's id, "" before it has one or when the finding is about a tab.
    row_key: what names the row of a grey tab wherever it moves, "" if nothing does.
    cells: row and record id of every cell it is about, where one finding stands for several; place.row is
    the first of them, and its key does not depend on which they are.

    A kind that begins "typed-" reports text that a person typed where the system writes. It cannot be found
    again once the system has rebuilt that cell: its row in Problems to fix (key "T-…") stays until answered.
    """

    kind: str
    place: Place
    wrong: str
    found: str = ""
    suggestion: str = ""
    record_id: str = ""
    agency: str = ""
    cells: tuple[tuple[int, str], ...] = ()
    row_key: str = ""

    @property
    def key(self) -> str:
        """The same finding has the same key every night, whatever row it stands in."""
        where = self.record_id or f"{self.place.tab}:{self.row_key or ('' if self.cells else self.place.row)}"
        parts = (self.kind, self.place.workbook, where, self.place.column, self.found)
        return ("T-" if self.kind.startswith("typed-") else "F-") + fingerprint("\x1f".join(parts))


@dataclass(frozen=True, slots=True)
class Record:
    """One row of a staff tab.

    tab: the schema's title ("Employers"), whatever the sheet calls it; place: where it stands tonight.
    typed: schema heading → the cell as typed. clean: schema heading → the value as understood
    (dates ISO, postcodes spaced, phones E.164, emails lower-case, several joined by "; "; "" unknown).
    """

    record_id: str
    tab: str
    agency: str
    place: Place
    typed: Mapping[str, str] = field(hash=False)
    clean: Mapping[str, str] = field(hash=False)

    def __getitem__(self, heading: str) -> str:
        return self.clean.get(heading, "")


@dataclass(frozen=True, slots=True)
class Link:
    """A built cell that opens a place: text is what it reads as."""

    text: str
    workbook: str
    tab: str
    row: int = 1
    column: int = 1


CellValue = str | int | float | date | Link  # a datetime is a date too: local, read to the minute


def cell_text(value: CellValue | None) -> str:
    """What a cell with this value reads as when it is pulled again."""
    match value:
        case None:
            return ""
        case Link():
            return value.text
        case date():
            return value.isoformat(" ", "minutes") if isinstance(value, datetime) else value.isoformat()
        case bool():
            return "TRUE" if value else "FALSE"
        case float():
            return str(int(value)) if value.is_integer() else repr(value)
        case _:
            return str(value)


def fingerprint(text: str) -> str:
    """Twelve hex digits that stand for a text; equal texts, equal digits, on every machine."""
    return hashlib.blake2b(text.encode("utf-8"), digest_size=6).hexdigest()


# --- Linkage: what is compared is a mention: a record id and an ordinal ------------------------------


def mention(record_id: str, ordinal: int = 0) -> str:
    """The key of a mention: ordinal 0 is the employer that the row names, 1.. the people, in order."""
    return f"{record_id}#{ordinal}"


def record_of(mention_key: str) -> str:
    """The record id inside a mention's key."""
    return mention_key.partition("#")[0]


@dataclass(frozen=True, slots=True)
class Decision:
    """A judgement on a pair, one row of the Decisions tab; withdrawn by a later one, never overwritten.

    a, b: mention keys, a < b. kind: "employer" or "person". verdict: "Same", "Different",
    "Same group, different firm", "Same person, new job", "Not sure". how: "by a person" or "automatically".
    by: the agency or person that answered. compared: fingerprint of what was compared then; seen: the same
    in words (engage/built/rows_then.py), "" where nobody kept it. when: local ISO minute. undone: the Undo
    cell says so.
    """

    a: str
    b: str
    kind: str
    verdict: str
    when: str = ""
    reason: str = ""
    how: str = "by a person"
    by: str = ""
    compared: str = ""
    undone: bool = False
    seen: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two mentions compared. band: "automatic", "review" or "apart"; reasons: strongest first, in words.

    compared: fingerprint of the compared fields of both; a decision holds as long as it is the same.
    veto: why they may never be merged by the machine ("" if nothing forbids it). reopens: of a question, the
    answer that holds no more because what was compared then has changed.
    """

    a: str
    b: str
    kind: str
    probability: float
    weight: float
    band: str
    reasons: tuple[str, ...]
    compared: str = ""
    veto: str = ""
    reopens: Decision | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A merge or a split since last night. id: EMP-, SIT- or PER-, that of last night.

    Of a merge, others: the identifiers that went into it and are gone. Of a split: what its rows have now,
    itself among them if it is still there.
    """

    kind: Literal["merge", "split"]
    id: str
    others: tuple[str, ...]

    def __str__(self) -> str:
        said = "now includes" if self.kind == "merge" else "was split:"
        return f"{self.id} {said} {', '.join(self.others)}"


@dataclass(frozen=True, slots=True)
class Membership:
    """Who belonged to what at the last sync: EMP-/SIT-/PER- id → the mention keys in it."""

    employers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    sites: Mapping[str, frozenset[str]] = field(default_factory=dict)
    people: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Linked:
    """The outcome of one linking: ids by mention key, what was merged, what people must answer.

    A mention that could not be resolved is missing from employer_of / person_of. questions: undecided
    review pairs whose ends are apart, most valuable first. merges: the automatic pairs that hold the
    clusters together. contradictions: pairs that people answered differently (held apart).
    changes: every merge and split since `before`.
    """

    employer_of: Mapping[str, str]
    site_of: Mapping[str, str]
    person_of: Mapping[str, str]
    questions: tuple[Pair, ...] = ()
    merges: tuple[Pair, ...] = ()
    contradictions: tuple[tuple[Decision, Decision], ...] = ()
    changes: tuple[Change, ...] = ()
    pairs: tuple[Pair, ...] = ()

    def membership(self) -> Membership:
        """The clusters, to be kept for the next night."""
        return Membership(_clusters(self.employer_of), _clusters(self.site_of), _clusters(self.person_of))


def _clusters(ids: Mapping[str, str]) -> dict[str, frozenset[str]]:
    members: dict[str, set[str]] = {}
    for key, cluster in ids.items():
        members.setdefault(cluster, set()).add(key)
    return {cluster: frozenset(keys) for cluster, keys in members.items()}


@dataclass(frozen=True, slots=True)
class History:
    """What the system remembers of a record: first seen, and when each field last changed (ISO dates).

    rungs: of an employer, each rung of the ladder that its Stage has named ("1" to "6", "" for none) with
    the ISO date since when, oldest first.
    """

    first_seen: str
    changed: Mapping[str, str] = field(default_factory=dict)
    rungs: tuple[tuple[str, str], ...] = ()

    def changed_on(self, heading: str) -> str:
        """When this field last changed; when the record was first seen if it never has."""
        return self.changed.get(heading, self.first_seen)


@dataclass(frozen=True, slots=True)
class Erased:
    """A person who was erased at their own request, known by nothing but keyed hashes.

    on: ISO date. key: names the key of the hashes. marks: hash of a token → its grade (engage/erased).
    rows: record ids that were wholly theirs; besides: those of namesakes, who are somebody else.
    """

    on: str
    key: str
    marks: Mapping[str, str] = field(default_factory=dict, hash=False)
    rows: frozenset[str] = frozenset()
    besides: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Refusal:
    """How the mail server refused an address for good, as Mail stops has it: when, and why in its words."""

    when: str
    why: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days through which a row said one thing on contact: from since (ISO date) to until, which is not of it.

    level: of an objection "All" or "Marketing", of permission for news the answer. agency: whose row said so.
    """

    level: str
    since: str
    until: str
    agency: str


DO_NOT_CONTACT, ON_NEWS = "Do not contact", "May we email news?"  # the columns that may say an objection


@dataclass(frozen=True, slots=True)
class Objection:
    """Somebody's objection to being contacted, as it is remembered (engage/insight/objections.py).

    level: "All", "Marketing", or "News" for a No to news. on: ISO date since when it is known; lifted: since
    when it is taken back, "" while it holds. agency, workbook: whose row said so, and where. marks: short
    digests of who it is.
    stands_in: the columns that said it, so that a row without them has taken nothing back.
    level_on: since when it is of this level, where that is later than on. past: its ended stretches.
    """

    level: str
    on: str
    agency: str
    workbook: str
    marks: frozenset[str] = frozenset()
    lifted: str = ""
    stands_in: frozenset[str] = frozenset()
    level_on: str = ""
    past: tuple[Stretch, ...] = ()

    @property
    def history(self) -> tuple[Stretch, ...]:
        """Every stretch, oldest first; the last is the one in force, until "", or the last that ended."""
        return (*self.past, Stretch(self.level, self.level_on or self.on, self.lifted, self.agency))


@dataclass(frozen=True, slots=True)
class AgencyRead:
    """How the reading of one agency's workbook went tonight. ok False: its rows are as of last_read.

    rows: staff rows read. last_changed: ISO date of the newest change in its rows, "" unknown.
    """

    agency: str
    workbook: str
    ok: bool
    rows: int = 0
    last_read: str = ""
    last_changed: str = ""
    problem: str = ""

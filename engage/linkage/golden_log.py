"""A golden record in the making: the values that stand, and an entry for each value that any row holds."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from engage.linkage.evidence import Evidence
from engage.linkage.survivorship import CHOSEN, Candidate, Chosen, Steering, Survivor, plain
from engage.model import History, Linked, Place, Record

NOTE_LIMIT = 30_000  # Excel holds 32,767 characters in a cell
JOINED = "joined"
DECISIONS = "Decisions"


@dataclass(frozen=True, slots=True)
class Context:
    """What every golden record of one audience is decided from."""

    linked: Linked
    histories: Mapping[str, History]
    evidence: Evidence
    steering: Steering
    today: date

    def candidate(self, record: Record, heading: str, value: str, bias: int = 0) -> Candidate:
        """What a record says under a heading, and since when (ISO date, "" unknown)."""
        history = self.histories.get(record.record_id)
        return Candidate(value, record, history.changed_on(heading) if history else "", bias)


@dataclass(frozen=True, slots=True)
class Entry:
    """A value that a row holds. won: it stands in the golden record; rule: why, in words."""

    heading: str
    value: str
    won: bool
    rule: str
    record: Record
    since: str

    @property
    def source(self) -> str:
        """Where the value is from, as the lists say it: an agency, or a person's decision and its day."""
        return self.rule if self.rule.startswith(CHOSEN) else self.record.agency or "no agency named"


@dataclass(slots=True)
class Log:
    """The values of one golden record as they are decided; an entry for each value that any row holds."""

    key: str
    values: dict[str, str] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)

    def add(self, heading: str, candidates: Iterable[Candidate], found: Survivor | None) -> None:
        """Let a survivor stand; every row that holds the same value has its part in it."""
        self.values[heading] = found.value if found else ""
        for c in candidates:
            if c.value and found:
                won = c.value == found.value
                self.entries.append(
                    Entry(heading, c.value, won, found.rule if won else "", c.record, c.since)
                )

    def make(self, heading: str, value: str, rule: str) -> None:
        """Let a value stand that is made of what all the rows say."""
        self.values[heading] = value
        self.entries = [
            replace(entry, won=True, rule=rule) if entry.heading == heading else entry
            for entry in self.entries
        ]

    def overrule(self, heading: str, candidates: Iterable[Candidate], found: Survivor) -> None:
        """Let another value stand instead of what was decided."""
        self.entries = [
            replace(entry, won=False, rule="") if entry.heading == heading else entry
            for entry in self.entries
        ]
        self.add(heading, candidates, found)

    def choose(self, chosen: Mapping[tuple[str, str], Chosen]) -> None:
        """Let the values stand that people decided on for this golden record, whatever its rows say."""
        for heading in [heading for heading in self.values if (self.key, heading) in chosen]:
            found = chosen[self.key, heading]
            self.values[heading] = found.value
            self.entries = [
                replace(entry, won=entry.value == found.value, rule="") if entry.heading == heading else entry
                for entry in self.entries
            ]
            decided = Record(found.decision, DECISIONS, found.by, Place("hub", DECISIONS), {}, {})
            self.entries.append(Entry(heading, found.value, True, found.rule, decided, found.on))

    def notes(self, rows: Iterable[Record], context: Context) -> None:
        """Every row's note under its agency's name: joined, never merged away."""
        noted = sorted((row for row in rows if row["Notes"]), key=lambda row: (row.agency, row.record_id))
        text = "\n".join(
            dict.fromkeys(f"{row.agency}: {row['Notes']}" if row.agency else row["Notes"] for row in noted)
        )
        if len(text) > NOTE_LIMIT:
            text = f"{text[:NOTE_LIMIT]} … (the rest is in the rows)"
        self.values["Notes"] = text
        self.entries = [entry for entry in self.entries if entry.heading != "Notes"]
        for row in noted:
            since = context.candidate(row, "Notes", "").since
            self.entries.append(Entry("Notes", row["Notes"], True, JOINED, row, since))

    def sources(self) -> str:
        """Which agency, or whose decision, each standing value is from: "College: Employer, Phone | Council:
        Website"."""
        by: dict[str, dict[str, None]] = defaultdict(dict)
        for entry in self.entries:
            if entry.won and entry.rule != JOINED and entry.heading != "Agency":
                by[entry.source][entry.heading] = None
        return " | ".join(f"{agency}: {', '.join(fields)}" for agency, fields in sorted(by.items()))

    def rows(self) -> list[tuple[object, ...]]:
        """The entries as rows of a provenance frame (golden.PROVENANCE)."""
        return [
            (
                self.key,
                e.heading,
                e.value,
                e.won,
                e.rule,
                e.record.agency,
                e.record.record_id,
                *_place(e),
                e.since,
            )
            for e in self.entries
        ]


def _place(entry: Entry) -> tuple[str, str, int]:
    place = entry.record.place
    return place.workbook, place.tab, place.row


Made = tuple[dict[str, str], Log]


def aliases(name: str, names: Iterable[str]) -> str:
    """The other spellings, once each (capitals and punctuation aside), in alphabetical order."""
    best: dict[str, str] = {}
    for other, _count in sorted(Counter(names).items(), key=lambda item: (-item[1], item[0])):
        best.setdefault(plain(other), other)
    others = (text for key, text in best.items() if key not in ("", plain(name)))
    return "; ".join(sorted(others, key=str.casefold))


def joined(texts: Iterable[str]) -> str:
    """The texts once each, in order, with semicolons between; blanks left out."""
    return "; ".join(sorted({text for text in texts if text}))

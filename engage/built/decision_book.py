"""The Decisions tab as a book that is only ever added to.

A row is written once. Later only its "Undone on" is filled; what people type there is the Undo column.
The Pair cell names both mentions, "R-AAAAAAA1#0 ~ R-BBBBBBB2#0"; the second row on one pair ends in " (2)".
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from engage.built.as_read import numbered_rows
from engage.model import Decision, Finding, Place, Tab, fingerprint, record_of

TITLE = "Decisions"
NEEDED = ("Pair", "About", "Decision", "How decided", "Undo", "Undone on", "Compared")  # what a row binds by
PAIR = re.compile(r"^(R-\w+#\d+) ~ (R-\w+#\d+)(?: \((\d+)\))?$")
EMPLOYER_VERDICTS = ("Same", "Different", "Same group, different firm", "Not sure")
PERSON_VERDICTS = ("Same", "Different", "Same person, new job", "Not sure")
VERDICTS = {"employer": EMPLOYER_VERDICTS, "person": PERSON_VERDICTS}
NOT_SURE = "Not sure"
MERGING = frozenset({"Same", "Same person, new job"})
UNDO = "undo"
OUTDATED = "changed since it was asked"  # stands in Compared: the answer was given to something else
NOT_SHARED = "(no longer shared)"
UNDO_OF = "undo of"  # begins the reason of the row that holds an undone merge apart
SEEN = "The rows then"  # what was compared when a person answered (rows_then.py)
PROBLEM = "Problem"  # About: an answer to Problems to fix, on a finding instead of a pair
VALUE = "Value"  # About: what a field of a merged record shall say (chosen.py)
ACCEPTED = "Accept suggestion"  # an answer to Problems to fix
BY_PERSON, AUTOMATICALLY = "by a person", "automatically"


@dataclass(frozen=True, slots=True)
class Entry:
    """One row. key: its Pair cell; cells: as read, or to be written; decision: None if unreadable."""

    key: str
    cells: Mapping[str, str] = field(hash=False)
    decision: Decision | None = None

    @property
    def is_problem(self) -> bool:
        """Whether it is an answer to Problems to fix."""
        return self.cells.get("About", "") == PROBLEM

    @property
    def is_value(self) -> bool:
        """Whether it says what a field of a merged record shall hold."""
        return self.cells.get("About", "") == VALUE

    @property
    def stands(self) -> bool:
        """Whether it is a decision that nobody has withdrawn."""
        return self.decision is not None and not self.decision.undone


@dataclass(frozen=True, slots=True)
class Book:
    """The rows of Decisions in order, and what could not be read in them."""

    entries: tuple[Entry, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def history(self) -> tuple[Decision, ...]:
        """Every decision, the withdrawn ones too (undone is True), oldest row first."""
        return tuple(entry.decision for entry in self.entries if entry.decision is not None)

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """The decisions that linkage is bound by, oldest row first.

        Without those whose taking back is done (what holds the pair apart has a row of its own), and without
        a merge that was answered on rows that had changed meanwhile.
        """
        return tuple(d for e in self.entries if (d := e.decision) is not None and _binds(e, d))

    def on(self, a: str, b: str) -> tuple[Decision, ...]:
        """The standing decisions on a pair, oldest first."""
        pair = (min(a, b), max(a, b))
        return tuple(d for d in self.history if (d.a, d.b) == pair and not d.undone)

    def add(self, decision: Decision, a_text: str, b_text: str) -> Book:
        """The book with one more row at the end; a_text, b_text: the two sides in a person's words."""
        decision = replace(decision, when=decision.when.replace("T", " "))
        pair = pair_key(decision.a, decision.b)
        rows = sum(_pair_of(entry.key) == pair for entry in self.entries)
        key = pair if not rows else f"{pair} ({rows + 1})"
        cells = {
            "When": decision.when,
            "Pair": key,
            "About": decision.kind.capitalize(),
            "A": a_text,
            "B": b_text,
            "Decision": decision.verdict,
            "Reason": decision.reason,
            "How decided": decision.how,
            "By": decision.by,
            "Undo": "",
            "Undone on": "",
            "Compared": decision.compared,
            SEEN: decision.seen,
        }
        return replace(self, entries=(*self.entries, Entry(key, cells, decision)))

    def add_problem(self, key: str, cells: Mapping[str, str]) -> Book:
        """The book with one more row at the end, about a finding; key: the finding's."""
        return self._append(key, {**cells, "About": PROBLEM})

    def add_value(self, key: str, cells: Mapping[str, str]) -> Book:
        """The book with one more row at the end, about a field; key: "EMP-4QX7M2A Phone"."""
        return self._append(key, {**cells, "About": VALUE})

    def _append(self, key: str, cells: Mapping[str, str]) -> Book:
        free = _unused(key, {entry.key for entry in self.entries})
        return replace(self, entries=(*self.entries, Entry(free, {**cells, "Pair": free})))

    @property
    def reopened(self) -> frozenset[str]:
        """Keys of findings whose last answer was taken back: they are shown again."""
        last = {_finding_of(entry.key): entry for entry in self.entries if entry.is_problem}
        return frozenset(key for key, entry in last.items() if entry.cells.get("Undone on", ""))

    def accepted(self, *, undone: bool = False) -> frozenset[str]:
        """Keys of findings whose last answer was Accept suggestion and stands (undone: was taken back)."""
        last = {_finding_of(entry.key): entry.cells for entry in self.entries if entry.is_problem}
        said = {key: cells for key, cells in last.items() if cells.get("Decision", "") == ACCEPTED}
        return frozenset(key for key, cells in said.items() if _is_undone(cells) == undone)

    def withdraw(self, keys: Iterable[str], on: str) -> Book:
        """The book with "Undone on" filled in these rows; on: ISO date. A date that stands is kept."""
        going = frozenset(keys)
        return replace(self, entries=tuple(_withdrawn(e, on) if e.key in going else e for e in self.entries))

    def without(self, withheld: frozenset[str], in_part: frozenset[str] = frozenset()) -> Book:
        """The book with the words of every row on a withheld record blanked: its agency shares no more.

        in_part: records of which some cells are withheld: what they said once is blanked.
        """
        hidden = (_hidden(entry, withheld, ("A", "B", "Reason", SEEN)) for entry in self.entries)
        return replace(self, entries=tuple(_hidden(entry, in_part, (SEEN,)) for entry in hidden))

    def without_agencies(self, names: Collection[str]) -> Book:
        """The same for every row that names a record of these agencies, read tonight or not."""
        ends = tuple(f" ({name})" for name in names)
        theirs = {
            record_of(key)
            for entry in self.entries
            if entry.decision
            for heading, key in (("A", entry.decision.a), ("B", entry.decision.b))
            if ends and entry.cells.get(heading, "").endswith(ends)
        }
        return self.without(frozenset(theirs)) if theirs else self


def _is_undone(cells: Mapping[str, str]) -> bool:
    return bool(cells.get("Undone on", "")) or cells.get("Undo", "").casefold() == UNDO


def pair_key(a: str, b: str) -> str:
    """What names a pair of mentions in a sheet: the smaller key first."""
    return f"{min(a, b)} ~ {max(a, b)}"


def read_book(tab: Tab | None, workbook: str = "hub") -> Book:
    """The Decisions tab as read. A row that cannot be understood is kept as it is and becomes a finding."""
    if tab is None or not tab.rows:
        return Book()
    entries: list[Entry] = []
    findings: list[Finding] = []
    taken: set[str] = set()
    for number, cells in numbered_rows(tab, NEEDED):
        key = _unused(cells.get("Pair", "") or f"row {number}", taken)
        taken.add(key)
        decision = read_decision(cells)
        entries.append(Entry(key, {**cells, "Pair": key}, decision))
        if decision is None and not entries[-1].is_problem and not value_holds(entries[-1]):
            findings.append(_damaged(Place(workbook, TITLE, number, "Pair"), cells))
        elif cells.get("Undo", "").casefold() not in ("", UNDO):
            findings.append(_not_undo(Place(workbook, TITLE, number, "Undo"), cells))
    return Book(tuple(entries), tuple(findings))


def value_mark(key: str, said: str) -> str:
    """What is put beside a value when it is decided, so that what is typed over it later has no effect."""
    return fingerprint(f"{key.partition(' ')[0]}\x1f{said}")


def value_holds(entry: Entry) -> bool:
    """Whether a row is about a value and says what it said when it was written, or no more than that."""
    said, marks = entry.cells.get("B", ""), entry.cells.get("Compared", "").split()
    return entry.is_value and (said == NOT_SHARED or value_mark(entry.key, said) in marks)


def read_decisions(tab: Tab | None) -> tuple[Decision, ...]:
    """Every decision in the Decisions tab, oldest row first; undone if its Undo cell or its date says so."""
    return read_book(tab).history


def read_decision(cells: Mapping[str, str]) -> Decision | None:
    """The decision in a row, or None if its pair, its subject or its verdict cannot be read."""
    pair = PAIR.match(cells.get("Pair", ""))
    kind = cells.get("About", "").casefold()
    words = {word.casefold(): word for word in VERDICTS.get(kind, ())}
    verdict = words.get(cells.get("Decision", "").casefold())
    if pair is None or verdict is None:
        return None
    return Decision(
        a=min(pair[1], pair[2]),
        b=max(pair[1], pair[2]),
        kind=kind,
        verdict=verdict,
        when=cells.get("When", ""),
        reason=cells.get("Reason", ""),
        how=cells.get("How decided", "") or BY_PERSON,
        by=cells.get("By", ""),
        compared=cells.get("Compared", ""),
        undone=bool(cells.get("Undone on", "")) or cells.get("Undo", "").casefold() == UNDO,
        seen=cells.get(SEEN, ""),
    )


def _binds(entry: Entry, decision: Decision) -> bool:
    outdated = decision.compared == OUTDATED and decision.verdict in MERGING
    return not outdated and not entry.cells.get("Undone on", "")


def _pair_of(key: str) -> str:
    found = PAIR.match(key)
    return f"{found[1]} ~ {found[2]}" if found else key


def _finding_of(key: str) -> str:
    return key.partition(" (")[0]


def _unused(key: str, taken: set[str]) -> str:
    """The key, or if people copied the row, the key with a number: two rows never share one."""
    number, free = 2, key
    while free in taken:
        free, number = f"{_finding_of(_pair_of(key))} ({number})", number + 1
    return free


def _withdrawn(entry: Entry, on: str) -> Entry:
    cells = {**entry.cells, "Undone on": entry.cells.get("Undone on", "") or on}
    decision = replace(entry.decision, undone=True) if entry.decision else None
    return replace(entry, cells=cells, decision=decision)


def _hidden(entry: Entry, withheld: frozenset[str], headings: Sequence[str]) -> Entry:
    decision = entry.decision
    if decision is None or not {record_of(decision.a), record_of(decision.b)} & withheld:
        return entry
    blanked = {heading: NOT_SHARED for heading in headings if entry.cells.get(heading, "")}
    seen = NOT_SHARED if SEEN in blanked else decision.seen
    return replace(entry, cells={**entry.cells, **blanked}, decision=replace(decision, seen=seen))


def _damaged(place: Place, cells: Mapping[str, str]) -> Finding:
    return Finding(
        kind="decision-unreadable",
        place=place,
        wrong="This row of Decisions cannot be understood, so it has no effect. "
        "Put its Pair, About, B and Decision back as they were, from the version history.",
        found=" | ".join(text for text in cells.values() if text),
    )


def _not_undo(place: Place, cells: Mapping[str, str]) -> Finding:
    return Finding(
        kind="undo-unknown",
        place=place,
        wrong="Only the word Undo takes a decision back, so nothing was changed. "
        "Choose Undo from the drop-down list if that is meant; otherwise empty the cell.",
        found=cells["Undo"],
    )

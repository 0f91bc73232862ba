"""Rows of people who were erased, kept from everybody until their agency has cleared them.

Between reading and linking, for every audience, the person's own agency too: what is taken out here can be in
no list, question, digest or command. What stands in the sheet is not touched: the agency is asked.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from engage.model import Finding, Record, fingerprint
from engage.register.text import join_several, split_several
from engage.schema import Schema

from .book import ErasedBook
from .claims import Claim, claims_on, full_name
from .marks import HINT, NAME, RARE, SURE
from .matching import OPEN, without
from .naming import named_in

ERASED_ROW, ERASED_CELL = "erased-row", "erased-cell"
EMPTY_ROW, EMPTY_CELL = "(empty the row)", "(empty the cell)"
NAME_CELLS = ("First name", "Last name")
IN_DOUBT = frozenset({SURE, NAME, RARE, HINT})  # what is taken out of a row that may be somebody else's
SEVERAL = frozenset({"email", "phone", "people", "name"})  # columns in which somebody is one of a list
LISTED = re.compile(
    r"\s*(?:[;,/|&+]|\band\b|\bor\b)\s*\[removed\]|\[removed\]\s*(?:[;,/|&+]|\band\b|\bor\b)\s*"
)
BY_ITSELF = frozenset({SURE, NAME})


@dataclass(frozen=True, slots=True)
class Withheld:
    """records: without those who were erased. findings: those that were there, but for what quotes a cell
    that is withheld, and a question for each row or cell to be cleared. ids: of rows withheld whole.
    names_them: whether any cell of a sheet still names one of them. others: ERA-… → rows of which somebody
    said that they are another's. reused: ids of rows that were theirs and now are about somebody else."""

    records: tuple[Record, ...]
    findings: tuple[Finding, ...]
    ids: frozenset[str] = frozenset()
    names_them: bool = False
    others: Mapping[str, frozenset[str]] = field(default_factory=dict)
    reused: frozenset[str] = frozenset()


def withhold(
    records: Sequence[Record],
    findings: Sequence[Finding],
    book: ErasedBook,
    schema: Schema,
    *,
    settled: Callable[[Finding], bool],
) -> Withheld:
    """The register without those who were erased.

    settled: whether a person answered "Leave as it is" to this question: of one in doubt it says that the
    row is somebody else's; of a sure one, that it stays in its own sheet, shown nowhere else.
    """
    if not book:
        return Withheld(tuple(records), tuple(findings))
    taking = _Taking(book, schema, settled)
    for record in records:
        taking.row(record)
    kept = (
        f for f in findings if f.record_id not in taking.gone and not (f.found and f.record_id in taking.cut)
    )
    return Withheld(
        tuple(taking.left),
        (*kept, *taking.asked),
        frozenset(taking.gone),
        taking.names_them,
        {who: frozenset(ids) for who, ids in taking.others.items()},
        frozenset(taking.reused),
    )


class _Taking:
    """The register so far, row by row. cut: ids of rows somebody was taken out of; the rest: as Withheld."""

    def __init__(self, book: ErasedBook, schema: Schema, settled: Callable[[Finding], bool]) -> None:
        self._book, self._schema, self._settled = book, schema, settled
        self._rows = book.rows
        self.left, self.asked = list[Record](), list[Finding]()
        self.gone, self.cut, self.reused = set[str](), set[str](), set[str]()
        self.others: dict[str, set[str]] = defaultdict(set)
        self.names_them = False

    def row(self, record: Record) -> None:
        """Take in one row, without whoever was erased."""
        mine = record.record_id in self._rows
        if mine and not any(record.typed.values()):
            self.gone.add(record.record_id)  # its agency has emptied it
            return
        claims = tuple(claims_on(record, self._book))
        if mine and not claims:
            self.reused.add(record.record_id)
        now: Record | None = record
        for claim in claims:
            now = self._without(now, claim) if now is not None else None
        if now is None:
            self.gone.add(record.record_id)
        else:
            self.left.append(now)
            self.cut |= {record.record_id} if now != record else set()

    def _without(self, record: Record, claim: Claim) -> Record | None:
        questions = _questions(record, claim, self._book, self._schema)
        open_now = [question for question in questions if not self._settled(question)]
        if not claim.sure and not open_now:
            self.others[claim.who].add(record.record_id)
            return record
        self.names_them = True
        self.asked += open_now
        return _taken_out(record, claim, self._book, self._schema)


def _taken_out(record: Record, claim: Claim, book: ErasedBook, schema: Schema) -> Record | None:
    """The record without the person; None if nothing else is in it."""
    if claim.whole:
        return None
    clear = dict(cells_without(record, claim, book, schema))
    typed = {h: clear.get(h, text) for h, text in record.typed.items()}
    clean = {h: _understood(h, text, clear, _grades(h, claim, record, schema), claim.who, book)
             for h, text in record.clean.items()}  # fmt: skip
    if full_name(record) and not any(clear.get(h, record.typed.get(h)) for h in NAME_CELLS):
        clean |= dict.fromkeys((h for h in NAME_CELLS if h in clean), "")
    return replace(record, typed=typed, clean=clean)


def _understood(
    heading: str, text: str, clear: Mapping[str, str], grades: Collection[str], who: str, book: ErasedBook
) -> str:
    """What is understood of a cell, the person's part left out. clear: what cells are to read instead."""
    if clear.get(heading) == "":
        return ""
    whose, parts = {who: grades}, split_several(text)
    if len(parts) < 2:
        return without(text, book.matcher, whose)
    return join_several([part for part in parts if without(part, book.matcher, whose) == part])


def _grades(heading: str, claim: Claim, record: Record, schema: Schema) -> Collection[str]:
    """The marks that count in a column: a lone surname is no person in an employer's name."""
    column = schema.tabs[record.tab].column(heading)
    if column is not None and not column.personal and column.type != "long-text":
        return BY_ITSELF | {RARE} if claim.sure else BY_ITSELF
    return OPEN if claim.sure else IN_DOUBT


def cells_without(
    record: Record, claim: Claim, book: ErasedBook, schema: Schema
) -> Iterator[tuple[str, str]]:
    """(heading as in typed, what the cell is to read) of every cell that names the person or is theirs."""
    theirs = frozenset(_own_cells(record, claim, book, schema))
    for heading, text in record.typed.items():
        grades = _grades(heading, claim, record, schema)
        now = "" if heading in theirs else without(text, book.matcher, {claim.who: grades})
        column = schema.tabs[record.tab].column(heading)
        now = LISTED.sub("", now).strip() if column is not None and column.type in SEVERAL else now
        if now != text:
            yield heading, now


def _own_cells(record: Record, claim: Claim, book: ErasedBook, schema: Schema) -> Iterator[str]:
    """Cells that are about the row's one person, though they do not name them: a job, a mobile."""
    named = named_in(record)
    if len(named) != 1 or not claim.sure or without(" ".join(named[0]), book.matcher, {claim.who: OPEN}):
        return
    for column in schema.tabs[record.tab].columns:
        if column.personal and column.type not in ("long-text", "people"):
            yield column.heading


# --- What the agency is asked ----------------------------------------------------------------------------


def _questions(record: Record, claim: Claim, book: ErasedBook, schema: Schema) -> Iterator[Finding]:
    if claim.whole:
        yield _question(record, claim, ERASED_ROW, "", record.typed.values(), EMPTY_ROW)
        return
    for heading, now in cells_without(record, claim, book, schema):
        yield _question(record, claim, ERASED_CELL, heading, [record.typed[heading]], now or EMPTY_CELL)


def _question(
    record: Record, claim: Claim, kind: str, heading: str, texts: Iterable[str], suggestion: str
) -> Finding:
    mark = fingerprint("\x1f".join(texts))[:6]
    return Finding(
        kind=kind,
        place=replace(record.place, column=heading),
        wrong=_wording(claim, kind),
        found=f"(not repeated here, {mark})",
        suggestion=suggestion,
        record_id=record.record_id,
        agency=record.agency,
    )


def _wording(claim: Claim, kind: str) -> str:
    what = "row" if kind == ERASED_ROW else "cell"
    if claim.sure:
        return (
            f"Somebody in this {what} has asked to be erased ({claim.who}). It is shown nowhere else any "
            "more. Accept suggestion to take them out of it here; choose Leave as it is only if your agency "
            "has a lawful ground to keep it."
        )
    return (
        f"This {what} may name somebody who has asked to be erased ({claim.who}): the name is the same. "
        "Until you answer it is shown nowhere else. Accept suggestion if it is that person; choose Leave as "
        "it is if it is somebody else."
    )


def ask_in_words(finding: Finding) -> Finding:
    """A question where we may only read: the agency is told what the cell should say, nothing is offered."""
    if finding.kind not in (ERASED_ROW, ERASED_CELL):
        return finding
    told, _, _ = finding.wrong.partition("Accept suggestion")
    wanted = {EMPTY_ROW: "empty the row", EMPTY_CELL: "empty the cell"}
    what = wanted.get(finding.suggestion, f"make it say “{finding.suggestion}”")
    wrong = (
        f"{told}We may not write in this workbook: please {what}, or choose Leave as it is if it should stay."
    )
    return replace(finding, wrong=wrong, suggestion="")

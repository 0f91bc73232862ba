"""What people answered in Problems to fix: suggestions to write once, findings to leave for good."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engage.built.answers import not_understood
from engage.built.as_read import read_rows
from engage.built.decision_book import ACCEPTED, BY_PERSON, NOT_SHARED, Book
from engage.built.using import USE, may_use
from engage.model import Finding, Place, Tab

ACCEPT, LEAVE = ACCEPTED, "Leave as it is"
ONCE = "T-"  # text typed where the system writes: typed there again, it is to be taken up again
WORDS = {word.casefold(): word for word in (ACCEPT, LEAVE, USE)}


@dataclass(frozen=True, slots=True)
class ProblemAnswers:
    """accepted: findings whose suggestion is to be written once. settled: keys never to be shown again.
    answered: (key, answer as read) of the rows of Problems to fix that may leave it. rows: those rows."""

    accepted: tuple[Finding, ...] = ()
    settled: frozenset[str] = frozenset()
    answered: tuple[tuple[str, str], ...] = ()
    findings: tuple[Finding, ...] = ()
    rows: tuple[Mapping[str, str], ...] = ()


def record_problem_answers(
    book: Book, answers: ProblemAnswers, *, now: str, by: str = "", shown: bool = True
) -> Book:
    """The book with a row for each answer taken from one workbook's Problems to fix.

    shown: whether the hub's readers may know which cell it was about; what the cell says is never repeated.
    """
    for row in answers.rows:
        if WORDS[row["Decision"].casefold()] == USE:
            continue  # its row in Decisions is about the value: using.record_choices
        where = f"{row.get('Where', '')}, {row.get('Column', '')}".strip(", ") if shown else NOT_SHARED
        cells = {"When": now, "A": where, "Decision": WORDS[row["Decision"].casefold()],
                 "How decided": BY_PERSON, "By": row.get("Agency", "") or by}  # fmt: skip
        book = book.add_problem(row["Problem"], cells)
    return book


def take_problem_answers(
    tab: Tab | None, findings: Sequence[Finding], *, workbook: str, may_accept: bool = True
) -> ProblemAnswers:
    """The answers in one workbook's Problems to fix; findings: tonight's, as its readers may see them.

    A suggestion is written at most once: if the cell then holds it, its finding is gone; if somebody changed
    the cell meanwhile, or puts it back, it is asked about again. While its finding is there nothing has been
    written, so its answer stays and is no row of Decisions yet. may_accept: False for a view-only workbook.
    """
    known = {finding.key: finding for finding in findings}
    accepted: list[Finding] = []
    settled: set[str] = set()
    answered: list[tuple[str, str]] = []
    doubtful: list[Finding] = []
    rows: list[Mapping[str, str]] = []
    for cells in read_rows(tab, ("Problem", "Decision", "Suggestion")):
        key, typed = cells.get("Problem", ""), cells.get("Decision", "")
        word = WORDS.get(typed.casefold(), "")
        finding = known.get(key)
        can_accept = may_accept and finding is not None and bool(finding.suggestion)
        if not typed or not key:
            continue
        refused = (word == ACCEPT and finding is not None and not can_accept) or (
            word == USE and not may_use(cells, workbook)
        )
        if not word or refused:
            place = Place(workbook, "Problems to fix", 0, "Decision")
            doubtful.append(
                _not_acceptable(place, typed, key) if word else not_understood(place, typed, cells)
            )
            continue
        if word == ACCEPT and finding is not None:
            accepted.append(finding)
            continue
        answered.append((key, typed))
        rows.append(cells)
        if word == LEAVE and not key.startswith(ONCE):
            settled.add(key)
    return ProblemAnswers(tuple(accepted), frozenset(settled), tuple(answered), tuple(doubtful), tuple(rows))


def _not_acceptable(place: Place, typed: str, key: str) -> Finding:
    return Finding(
        kind="nothing-to-accept",
        place=place,
        wrong="There is nothing here that the system may write or use. Mend the cell in its own row, "
        "or choose Leave as it is.",
        found=typed,
        record_id=key,
    )

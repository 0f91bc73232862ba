"""What people answered in Problems to fix: suggestions to write once, findings to leave for good."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engage.built.answers import not_understood
from engage.built.as_read import read_rows
from engage.model import Finding, Place, Tab

ACCEPT, LEAVE = "Accept suggestion", "Leave as it is"
WORDS = {ACCEPT.casefold(): ACCEPT, LEAVE.casefold(): LEAVE}


@dataclass(frozen=True, slots=True)
class ProblemAnswers:
    """accepted: findings whose suggestion is to be written once. settled: keys never to be shown again.
    answered: (key, answer as read) of the rows of Problems to fix that may leave it."""

    accepted: tuple[Finding, ...] = ()
    settled: frozenset[str] = frozenset()
    answered: tuple[tuple[str, str], ...] = ()
    findings: tuple[Finding, ...] = ()


def take_problem_answers(
    tab: Tab | None, findings: Sequence[Finding], *, workbook: str, may_accept: bool = True
) -> ProblemAnswers:
    """The answers in one workbook's Problems to fix; findings: tonight's, as its readers may see them.

    A suggestion is written at most once: if the cell then holds it, its finding is gone; if somebody changed
    the cell meanwhile, or puts it back, it is asked about again. may_accept: False for a view-only workbook.
    """
    known = {finding.key: finding for finding in findings}
    accepted: list[Finding] = []
    settled: set[str] = set()
    answered: list[tuple[str, str]] = []
    doubtful: list[Finding] = []
    for cells in read_rows(tab):
        key, typed = cells.get("Problem", ""), cells.get("Decision", "")
        word = WORDS.get(typed.casefold(), "")
        finding = known.get(key)
        can_accept = may_accept and finding is not None and bool(finding.suggestion)
        if not typed or not key:
            continue
        if not word or (word == ACCEPT and finding is not None and not can_accept):
            place = Place(workbook, "Problems to fix", 0, "Decision")
            doubtful.append(
                _not_acceptable(place, typed, key) if word else not_understood(place, typed, cells)
            )
            continue
        answered.append((key, typed))
        if word == ACCEPT and finding is not None:
            accepted.append(finding)
        elif word == LEAVE:
            settled.add(key)
    return ProblemAnswers(tuple(accepted), frozenset(settled), tuple(answered), tuple(doubtful))


def _not_acceptable(place: Place, typed: str, key: str) -> Finding:
    return Finding(
        kind="nothing-to-accept",
        place=place,
        wrong="There is no suggestion here that the system may write. Mend the cell in its own row, "
        "or choose Leave as it is.",
        found=typed,
        record_id=key,
    )

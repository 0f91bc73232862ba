"""The one exception: a suggestion that a person accepted is written into its cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from .built.problem_answers import take_problem_answers
from .built.problem_groups import group_findings
from .cache import Cache
from .errors import WorkbookError
from .insight.weeks import british
from .intake import Intake
from .model import Finding
from .planning import PROBLEMS
from .ports import AcceptSuggestion, Workbook
from .pushing import carry_out


def accept_suggestions(intake: Intake, workbooks: Mapping[str, Workbook], cache: Cache, *, run: str) -> bool:
    """Write every accepted suggestion whose cell still holds what it was made for.

    Returns whether anything was written; a workbook that cannot be written is left for next time.
    """
    wrote = False
    for key, intents in _accepted(intake).items():
        try:
            outcomes = carry_out(intents, workbooks[key], cache, run)
        except WorkbookError:
            continue  # the night goes on; the push will say why this workbook cannot be written
        wrote = wrote or any(outcome.status == "done" for outcome in outcomes)
    return wrote


def _accepted(intake: Intake) -> dict[str, list[AcceptSuggestion]]:
    """Workbook key → what to write into it. Answers may stand in its own Problems to fix or in the hub's."""
    intents: dict[str, list[AcceptSuggestion]] = {}
    for key, pulled in intake.pulled.items():
        tab = pulled.snapshot.tab(PROBLEMS) if pulled.snapshot and pulled.writable else None
        found = group_findings(f for f in intake.findings if f.record_id)
        for finding in take_problem_answers(tab, found, workbook=key).accepted:
            home = finding.place.workbook
            if intake.pulled[home].writable:
                intents.setdefault(home, []).extend(_intents(finding, intake))
    return intents


def _intents(finding: Finding, intake: Intake) -> Iterator[AcceptSuggestion]:
    """One for its cell, or for each of its cells; a row that has no id yet waits for its next night."""
    place = finding.place
    header_rows = (r.header_row for r in intake.readings_of(place.workbook) if r.tab.title == place.tab)
    header_row = next(header_rows)
    for _, record_id in finding.cells or ((place.row, finding.record_id),):
        if record_id:
            shown = british(finding.suggestion)  # what Problems to fix offered, a day as people write it
            yield AcceptSuggestion(place.tab, header_row, record_id, place.column, finding.found, shown)

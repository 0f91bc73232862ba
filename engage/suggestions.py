"""The one exception: a suggestion that a person accepted is written into its cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from .built.problem_answers import take_problem_answers
from .built.problem_groups import group_findings
from .cache import Cache
from .erased.clearing import KINDS as ERASED_KINDS
from .erased.clearing import clearing
from .errors import WorkbookError
from .insight.weeks import british
from .intake import Intake
from .model import Finding
from .planning import PROBLEMS
from .ports import AcceptSuggestion, Outcome, Workbook
from .pushing import carry_out
from .workbook.locate import FORMULA_THERE, MERGED_THERE, SHUT_THERE

MEND = "change the cell yourself, or choose Leave as it is"
STANDS_IN_THE_WAY = dict.fromkeys((FORMULA_THERE, MERGED_THERE, SHUT_THERE), MEND)


@dataclass(frozen=True, slots=True)
class Accepted:
    """What became of the accepted suggestions. wrote: whether any cell was written.

    refused: key of a finding → why its suggestion could not be written, in words for its row.
    """

    wrote: bool = False
    refused: Mapping[str, str] = field(default_factory=dict)


def accept_suggestions(
    intake: Intake, workbooks: Mapping[str, Workbook], cache: Cache, *, run: str
) -> Accepted:
    """Write every accepted suggestion whose cell still holds what it was made for.

    A workbook that cannot be written is left for next time; so is a cell, and its row says why.
    """
    wrote, refused = False, dict[str, str]()
    for key, asked in _accepted(intake).items():
        try:
            outcomes = carry_out([intent for _, intent in asked], workbooks[key], cache, run)
        except WorkbookError:
            continue  # the night goes on; the push will say why this workbook cannot be written
        wrote = wrote or any(outcome.status == "done" for outcome in outcomes)
        for (finding, _), outcome in zip(asked, outcomes, strict=True):
            if outcome.status in ("moved", "displaced"):
                refused.setdefault(finding.key, _why_not(outcome))
    return Accepted(wrote, refused)


def _why_not(outcome: Outcome) -> str:
    """For the row of Problems to fix: what stands in the way, and what to do."""
    if outcome.note in STANDS_IN_THE_WAY:
        return f"You accepted this, but {outcome.note}: {STANDS_IN_THE_WAY[outcome.note]}."
    return f"You accepted this, but it could not be written: {outcome.note}. The next sync tries again."


def _accepted(intake: Intake) -> dict[str, list[tuple[Finding, AcceptSuggestion]]]:
    """Workbook key → what to write into it, and for which finding. Answers may stand in its own Problems to
    fix or in the hub's."""
    intents: dict[str, list[tuple[Finding, AcceptSuggestion]]] = {}
    for key, pulled in intake.pulled.items():
        tab = pulled.snapshot.tab(PROBLEMS) if pulled.snapshot and pulled.writable else None
        found = group_findings(f for f in intake.findings if f.record_id)
        for finding in take_problem_answers(tab, found, workbook=key).accepted:
            home = finding.place.workbook
            if intake.pulled[home].writable:
                intents.setdefault(home, []).extend((finding, each) for each in _intents(finding, intake))
    return intents


def _intents(finding: Finding, intake: Intake) -> Iterator[AcceptSuggestion]:
    """One for its cell, or for each of its cells; a row that has no id yet waits for its next night."""
    place = finding.place
    if finding.kind in ERASED_KINDS:
        yield from _clearing(finding, intake)
        return
    header_rows = (r.header_row for r in intake.readings_of(place.workbook) if r.tab.title == place.tab)
    header_row = next(header_rows)
    for _, record_id in finding.cells or ((place.row, finding.record_id),):
        if record_id:
            shown = british(finding.suggestion)  # what Problems to fix offered, a day as people write it
            yield AcceptSuggestion(place.tab, header_row, record_id, place.column, finding.found, shown)


def _clearing(finding: Finding, intake: Intake) -> Iterator[AcceptSuggestion]:
    """What empties the cells of somebody who was erased; the row as its sheet has it, not as it is shown."""
    place = finding.place
    for reading in intake.readings_of(place.workbook):
        for record in reading.records if reading.tab.title == place.tab else ():
            if record.place.row == place.row:
                yield from clearing(finding, replace(record, record_id=finding.record_id), reading)

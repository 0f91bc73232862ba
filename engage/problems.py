"""What was found in the workbooks, who may read of it, and what people answered to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from .built.decision_book import Book
from .built.problem_answers import ProblemAnswers, record_problem_answers, take_problem_answers
from .built.problem_groups import group_findings
from .built.using import record_choices
from .config import HUB
from .digest.refusals import refusal_findings, refused_addresses
from .headings_accepted import ABOUT_HEADINGS
from .insight.weeks import british
from .model import Finding
from .night import Night
from .planning import PROBLEMS
from .sharing import sensitive_in_the_open


def problems_of(night: Night, workbook: str) -> tuple[Finding, ...]:
    """The findings that one workbook's readers may see, those they have settled left out.

    A view-only workbook has no tab of its own for them: if its agency shares all it has, the hub shows them.
    """
    intake, settled = night.intake, night.intake.pulled[workbook].state.settled - night.book.reopened
    found = [f for f in intake.findings if f.place.workbook == workbook]
    found += [_for_its_owner(f) for f in intake.findings if _shown_in_hub(f, night, workbook)]
    if workbook == HUB:
        found += [*night.taken.book.findings, *night.taken.findings, *sensitive_in_the_open(intake.records)]
        found += refusal_findings(intake.records, refused_addresses(intake.hub.tab("Mail stops")))
    asked = [_acceptable(finding) for finding in group_findings(found) if finding.key not in settled]
    return tuple(_with_reason(finding, intake.refused) for finding in asked)


def cells_to_mend(night: Night, workbook: str) -> tuple[Finding, ...]:
    """The findings that stay until their cell is mended: the figure of the Dashboard and the digest.

    Text typed where the system writes is found once, and then only its row in Problems to fix knows of it.
    """
    left = problem_answers(night, workbook).settled
    found = problems_of(night, workbook)
    return tuple(f for f in found if not f.kind.startswith("typed-") and f.key not in left)


def _shown_in_hub(finding: Finding, night: Night, workbook: str) -> bool:
    theirs = night.agreed.get(finding.agency)
    home = night.intake.pulled[finding.place.workbook].home
    return workbook == HUB and home.view_only and theirs is not None and theirs.shares_people


def _for_its_owner(finding: Finding) -> Finding:
    """What is found where we may only read: what the cell might hold is said, not offered to be written.

    A heading is never written, so reading it in another way can be accepted there too.
    """
    if not finding.suggestion or finding.kind in ABOUT_HEADINGS:
        return finding
    meant = (
        f"Did you mean “{british(finding.suggestion)}”? We may not write in this workbook: change it there."
    )
    return replace(finding, suggestion="", wrong=f"{finding.wrong} {meant}")


def _acceptable(finding: Finding) -> Finding:
    """A suggestion that nothing can be done with (about a tab, say) is given in words instead."""
    if not finding.suggestion or finding.record_id or finding.cells:
        return finding
    return replace(finding, suggestion="", wrong=f"{finding.wrong} Did you mean “{finding.suggestion}”?")


def _with_reason(finding: Finding, refused: Mapping[str, str]) -> Finding:
    """A suggestion that was accepted and could not be written says so; its answer waits."""
    why = refused.get(finding.key, "")
    return replace(finding, wrong=f"{why} {finding.wrong}") if why else finding


def problem_answers(night: Night, workbook: str) -> ProblemAnswers:
    """What people answered in this workbook's Problems to fix."""
    pulled = night.intake.pulled[workbook]
    tab = pulled.snapshot.tab(PROBLEMS) if pulled.snapshot else None
    return take_problem_answers(tab, problems_of(night, workbook), workbook=workbook)


def with_problem_answers(night: Night, minute: str) -> Book:
    """The book with what people answered in each workbook's Problems to fix."""
    book = night.book
    for key, pulled in night.intake.pulled.items():
        if pulled.writable:
            names = [agency.name for agency in pulled.home.agencies] if key != HUB else []
            shown = all(name in night.agreed and night.agreed[name].shares for name in names)
            answers = problem_answers(night, key)
            book = record_problem_answers(book, answers, now=minute, by="; ".join(names), shown=shown)
    hub, before = night.worlds[HUB], night.intake.pulled[HUB].state.membership
    records = {record.record_id: record for record in hub.records}
    used = problem_answers(night, HUB).rows
    return record_choices(book, used, hub.linked, before, records, now=minute)

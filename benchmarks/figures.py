"""Every figure of a register in one pass: all capabilities' built tabs, the Dashboard, a quarter's report."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from engage.insight.capabilities import CAPABILITIES, problems_told, tab_rows
from engage.insight.dashboard import lines
from engage.insight.facts import Facts
from engage.insight.quarters import quarter_of
from engage.insight.weeks import Period
from engage.report.build import build_report
from engage.report.page import render_page
from engage.report.spreadsheet import render_spreadsheet
from engage.schema import Schema, load_schema
from engage.sharing import HUB

from .big_register import facts_of

SEED, COORDINATORS = 1, 5
ENGAGEMENTS_A_ROW = 0.504  # of the rows of big_register, what its shares of other tabs leave


@dataclass(frozen=True, slots=True)
class Pass:
    """engagements of the register; per step its seconds, of this process alone (the machine may be busy)."""

    engagements: int
    steps: tuple[tuple[str, float], ...]


def measure(engagements: int) -> Pass:
    """Gather the facts, then tell everything of them once."""
    facts = facts_of(int(engagements / ENGAGEMENTS_A_ROW), COORDINATORS, SEED)
    schema, span = load_schema(), quarter_of(facts.today).back(1)
    steps: tuple[tuple[str, Callable[[], object]], ...] = (
        ("tabs", lambda: _tabs(facts, schema)),
        ("dashboard", lambda: lines(facts)),
        ("problems", lambda: problems_told(facts, HUB)),
        ("report", lambda: _report(facts, schema, span)),
    )
    return Pass(len(facts.tables["Engagements"]), tuple((name, _seconds(step)) for name, step in steps))


def _tabs(facts: Facts, schema: Schema) -> None:
    for capability in CAPABILITIES:
        for tab in capability.tabs:
            list(tab_rows(facts, capability, tab, schema.tabs[tab].headings))


def _report(facts: Facts, schema: Schema, span: Period) -> None:
    report = build_report(facts, schema, span, read="23 November 2026")
    render_page(report)
    render_spreadsheet(report, made=datetime(2026, 11, 23))  # noqa: DTZ001 - the partnership's own clock


def _seconds(step: Callable[[], object]) -> float:
    started = time.process_time()
    step()
    return time.process_time() - started

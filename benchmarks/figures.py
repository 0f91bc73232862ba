"""Every figure of a register in one pass: all capabilities' built tabs, the Dashboard, a quarter's report."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from engage.insight.capabilities import CAPABILITIES, problems_told, tab_rows
from engage.insight.capability import Capability
from engage.insight.dashboard import lines
from engage.insight.facts import Facts
from engage.insight.quarters import quarter_of
from engage.insight.weeks import Period
from engage.insight.weeks_and_months import weeks_and_months
from engage.report.build import build_report
from engage.report.page import render_page
from engage.report.spreadsheet import render_spreadsheet
from engage.schema import Schema, load_schema
from engage.sharing import HUB

from .full_register import full_facts

SEED = 1
TOLD = ("tabs", "dashboard", "weeks and months", "problems")


@dataclass(frozen=True, slots=True)
class Pass:
    """engagements of the register; per step its seconds, of this process alone (the machine may be busy)."""

    engagements: int
    steps: tuple[tuple[str, float], ...]
    capabilities: tuple[tuple[str, float], ...]

    @property
    def told(self) -> float:
        """Seconds for every figure once: the tabs, the Dashboard, the weeks and months, the problems."""
        return sum(seconds for name, seconds in self.steps if name in TOLD)


def measure(engagements: int) -> Pass:
    """Gather the facts, then tell everything of them once; each step finds what others worked out."""
    made: list[Facts] = []
    gathering = _seconds(lambda: made.append(full_facts(engagements, SEED)))
    facts, schema = made[0], load_schema()
    span = quarter_of(facts.today).back(1)
    told = tuple((one.key, _seconds(lambda one=one: _tabs(facts, schema, one))) for one in CAPABILITIES)
    steps: tuple[tuple[str, Callable[[], object]], ...] = (
        ("dashboard", lambda: lines(facts)),
        ("weeks and months", lambda: weeks_and_months(facts)),
        ("problems", lambda: problems_told(facts, HUB)),
        ("report", lambda: _report(facts, schema, span)),
    )
    tabs = sum(seconds for _, seconds in told)
    timed = tuple((name, _seconds(step)) for name, step in steps)
    count = len(facts.tables["Engagements"])
    return Pass(count, (("gathering", gathering), ("tabs", tabs), *timed), told)


def _tabs(facts: Facts, schema: Schema, capability: Capability) -> None:
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

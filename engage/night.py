"""A night as a value: everything that was decided, before anything is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from .built.answers import Taken
from .built.decision_book import Book
from .built.questions import Asking
from .config import HUB, Config
from .insight.facts import Facts
from .intake import Intake
from .ledger import Entry
from .model import AgencyRead, Finding, Objection
from .planning import WorkbookPlan
from .sharing import Agreement
from .worlds import World


@dataclass(frozen=True, slots=True)
class Seat:
    """Who syncs and sends for the hub: the machine that holds the lease, the name of its ledger, and what
    that says of every digest, oldest first. missed: what was due here of late and was not done, in words.
    sends: whether digests ever leave from this machine."""

    machine: str
    ledger: str = ""
    sent: tuple[Entry, ...] = ()
    missed: tuple[str, ...] = ()
    sends: bool = True


@dataclass(frozen=True, slots=True)
class Night:
    """Everything that was decided: what a dry run shows, and what the commands answer from.

    told: workbook → what the capabilities find to mend in it. late: digests that no machine sends, in
    sentences; only where this one never does. held_out: agencies that the hub says have left and engage.toml
    counts in, in sentences. kept: whose rows nobody else is shown, and why, in sentences.
    """

    now: datetime
    run: str
    intake: Intake
    agreed: Mapping[str, Agreement]
    spelled: Mapping[str, str]
    book: Book
    worlds: Mapping[str, World]
    facts: Mapping[str, Facts]
    asking: Asking
    reads: tuple[AgencyRead, ...]
    taken: Taken
    objections: Mapping[str, Objection] = field(default_factory=dict)
    log: tuple[tuple[str, str, str], ...] = ()
    plans: tuple[WorkbookPlan, ...] = ()
    told: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict)
    late: tuple[str, ...] = ()
    held_out: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


def run_id(now: datetime) -> str:
    """What the journal, the lists and the log call a run begun at this moment (local time)."""
    return now.strftime("%Y%m%dT%H%M%S")


def home_of(config: Config, audience: str) -> str:
    """The key of the workbook that an audience reads."""
    named = (home.key for home in config.sources if any(a.name == audience for a in home.agencies))
    return next(named, HUB)

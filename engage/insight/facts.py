"""What every insight, built tab and digest is computed from: one audience's register, linked and merged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from engage.linkage.survivorship import Steering
from engage.model import AgencyRead, Finding, History, Linked, Pair, Record, Refusal

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Facts:
    """One audience's view of one run. Blank cells are "" in every frame; dates ISO text.

    records: everything this audience may see, by record id.
    tables: staff tab title → frame with record_id, agency, workbook, row, employer_id, person_id ("" when
        unresolved; person_id the first person of the row) and every schema heading (clean text).
    employers: golden records; employer_id, every Employers heading, and Also known as, Agencies, Sites,
        Records, First seen, Last contact, Last contact by.
    people: golden records; person_id, employer_id, every Contacts heading, and Agencies, Records.
    asked: the pairs that stand in To review (it holds only so many a week); None: all that are open.
    refused: address, lower-case → how the mail server refused it for good.
    steering: what people laid down for the golden records: sources of truth, values they decided on.
    year: which year quarters are counted in: "financial", "academic" or "calendar".
    clash_days, redundancy_clash_days: how far apart two agencies' approaches still clash.
    """

    audience: str
    partnership: str
    today: date
    run_id: str
    records: Mapping[str, Record]
    histories: Mapping[str, History]
    linked: Linked
    tables: Mapping[str, pd.DataFrame]
    employers: pd.DataFrame
    people: pd.DataFrame
    reads: Sequence[AgencyRead] = ()
    findings: Sequence[Finding] = ()
    agencies: Mapping[str, str] = field(default_factory=dict)
    asked: Sequence[Pair] | None = None
    refused: Mapping[str, Refusal] = field(default_factory=dict)
    steering: Steering = field(default_factory=Steering)
    year: str = "financial"
    clash_days: int = 7
    redundancy_clash_days: int = 30

"""engage.toml → frozen values: one partnership, its hub, its agencies and its limits. Checked once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

HUB = "hub"


@dataclass(frozen=True, slots=True)
class Agency:
    """One agency of the partnership.

    key: what its workbook is called in snapshots and logs. workbook: None when its rows are in the hub, known
    by their Agency column. tabs: sheet title → schema title, or "" for a tab to leave alone. headings: sheet
    title → their heading → schema heading, or "" for a column to leave alone.
    """

    name: str
    short: str = ""
    key: str = ""
    workbook: Path | None = None
    view_only: bool = False
    tabs: Mapping[str, str] = field(default_factory=dict)
    headings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    domains: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A workbook to read, and the agencies whose rows are in it (none named for the hub's shared tabs).

    key: "hub", or the key of the first agency that keeps its rows there. view_only: never written to.
    """

    key: str
    path: Path
    agencies: tuple[Agency, ...] = ()
    view_only: bool = False


@dataclass(frozen=True, slots=True)
class Linkage:
    """Match probabilities, 0..1: merged from `automatic` up, asked from `review` up; None: the model's."""

    automatic: float | None = None
    review: float | None = None


@dataclass(frozen=True, slots=True)
class Safety:
    """most_rows_gone: share of a tab's rows, 0..1, above which a loss stops the workbook. backups: kept."""

    most_rows_gone: float = 0.2
    backups: int = 14


@dataclass(frozen=True, slots=True)
class Coordination:
    """Days within which two agencies at one employer clash; `clash_days_redundancy` in a redundancy."""

    clash_days: int = 7
    clash_days_redundancy: int = 30


@dataclass(frozen=True, slots=True)
class Mail:
    """allowed_domains: lower-case; nothing is sent elsewhere. outbox: folder of the "outbox" transport."""

    outbox: Path
    allowed_domains: tuple[str, ...] = ()
    from_name: str = ""
    from_address: str = ""
    transport: str = "outbox"


@dataclass(frozen=True, slots=True)
class Config:
    """Everything in engage.toml; paths are absolute. path: the file itself.

    country: ISO code of two letters. year: "financial", "academic" or "calendar". schema, templates: the
    partnership's own folders. source_of_truth: heading → the agency whose value stands in the merged lists.
    questions_per_week: at most so many an agency. state: folder of cache,
    ledger and lock.
    """

    path: Path
    partnership: str
    hub: Path
    state: Path
    mail: Mail
    agencies: tuple[Agency, ...] = ()
    time_zone: str = "Europe/London"
    country: str = "GB"
    year: str = "financial"
    schema: Path | None = None
    templates: Path | None = None
    linkage: Linkage = Linkage()
    questions_per_week: int = 20
    safety: Safety = Safety()
    coordination: Coordination = Coordination()
    lease_hours: int = 36
    source_of_truth: Mapping[str, str] = field(default_factory=dict)

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every workbook once, the hub first; agencies that share a file share its Source."""
        shared: dict[Path, list[Agency]] = {self.hub: []}
        for agency in self.agencies:
            shared.setdefault(agency.workbook or self.hub, []).append(agency)
        return tuple(_source(path, agencies, self.hub) for path, agencies in shared.items())

    def agency(self, name: str) -> Agency | None:
        """The agency with this name, short name or key, whatever its capitals; or None."""
        wanted = name.strip().casefold()
        spellings = ((a, (a.name, a.short, a.key)) for a in self.agencies)
        return next((a for a, words in spellings if wanted in {w.casefold() for w in words if w}), None)


def _source(path: Path, agencies: list[Agency], hub: Path) -> Source:
    key = HUB if path == hub else agencies[0].key
    return Source(key, path, tuple(agencies), any(agency.view_only for agency in agencies))


def load_config(path: Path) -> Config:
    """engage.toml as a Config. Raises ConfigError naming every fault and its key at once."""
    from .config_file import read_config  # noqa: PLC0415 - pydantic only where files are read

    return read_config(path)


def key_of(name: str) -> str:
    """Tameside College → "tameside-college": how an agency's workbook is named in snapshots and logs."""
    return re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")

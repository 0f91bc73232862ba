"""engage.toml → frozen values: one partnership, its hub, its agencies and its limits. Checked once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from pathlib import Path
from typing import Literal

from .errors import ConfigError

HUB = "hub"
_THIS_MACHINE = re.compile(r"http://127\.0\.0\.1:\d{1,5}")


@dataclass(frozen=True, slots=True)
class GoogleSheet:
    """A spreadsheet at Google, by the long part of its link."""

    id: str

    @property
    def name(self) -> str:
        """What it is called before anybody has opened it."""
        return f"Google Sheet {self.id[:8]}…"

    @property
    def link(self) -> str:
        """Its address in a browser."""
        return link_of(self.id)


Home = Path | GoogleSheet  # where a workbook is: an .xlsx file or a Google Sheet


@dataclass(frozen=True, slots=True)
class Agency:
    """One agency of the partnership.

    key: what its workbook is called in snapshots and logs. workbook: None when its rows are in the hub, known
    by their Agency column. tabs: sheet title → schema title, or "" for a tab to leave alone. headings: sheet
    title → their heading → schema heading, or "" for a column to leave alone. paused: since when its workbook
    is not read, ISO date; withdrawn: its rows are in no list meanwhile. left: the day on which it left.
    """

    name: str
    short: str = ""
    key: str = ""
    workbook: Home | None = None
    view_only: bool = False
    tabs: Mapping[str, str] = field(default_factory=dict)
    headings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    domains: tuple[str, ...] = ()
    paused: str = ""
    withdrawn: bool = False
    left: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A workbook to read, and the agencies whose rows are in it (none named for the hub's shared tabs).

    key: "hub", or the key of the first agency that keeps its rows there. view_only: never written to.
    paused: since when it is not read either, ISO date.
    """

    key: str
    workbook: Home
    agencies: tuple[Agency, ...] = ()
    view_only: bool = False
    paused: str = ""


@dataclass(frozen=True, slots=True)
class Linkage:
    """Match probabilities, 0..1: merged from `automatic` up, asked from `review` up; None: the model's."""

    automatic: float | None = None
    review: float | None = None


@dataclass(frozen=True, slots=True)
class Safety:
    """most_rows_gone: share of a tab's rows, 0..1, above which a loss stops the workbook. backups: kept.

    unread_days: after so many days of showing an agency's rows as they last were, a person is to decide.
    """

    most_rows_gone: float = 0.2
    backups: int = 14
    unread_days: int = 30


@dataclass(frozen=True, slots=True)
class Keep:
    """How long what we made ourselves is kept, in days; nothing that staff typed ever goes by itself.

    review_months: after the last contact with a person, somebody looks whether they stay. journal: of what
    each run wrote. copies: of .xlsx workbooks. outbox: messages and previews. exports: lists and answers.
    backups: what engage backup made, beside engage.toml. contact_history: of objections that were taken back
    and answers on news that were changed; six years, after which nobody can sue over a statute any more
    (Limitation Act 1980, section 9).
    """

    review_months: int = 24
    journal: int = 400
    copies: int = 90
    outbox: int = 400
    exports: int = 30
    backups: int = 400
    contact_history: int = 2192


@dataclass(frozen=True, slots=True)
class Coordination:
    """Days within which two agencies at one employer clash; `clash_days_redundancy` in a redundancy.

    clash_days_of: an engagement's Type or Reason → its own window. most_asks: approaches to one employer by
    all agencies in 90 days. large_recruitment: jobs from which a vacancy asks for the single offer.
    """

    clash_days: int = 7
    clash_days_redundancy: int = 30
    clash_days_of: Mapping[str, int] = field(default_factory=dict)
    most_asks: int = 4
    large_recruitment: int = 20


@dataclass(frozen=True, slots=True)
class Smtp:
    """A mail server. port: 0 is the usual one of its security.

    security: "starttls", "tls" from the first byte, or "none", which only a server on this machine may have.
    user: whom we sign in as, "" for nobody. password_env: the environment variable that may hold the
    password; else it is in the keyring. ca_file: certificates to trust besides those of this machine.
    sign_in: by "password"; as a person, "microsoft" (client_id, tenant); as an app without one,
    "microsoft-app" (besides: certificate, a .pem with its key, or a secret, kept where a password is); or
    "google" (client_file; where that is the key of a service account, it acts for user).
    """

    host: str = ""
    port: int = 0
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str = ""
    password_env: str = "ENGAGE_MAIL_PASSWORD"
    ca_file: Path | None = None
    sign_in: Literal["password", "microsoft", "microsoft-app", "google"] = "password"
    client_id: str = ""
    tenant: str = "organizations"
    certificate: Path | None = None
    client_file: Path | None = None


@dataclass(frozen=True, slots=True)
class Mail:
    """allowed_domains: lower-case; nothing is sent elsewhere. outbox: folder of the "outbox" transport.

    unsubscribe: the person who is written to by whoever wants no more, "" is the sender. reply_to: who gets
    the answers, "" is the sender. one_click: the web page for unsubscribing, with {token} in it, or "".
    per_minute: messages, at most.
    """

    outbox: Path
    allowed_domains: tuple[str, ...] = ()
    from_name: str = ""
    from_address: str = ""
    transport: Literal["outbox", "smtp", "graph"] = "outbox"
    unsubscribe: str = ""
    one_click: str = ""
    reply_to: str = ""
    per_minute: int = 20
    smtp: Smtp = Smtp()


@dataclass(frozen=True, slots=True)
class Google:
    """How we sign in at Google.

    sign_in: "service-account" (a key file), "default" (application-default credentials, or the file that
    GOOGLE_APPLICATION_CREDENTIALS names) or "user" (a person's own account, kept in the system's keyring).
    credentials: the key file, or the client's file for "user"; None: the file that
    GOOGLE_APPLICATION_CREDENTIALS names. endpoint: a server on this machine that answers in Google's stead,
    for tests and rehearsals, http://127.0.0.1:PORT and nothing else; "" is Google. folder: the id of the
    folder or shared drive in which `engage init` makes spreadsheets; "" is the Drive of whoever signs in.
    Raises ConfigError for any other endpoint: a key and people's rows would go there.
    """

    sign_in: Literal["service-account", "default", "user"] = "service-account"
    credentials: Path | None = None
    endpoint: str = ""
    folder: str = ""

    def __post_init__(self) -> None:
        if self.endpoint and not _THIS_MACHINE.fullmatch(self.endpoint):
            raise ConfigError(
                "only a server on this machine may stand in for Google: http://127.0.0.1:8099",
                where="engage.toml, [google], endpoint",
                fix="take the line out to use Google itself",
            )


@dataclass(frozen=True, slots=True)
class Schedule:
    """at: when the nightly sync is due, local time. check_every_minutes: how often engage run looks.

    send_at: when digests go out by themselves, local time; None: only by hand. deputy: who is told by mail
    that no sync runs any more, "" for nobody. ping_url: what is told of each run, "" for nothing.
    """

    at: time = time(2)
    check_every_minutes: int = 5
    send_at: time | None = None
    deputy: str = ""
    ping_url: str = ""


@dataclass(frozen=True, slots=True)
class StaffLeft:
    """A colleague who has left. agency: its name, "" any; to: who takes over, "" unknown; on: ISO date."""

    name: str
    agency: str = ""
    to: str = ""
    on: str = ""


@dataclass(frozen=True, slots=True)
class Config:
    """Everything in engage.toml; paths are absolute. path: the file itself.

    country: ISO code of two letters. year: "financial", "academic" (from August), "academic-september" or
    "calendar". schema, templates: the partnership's own folders. colour: "#1f5f7a", "" for ours; logo: a
    PNG. source_of_truth: heading → the agency whose
    value stands in the merged lists. questions_per_week: at most so many an agency. state: folder of cache,
    ledger and lock. departed: agencies that have left, whose rows are shown to nobody.
    staff_left: colleagues who have left. held_out: those of departed that engage.toml counts in, because it
    is older than their departure (engage/departures.py).
    """

    path: Path
    partnership: str
    hub: Home
    state: Path
    mail: Mail
    agencies: tuple[Agency, ...] = ()
    time_zone: str = "Europe/London"
    country: str = "GB"
    year: str = "financial"
    schema: Path | None = None
    templates: Path | None = None
    colour: str = ""
    logo: Path | None = None
    linkage: Linkage = Linkage()
    questions_per_week: int = 20
    safety: Safety = Safety()
    coordination: Coordination = Coordination()
    lease_hours: int = 36
    schedule: Schedule = Schedule()
    source_of_truth: Mapping[str, str] = field(default_factory=dict)
    google: Google = Google()
    departed: tuple[Agency, ...] = ()
    staff_left: tuple[StaffLeft, ...] = ()
    keep: Keep = Keep()
    held_out: tuple[Agency, ...] = ()

    @property
    def on_google(self) -> bool:
        """Whether any workbook of the partnership is a Google Sheet."""
        return any(isinstance(source.workbook, GoogleSheet) for source in self.sources)

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every workbook once, the hub first; agencies that share a file share its Source."""
        shared: dict[Home, list[Agency]] = {self.hub: []}
        for agency in self.agencies:
            shared.setdefault(agency.workbook or self.hub, []).append(agency)
        return tuple(_source(home, agencies, self.hub) for home, agencies in shared.items())

    def agency(self, name: str) -> Agency | None:
        """The agency with this name, short name or key, whatever its capitals; or None."""
        wanted = name.strip().casefold()
        spellings = ((a, (a.name, a.short, a.key)) for a in self.agencies)
        return next((a for a, words in spellings if wanted in {w.casefold() for w in words if w}), None)


def _source(home: Home, agencies: list[Agency], hub: Home) -> Source:
    key = HUB if home == hub else agencies[0].key
    paused = max(agency.paused for agency in agencies) if agencies and home != hub else ""
    paused = paused if all(agency.paused for agency in agencies) else ""
    return Source(key, home, tuple(agencies), any(agency.view_only for agency in agencies), paused)


def load_config(path: Path) -> Config:
    """engage.toml as a Config. Raises ConfigError naming every fault and its key at once."""
    from .config_file import read_config  # noqa: PLC0415 - pydantic only where files are read

    return read_config(path)


def link_of(sheet: str) -> str:
    """A Google Sheet's address in a browser."""
    return f"https://docs.google.com/spreadsheets/d/{sheet}/edit"


def link_or_path(workbook: Home | None) -> str:
    """Where a workbook is, as a person would look for it; "" for none."""
    return workbook.link if isinstance(workbook, GoogleSheet) else str(workbook or "")


def key_of(name: str) -> str:
    """Tameside College → "tameside-college": how an agency's workbook is named in snapshots and logs."""
    return re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")

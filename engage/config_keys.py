"""The keys that engage.toml may hold, and what each may say."""

from __future__ import annotations

import re
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, field_validator

from .checked_toml import Strict
from .config import Google
from .errors import ConfigError

Text = Annotated[str, Field(min_length=1)]
Share = Annotated[float, Field(ge=0, le=1)]
Days = Annotated[int, Field(ge=1, le=366)]


def checked_domains(domains: tuple[str, ...]) -> tuple[str, ...]:
    """Mail domains, lower-case. Raises ValueError for what is none."""
    for domain in domains:
        if "@" in domain or "." not in domain:
            raise ValueError(f"{domain!r} is no domain; write what follows the @: council.gov.uk")
    return tuple(domain.lower() for domain in domains)


def checked_time(at: str) -> str:
    """A time of day, HH:MM. Raises ValueError for what is none."""
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", at):
        raise ValueError(f"{at!r} is no time of day; write for example 02:00")
    return at


# As the address bar has it, and as people hand it on: of an organisation's own domain, without https://.
SHEET_LINK = re.compile(
    r"\s*(?:https?://)?docs\.google\.com/(?:a/[^/\s]+/)?spreadsheets/(?:u/\d+/)?d/([A-Za-z0-9_-]{10,})",
    re.IGNORECASE,
)
FOLDER_LINK = re.compile(r"https://drive\.google\.com/drive/(?:u/\d+/)?folders/([A-Za-z0-9_-]{10,})")
_PART = r"[A-Za-z0-9._~/?&=%-]*"
ONE_CLICK = re.compile(rf"https://[A-Za-z0-9.-]+\.[A-Za-z]+(?::\d+)?/{_PART}{{token}}{_PART}")
LONGEST_PAGE = 55  # with its token and brackets 76, which is what message.py can put into a header unmangled
PING = re.compile(r"(https://|http://(127\.0\.0\.1|localhost)[:/])[^\s?#]+")


def checked_workbook(written: str) -> str:
    """A path, or the link of a Google Sheet. Raises ValueError for any other link."""
    if ("://" in written or "google.com/" in written) and not SHEET_LINK.match(written):
        raise ValueError(
            "this is no link to a Google Sheet; copy it from the browser's address bar "
            "(https://docs.google.com/spreadsheets/d/…), or write the path of an .xlsx file"
        )
    return written


def checked_page(written: str) -> str:
    """The page for one-click unsubscribing. Raises ValueError for what no message's headers could hold."""
    if written and not ONE_CLICK.fullmatch(written):
        raise ValueError(
            "this is no page for one-click unsubscribing; write an https address with {token} where the "
            "token goes: https://council.gov.uk/stop?t={token}"
        )
    if len(written) > LONGEST_PAGE:
        raise ValueError(
            f"this address is longer than {LONGEST_PAGE} characters, which mail programs do not understand"
        )
    return written


def checked_folder(written: str) -> str:
    """The id of a folder or shared drive, from its link or as it is. Raises ValueError for any other text."""
    found = FOLDER_LINK.match(written)
    if written and not found and not re.fullmatch(r"[A-Za-z0-9_-]{10,}", written):
        raise ValueError(
            "this is no folder of Google Drive; open the folder and copy the link from the browser's address "
            "bar (https://drive.google.com/drive/folders/…)"
        )
    return found.group(1) if found else written


class PartnershipForm(Strict):
    """[partnership]: who we are."""

    name: Text
    time_zone: str = "Europe/London"
    country: Annotated[str, Field(pattern="^[A-Z]{2}$")] = "GB"
    year: Literal["financial", "academic", "academic-september", "calendar"] = "financial"
    schema_: Annotated[str, Field(alias="schema")] = ""
    templates: str = ""
    colour: Annotated[str, Field(pattern="^(#[0-9a-fA-F]{6})?$")] = ""
    logo: str = ""

    @field_validator("time_zone")
    @classmethod
    def _known(cls, zone: str) -> str:
        try:
            ZoneInfo(zone)
        except (KeyError, ValueError, OSError) as error:
            raise ValueError(f"{zone!r} is no time zone; write for example Europe/London") from error
        return zone


class HubForm(Strict):
    """[hub]: the workbook that everybody may see."""

    path: Text = "hub.xlsx"

    @field_validator("path")
    @classmethod
    def _a_workbook(cls, path: str) -> str:
        return checked_workbook(path)


Day = Annotated[str, Field(pattern=r"^(\d{4}-\d\d-\d\d)?$")]


class AgencyForm(Strict):
    """[[agency]]: one organisation and where its rows are."""

    name: Text
    short: str = ""
    key: Annotated[str, Field(pattern="^[a-z0-9][a-z0-9-]*$")] | None = None
    workbook: str = ""
    view_only: bool = False
    tabs: dict[Text, str] = Field(default_factory=dict)
    headings: dict[Text, dict[Text, str]] = Field(default_factory=dict)
    domains: Annotated[tuple[Text, ...], Field(strict=False)] = ()
    paused: Day = ""
    withdrawn: bool = False
    left: Day = ""

    @field_validator("domains")
    @classmethod
    def _mail_domains(cls, domains: tuple[str, ...]) -> tuple[str, ...]:
        return checked_domains(domains)

    @field_validator("workbook")
    @classmethod
    def _a_workbook(cls, workbook: str) -> str:
        return checked_workbook(workbook)


class StaffLeftForm(Strict):
    """[[staff_left]]: a colleague who has left, as engage staff leave writes it."""

    name: Text
    agency: str = ""
    to: str = ""
    on: Day = ""


class LinkageForm(Strict):
    """[linkage]: the two borders between the three bands."""

    automatic: Share | None = None
    review: Share | None = None


class ReviewForm(Strict):
    """[review]: how much we ask."""

    per_week: Annotated[int, Field(ge=1)] = 20


class SafetyForm(Strict):
    """[safety]: what stops a workbook, and what is kept of it."""

    most_rows_gone: Share = 0.2
    backups: Annotated[int, Field(ge=1)] = 14
    unread_days: Annotated[int, Field(ge=1)] = 30


class CoordinationForm(Strict):
    """[coordination]: what is a clash, how often an employer may be asked, what is a large recruitment."""

    clash_days: Days = 7
    clash_days_redundancy: Days = 30
    clash_days_of: dict[Text, Days] = Field(default_factory=dict)
    most_asks: Annotated[int, Field(ge=1, le=999)] = 4
    large_recruitment: Annotated[int, Field(ge=1)] = 20


class MailForm(Strict):
    """[mail]: who writes, to whom, and how."""

    allowed_domains: Annotated[tuple[Text, ...], Field(strict=False)] = ()
    from_name: str = ""
    from_address: str = ""
    unsubscribe: str = ""
    one_click: str = ""
    reply_to: str = ""
    transport: Literal["outbox", "smtp", "graph"] = "outbox"
    outbox: Text = "outbox"
    per_minute: Annotated[int, Field(ge=1, le=600)] = 20
    host: str = ""
    port: Annotated[int, Field(ge=0, le=65535)] = 0
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str = ""
    password_env: Text = "ENGAGE_MAIL_PASSWORD"
    ca_file: str = ""
    sign_in: Literal["password", "microsoft", "microsoft-app", "google"] = "password"
    client_id: str = ""
    tenant: Annotated[str, Field(pattern=r"^[A-Za-z0-9.-]+$")] = "organizations"
    certificate: str = ""
    client_file: str = ""
    password: str = ""
    send_at: str = ""

    @field_validator("send_at")
    @classmethod
    def _a_time(cls, at: str) -> str:
        return checked_time(at) if at else at

    @field_validator("allowed_domains")
    @classmethod
    def _domains(cls, domains: tuple[str, ...]) -> tuple[str, ...]:
        return checked_domains(domains)

    @field_validator("one_click")
    @classmethod
    def _a_page(cls, page: str) -> str:
        return checked_page(page)

    @field_validator("password")
    @classmethod
    def _not_here(cls, _: str) -> str:
        raise ValueError(
            "a password does not belong in this file: take it out, change it if others could read it, then "
            "run engage mail password, or set the environment variable ENGAGE_MAIL_PASSWORD"
        )


class GoogleForm(Strict):
    """[google]: how we sign in there."""

    sign_in: Literal["service-account", "default", "user"] = "service-account"
    credentials: Text = "credentials.json"
    endpoint: str = ""
    folder: str = ""

    @field_validator("endpoint")
    @classmethod
    def _on_this_machine(cls, endpoint: str) -> str:
        try:
            return Google(endpoint=endpoint.rstrip("/")).endpoint
        except ConfigError as error:
            raise ValueError(error.what) from error

    @field_validator("folder")
    @classmethod
    def _a_folder(cls, written: str) -> str:
        return checked_folder(written)


class SyncForm(Strict):
    """[sync]: when it is due, and the lease."""

    lease_hours: Annotated[int, Field(ge=1)] = 36
    at: str = "02:00"
    check_every_minutes: Annotated[int, Field(ge=1, le=1440)] = 5
    deputy: str = ""
    ping_url: str = ""

    @field_validator("at")
    @classmethod
    def _a_time(cls, at: str) -> str:
        return checked_time(at)

    @field_validator("ping_url")
    @classmethod
    def _an_address(cls, url: str) -> str:
        if url and not PING.fullmatch(url):
            raise ValueError("write the whole address, https://…, without a ? or a # in it")
        return url.rstrip("/")


class KeepForm(Strict):
    """[keep]: how long what we made ourselves is kept."""

    review_after_months: Annotated[int, Field(ge=1, le=120)] = 24
    journal_days: Annotated[int, Field(ge=7)] = 400
    copies_days: Annotated[int, Field(ge=7)] = 90
    outbox_days: Annotated[int, Field(ge=7)] = 400
    exports_days: Annotated[int, Field(ge=1)] = 30
    backups_days: Annotated[int, Field(ge=7)] = 400
    contact_history_days: Annotated[int, Field(ge=1)] = 2192


class ConfigForm(Strict):
    """The whole of engage.toml."""

    partnership: PartnershipForm
    hub: HubForm = HubForm()
    agency: Annotated[tuple[AgencyForm, ...], Field(strict=False)] = ()
    staff_left: Annotated[tuple[StaffLeftForm, ...], Field(strict=False)] = ()
    linkage: LinkageForm = LinkageForm()
    review: ReviewForm = ReviewForm()
    safety: SafetyForm = SafetyForm()
    coordination: CoordinationForm = CoordinationForm()
    mail: MailForm = MailForm()
    sync: SyncForm = SyncForm()
    keep: KeepForm = KeepForm()
    google: GoogleForm = GoogleForm()
    source_of_truth: dict[Text, Text] = Field(default_factory=dict)
    state: Text = ".engage"

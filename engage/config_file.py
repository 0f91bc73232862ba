"""The keys that engage.toml may hold, and the way from them to a Config."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import time
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, field_validator

from .checked_toml import Strict, fill, listed, read_toml
from .config import (
    HUB,
    Agency,
    Config,
    Coordination,
    Google,
    GoogleSheet,
    Home,
    Linkage,
    Mail,
    Safety,
    Schedule,
    Smtp,
    key_of,
)
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
GRAPH_HOST = "graph.microsoft.com"
_PART = r"[A-Za-z0-9._~/?&=%-]*"
ONE_CLICK = re.compile(rf"https://[A-Za-z0-9.-]+\.[A-Za-z]+(?::\d+)?/{_PART}{{token}}{_PART}")
LONGEST_PAGE = 55  # with its token and brackets 76, which is what message.py can put into a header unmangled
LARGEST_LOGO = 100_000  # bytes
USUAL_PORTS = {"starttls": 587, "tls": 465, "none": 25}
ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})
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

    @field_validator("domains")
    @classmethod
    def _mail_domains(cls, domains: tuple[str, ...]) -> tuple[str, ...]:
        return checked_domains(domains)

    @field_validator("workbook")
    @classmethod
    def _a_workbook(cls, workbook: str) -> str:
        return checked_workbook(workbook)


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
    sign_in: Literal["password", "microsoft", "google"] = "password"
    client_id: str = ""
    tenant: Annotated[str, Field(pattern=r"^[A-Za-z0-9.-]+$")] = "organizations"
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


class ConfigForm(Strict):
    """The whole of engage.toml."""

    partnership: PartnershipForm
    hub: HubForm = HubForm()
    agency: Annotated[tuple[AgencyForm, ...], Field(strict=False)] = ()
    linkage: LinkageForm = LinkageForm()
    review: ReviewForm = ReviewForm()
    safety: SafetyForm = SafetyForm()
    coordination: CoordinationForm = CoordinationForm()
    mail: MailForm = MailForm()
    sync: SyncForm = SyncForm()
    google: GoogleForm = GoogleForm()
    source_of_truth: dict[Text, Text] = Field(default_factory=dict)
    state: Text = ".engage"


_FIX = "mend the lines named above; docs/reference/configuration.md says what each may hold"


def read_config(path: Path) -> Config:
    """The file as a Config. Raises ConfigError."""
    path = path.expanduser().absolute()
    try:
        form, faults = fill(ConfigForm, read_toml(path))
    except FileNotFoundError as error:
        raise ConfigError(
            "there is no such file", where=str(path), fix="say where it is with --config, or run engage init"
        ) from error
    except (OSError, ValueError) as error:
        raise ConfigError(str(error), where=str(path), fix="mend the file and run again") from error
    if form is not None:
        config = _config(form, path)
        faults = list(_faults(form, config))
    if form is None or faults:
        raise ConfigError(listed(faults), where=str(path), fix=_FIX)
    return config


def _config(form: ConfigForm, path: Path) -> Config:
    folder, who = path.parent, form.partnership
    return Config(
        path=path, partnership=who.name, hub=_home(folder, form.hub.path), state=_at(folder, form.state),
        mail=_mail(form.mail, folder),
        agencies=tuple(_agency(agency, folder) for agency in form.agency),
        time_zone=who.time_zone, country=who.country, year=who.year,
        schema=_at(folder, who.schema_) if who.schema_ else None,
        templates=_at(folder, who.templates) if who.templates else None,
        colour=who.colour.lower(), logo=_at(folder, who.logo) if who.logo else None,
        linkage=Linkage(form.linkage.automatic, form.linkage.review), questions_per_week=form.review.per_week,
        safety=Safety(form.safety.most_rows_gone, form.safety.backups),
        coordination=Coordination(**form.coordination.model_dump()),
        lease_hours=form.sync.lease_hours,
        schedule=_schedule(form),
        source_of_truth=form.source_of_truth,
        google=Google(form.google.sign_in, _at(folder, form.google.credentials), form.google.endpoint,
                      form.google.folder),
    )  # fmt: skip


def _schedule(form: ConfigForm) -> Schedule:
    send_at = time.fromisoformat(form.mail.send_at) if form.mail.send_at else None
    sync = form.sync
    return Schedule(
        time.fromisoformat(sync.at), sync.check_every_minutes, send_at, sync.deputy.lower(), sync.ping_url
    )


def _mail(form: MailForm, folder: Path) -> Mail:
    port = form.port or USUAL_PORTS[form.security]
    smtp = Smtp(
        host=GRAPH_HOST if form.transport == "graph" else form.host,
        port=port, security=form.security, user=form.user, password_env=form.password_env,
        ca_file=_at(folder, form.ca_file) if form.ca_file else None, sign_in=form.sign_in,
        client_id=form.client_id, tenant=form.tenant,
        client_file=_at(folder, form.client_file) if form.client_file else None,
    )  # fmt: skip
    return Mail(
        outbox=_at(folder, form.outbox), allowed_domains=form.allowed_domains, from_name=form.from_name,
        from_address=form.from_address, transport=form.transport, unsubscribe=form.unsubscribe,
        one_click=form.one_click, reply_to=form.reply_to, per_minute=form.per_minute, smtp=smtp,
    )  # fmt: skip


def _agency(form: AgencyForm, folder: Path) -> Agency:
    return Agency(
        name=form.name, short=form.short, key=form.key or key_of(form.short or form.name),
        workbook=_home(folder, form.workbook) if form.workbook else None, view_only=form.view_only,
        tabs=form.tabs, headings=form.headings, domains=form.domains,
    )  # fmt: skip


def _home(folder: Path, written: str) -> Home:
    link = SHEET_LINK.match(written)
    return GoogleSheet(link.group(1)) if link else _at(folder, written)


def _at(folder: Path, written: str) -> Path:
    """Relative paths are relative to engage.toml; "..", "." are taken out so that equal files are equal."""
    return (folder / Path(written).expanduser()).resolve()


def _faults(form: ConfigForm, config: Config) -> Iterator[str]:
    """What lines that are right by themselves get wrong together."""
    names = Counter(word.casefold() for a in config.agencies for word in {a.name, a.short} if word)
    yield from (f"agency: {name!r} stands for two agencies" for name, times in names.items() if times > 1)
    keys = Counter(agency.key for agency in config.agencies)
    keys[HUB] += 1
    yield from (
        f"agency: the key {key!r} is taken twice; give one of them another" for key in keys if keys[key] > 1
    )
    automatic, review = config.linkage.automatic, config.linkage.review
    if automatic is not None and review is not None and automatic < review:
        yield f"linkage: automatic ({automatic}) must not be below review ({review})"
    for number, agency in enumerate(config.agencies, 1):
        if agency.workbook == config.hub and agency.view_only:
            yield f"agency {number}, view_only: the hub must be writable; give {agency.name} its own workbook"
    yield from _mail_faults(config.mail)
    yield from _schedule_faults(config)
    for heading, name in config.source_of_truth.items():
        if config.agency(name) is None:
            yield f"source_of_truth, {heading}: no agency is called {name!r}"
    yield from _logo_faults(config.logo)
    for key, folder in (("schema", config.schema), ("templates", config.templates)):
        if folder is not None and not folder.is_dir():
            yield f"partnership, {key}: there is no folder {folder}"


def _schedule_faults(config: Config) -> Iterator[str]:
    deputy, mail = config.schedule.deputy, config.mail
    if config.schedule.send_at is not None and not mail.from_address:
        yield "mail, from_address: is missing; with send_at digests go out by themselves, and need a sender"
    if deputy and not ADDRESS.fullmatch(deputy):
        yield f"sync, deputy: {deputy!r} is no e-mail address"
    elif deputy and mail.allowed_domains and deputy.rpartition("@")[2] not in mail.allowed_domains:
        yield "sync, deputy: its domain must be in allowed_domains of [mail]"
    if deputy and not mail.from_address:
        yield "mail, from_address: is missing; the deputy is told by mail, which needs a sender"


def _logo_faults(path: Path | None) -> Iterator[str]:
    if path is None:
        return
    try:
        content = path.read_bytes()
    except OSError:
        yield f"partnership, logo: there is no file {path}"
        return
    if not content.startswith(b"\x89PNG\r\n\x1a\n"):
        yield "partnership, logo: is no PNG image; save it as PNG"
    if len(content) > LARGEST_LOGO:
        yield f"partnership, logo: is {len(content) // 1000} KB, and goes out in each message; 100 at most"


def _mail_faults(mail: Mail) -> Iterator[str]:
    if mail.transport == "smtp" and not mail.smtp.host:
        yield 'mail, host: is missing; the mail server\'s name, for example "smtp.office365.com"'
    if mail.smtp.security == "none" and mail.smtp.host not in ("", *THIS_MACHINE):
        yield "mail, security: only a server on this machine may be spoken to without encryption"
    if mail.smtp.security == "none" and mail.smtp.user:
        yield "mail, user: nobody signs in on a line that is not encrypted; take user out, or set security"
    if mail.smtp.ca_file is not None and not mail.smtp.ca_file.is_file():
        yield f"mail, ca_file: there is no file {mail.smtp.ca_file}"
    if mail.transport == "graph" and mail.smtp.sign_in != "microsoft":
        yield 'mail, sign_in: Graph takes no password; write "microsoft"'
    if mail.smtp.sign_in != "password" and not mail.smtp.user:
        yield "mail, user: is missing; the account that signs in"
    if mail.smtp.sign_in == "microsoft" and not mail.smtp.client_id:
        yield "mail, client_id: is missing; the Application (client) ID of the app registration"
    if mail.smtp.sign_in == "google" and mail.smtp.client_file is None:
        yield "mail, client_file: is missing; the JSON file of the OAuth client"
    for key, address in (("unsubscribe", mail.unsubscribe), ("reply_to", mail.reply_to)):
        if address and not ADDRESS.fullmatch(address):
            yield f"mail, {key}: {address!r} is no e-mail address"

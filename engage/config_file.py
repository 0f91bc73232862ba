"""From engage.toml to a Config."""

from __future__ import annotations

from datetime import time
from pathlib import Path

from .checked_toml import fill, listed, read_toml
from .config import (
    Agency,
    Config,
    Coordination,
    Google,
    GoogleSheet,
    Home,
    Keep,
    Linkage,
    Mail,
    Safety,
    Schedule,
    Smtp,
    StaffLeft,
    key_of,
)
from .config_faults import faults_together
from .config_keys import SHEET_LINK, AgencyForm, ConfigForm, KeepForm, MailForm
from .errors import ConfigError

GRAPH_HOST = "graph.microsoft.com"
USUAL_PORTS = {"starttls": 587, "tls": 465, "none": 25}
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
        faults = list(faults_together(config))
    if form is None or faults:
        raise ConfigError(listed(faults), where=str(path), fix=_FIX)
    return config


def _config(form: ConfigForm, path: Path) -> Config:
    folder, who = path.parent, form.partnership
    return Config(
        path=path, partnership=who.name, hub=_home(folder, form.hub.path), state=_at(folder, form.state),
        mail=_mail(form.mail, folder),
        agencies=tuple(_agency(agency, folder) for agency in form.agency if not agency.left),
        staff_left=tuple(StaffLeft(one.name, one.agency, one.to, one.on) for one in form.staff_left),
        departed=tuple(_agency(agency, folder) for agency in form.agency if agency.left),
        time_zone=who.time_zone, country=who.country, year=who.year,
        schema=_at(folder, who.schema_) if who.schema_ else None,
        templates=_at(folder, who.templates) if who.templates else None,
        colour=who.colour.lower(), logo=_at(folder, who.logo) if who.logo else None,
        linkage=Linkage(form.linkage.automatic, form.linkage.review), questions_per_week=form.review.per_week,
        safety=Safety(form.safety.most_rows_gone, form.safety.backups, form.safety.unread_days),
        coordination=Coordination(**form.coordination.model_dump()),
        lease_hours=form.sync.lease_hours,
        keep=_keep(form.keep),
        schedule=_schedule(form),
        source_of_truth=form.source_of_truth,
        google=Google(form.google.sign_in, _at(folder, form.google.credentials), form.google.endpoint,
                      form.google.folder),
    )  # fmt: skip


def _keep(form: KeepForm) -> Keep:
    return Keep(
        form.review_after_months,
        form.journal_days,
        form.copies_days,
        form.outbox_days,
        form.exports_days,
        form.backups_days,
        form.contact_history_days,
    )


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
        certificate=_at(folder, form.certificate) if form.certificate else None,
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
        paused=form.paused, withdrawn=form.withdrawn, left=form.left,
    )  # fmt: skip


def _home(folder: Path, written: str) -> Home:
    link = SHEET_LINK.match(written)
    return GoogleSheet(link.group(1)) if link else _at(folder, written)


def _at(folder: Path, written: str) -> Path:
    """Relative paths are relative to engage.toml; "..", "." are taken out so that equal files are equal."""
    return (folder / Path(written).expanduser()).resolve()

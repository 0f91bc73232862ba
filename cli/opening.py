"""engage.toml → a partnership ready to be synced or asked: the one place where adapters are built."""

from __future__ import annotations

import os
import platform
import secrets
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from engage.config import Config, Google, Home, Source
    from engage.linkage.settings import LinkSettings
    from engage.model import Decision, Linked, Membership, Record
    from engage.pipeline import Partnership
    from engage.ports import Workbook
    from engage.schema import Schema
    from engage.workbook.google.client import GoogleClient
    from engage.worlds import Judge

STAMP = "%Y-%m-%dT%H%M%S"


def local_now(config: Config) -> datetime:
    """The time on the partnership's clock, without its zone."""
    return datetime.now(ZoneInfo(config.time_zone)).replace(tzinfo=None)


def this_machine() -> str:
    """What this machine is called in the hub: ENGAGE_MACHINE where its own name is another every day."""
    return os.environ.get("ENGAGE_MACHINE", "").strip() or platform.node() or "this machine"


def open_partnership(
    config: Config,
    *,
    now: datetime,
    draw: Callable[[Sequence[str]], str] = secrets.choice,
    sends: bool = True,
) -> Partnership:
    """The partnership of engage.toml. draw: picks the letters of new Record IDs. sends: ever, from here.

    Raises ConfigError if it names tabs or headings that the schema does not have.
    """
    from engage.cache import CACHE_FILE, Cache  # noqa: PLC0415
    from engage.mappings import check_mappings  # noqa: PLC0415
    from engage.pipeline import Partnership  # noqa: PLC0415
    from engage.register.identity import make_id  # noqa: PLC0415
    from engage.schema import load_schema  # noqa: PLC0415

    schema = load_schema(config.schema)
    check_mappings(config, schema)
    return Partnership(
        config=config,
        schema=schema,
        workbooks=open_workbooks(config, now, schema),
        cache=Cache(config.state / CACHE_FILE),
        judge=judge_of(config),
        new_id=lambda: make_id(draw),
        machine=this_machine(),
        sends=sends,
    )


def open_workbooks(config: Config, now: datetime, schema: Schema) -> dict[str, Workbook]:
    """Key → adapter, for every workbook. Raises ConfigError or SignInError."""
    sheets = _open_sheets(config, now, schema) if config.on_google else {}
    return {
        source.key: sheets[source.key] if source.key in sheets else _open_file(source, config, now, schema)
        for source in config.sources
    }


def _open_file(source: Source, config: Config, now: datetime, schema: Schema) -> Workbook:
    from engage.workbook.xlsx import XlsxWorkbook  # noqa: PLC0415

    assert isinstance(source.workbook, Path)
    return XlsxWorkbook(
        source.key,
        source.workbook,
        title=source.workbook.name,
        links={each.key: each.workbook for each in config.sources},
        tabs=schema.tabs,
        backups=config.state / "backups",
        keep=config.safety.backups,
        stamp=now.strftime(STAMP),
        view_only=source.view_only,
    )


def _open_sheets(config: Config, now: datetime, schema: Schema) -> dict[str, Workbook]:
    """The Google Sheets, which know of one another for links and copies."""
    from engage.config import GoogleSheet  # noqa: PLC0415
    from engage.workbook.google.adapter import GoogleWorkbook  # noqa: PLC0415
    from engage.workbook.google.request_log import RequestLog  # noqa: PLC0415

    client, sheets = google_client(config), dict[str, GoogleWorkbook]()
    for source in config.sources:
        if isinstance(source.workbook, GoogleSheet):
            sheets[source.key] = GoogleWorkbook(
                source.key,
                source.workbook.id,
                client,
                token=lambda: secrets.token_hex(6),
                title=f"{_whose(source)} ({source.workbook.name})",
                view_only=source.view_only,
                neighbours=sheets,
                tabs=schema.tabs,
                log_to=RequestLog(config.state / "requests" / source.key, now.strftime(STAMP)),
            )
    return dict(sheets)


def _whose(source: Source) -> str:
    """Whose workbook it is: what a message can name before anybody has opened it."""
    return ", ".join(each.name for each in source.agencies) or "the hub"


def open_alone(home: Home, google: Google) -> Workbook:
    """One workbook to be read by itself, whoever's it is. Raises ConfigError or SignInError."""
    from engage.config import GoogleSheet  # noqa: PLC0415

    if not isinstance(home, GoogleSheet):
        from engage.workbook.xlsx import XlsxWorkbook  # noqa: PLC0415

        return XlsxWorkbook(home.stem, home)
    from engage.workbook.google.adapter import GoogleWorkbook  # noqa: PLC0415

    client = client_for(google)
    return GoogleWorkbook(home.id[:8], home.id, client, token=lambda: secrets.token_hex(6), title=home.name)


def google_client(config: Config, *, creating: bool = False) -> GoogleClient:
    """Signed in as engage.toml says; creating: to make files, too. Raises ConfigError or SignInError."""
    return client_for(config.google, creating=creating)


def client_for(google: Google, *, creating: bool = False) -> GoogleClient:
    """Signed in so. Raises ConfigError or SignInError."""
    from engage.workbook.google.client import GoogleClient  # noqa: PLC0415
    from engage.workbook.google.signing_in import sign_in  # noqa: PLC0415

    return GoogleClient(sign_in(google, creating=creating), endpoint=google.endpoint)


def judge_of(config: Config) -> Judge:
    """Linkage with this partnership's country and bands, imported when it is first asked."""
    from engage.worlds import Judge  # noqa: PLC0415

    def link(records: Sequence[Record], decisions: Sequence[Decision], before: Membership) -> Linked:
        from engage.linkage.linking import link as link_all  # noqa: PLC0415

        return link_all(records, decisions, before, settings_of(config))

    def compared(records: Iterable[Record]) -> Callable[[str, str], str]:
        from engage.linkage.compared import compared_by  # noqa: PLC0415

        return compared_by(records, config.country)

    return Judge(link, compared, config.country)


def settings_of(config: Config) -> LinkSettings:
    """The linkage settings: the model's own bands unless engage.toml says otherwise."""
    from dataclasses import replace  # noqa: PLC0415

    from engage.linkage.settings import LinkSettings  # noqa: PLC0415

    usual, wanted = LinkSettings(country=config.country), config.linkage
    return replace(
        usual,
        automatic=usual.automatic if wanted.automatic is None else wanted.automatic,
        review=usual.review if wanted.review is None else wanted.review,
    )

"""Everything that `engage doctor` looks at, in the order in which one thing needs another."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from engage.config import HUB, Config, GoogleSheet, Source
from engage.errors import EngageError
from engage.lease import held_elsewhere, last_sync
from engage.mappings import check_mappings
from engage.model import Snapshot
from engage.ports import Workbook
from engage.schema import Schema, load_schema
from engage.setting_up_google import is_own, wanted_tabs
from engage.state import State

from .files import check_file, check_mail, check_state
from .headings import check_headings, check_memory
from .lines import Line, of_error

if TYPE_CHECKING:
    from engage.workbook.google.client import GoogleClient

SETTINGS, TURN = "Settings", "Who syncs"
SILENT = timedelta(days=2)
OWNERS = "owners.json"  # who owned each spreadsheet when doctor last looked; may be deleted


@dataclass(frozen=True, slots=True)
class Tools:
    """What asks the outside world. client, open_file: raise EngageError. now: local; now_there: aware."""

    client: Callable[[], GoogleClient]
    open_file: Callable[[Source], Workbook]
    machine: str
    now: datetime
    now_there: datetime


def examine(config: Config, tools: Tools) -> Iterator[Line]:
    """Every line, as it is known; a fault in one place does not keep the others from being looked at."""
    yield Line(SETTINGS, "ok", f"engage.toml names {len(config.agencies)} agencies", str(config.path))
    try:
        schema = load_schema(config.schema)
        check_mappings(config, schema)
    except EngageError as error:
        yield of_error(SETTINGS, error)
        return
    yield check_state(config.state)
    client: GoogleClient | None = None
    if config.on_google:
        client = yield from _signed_in(config, tools)
    hub: tuple[Snapshot, State] | None = None
    for source in config.sources:
        found = yield from _workbook(source, config, schema, client, tools)
        hub = found if source.key == HUB else hub
    yield from _layout(config)
    yield from check_mail(config)
    yield from _lease(hub, config, tools)


# --- Google ------------------------------------------------------------------------------------------------


def _signed_in(config: Config, tools: Tools) -> Generator[Line, None, GoogleClient | None]:
    from .credentials import check_key_file, check_sign_in  # noqa: PLC0415 - Google only where it is used

    lines = list(check_key_file(config.google))
    yield from lines
    if any(line.verdict == "wrong" for line in lines):
        return None
    try:
        client = tools.client()
    except EngageError as error:
        yield of_error(lines[0].part, error)
        return None
    lines = list(check_sign_in(client, config.google, tools.now_there))
    yield from lines
    return None if any(line.verdict == "wrong" for line in lines) else client


def _sheet(
    sheet: GoogleSheet, source: Source, config: Config, schema: Schema, client: GoogleClient
) -> Generator[Line, None, Snapshot | None]:
    from engage.workbook.google.layout_standing import look  # noqa: PLC0415

    from . import sheets  # noqa: PLC0415

    part = part_of(source)
    try:
        standing = look(client, sheet.id, sheet.link)
    except EngageError as error:
        yield of_error(part, error)
        return None
    yield Line(part, "ok", f'can be opened: "{standing.title}"', sheet.link)
    yield from _drive(sheet, source, config, client)
    yield from sheets.check_settings(standing, part, sheet=sheet.id, time_zone=config.time_zone)
    if not source.view_only:
        own = source.key != HUB and is_own(standing, source, schema)
        wanted = wanted_tabs(standing, source, config, schema)
        titles = (tab.title for tab in wanted.tabs if tab.title not in wanted.covered)
        missing = [title for title in titles if standing.tab(title) is None]
        yield from sheets.check_tabs(standing, missing, part)
        yield from sheets.check_protections(standing, schema, part, laid_out=not own)
    return sheets.as_snapshot(standing, source.key)


def _drive(sheet: GoogleSheet, source: Source, config: Config, client: GoogleClient) -> Iterator[Line]:
    """What only Drive says; without it a sync goes on, so a fault here is only to be looked at."""
    from engage.workbook.google.client import FILE_FIELDS  # noqa: PLC0415
    from engage.workbook.google.remarks import owner_of  # noqa: PLC0415

    from . import sheets  # noqa: PLC0415

    part, owners = part_of(source), _owners(config)
    try:
        file = client.get_file(sheet.id, fields=f"{FILE_FIELDS},capabilities(canEdit)", where=sheet.link)
        before, view_only = owners.get(sheet.id, ""), source.view_only
        yield from sheets.check_file(
            file, part, owner_before=before, view_only=view_only, address=client.caller
        )
        if file.get("capabilities", {}).get("canEdit"):
            yield from sheets.check_sharing(client.get_permissions(sheet.id, where=sheet.link), part)
        _remember(config, owners | {sheet.id: owner_of(file)})
    except EngageError as error:
        yield Line(part, "look", error.what, error.where, error.fix)


def _owners(config: Config) -> dict[str, str]:
    try:
        held = json.loads((config.state / OWNERS).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(key): str(value) for key, value in held.items()} if isinstance(held, dict) else {}


def _remember(config: Config, owners: Mapping[str, str]) -> None:
    with suppress(OSError):  # that the folder cannot be written has its own line
        (config.state / OWNERS).write_text(json.dumps(owners, indent=1), "utf-8")


# --- workbooks ---------------------------------------------------------------------------------------------


def part_of(source: Source) -> str:
    """What a workbook's lines begin with."""
    return "Hub" if source.key == HUB else ", ".join(agency.name for agency in source.agencies)


def _workbook(
    source: Source, config: Config, schema: Schema, client: GoogleClient | None, tools: Tools
) -> Generator[Line, None, tuple[Snapshot, State] | None]:
    home, part = source.workbook, part_of(source)
    if isinstance(home, GoogleSheet):
        if client is None:
            yield Line(part, "wrong", "not looked at: nobody is signed in at Google", fix="see above")
            return None
        snapshot = yield from _sheet(home, source, config, schema, client)
    else:
        snapshot = yield from _file(home, source, tools)
    if snapshot is None:
        return None
    yield from check_headings(snapshot, source, config, schema, part, tools.now.date())
    if source.view_only:
        return None
    line, state = check_memory(snapshot, source.key, part)
    yield line
    return (snapshot, state) if state is not None else None


def _file(home: Path, source: Source, tools: Tools) -> Generator[Line, None, Snapshot | None]:
    lines = list(check_file(home, part_of(source), view_only=source.view_only))
    yield from lines
    if not home.is_file():
        return None
    try:
        return tools.open_file(source).read()
    except EngageError as error:
        yield of_error(part_of(source), error)
        return None


# --- the partnership ---------------------------------------------------------------------------------------


def _layout(config: Config) -> Iterator[Line]:
    """Whether agencies share the hub, or a file: then its readers see each other's rows."""
    for source in config.sources:
        if len(source.agencies) > (0 if source.key == HUB else 1):
            names = ", ".join(agency.name for agency in source.agencies)
            yield Line(
                "Who may see what",
                "look",
                f"the rows of {names} are in one workbook: nothing in it is confidential between its readers",
                fix="if somebody should not see all of it, give an agency a workbook of its own",
            )


def _lease(hub: tuple[Snapshot, State] | None, config: Config, tools: Tools) -> Iterator[Line]:
    """Who syncs, and when that was last done."""
    stamp = last_sync(hub[0]) if hub else None
    if hub is None or stamp is None:
        yield Line(TURN, "ok", "no sync has run yet")
        return
    held = held_elsewhere(hub[1].holder, stamp, tools.machine, tools.now, config.lease_hours)
    if held:
        yield Line(TURN, "look", held.what, fix=held.fix)
    elif tools.now - stamp > SILENT:
        what = f"no sync has run since {stamp:%d/%m/%Y %H:%M}"
        yield Line(TURN, "look", what, fix="run engage sync, and see what should have run it every night")
    else:
        yield Line(TURN, "ok", f'this machine, "{tools.machine}"; last on {stamp:%d/%m/%Y at %H:%M}')

"""Asking Google about one spreadsheet: four requests at most."""

from __future__ import annotations

import json
from collections.abc import Generator, Iterator, Mapping
from contextlib import suppress

from engage.config import HUB, Config, GoogleSheet, Source
from engage.errors import EngageError
from engage.model import Snapshot
from engage.schema import Schema
from engage.setting_up_google import is_own, wanted_tabs
from engage.workbook.google.client import FILE_FIELDS, GoogleClient
from engage.workbook.google.layout_standing import look
from engage.workbook.google.remarks import owner_of

from . import sheets
from .lines import Line, of_error, part_of

OWNERS = "owners.json"  # who owned each spreadsheet when doctor last looked; may be deleted


def check_sheet(
    sheet: GoogleSheet, source: Source, config: Config, schema: Schema, client: GoogleClient
) -> Generator[Line, None, Snapshot | None]:
    """Every line on one spreadsheet; the tops of its tabs, or None if it cannot be opened."""
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
        yield from sheets.check_protections(standing, schema, part, laid_out=not own, address=client.caller)
    return sheets.as_snapshot(standing, source.key)


def _drive(sheet: GoogleSheet, source: Source, config: Config, client: GoogleClient) -> Iterator[Line]:
    """What only Drive says; without it a sync goes on, so a fault here is only to be looked at."""
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

"""Engage signs in at Google with another service account: what that one may do, and the tabs opened to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomlkit

from engage.config import Config, Google, GoogleSheet, Source
from engage.config_writing import write_checked
from engage.doctor.lines import Line, of_error, part_of
from engage.doctor.sheets import check_file, check_protections
from engage.errors import EngageError
from engage.schema import Schema
from engage.workbook.google.asked import Changing
from engage.workbook.google.client import FILE_FIELDS, GoogleClient
from engage.workbook.google.layout_standing import Standing, look
from engage.workbook.google.protecting import ours


@dataclass(frozen=True, slots=True)
class Reached:
    """What an account may do with one spreadsheet. lines: what is amiss, as engage doctor says it.

    shut: whether the one thing amiss is that tabs are still protected for the account before.
    """

    part: str
    lines: tuple[Line, ...]
    shut: bool = False

    @property
    def is_enough(self) -> bool:
        """Whether a sync can read it, and write to it where it is meant to."""
        return self.shut or not any(line.verdict == "wrong" for line in self.lines)


def at_google(sources: Iterable[Source]) -> Iterator[tuple[Source, GoogleSheet]]:
    """Those that are at Google and read now."""
    for source in sources:
        if isinstance(source.workbook, GoogleSheet) and not source.paused:
            yield source, source.workbook


def reach(source: Source, sheet: GoogleSheet, schema: Schema, client: GoogleClient) -> Reached:
    """How a spreadsheet looks to whoever the client signs in as; nothing is written."""
    part = part_of(source)
    try:
        standing = look(client, sheet.id, sheet.link)
        file = client.get_file(sheet.id, fields=f"{FILE_FIELDS},capabilities(canEdit)", where=sheet.link)
    except EngageError as error:
        return Reached(part, (of_error(part, error),))
    who, view_only = client.caller, source.view_only
    wrong = _wrong(check_file(file, part, owner_before="", view_only=view_only, address=who))
    if wrong or view_only:
        return Reached(part, wrong)
    shut = _wrong(check_protections(standing, schema, part, laid_out=False, address=who))
    return Reached(part, shut, shut=bool(shut))


def _wrong(lines: Iterable[Line]) -> tuple[Line, ...]:
    return tuple(line for line in lines if line.verdict == "wrong")


def let_in(client: Changing, sheet: GoogleSheet, address: str) -> int:
    """Put an address among the editors of what Engage protected; returns how many tabs. No cell is written.

    client: signed in with the account that protected them, or their owner. Raises WorkbookError.
    """
    standing = look(client, sheet.id, sheet.link)
    requests = list(_opened(standing, address))
    if requests:
        client.batch_update(sheet.id, {"requests": requests}, fields="spreadsheetId", where=sheet.link)
    return len(requests)


def _opened(standing: Standing, address: str) -> Iterator[dict[str, Any]]:
    for tab in standing.tabs:
        there = ours(tab.protected)
        if there and not there.get("warningOnly") and there.get("requestingUserCanEdit"):
            editors = there.get("editors", {})
            if address.casefold() not in map(str.casefold, editors.get("users", ())):
                yield _with_editor(there, editors, address)


def _with_editor(there: Mapping[str, Any], editors: Mapping[str, Any], address: str) -> dict[str, Any]:
    users = [*editors.get("users", ()), address]
    held = {"protectedRangeId": there["protectedRangeId"], "editors": {**editors, "users": users}}
    return {"updateProtectedRange": {"protectedRange": held, "fields": "editors"}}


def signing_in_with(key: Path, before: Google) -> Google:
    """The same settings with another service account's key file."""
    return Google("service-account", key.resolve(), before.endpoint, before.folder)


def write_account(config: Config, key: Path) -> None:
    """Name the key file in engage.toml, relative to it where it lies below. Raises ConfigError."""
    before = config.path.read_text(encoding="utf-8-sig")
    document, base = tomlkit.parse(before), config.path.parent.resolve()
    section: Any = document.setdefault("google", tomlkit.table())
    section.pop("sign_in", None)
    whole = key.resolve()
    section["credentials"] = (whole.relative_to(base) if whole.is_relative_to(base) else whole).as_posix()
    write_checked(config.path, tomlkit.dumps(document), before)

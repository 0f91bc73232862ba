"""Everything that `engage doctor` looks at, in the order in which one thing needs another."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from engage.config import HUB, Config, GoogleSheet, Source
from engage.departures import as_the_hub_says, held_out, to_finish
from engage.errors import EngageError
from engage.lease import STAMP_TAB, Asker, held_elsewhere, last_sync
from engage.mail.transport import Attempt
from engage.mappings import check_mappings
from engage.model import Snapshot
from engage.ports import Workbook
from engage.schema import Schema, load_schema
from engage.start_here import look_in
from engage.state import State

from .files import check_file, check_state
from .headings import check_headings, check_memory
from .lines import Line, of_error, part_of
from .mail import check_mail

if TYPE_CHECKING:
    from engage.workbook.google.client import GoogleClient

SETTINGS, TURN, GONE = "Settings", "Who syncs", "Who has left"
SILENT = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Tools:
    """What asks the outside world. client, open_file: raise EngageError. now: local; now_there: aware.

    try_mail: connects to the mail server and signs in, and sends nothing.
    """

    client: Callable[[], GoogleClient]
    open_file: Callable[[Source], Workbook]
    try_mail: Callable[[], Attempt]
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
    hub = yield from _workbook(config.sources[0], config, schema, client, tools)
    config = as_the_hub_says(config, hub[1].left if hub else {})
    for agency in config.held_out:
        yield Line(GONE, "look", held_out(agency).rstrip("."), fix=to_finish(agency))
    for source in config.sources[1:]:
        yield from _workbook(source, config, schema, client, tools)
    yield from _layout(config)
    yield from check_mail(config, tools.try_mail, tools.now_there)
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


# --- workbooks ---------------------------------------------------------------------------------------------


def _workbook(
    source: Source, config: Config, schema: Schema, client: GoogleClient | None, tools: Tools
) -> Generator[Line, None, tuple[Snapshot, State] | None]:
    home, part = source.workbook, part_of(source)
    if isinstance(home, GoogleSheet):
        if client is None:
            yield Line(part, "wrong", "not looked at: Google has to let us in first", fix="see above")
            return None
        from .at_google import check_sheet  # noqa: PLC0415

        snapshot = yield from check_sheet(home, source, config, schema, client)
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
    held = held_elsewhere(hub[1], stamp, Asker(tools.machine, config), tools.now)
    if held:
        yield Line(TURN, "look", held.what, fix=held.fix)
    elif tools.now - stamp > SILENT:
        what = f"no sync has run since {stamp:%d/%m/%Y %H:%M}"
        yield Line(TURN, "look", what, fix="run engage sync, and see what should have run it every night")
    else:
        yield Line(TURN, "ok", f'this machine, "{tools.machine}"; last on {stamp:%d/%m/%Y at %H:%M}')
    tab = hub[0].tab(STAMP_TAB)
    said = look_in(tab.rows if tab else ())
    if said:
        yield Line(TURN, "look", f"Start here says: {said.rstrip('.')}")

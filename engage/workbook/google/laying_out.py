"""Making a spreadsheet, and adding to one what it lacks: look, plan, send, and look again if in doubt."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from engage.errors import EffectUnknown, RequestRefused, WorkbookError

from .asked import Making
from .layout import Step, Wanted, batches, plan_layout
from .layout_standing import Standing, look
from .messages import Place, no_room, view_only
from .protecting import is_closed
from .remarks import LOCALE

log = logging.getLogger(__name__)

SPREADSHEET = "application/vnd.google-apps.spreadsheet"
MOST_ROUNDS = 4


@dataclass(frozen=True, slots=True)
class LaidOut:
    """What was done: titles of the tabs that were made, and of those that got something they lacked.

    closed: those that were left, for they are protected from us.
    """

    title: str
    made: tuple[str, ...] = ()
    mended: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()


def create(client: Making, title: str, *, time_zone: str, folder: str = "", caller: str = "") -> str:
    """A new, empty spreadsheet, in our own Drive or in a folder of somebody: its id. Raises WorkbookError."""
    try:
        if folder:
            body = {"name": title, "mimeType": SPREADSHEET, "parents": [folder]}
            return str(client.create_file(body, fields="id", where=title)["id"])
        about = {"title": title, "locale": LOCALE, "timeZone": time_zone}
        made = client.create_spreadsheet({"properties": about}, fields="spreadsheetId", where=title)
        return str(made["spreadsheetId"])
    except EffectUnknown as error:
        raise WorkbookError(
            "Google's answer was lost, so it may have made this spreadsheet or not",
            where=title,
            fix="look for it in Google Drive; if it is there, run this again with its link (--hub LINK, or "
            '--agency "Name=LINK"), else run this again as it was',
        ) from error
    except WorkbookError as error:
        place = Place(title, caller, writing=True)
        if error.what not in (no_room(place).what, view_only(place).what):
            raise
        raise WorkbookError(
            f"Google lets {place.address} make no spreadsheet: a service account has no room of its own",
            where=title,
            fix=f"create it yourself in Google Sheets, share it with {place.address} as Editor, and run this "
            'again with its link (--hub LINK, or --agency "Name=LINK"); or use a shared drive (--folder)',
        ) from error


def lay_out(
    client: Making, standing: Standing, wanted: Wanted, *, where: str, time_zone: str, ours: bool = False
) -> LaidOut:
    """Add every tab, note, drop-down and protection that is missing; no cell that is there is written.

    standing: the spreadsheet as it was just looked at. ours: made by us a moment ago, so that the empty tab
    that Google put there may go. Raises WorkbookError.
    """
    made: list[str] = []
    mended: list[str] = []
    for round_ in range(MOST_ROUNDS):
        groups = batches(plan_layout(standing, wanted))
        try:
            for number, group in enumerate(groups):
                first = _settings(standing, time_zone) if not number else []
                last = _spare(standing, wanted) if ours and number == len(groups) - 1 else []
                requests = [*first, *(request for step in group for request in step.requests), *last]
                client.batch_update(standing.id, {"requests": requests}, fields="spreadsheetId", where=where)
                _note(group, made, mended)
            break
        except (EffectUnknown, RequestRefused) as error:  # look again: done, or somebody changed the tabs
            if round_ == MOST_ROUNDS - 1:
                raise
            log.info("google: laying out %s again (%s)", standing.id[:8], error.what)
            standing = look(client, standing.id, where)
    titles = {tab.title for tab in wanted.tabs}
    closed = (tab.title for tab in standing.tabs if tab.title in titles and is_closed(tab.protected))
    return LaidOut(standing.title or where, tuple(made), tuple(mended), tuple(closed))


def _note(group: Sequence[Step], made: list[str], mended: list[str]) -> None:
    for step in group:
        if step.tab not in (*made, *mended):
            (made if step.made else mended).append(step.tab)


def _settings(standing: Standing, time_zone: str) -> list[dict[str, Any]]:
    """Locale and clock of a spreadsheet in which nothing stands yet; else they are people's."""
    wanted = {"locale": LOCALE, "timeZone": time_zone}
    if any(tab.rows for tab in standing.tabs) or wanted == {
        "locale": standing.locale,
        "timeZone": standing.time_zone,
    }:
        return []
    return [{"updateSpreadsheetProperties": {"properties": wanted, "fields": "locale,timeZone"}}]


def _spare(standing: Standing, wanted: Wanted) -> list[dict[str, Any]]:
    """The empty tabs of a spreadsheet that we made, once others stand there."""
    titles = {tab.title.casefold() for tab in wanted.tabs}
    spare = [tab for tab in standing.tabs if not tab.rows and tab.title.casefold() not in titles]
    return [{"deleteSheet": {"sheetId": tab.sheet_id}} for tab in spare]

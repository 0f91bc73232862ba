"""Some workbooks of a demo become Google Sheets on the local server, and engage.toml says so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from engage.config import link_of
from engage.demo.agencies import AGENCY_LIST
from tests.sheets_server.accounts import ADDRESS
from tests.sheets_server.serving import Served
from tests.sheets_server.world import World

from .desk import SheetDesk
from .uploading import upload

OWNER = "helen.rowbotham@marlbeck-council.example"
VIEW_ONLY = frozenset(agency.key for agency in AGENCY_LIST if agency.view_only)


@dataclass(frozen=True, slots=True)
class Moved:
    """links: workbook key → the spreadsheet's link; desks: the same, as people edit them."""

    links: dict[str, str]
    desks: dict[str, SheetDesk]


def move_to_google(folder: Path, keys: Iterable[str], world: World, served: Served) -> Moved:
    """Upload these workbooks of a built demo, share them with the service account, drop the files.

    What is view-only in engage.toml is shared as "reader": the server itself refuses to have it written to.
    """
    ids = {}
    for key in keys:
        book = upload(world, folder / f"{key}.xlsx", owner=OWNER)
        book.people[ADDRESS.casefold()] = "reader" if key in VIEW_ONLY else "writer"
        (folder / f"{key}.xlsx").unlink()
        ids[key] = book.id
    links = {key: link_of(number) for key, number in ids.items()}
    _settle(folder, links, served)
    return Moved(links, {key: SheetDesk(world, number) for key, number in ids.items()})


def _settle(folder: Path, links: dict[str, str], served: Served) -> None:
    path = folder / "engage.toml"
    text = path.read_text(encoding="utf-8")
    for key, link in links.items():
        assert f'"{key}.xlsx"' in text
        text = text.replace(f'"{key}.xlsx"', f'"{link}"')
    served.key_file(folder, name="credentials.json")
    google = f'[google]\ncredentials = "credentials.json"\nendpoint = "{served.url}"\n'
    path.write_text(text + google, encoding="utf-8")

"""A partnership's workbooks at Google: made where engage.toml names none yet, and what they lack added."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from .config import HUB, Config, GoogleSheet, Source, link_of, load_config
from .config_writing import write_workbook
from .errors import UsageError
from .model import Tab
from .register.tabs import is_ours, recognise
from .schema import Schema, TabSpec, load_schema
from .setting_up import agency_lists, hub_rows

if TYPE_CHECKING:
    from .workbook.google.asked import Making
    from .workbook.google.laying_out import LaidOut
    from .workbook.google.layout import Wanted
    from .workbook.google.layout_standing import Standing

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class SheetDone:
    """One workbook. link: "" for an .xlsx file, which is left alone. made: the spreadsheet is new.

    tabs: those that were added; mended: those that got help, drop-downs, protection or charts;
    closed: those that were left, for they are protected from us.
    """

    owner: str
    title: str
    link: str = ""
    made: bool = False
    tabs: tuple[str, ...] = ()
    mended: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether anything was written."""
        return bool(self.made or self.tabs or self.mended)


def name_links(path: Path, links: Iterable[tuple[str, str]]) -> None:
    """Write links of spreadsheets into engage.toml: "hub" or an agency's name, link.

    Raises UsageError if another workbook, one that exists, stands there; ConfigError.
    """
    for owner, link in links:
        config = load_config(path)
        agency = None if owner == HUB else config.agency(owner)
        home = config.hub if owner == HUB else agency.workbook if agency else None
        if isinstance(home, GoogleSheet) and home.id not in link:
            raise UsageError(
                f"engage.toml has another Google Sheet for {_called(owner)}: {home.link}",
                fix="take that line out first if this one is to stand in its place",
            )
        if isinstance(home, Path) and home.exists():
            raise UsageError(
                f"engage.toml has a workbook for {_called(owner)} already: {home.name}",
                fix="take that line out first if the Google Sheet is to stand in its place",
            )
        if not isinstance(home, GoogleSheet):
            write_workbook(path, link, owner)


def set_up_at_google(path: Path, client: Making, *, caller: str, say: Say) -> tuple[SheetDone, ...]:
    """Make the spreadsheets that engage.toml lacks, and add to all what is missing; the hub last.

    A workbook that engage.toml names as an .xlsx file which is not there is made at Google, and its link is
    written into engage.toml at once. No cell that stands in a spreadsheet is changed. caller: our address or
    "". Raises EngageError; what was done until then stays, and running it again goes on from there.
    """
    done = []
    for key in [source.key for source in reversed(load_config(path).sources)]:
        config = load_config(path)
        source = next(each for each in config.sources if each.key == key)
        done.append(_one(path, config, source, client, caller, say))
    return tuple(reversed(done))


def _one(path: Path, config: Config, source: Source, client: Making, caller: str, say: Say) -> SheetDone:
    owner, home = _owner(source), source.workbook
    if isinstance(home, Path) and (home.exists() or source.view_only):
        return SheetDone(owner, home.name)
    if isinstance(home, GoogleSheet):
        if source.view_only:
            return SheetDone(owner, home.name, home.link)
        say(f"Looking at the spreadsheet of {_called(owner)}")
        return _laid_out(config, source, home.id, client, caller, made=False)
    say(f"Making a spreadsheet for {_called(owner)}")
    sheet = _make(config, owner, client, caller)
    owners = [HUB] if owner == HUB else [agency.name for agency in source.agencies]
    write_workbook(path, link_of(sheet), *owners)
    return _laid_out(config, source, sheet, client, caller, made=True)


def _make(config: Config, owner: str, client: Making, caller: str) -> str:
    from .workbook.google.laying_out import create  # noqa: PLC0415 - Google only where it is meant

    title = f"{config.partnership} – {owner}"
    folder = config.google.folder
    return create(client, title, time_zone=config.time_zone, folder=folder, caller=caller)


def _laid_out(
    config: Config, source: Source, sheet: str, client: Making, caller: str, *, made: bool
) -> SheetDone:
    from .workbook.google.laying_out import lay_out  # noqa: PLC0415
    from .workbook.google.layout_standing import look  # noqa: PLC0415

    where, schema = f"the spreadsheet of {_called(_owner(source))}", load_schema(config.schema)
    standing = look(client, sheet, where)
    wanted = wanted_tabs(standing, source, config, schema, caller)
    done: LaidOut = lay_out(client, standing, wanted, where=where, time_zone=config.time_zone, ours=made)
    return SheetDone(_owner(source), done.title, link_of(sheet), made, done.made, done.mended, done.closed)


def wanted_tabs(
    standing: Standing, source: Source, config: Config, schema: Schema, caller: str = ""
) -> Wanted:
    """What a spreadsheet is to have: all our tabs, or in an agency's own one only what the sync put there.

    An agency's own spreadsheet is one that its owner accepted in engage.toml, or that holds rows in a tab
    which we would not have made; but not one whose headings we protected when we laid it out.
    """
    from .workbook.google.layout import Wanted  # noqa: PLC0415

    if source.key == HUB:
        tabs, rows, lists = schema.tabs_of("hub"), hub_rows(config, schema), {}
    else:
        tabs, rows, lists = schema.tabs_of("agency"), {}, agency_lists(config)
    covered = _covered(standing, source, schema)
    if source.key != HUB and is_own(standing, source, schema):
        tabs = tuple(tab for tab in tabs if tab.kind == "built")
        covered = frozenset(tab.title for tab in tabs)
    return Wanted(tabs, rows, lists, covered, caller)


def is_own(standing: Standing, source: Source, schema: Schema) -> bool:
    """Whether a spreadsheet was an agency's before it was the partnership's."""
    from .workbook.google.protecting import HEADINGS  # noqa: PLC0415

    if any(each.get("description") == HEADINGS for tab in standing.tabs for each in tab.protected):
        return False
    ours = {title.casefold() for title in schema.tabs}
    foreign = (tab for tab in standing.tabs if tab.rows and tab.title.casefold() not in ours)
    return any(agency.tabs for agency in source.agencies) or next(foreign, None) is not None


def _covered(standing: Standing, source: Source, schema: Schema) -> frozenset[str]:
    """Titles of our tabs for which a tab of people's own, under another name, stands."""
    settled = {title: spec for agency in source.agencies for title, spec in agency.tabs.items()}
    found: list[TabSpec | None] = [
        recognise(Tab(tab.title, tab.rows), schema, confirmed=settled.get(tab.title)).spec
        for tab in standing.tabs
        if tab.rows and not is_ours(tab.title, schema)
    ]
    return frozenset(spec.title for spec in found if spec is not None)


def _owner(source: Source) -> str:
    return HUB if source.key == HUB else source.agencies[0].name


def _called(owner: str) -> str:
    return "the hub" if owner == HUB else owner

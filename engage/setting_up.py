"""A new partnership: its engage.toml and the workbooks that it names, made only where there are none."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from .config import HUB, Agency, Config, GoogleSheet, Source, key_of, load_config
from .errors import ConfigError
from .model import Row
from .schema import Schema, load_schema

CONFIG_NAME = "engage.toml"
EACH, ONE = "each", "one"


@dataclass(frozen=True, slots=True)
class AtGoogle:
    """What a new engage.toml says of Google, each as it is written there; "" is left out.

    links: "hub", or an agency's name → the link of its Google Sheet, where there is one already.
    """

    sign_in: str = ""
    credentials: str = ""
    folder: str = ""
    endpoint: str = ""
    links: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a new partnership says of itself. layout: "each" agency its own workbook, or "one" for all.

    google: None where the workbooks are .xlsx files.
    """

    name: str
    agencies: tuple[str, ...] = ()
    layout: str = EACH
    domains: tuple[str, ...] = ()
    google: AtGoogle | None = None


@dataclass(frozen=True, slots=True)
class SetUp:
    """What became of it: files made now, files that stood there already, engage.toml first in either."""

    made: tuple[Path, ...]
    kept: tuple[Path, ...]


def set_up(folder: Path, wishes: Wishes | None) -> SetUp:
    """Write engage.toml unless the folder has one, then every workbook that it names and that is missing.

    wishes: None if the folder has an engage.toml. Nothing that exists is changed. Raises EngageError.
    """
    path = folder / CONFIG_NAME
    made = [path] if write_config(path, wishes) else []
    config = load_config(path)
    schema = load_schema(config.schema)
    files = [(source, source.workbook) for source in config.sources if isinstance(source.workbook, Path)]
    made += [file for source, file in files if _make(file, source, config, schema)]
    every = [path, *(file for _, file in files)]
    return SetUp(tuple(made), tuple(path for path in every if path not in made))


def write_config(path: Path, wishes: Wishes | None) -> bool:
    """Write engage.toml unless there is one or nothing to write; whether it was written.

    If it cannot be read back (two agencies of one name), none is left behind. Raises ConfigError.
    """
    if path.exists() or wishes is None:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(config_text(wishes), encoding="utf-8", newline="\n")
    try:
        load_config(path)
    except ConfigError:
        path.unlink()
        raise
    return True


def _make(file: Path, source: Source, config: Config, schema: Schema) -> bool:
    """Lay the workbook out if there is none and it is ours to make; whether it was made."""
    from .workbook.layout_xlsx import lay_out  # noqa: PLC0415 - openpyxl only where a workbook is made

    if file.exists() or source.view_only:
        return False
    if source.key == HUB:
        lay_out(file, schema.tabs_of("hub"), rows=hub_rows(config, schema))
    else:
        lay_out(file, schema.tabs_of("agency"), lists=agency_lists(config))
    return True


def hub_rows(config: Config, schema: Schema) -> dict[str, list[Row]]:
    """The rows that a new hub begins with, by tab."""
    return {"Agencies": [_agency_row(agency, config, schema) for agency in config.agencies]}


def agency_lists(config: Config) -> dict[str, tuple[str, ...]]:
    """What an agency's own workbook offers of the lists whose tabs are in the hub."""
    return {"Agencies": tuple(agency.name for agency in config.agencies), "Sectors": (), "Schemes": ()}


def _agency_row(agency: Agency, config: Config, schema: Schema) -> Row:
    """What engage.toml says of an agency; what it has agreed to is for people to type."""
    home = agency.workbook if agency.workbook != config.hub else None
    where = home.link if isinstance(home, GoogleSheet) else home.name if home else ""
    said = {"Agency": agency.name, "Short name": agency.short, "Workbook": where, "Active": "Yes"}
    return tuple(said.get(heading, "") for heading in schema.tabs["Agencies"].headings)


def config_text(wishes: Wishes) -> str:
    """engage.toml for a new partnership, every other setting in it as a comment."""
    agencies = "\n".join(line for name in wishes.agencies for line in _agency_lines(name, wishes))
    links = wishes.google.links if wishes.google else {}
    return _TEXT.format(
        name=quoted(wishes.name),
        domains=quoted(list(wishes.domains)),
        hub=quoted(links.get(HUB, "hub.xlsx")),
        agencies=agencies or _NO_AGENCY,
        google="".join(_google_lines(wishes.google)) if wishes.google else "",
    )


def _agency_lines(name: str, wishes: Wishes) -> Iterator[str]:
    link = wishes.google.links.get(name) if wishes.google else None
    yield "[[agency]]"
    yield f"name = {quoted(name)}"
    if link or wishes.layout == EACH:
        yield f"workbook = {quoted(link or key_of(name) + '.xlsx')}"
    yield ""


def _google_lines(google: AtGoogle) -> Iterator[str]:
    yield "\n[google]\n"
    for key in ("sign_in", "credentials", "folder", "endpoint"):
        if value := str(getattr(google, key)):
            yield f"{key} = {quoted(value)}\n"


def quoted(value: str | list[str]) -> str:
    """A text, or a list of texts, as TOML writes it."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")  # all else JSON quotes alike


_NO_AGENCY = """# [[agency]]
# name = "Example College"
# workbook = "example-college.xlsx"
"""

_TEXT = """# Settings of this partnership. docs/reference/configuration.md explains every line.
# Paths are relative to this file. A line that begins with # is not read; take the # away to use it.

[partnership]
name = {name}
# time_zone = "Europe/London"
# country = "GB"
# year = "financial"      # or "academic", "academic-september", "calendar": what quarters are counted in
# schema = "my_schema"          # a folder with columns and tabs of your own
# templates = "my_templates"    # a folder with your own digest
# colour = "#1f5f7a"            # your colour, for the digest; and your logo: logo = "logo.png"

# The workbook that everybody may see: the merged lists, the questions, the plan.
[hub]
path = {hub}

# One section for every agency. Without a workbook, its rows are in the hub, known by their Agency column.
# An agency that has a spreadsheet already: engage adopt THEIR.xlsx --agency "Its name"
{agencies}
# [linkage]
# automatic = 0.999             # to merge less by itself: how sure to be, 0 to 1, before nobody is asked
# review = 0.7                  # to ask less: how likely it must be before people are asked

[review]
per_week = 20                   # questions put to one agency in a week, at most

[safety]
most_rows_gone = 0.2            # a workbook that lost more of its rows than this is left alone
backups = 14                    # how many copies of a workbook are kept from before a sync

[coordination]
clash_days = 7                  # two agencies at one employer within so many days are a clash
clash_days_redundancy = 30
# clash_days_of = {{ "Large-scale recruitment" = 14 }}    # the same for a Type or Reason of its own
most_asks = 4                   # approaches to one employer by all agencies in 90 days, at most
large_recruitment = 20          # from so many jobs a vacancy asks for the single offer

[mail]
allowed_domains = {domains}     # nothing is sent to any other, for example ["council.gov.uk"]
# from_name = "Our partnership"
# from_address = "engage@council.gov.uk"
# unsubscribe = "pat@council.gov.uk"    # whom people write to who want a pause, or no more
# one_click = "https://council.gov.uk/stop?t={{token}}"   # a page of yours: docs/how-to/one-click.md
# send_at = "07:00"              # when digests go out by themselves, on the day of each coordinator's row
transport = "outbox"            # digests are written to a folder; "smtp": docs/how-to/send-by-mail.md
outbox = "outbox"
# host = "mail.council.gov.uk"  # with "smtp"; the password is not written here: engage mail password
# user = "engage@council.gov.uk"

[sync]
at = "02:00"                    # when engage run or engage tick syncs, once a night
check_every_minutes = 5         # how often engage run looks whether somebody ticked Sync now
lease_hours = 36                # so long nobody else may sync if this machine falls silent
# deputy = "pat@council.gov.uk" # who is told by mail, once, if no sync has run for two days
{google}"""

"""engage init: a new partnership in a folder."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from engage.setting_up import SetUp, Wishes

    from .init_google import SaidOfGoogle

HUB = "hub"


@click.command("init")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=Path())
@click.option("--name", help="What the partnership is called.")
@click.option(
    "--agency",
    "agencies",
    multiple=True,
    help='An agency of the partnership; once for each. With --google also "Name=LINK", its own spreadsheet.',
)
@click.option(
    "--layout", type=click.Choice(["each", "one"]), help="A workbook for each agency, or one for all of them."
)
@click.option(
    "--domain", "domains", multiple=True, help="A mail domain that digests may go to; once for each."
)
@click.option("--google", is_flag=True, help="The workbooks are Google Sheets.")
@click.option("--hub", metavar="LINK", help="With --google: the hub's spreadsheet, if there is one already.")
@click.option(
    "--credentials",
    type=click.Path(path_type=Path, dir_okay=False),
    help="With --google: the key file of the service account; with --sign-in, the file of the OAuth client.",
)
@click.option(
    "--sign-in", is_flag=True, help="With --google: sign in as yourself, in the browser, instead of by a key."
)
@click.option(
    "--folder",
    "drive_folder",
    metavar="LINK",
    default="",
    help="With --google: the folder or shared drive in which spreadsheets are made.",
)
@click.option(
    "--share",
    multiple=True,
    metavar="ADDRESS",
    help="With --google: who may edit each spreadsheet that is made now; once for each.",
)
@click.option(
    "--endpoint",
    default="",
    help="With --google: a server on this machine that answers in Google's stead, for rehearsals.",
)
@click.option("--yes", is_flag=True, help="Ask nothing: what is not said is left for engage.toml.")
def command(  # noqa: PLR0913 - one parameter an option
    folder: Path,
    *,
    name: str | None,
    agencies: tuple[str, ...],
    layout: str | None,
    domains: tuple[str, ...],
    google: bool,
    hub: str | None,
    credentials: Path | None,
    sign_in: bool,
    drive_folder: str,
    share: tuple[str, ...],
    endpoint: str,
    yes: bool,
) -> None:
    """Set up a partnership in FOLDER: engage.toml and the workbooks it names.

    Nothing that exists is changed. Run it again after you have added an agency to engage.toml, and only
    that agency's workbook is made. With --google the workbooks are Google Sheets: those that engage.toml
    names get the tabs, drop-downs and protections that they lack, the others are made.
    """
    from engage.setting_up import CONFIG_NAME, Wishes, set_up, write_config  # noqa: PLC0415

    from .init_google import (  # noqa: PLC0415
        SaidOfGoogle,
        checked_link,
        for_engage_toml,
        set_up_sheets,
        split_agencies,
    )

    names, links = split_agencies(agencies)
    links = ((HUB, checked_link(hub)), *links) if hub else links
    there = SaidOfGoogle(google, sign_in, credentials, drive_folder, share, endpoint, links)
    _check(there)
    if (folder / CONFIG_NAME).exists():
        wishes = None
        unlinked = tuple(each for each in names if each not in dict(links))
        _warn_unused(name, unlinked, layout, domains, credentials, drive_folder, endpoint)
    else:
        at_google = for_engage_toml(there, folder) if google else None
        said = Wishes(name or "", names, layout or "", domains, at_google)
        wishes = _without_asking(said, folder) if yes else _asked(said, folder)
    if google:
        write_config(folder / CONFIG_NAME, wishes)
        set_up_sheets(folder / CONFIG_NAME, there)
    else:
        _show(set_up(folder, wishes), folder)


def _check(there: SaidOfGoogle) -> None:
    from engage.errors import UsageError  # noqa: PLC0415

    if there.only_there and not there.wanted:
        raise UsageError("links, keys and folders of Google need --google", fix="add --google")


def _without_asking(said: Wishes, folder: Path) -> Wishes:
    from dataclasses import replace  # noqa: PLC0415

    from engage.setting_up import EACH  # noqa: PLC0415

    name = said.name or folder.resolve().name.replace("-", " ").replace("_", " ") or "Our partnership"
    return replace(said, name=name, layout=said.layout or EACH)


def _asked(said: Wishes, folder: Path) -> Wishes:
    """What was not said as an option, asked for at the terminal."""
    from dataclasses import replace  # noqa: PLC0415

    from engage.errors import UsageError  # noqa: PLC0415
    from engage.setting_up import ONE  # noqa: PLC0415

    if not is_terminal():
        raise UsageError(
            "there is nobody here to ask", fix="run it in a terminal, or with --yes and the options you need"
        )
    name = said.name or click.prompt("What is the partnership called?")
    agencies = said.agencies or _names(
        click.prompt("Which agencies are in it? Separate them by semicolons", default="", show_default=False)
    )
    own = said.layout or not agencies or click.confirm("Shall each have a workbook of its own?", default=True)
    layout = said.layout or ("" if own else ONE)
    return _without_asking(replace(said, name=name, agencies=agencies, layout=layout), folder)


def is_terminal() -> bool:
    """Whether there is a person to ask."""
    return sys.stdin.isatty()


def _names(line: str) -> tuple[str, ...]:
    from engage.register.text import split_several  # noqa: PLC0415

    return tuple(dict.fromkeys(split_several(line)))


def _warn_unused(*options: object) -> None:
    if any(options):
        click.echo("There is an engage.toml already: change it there, your options were not used.", err=True)


def _show(done: SetUp, folder: Path) -> None:
    base = folder.resolve()
    for word, paths in (("made", done.made), ("kept as it is", done.kept)):
        for path in paths:
            place = path.resolve()
            shown = folder / place.relative_to(base) if place.is_relative_to(base) else place
            click.echo(f"  {word:<14} {shown}")
    config = folder / "engage.toml"
    if done.made:
        click.echo(f"\nNext: type or paste rows into the workbooks, then run: engage sync --config {config}")
        click.echo("Agencies share nothing until the Agencies tab has their lawful basis and agreement.")
    else:
        click.echo("\nEverything is there already; nothing was changed.")

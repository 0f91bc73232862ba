"""engage init --google: a partnership's spreadsheets, made or taken over, and laid out."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from engage.config import Config
    from engage.setting_up import AtGoogle
    from engage.setting_up_google import SheetDone
    from engage.workbook.google.client import GoogleClient


@dataclass(frozen=True, slots=True)
class SaidOfGoogle:
    """The options of init that speak of Google. links: "hub" or an agency's name, link."""

    wanted: bool = False
    sign_in: bool = False
    credentials: Path | None = None
    folder: str = ""
    share: tuple[str, ...] = ()
    endpoint: str = ""
    links: tuple[tuple[str, str], ...] = ()

    @property
    def only_there(self) -> bool:
        """Whether anything was said that makes sense at Google alone."""
        return any((self.sign_in, self.credentials, self.folder, self.share, self.endpoint, self.links))


def split_agencies(said: Iterable[str]) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """ "Name" and "Name=LINK" → the names, and (name, link) of those that have one. Raises UsageError."""
    names, links = [], []
    for text in said:
        name, _, link = text.partition("=") if "=http" in text.replace(" ", "") else (text, "", "")
        names.append(name.strip())
        if link:
            links.append((name.strip(), checked_link(link)))
    return tuple(names), tuple(links)


def checked_link(text: str) -> str:
    """The link of a Google Sheet, as engage.toml has it. Raises UsageError."""
    from engage.config import link_of  # noqa: PLC0415
    from engage.config_keys import SHEET_LINK  # noqa: PLC0415
    from engage.errors import UsageError  # noqa: PLC0415

    found = SHEET_LINK.match(text.strip())
    if found:
        return link_of(found.group(1))
    raise UsageError(
        f"this is no link to a Google Sheet: {text.strip()}",
        fix="open the spreadsheet and copy the link from the browser's address bar "
        "(https://docs.google.com/spreadsheets/d/…)",
    )


def for_engage_toml(said: SaidOfGoogle, folder: Path) -> AtGoogle:
    """What a new engage.toml says of Google."""
    from engage.setting_up import AtGoogle  # noqa: PLC0415

    key = said.credentials
    offered = not key and not (folder / "credentials.json").exists()
    by_environment = offered and bool(os.environ.get("GOOGLE_APPLICATION_CREDENTIALS"))
    way = "user" if said.sign_in else "default" if by_environment else "service-account"
    written = _from_folder(key, folder) if key else "" if by_environment else "credentials.json"
    return AtGoogle(way, written, said.folder, said.endpoint, dict(said.links))


def set_up_sheets(config_path: Path, said: SaidOfGoogle) -> None:
    """Everything at Google for an engage.toml that is there, and what became of it. Raises EngageError."""
    from engage.config import load_config  # noqa: PLC0415
    from engage.setting_up_google import name_links, set_up_at_google  # noqa: PLC0415

    from .opening import google_client  # noqa: PLC0415

    name_links(config_path, said.links)
    config = load_config(config_path)
    creating = bool(config.google.folder or said.share)
    if said.sign_in:
        _sign_in(config, creating=creating)
    client = google_client(config, creating=creating)
    done = set_up_at_google(
        config_path, client, caller=client.caller, say=lambda words: click.echo(f"{words} …", err=True)
    )
    show_sheets(done, config_path)
    for sheet in done:
        _share(client, sheet, said.share)
    if any(sheet.made for sheet in done) and not (config.google.folder or said.share):
        _warn_unseen(client.caller)


def _share(client: GoogleClient, sheet: SheetDone, addresses: Iterable[str]) -> None:
    """Let these people edit a spreadsheet that was made now; Google writes to them."""
    for address in addresses if sheet.made else ():
        client.insert_permission(sheet.link.split("/")[-2], address, perm_type="user", role="writer")


def _warn_unseen(caller: str) -> None:
    """A person's new spreadsheets are in their own Drive; a service account's are where nobody looks."""
    if caller.endswith("gserviceaccount.com"):
        click.echo(
            f"The new spreadsheets belong to {caller}, and nobody else can open them yet.\n"
            "Next time add --share YOUR@ADDRESS, or --folder with a shared drive.",
            err=True,
        )


def _sign_in(config: Config, *, creating: bool) -> None:
    """Let a person sign in, in the browser. creating: for making and sharing files, too."""
    from engage.errors import UsageError  # noqa: PLC0415
    from engage.workbook.google.person import sign_in_person  # noqa: PLC0415
    from engage.workbook.google.signing_in import scopes  # noqa: PLC0415

    if config.google.sign_in != "user":
        raise UsageError(
            f'engage.toml signs in as "{config.google.sign_in}", and no person can do that in the browser',
            where="engage.toml, [google], sign_in",
            fix='write sign_in = "user" there, and credentials = the file of the OAuth client',
        )
    click.echo(
        "A page of Google's opens in your browser. Sign in there and leave every box ticked.", err=True
    )
    kept = sign_in_person(config.google, scopes(creating=creating))
    click.echo(f"Signed in{f' as {kept.account}' if kept.account else ''}; kept on this computer.", err=True)


def show_sheets(done: Iterable[SheetDone], config_path: Path) -> None:
    """What became of each workbook, and what comes next."""
    sheets = tuple(done)
    for sheet in sheets:
        click.echo(f"  {_word(sheet):<14} {sheet.title}  {sheet.link}".rstrip())
        if sheet.tabs:
            click.echo(f"  {'':<14} {_tabs(len(sheet.tabs))} added")
        if sheet.mended:
            click.echo(f"  {'':<14} help, drop-downs, protection or charts added: {', '.join(sheet.mended)}")
        if sheet.closed:
            click.echo(f"  {'':<14} protected from us, so left: {', '.join(sheet.closed)}")
    if any(sheet.closed for sheet in sheets):
        click.echo("\nWhat is protected from us has to be opened first. How, is said by:")
        click.echo(f"  engage doctor --config {config_path}")
    if not any(sheet.changed for sheet in sheets):
        click.echo("\nEverything is there already; nothing was changed.")
        return
    click.echo("\nNext: share each spreadsheet with those who work in it, then see that all is well:")
    click.echo(f"  engage doctor --config {config_path}")
    click.echo("Agencies share nothing until the Agencies tab has their lawful basis and agreement.")


def _word(sheet: SheetDone) -> str:
    return "made" if sheet.made else "added to" if sheet.changed else "kept as it is"


def _tabs(count: int) -> str:
    return "1 tab" if count == 1 else f"{count} tabs"


def _from_folder(path: Path, folder: Path) -> str:
    """A path as engage.toml has it: relative to the file where it lies below it."""
    whole, base = path.resolve(), folder.resolve()
    return whole.relative_to(base).as_posix() if whole.is_relative_to(base) else whole.as_posix()

"""engage agency move: an agency's workbook is another file now, or Engage signs in with another account."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .options import config_option

if TYPE_CHECKING:
    from collections.abc import Iterable

    from engage.agencies.moving_account import Reached
    from engage.agencies.moving_file import Compared
    from engage.config import Config, Google, GoogleSheet, Home, Source
    from engage.model import Snapshot


@dataclass(frozen=True, slots=True)
class File:
    """A workbook's new place. owner: "hub" or an agency; key: the workbook's."""

    owner: str
    key: str
    home: Home
    old: Home


@click.command("move")
@click.argument("name", required=False)
@click.argument("workbook", required=False)
@click.option(
    "--account",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Sign in at Google with this service account's key file from now on, for every workbook.",
)
@click.option("--yes", is_flag=True, help="Do it without asking.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@config_option
@click.pass_context
def move(
    ctx: click.Context,
    name: str | None,
    workbook: str | None,
    account: Path | None,
    yes: bool,
    dry_run: bool,
    config_path: Path,
) -> None:
    """Say that the workbook of NAME (or of "hub") is another file now: WORKBOOK, an .xlsx or a link.

    Compares it with what is remembered of the old one, and looks whether it can be read and written; then
    writes its place into engage.toml. With --account: Engage signs in with another service account.
    """
    from engage.agencies.moving_account import signing_in_with  # noqa: PLC0415
    from engage.agencies.moving_file import move as move_file  # noqa: PLC0415
    from engage.config import load_config  # noqa: PLC0415
    from engage.errors import UsageError  # noqa: PLC0415
    from engage.lock import one_at_a_time  # noqa: PLC0415

    if (name is None) != (workbook is None) or not (name or account):
        raise UsageError("this needs to know what has changed",
                         fix="name an agency and its workbook, or say --account KEY.json")  # fmt: skip
    config = load_config(config_path)
    way = signing_in_with(account, config.google) if account else config.google
    file = _file(config, name, workbook) if name and workbook else None
    compared = _compare(config, file, way) if file else None
    found = _look(config, file, way, account)
    enough = all(each.is_enough for each in found)
    if dry_run:
        ctx.exit(0 if enough else 1)
    if not enough:
        raise UsageError("nothing was changed: a sync could not work like that",
                         fix="do what is said above, then run this again")  # fmt: skip
    if not _agreed(yes, file, account):
        return
    with one_at_a_time(config.state):
        if account:
            _open_to(config, way, account, file, found)
        moved = move_file(config, file.owner, file.home, compared) if file and compared else ()
    told = f" for {', '.join(moved)}" if moved else ""
    click.echo(f"Done, in engage.toml{told}. Now: engage sync --dry-run, then engage sync")


def _file(config: Config, name: str, workbook: str) -> File:
    from engage.agencies.moving_file import check_free  # noqa: PLC0415
    from engage.agencies.standing import agency_named  # noqa: PLC0415
    from engage.config import HUB  # noqa: PLC0415
    from engage.night import home_of  # noqa: PLC0415

    from .adopt import home_named  # noqa: PLC0415

    owner = HUB if name.casefold() == HUB else agency_named(config, name).name
    named = home_named(workbook)
    home = named.resolve() if isinstance(named, Path) else named
    check_free(config, owner, home)
    key = HUB if owner == HUB else home_of(config, owner)
    return File(owner, key, home, next(one.workbook for one in config.sources if one.key == key))


def _compare(config: Config, file: File, way: Google) -> Compared:
    """Its rows beside those that are remembered, and beside the old file if that can still be opened.

    Raises UsageError for a file that cannot take the old one's place.
    """
    from engage.agencies.moving_file import compare, doubts, remembered, who_moves  # noqa: PLC0415
    from engage.cache import CACHE_FILE, Cache  # noqa: PLC0415

    from .opening import open_alone  # noqa: PLC0415

    new = open_alone(file.home, way).read()
    compared = compare(new, remembered(Cache(config.state / CACHE_FILE), file.key), file.key)
    words = _words(file.home)
    click.echo(f"{compared.found:,} of {compared.known:,} rows that are remembered stand in {words}.")
    for line in doubts(compared, file.key):
        click.echo(f"  Look: {line}")
    who_moves(config, file.owner, compared)
    if file.home == file.old:
        click.echo("  It is the file that engage.toml has already.")
    else:
        _compare_with_old(config, file, new)
    return compared


def _compare_with_old(config: Config, file: File, new: Snapshot) -> None:
    """What was typed into the old file after it was copied."""
    from engage.agencies.moving_file import typed_since  # noqa: PLC0415
    from engage.errors import EngageError  # noqa: PLC0415
    from engage.schema import load_schema  # noqa: PLC0415

    from .opening import open_alone  # noqa: PLC0415

    try:
        old = open_alone(file.old, config.google).read()
    except EngageError as error:
        click.echo(f"  The old file cannot be compared with it: {error.what}.")
        return
    for tab, count in typed_since(old, new, load_schema(config.schema)).items():
        rows = "1 row of the old file is" if count == 1 else f"{count:,} rows of the old file are"
        click.echo(f"  Look: {tab}: {rows} not in it as it stands there: typed after it was copied?")
    click.echo("  The old file is not read any more: tell those who type there, and take their editing away.")


def _look(config: Config, file: File | None, way: Google, account: Path | None) -> list[Reached]:
    """What the account may do with each spreadsheet that is concerned, said too."""
    from engage.agencies.moving_account import reach  # noqa: PLC0415
    from engage.schema import load_schema  # noqa: PLC0415

    from .opening import client_for  # noqa: PLC0415

    sheets = list(_concerned(config, file, account))
    if not sheets:
        return []
    client, schema = client_for(way), load_schema(config.schema)
    click.echo(f"Engage signs in as {client.caller or 'the account of engage.toml'}:")
    found = [reach(source, sheet, schema, client) for source, sheet in sheets]
    for each in found:
        _show(each, account)
    return found


def _concerned(
    config: Config, file: File | None, account: Path | None
) -> Iterable[tuple[Source, GoogleSheet]]:
    """The spreadsheets at Google that another account, or another link, is about."""
    from engage.agencies.moving_account import at_google  # noqa: PLC0415

    return at_google(
        replace(one, workbook=file.home) if file and one.key == file.key else one
        for one in config.sources
        if account or (file and one.key == file.key)
    )


def _show(each: Reached, account: Path | None = None) -> None:
    if not each.lines:
        click.echo(f"  {each.part}: it can do there what a sync needs.")
    elif each.shut and account:
        click.echo(f"  {each.part}: tabs are protected for the account before, which is asked to open them.")
    else:
        for line in each.lines:
            click.echo(f"  {each.part}: {line.what}.\n    What to do: {line.fix}.")


def _agreed(yes: bool, file: File | None, account: Path | None) -> bool:
    from .agency import agreed  # noqa: PLC0415

    asked = f"Is this the workbook of {file.owner} from now on?" if file else ""
    return agreed(yes, " ".join((asked, "Sign in with this account from now on?" if account else "")).strip())


def _open_to(config: Config, way: Google, account: Path, file: File | None, found: Iterable[Reached]) -> None:
    """Have the account before open the protected tabs to the new one, and name the new one in engage.toml."""
    from engage.agencies.moving_account import let_in, reach, write_account  # noqa: PLC0415
    from engage.errors import EngageError  # noqa: PLC0415
    from engage.schema import load_schema  # noqa: PLC0415

    from .opening import client_for  # noqa: PLC0415

    client, schema = client_for(way), load_schema(config.schema)
    for each, (source, sheet) in zip(found, _concerned(config, file, account), strict=True):
        try:
            opened = let_in(client_for(config.google), sheet, client.caller) if each.shut else 0
            now = reach(source, sheet, schema, client) if each.shut else each
        except EngageError as error:
            click.echo(f"  {each.part}: the account before could open no tab: {error.what}.")
            _show(each)
        else:
            click.echo(f"  {each.part}: {opened} protected tabs were opened to {client.caller}.")
            if now.lines and each.shut:  # the account before may open only what it may change itself
                _show(now)
    write_account(config, account)


def _words(home: Home) -> str:
    from engage.config import link_or_path  # noqa: PLC0415

    return link_or_path(home)

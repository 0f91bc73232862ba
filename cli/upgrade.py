"""engage upgrade: bring what an older version wrote to this one, after a backup."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .options import config_option, json_option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engage.config import Config
    from engage.moving.backing_up import Made
    from engage.moving.formats import Written


@click.command("upgrade")
@config_option
@json_option
@click.option("--dry-run", is_flag=True, help="Say in which formats everything is, and write nothing.")
@click.pass_context
def command(ctx: click.Context, config_path: Path, as_json: bool, dry_run: bool) -> None:
    """Bring the files of this machine to the version of Engage that is installed, after a backup.

    Run it once after a new version was installed. The hidden tab _engage of each workbook follows at the next
    sync. Whatever a newer version wrote is left alone, and this version refuses to work on it.
    """
    from engage.config import load_config  # noqa: PLC0415
    from engage.errors import EXIT_UNSAFE  # noqa: PLC0415
    from engage.lock import one_at_a_time  # noqa: PLC0415
    from engage.moving.formats import formats  # noqa: PLC0415
    from engage.schema import load_schema  # noqa: PLC0415

    from .opening import local_now, open_workbooks  # noqa: PLC0415

    config = load_config(config_path)
    workbooks = open_workbooks(config, local_now(config), load_schema(config.schema))
    with one_at_a_time(config.state):
        found = tuple(formats(config, workbooks))
        newer = any(one.is_newer for one in found)
        made = None if dry_run or newer else _bring_up(config)
    if as_json:
        _show_json(found, made)
    else:
        _show(found, made, dry_run=dry_run)
    ctx.exit(EXIT_UNSAFE if newer else 0)


def _bring_up(config: Config) -> Made:
    from engage.moving.backing_up import back_up, folder_of  # noqa: PLC0415
    from engage.moving.formats import bring_up_databases  # noqa: PLC0415

    from .opening import local_now, this_machine  # noqa: PLC0415

    made = back_up(config, folder_of(config), machine=this_machine(), now=local_now(config))
    bring_up_databases(config)
    return made


def _show(found: Sequence[Written], made: Made | None, *, dry_run: bool) -> None:
    width = max((len(one.what) for one in found), default=0)
    for one in found:
        click.echo(f"{one.what:<{width}}  {_words(one)}")
    if any(one.is_newer for one in found):
        click.echo("\nNothing was changed: install the newest version of Engage on this machine first.")
    elif made is not None:
        click.echo(f"\nBackup: {made.path}")
        click.echo("The files of this machine are in today's formats; the sheets follow at the next sync.")
    elif dry_run:
        click.echo("\nNothing was written.")


def _words(one: Written) -> str:
    if one.trouble:
        return f"not looked at: {one.trouble}"
    if not one.found:
        return "nothing there yet"
    if one.is_newer:
        return f"format {one.found}, of a NEWER version: this one knows {one.ours}"
    return f"format {one.found}" + (f", will be {one.ours}" if one.is_older else ", as it should be")


def _show_json(found: Sequence[Written], made: Made | None) -> None:
    from .asking import echo_json  # noqa: PLC0415

    echo_json({"formats": [{"what": one.what, "where": one.where, "format": one.found, "ours": one.ours,
                            "trouble": one.trouble} for one in found],
               "backup": str(made.path) if made else None})  # fmt: skip

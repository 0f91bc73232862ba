"""engage backup: what another machine needs to go on, in one file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .options import config_option, json_option

if TYPE_CHECKING:
    from engage.moving.backing_up import Made


@click.command("backup")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    help="The folder to put it into. Otherwise `engage-backups` beside engage.toml.",
)
@click.option(
    "--keep",
    type=click.IntRange(0),
    default=0,
    help="Of the backups in that folder, only so many stay. Otherwise all of them.",
)
@config_option
@json_option
def command(out: Path | None, keep: int, config_path: Path, as_json: bool) -> None:
    """Put the ledger, mail stops, keys, settings and packs into one file, for another machine.

    The workbooks are not in it, nor are passwords: it says what has to be carried by hand. It holds addresses
    and the key of erasures: keep it where only the same people can open it.
    """
    from engage.config import load_config  # noqa: PLC0415
    from engage.moving.backing_up import back_up, folder_of  # noqa: PLC0415

    from .opening import local_now, this_machine  # noqa: PLC0415

    config = load_config(config_path)
    made = back_up(config, out or folder_of(config), machine=this_machine(), now=local_now(config), keep=keep)
    if as_json:
        from .asking import echo_json  # noqa: PLC0415

        echo_json({"file": str(made.path), "files": made.files, "turn": made.about.turn,
                   "removed": made.removed, "by_hand": list(made.about.by_hand)})  # fmt: skip
    else:
        show(made)


def show(made: Made) -> None:
    """The same in words."""
    from engage.wording import counted  # noqa: PLC0415

    click.echo(f"{made.path}: {counted(made.files, 'file')}, read back and whole")
    if made.removed:
        click.echo(f"{counted(made.removed, 'older backup')} removed")
    click.echo("\nNot in it:")
    for line in made.about.by_hand:
        click.echo(f"  {line}")

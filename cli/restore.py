"""engage restore: go on from a backup on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .options import json_option

if TYPE_CHECKING:
    from engage.moving.restoring import Restored


@click.command("restore")
@click.argument("backup", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    help="The folder that engage.toml goes into. Otherwise the one you are in.",
)
@json_option
def command(backup: Path, folder: Path, as_json: bool) -> None:
    """Put what BACKUP holds into a folder, so that this machine can sync and send.

    Nothing that stands there is written over. The hub names one machine: stop the old one first.
    """
    from engage.moving.restoring import restore  # noqa: PLC0415

    done = restore(backup, folder.absolute())
    if as_json:
        from .asking import echo_json  # noqa: PLC0415

        echo_json({"config": str(done.config.path), "state": str(done.config.state), "files": done.files,
                   "made": done.about.made, "machine": done.about.machine,
                   "by_hand": list(done.about.by_hand)})  # fmt: skip
    else:
        _show(done)


def _show(done: Restored) -> None:
    from engage.insight.weeks import moment_words  # noqa: PLC0415
    from engage.wording import counted  # noqa: PLC0415

    made = moment_words(done.about.made.replace("T", " "))
    click.echo(f'{done.about.partnership}, as it was on "{done.about.machine}" on {made}')
    click.echo(f"{counted(done.files, 'file')} put beside {done.config.path}\n")
    click.echo("To be carried by hand:")
    for line in done.about.by_hand:
        click.echo(f"  {line}")
    click.echo(f'\nNext, once nothing runs on "{done.about.machine}" any more:')
    click.echo(f"  engage doctor --config {done.config.path}")
    click.echo(f"  engage sync --config {done.config.path}")
    click.echo(
        f"The sync is refused for {done.config.lease_hours} hours after that machine's last one. If digests "
        "went out after this backup was made, sending refuses and says so: engage digest adopt shows what "
        "will count as sent."
    )

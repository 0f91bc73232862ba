"""engage handover: one page for whoever stands in, of this very installation."""

from __future__ import annotations

from pathlib import Path

import click

from .options import config_option


@click.command("handover")
@config_option
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    help="The file to write. Otherwise the page is shown.",
)
def command(config_path: Path, out: Path | None) -> None:
    """One page for the deputy: where everything is, what runs when, what to do when it stops.

    Made from this machine's own settings and files; the workbooks are not opened. It names places, never a
    password. Print it again when something has changed.
    """
    from engage.config import load_config  # noqa: PLC0415
    from engage.moving.handover import handover  # noqa: PLC0415
    from engage.own_files import write_private  # noqa: PLC0415

    from .opening import local_now, this_machine  # noqa: PLC0415

    config = load_config(config_path)
    page = handover(config, machine=this_machine(), now=local_now(config))
    if out is None:
        click.echo(page)
        return
    write_private(out, page.encode("utf-8"))
    click.echo(str(out))

"""engage access: everything that is held on a person, with its source and date."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .options import config_option, json_option

if TYPE_CHECKING:
    from engage.privacy.access import Access


@click.command("access")
@click.argument("person")
@config_option
@json_option
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    help="The folder to write to. Otherwise `access` in the state folder, where answers expire.",
)
def command(person: str, config_path: Path, as_json: bool, out: Path | None) -> None:
    """Gather everything that is held on PERSON: a name, a mail address or a PER- number.

    Writes a page and a table: every value from every place, with its source and its date, other people in
    free text marked. It shows every agency's rows: for the officer who answers the request, nobody else.
    """
    from engage.config import load_config  # noqa: PLC0415
    from engage.privacy.access import gather  # noqa: PLC0415
    from engage.privacy.access_files import write_answer  # noqa: PLC0415
    from engage.privacy.others import Others  # noqa: PLC0415

    from .opening import local_now, open_partnership  # noqa: PLC0415

    config = load_config(config_path)
    now = local_now(config)
    partnership = open_partnership(config, now=now)
    click.echo("Reading the workbooks …", err=True)
    access = gather(partnership, person, now=now)
    others = Others(access.night.intake.records, access.subject)
    page, table = write_answer(access, others, config.partnership, out or config.state / "access")
    if as_json:
        _show_json(access, page, table)
    else:
        _show(access, page, table)


def _show(access: Access, page: Path, table: Path) -> None:
    from engage.wording import counted  # noqa: PLC0415

    click.echo(f"{', '.join(access.subject.ids) or 'In no list'}: {counted(len(access.hits), 'value')}")
    for store, (sure, doubtful) in access.counts.items():
        more = f", and {doubtful:,} that may be" if doubtful else ""
        click.echo(f"  {store:<12} {sure:,} surely theirs{more}")
    click.echo(f"\n  {page}\n  {table}\n")
    click.echo("Read it before it is sent: other people are marked as far as the register knows them.")


def _show_json(access: Access, page: Path, table: Path) -> None:
    from .asking import echo_json  # noqa: PLC0415

    counts = {store: {"sure": sure, "doubtful": more} for store, (sure, more) in access.counts.items()}
    echo_json({"ids": list(access.subject.ids), "stores": counts, "page": str(page), "table": str(table)})

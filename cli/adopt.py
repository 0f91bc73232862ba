"""engage adopt: an agency's own workbook, looked at before it is taken in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .options import config_option, json_option

if TYPE_CHECKING:
    from engage.adopting import Adoption
    from engage.config import Config


@click.command("adopt")
@click.argument("workbook", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--agency", help="Whose workbook it is; the name of the file if you do not say.")
@click.option("--accept", "accepted", is_flag=True, help="Take it in: write it into engage.toml.")
@click.option("--view-only", is_flag=True, help="With --accept: it may be read, never written to.")
@config_option
@json_option
def command(
    workbook: Path, agency: str | None, accepted: bool, view_only: bool, config_path: Path, as_json: bool
) -> None:
    """Read an agency's own WORKBOOK and say how it would be understood.

    The workbook itself is not changed, now or by --accept: the next sync adds Record IDs to it.
    """
    from engage.config import load_config  # noqa: PLC0415
    from engage.errors import UsageError  # noqa: PLC0415

    if accepted and not agency:
        raise UsageError("--accept needs to know whose it is", fix='add --agency "The agency\'s name"')
    config = load_config(config_path) if config_path.exists() or accepted else None
    adoption = _look(workbook, agency or _owner(config, workbook), config)
    if accepted and config is not None:
        from engage.accepting import accept  # noqa: PLC0415

        accept(config, adoption, workbook, view_only=view_only)
    _show(adoption, as_json=as_json)
    if accepted:
        click.echo(f"\nTaken in: {config_path} has the workbook of {adoption.agency} now.", err=True)
        click.echo(
            f"What {adoption.agency} shares is for the hub's Agencies tab to say: until it has a\n"
            "lawful basis and a signed agreement there, its rows are shown to nobody else.",
            err=True,
        )


def _owner(config: Config | None, workbook: Path) -> str:
    agencies = config.agencies if config else ()
    mine = (agency.name for agency in agencies if agency.workbook == workbook.resolve())
    return next(mine, workbook.stem)


def _look(workbook: Path, name: str, config: Config | None) -> Adoption:
    from datetime import datetime  # noqa: PLC0415
    from zoneinfo import ZoneInfo  # noqa: PLC0415

    from engage.adopting import by_name, examine  # noqa: PLC0415
    from engage.schema import load_schema  # noqa: PLC0415
    from engage.workbook.xlsx import XlsxWorkbook  # noqa: PLC0415

    file = config.hub if config else None
    hub = XlsxWorkbook("hub", file).read() if isinstance(file, Path) and file.exists() else None
    return examine(
        XlsxWorkbook(workbook.stem, workbook).read(),
        load_schema(config.schema if config else None),
        by_name(config, name),
        today=datetime.now(ZoneInfo(config.time_zone if config else "Europe/London")).date(),
        file=workbook.name,
        config=config,
        hub=hub,
    )


def _show(adoption: Adoption, *, as_json: bool) -> None:
    if as_json:
        import json  # noqa: PLC0415

        from engage.adopting import as_document  # noqa: PLC0415

        click.echo(json.dumps(as_document(adoption), ensure_ascii=False, indent=2))
    else:
        from engage.adoption_words import in_words  # noqa: PLC0415

        click.echo(in_words(adoption))
